import { describe, expect, test } from 'vitest'
import { lessons } from '../../lessons/index.ts'
import type { ChannelDocument } from '../../src/channel.ts'
import { type Lesson, type Line, lessonSchema, type Step } from '../../src/tutor/lesson.ts'
import { MemoryStore } from '../memory-store.ts'
import { type Played, Player } from '../player.ts'
import { filled, UNFILLED } from './filled-line.ts'

/** Seeds come from the channel's name, so each of these channels is another roll of the dice. */
const SEEDS = Array.from({ length: 20 }, (_, index) => `console:seed-${index}`)

async function playAll(player: Player, lines: readonly Line[]) {
  let last: Played | undefined
  for (const line of lines) {
    const typed = await filled(player, line)
    expect(JSON.stringify(typed), 'every template can be filled').not.toContain(UNFILLED)
    last = await player.play(typed)
  }
  return last
}

/**
 * Goes the first way through a lesson; `atStart` is called before each step. What is stored at each start is kept, so
 * that other players can begin there.
 */
async function walk(
  lesson: Lesson,
  channel: string,
  atStart: (player: Player, step: Step) => Promise<void>,
): Promise<void> {
  const player = new Player()
  player.channel = channel
  await player.play(`/lesson start ${lesson.id}`)
  for (const step of lesson.steps) {
    await atStart(player, step)
    await playAll(player, step.solutions[0]!)
  }
}

/** Solutions of other steps that rightly pass: they do all that the step asks for. */
const SHORTCUTS = new Set([
  'L03.7 passes L03.1', // The regulars call the shop by the number on their note.
  'L03.7 passes L03.4', // The note holds the old number.
  'L04.5 passes L04.2', // Forty orders through the desk, of which several shops answer many.
])

const starts = new Map<string, MemoryStore>()

/** A player who stands at the start of a step. */
async function at(lesson: Lesson, step: Step): Promise<Player> {
  if (!starts.has(step.id))
    await walk(lesson, 'console:test', async (player, each) => {
      starts.set(each.id, new MemoryStore(player.store))
    })
  return new Player(new MemoryStore(starts.get(step.id)))
}

const isPassed = async (player: Player, lesson: Lesson, step: Step, line = '/lesson'): Promise<boolean> => {
  const { data } = await player.play(line)
  return data.finished || data.step > lesson.steps.indexOf(step) + 1
}

for (const lesson of lessons) {
  describe(`${lesson.code} ${lesson.title}`, () => {
    test('fits the schema', () => {
      expect(() => lessonSchema.parse(lesson)).not.toThrow()
    })

    test.each(SEEDS)('no step is passed at its start, in channel %s', async (channel) => {
      await walk(lesson, channel, async (player, step) => {
        expect([step.id, await isPassed(player, lesson, step, '/lesson check')]).toEqual([step.id, false])
      })
    })

    const ways = lesson.steps.flatMap((step) =>
      step.solutions.map((lines, index) => [step.id, index + 1, step, lines] as const),
    )
    test.each(ways)('%s is passed in way %i', async (_, __, step, lines) => {
      const player = await at(lesson, step)
      await playAll(player, lines)
      expect(await isPassed(player, lesson, step)).toBe(true)
    })

    test.each([2, 3])('its ways number %i, one after the other, lead through to the end', async (number) => {
      const player = new Player()
      await player.play(`/lesson start ${lesson.id}`)
      for (const step of lesson.steps) {
        await playAll(player, step.solutions[number - 1] ?? step.solutions.at(-1)!)
        expect([step.id, await isPassed(player, lesson, step)]).toEqual([step.id, true])
      }
    })

    const mistakes = lesson.steps.flatMap((step) =>
      step.attempts.map(
        (attempt) => [step.id, attempt.feedback, JSON.stringify(attempt.lines), step, attempt] as const,
      ),
    )
    test.each(mistakes)('%s tells %s of %s, and undo leads back', async (_, feedback, __, step, attempt) => {
      const player = await at(lesson, step)
      const depth = await historyOf(player)
      const told = await playAll(player, attempt.lines)
      const { data } = await player.play('/lesson')
      expect({ step: data.step, feedback: data.feedback }).toEqual({ step: lesson.steps.indexOf(step) + 1, feedback })
      const wrong = step.wrong.find(({ id }) => id === feedback)!
      expect(told!.text).toContain(wrong.say.split(/\{\{/)[0]!.slice(0, 40))
      await undoTo(player, depth)
      await playAll(player, step.solutions[0]!)
      expect(await isPassed(player, lesson, step)).toBe(true)
    })

    test('every command of a way is needed, but for one in ten', async () => {
      const dropped = lesson.steps.flatMap((step) =>
        step.solutions[0]!.map((_, index) => ({ step, lines: step.solutions[0]!.toSpliced(index, 1) })),
      )
      const needless: string[] = []
      for (const { step, lines } of dropped) {
        const player = await at(lesson, step)
        for (const line of lines) await player.play(await filled(player, line))
        if (await isPassed(player, lesson, step)) needless.push(`${step.id} is passed by ${JSON.stringify(lines)}`)
      }
      expect(needless.length <= dropped.length / 10 ? [] : needless).toEqual([])
    })

    test('what solves another step does not pass this one', async () => {
      const passed: string[] = []
      for (const step of lesson.steps)
        for (const other of lesson.steps.filter((each) => each !== step)) {
          const player = await at(lesson, step)
          for (const line of other.solutions[0]!) await player.play(await filled(player, line))
          const told = `${other.id} passes ${step.id}`
          if (!SHORTCUTS.has(told) && (await isPassed(player, lesson, step))) passed.push(told)
        }
      expect(passed).toEqual([])
    })

    test('every listed mistake has an attempt that meets it', () => {
      for (const step of lesson.steps)
        for (const { id } of step.wrong) expect(step.attempts.map(({ feedback }) => feedback)).toContain(id)
    })

    test('hint 3 alone leads through, and every hint adds to the one before', async () => {
      const player = new Player()
      await player.play(`/lesson start ${lesson.id}`)
      for (const step of lesson.steps) {
        const hints = [
          await player.play('/lesson hint'),
          await player.play('/lesson hint'),
          await player.play('/lesson hint'),
        ]
        expect(hints[0]!.text).not.toMatch(/\/(kubectl|curl|nslookup|cluster|nc|ping) \S/)
        expect(hints[2]!.text).toMatch(/\/(kubectl|curl|nslookup|cluster|lesson)/)
        await playAll(player, step.hintCommands)
        expect([step.id, await isPassed(player, lesson, step)]).toEqual([step.id, true])
      }
      expect((await player.play('/lesson')).data.finished).toBe(true)
      const { text } = await player.play('/progress')
      expect(text).toContain(`${lesson.title}: done`)
    })

    test('a restart in the middle of a step changes nothing', async () => {
      const step = lesson.steps[1]!
      const player = await at(lesson, step)
      const before = await player.play('/lesson')
      player.restart()
      expect((await player.play('/lesson')).text).toBe(before.text)
      await playAll(player, step.solutions[0]!)
      expect(await isPassed(player, lesson, step)).toBe(true)
    })
  })
}

/** Takes back what was done since the history was `depth` steps long. */
async function undoTo(player: Player, depth: number): Promise<void> {
  while ((await historyOf(player)) > depth) await player.play('/cluster undo')
}

async function historyOf(player: Player): Promise<number> {
  const stored = await player.store.load(`channel/${player.channel}`)
  return (stored!.document as ChannelDocument).cluster.undo.length
}
