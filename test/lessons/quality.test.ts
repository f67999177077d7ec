import { describe, expect, test } from 'vitest'
import { lessons } from '../../lessons/index.ts'
import { items } from '../../lessons/items.ts'
import type { Part } from '../../src/chat/reply.ts'
import type { Lesson, Line, Step } from '../../src/tutor/lesson.ts'
import { CONCEPTS, coverage } from '../../src/tutor/lesson-map.ts'
import { Player } from '../player.ts'
import { filled } from './filled-line.ts'
import { gradeOf, prose, sentencesOf, wordsOf } from './reading-level.ts'

const typed = (line: Line): string => (typeof line === 'string' ? line : line.line)

/** Everything that a learner reads, by where it stands. */
function textsOf(lesson: Lesson): [where: string, text: string][] {
  return [
    [`${lesson.code} goal`, lesson.goal],
    [`${lesson.code} story`, lesson.story],
    [`${lesson.code} recap`, lesson.recap],
    ...lesson.finePrint.map(({ label, say }): [string, string] => [`${lesson.code} ${label}`, say]),
    ...lesson.steps.flatMap((step): [string, string][] => [
      [`${step.id} say`, step.say],
      [`${step.id} reveal`, step.reveal],
      ...step.hints.map((hint, index): [string, string] => [`${step.id} hint ${index + 1}`, hint]),
      ...step.wrong.map(({ id, say }): [string, string] => [`${step.id} ${id}`, say]),
      ...(step.notes ?? []).map(({ say }): [string, string] => [`${step.id} note`, say]),
      ...Object.entries(step.predict?.comment ?? {}).map(([id, say]): [string, string] => [`${step.id} ${id}`, say]),
    ]),
  ]
}

const earlierThan = (lesson: Lesson): readonly Lesson[] => lessons.slice(0, lessons.indexOf(lesson))

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!

/** What a way does, apart from guesses and answers: verb and first object of each command. */
const deedsOf = (way: readonly Line[]): string =>
  way
    .map(typed)
    .filter((line) => !line.startsWith('/lesson predict'))
    .map((line) => line.split(/\s+/).slice(0, 4).join(' '))
    .join('\n')

describe.each(lessons)('$code $title', (lesson) => {
  const texts = textsOf(lesson)

  test('reads at grade 7 in the middle, and nowhere above 9', () => {
    const grades = texts.map(([where, text]) => ({ where, grade: gradeOf(text) }))
    expect(grades.filter(({ grade }) => grade > 9)).toEqual([])
    expect(median(grades.map(({ grade }) => grade))).toBeLessThanOrEqual(7)
  })

  test('has sentences of at most 18 words on average, and none of the words that belittle', () => {
    const long = texts.filter(([where, text]) => {
      const sentences = sentencesOf(prose(text))
      const words = sentences.reduce((sum, sentence) => sum + wordsOf(sentence).length, 0)
      return !where.endsWith('hint 3') && words > 18 * sentences.length
    })
    expect(long).toEqual([])
    expect(texts.filter(([, text]) => /\b(just|simply|obviously|easily|easy|of course|trivial)\b/i.test(text))).toEqual(
      [],
    )
  })

  test('types no address of the cluster by hand', () => {
    const addresses = /\b(10\.(244|96)|192\.168\.49|203\.0\.113)\.\d+\.?\d*/
    const questions = lesson.steps.flatMap(({ predict, answer }) => [
      ...(predict ? [predict.question, ...predict.options.map(({ label }) => label)] : []),
      ...(answer ? [answer.question] : []),
    ])
    expect([...texts.map(([, text]) => text), ...questions].filter((text) => addresses.test(text))).toEqual([])
  })

  test('adds at most two concepts in a step, and each of its concepts has a step', () => {
    const known = new Set(earlierThan(lesson).flatMap(({ steps }) => steps.flatMap(({ concepts }) => concepts)))
    for (const { id, concepts } of lesson.steps) {
      const added = concepts.filter((concept) => lesson.concepts.includes(concept) && !known.has(concept))
      expect([id, added.length > 2 ? added : []]).toEqual([id, []])
      for (const concept of concepts) known.add(concept)
    }
    const taught = lesson.steps.flatMap(({ concepts }) => concepts)
    expect(lesson.concepts.filter((concept) => !taught.includes(concept))).toEqual([])
    expect(taught.filter((concept) => !Object.hasOwn(CONCEPTS, concept))).toEqual([])
  })

  test('needs at most five commands for a step, guesses and answers apart', () => {
    const commands = (way: readonly Line[]) => way.filter((line) => !typed(line).startsWith('/lesson ')).length
    for (const { id, solutions } of lesson.steps)
      for (const way of solutions) expect([id, commands(way)]).toEqual([id, Math.min(commands(way), 5)])
  })

  test('lets every step be passed in ways that differ in verbs or objects', () => {
    for (const { id, solutions } of lesson.steps) {
      const ways = new Set(solutions.map(deedsOf))
      expect([id, ways.size >= 2]).toEqual([id, true])
    }
  })

  test('has hints of which each has words that the ones before lack', () => {
    for (const { id, hints } of lesson.steps) {
      const words = hints.map((hint) => new Set(wordsOf(hint.toLowerCase())))
      expect([id, [...words[1]!].some((word) => !words[0]!.has(word))]).toEqual([id, true])
      expect([id, [...words[2]!].some((word) => !words[0]!.has(word) && !words[1]!.has(word))]).toEqual([id, true])
    }
  })

  test('treats each of its misconceptions in a step or in the fine print', () => {
    const met = new Set([
      ...lesson.steps.flatMap(({ wrong, predict, notes }) => [
        ...wrong.map(({ m }) => m),
        ...(notes ?? []).map(({ m }) => m),
        ...(predict?.options ?? []).map(({ m }) => m),
      ]),
      ...lesson.finePrint.map(({ m }) => m),
    ])
    expect(lesson.misconceptions.filter((m) => !met.has(m))).toEqual([])
  })

  test('has one right option in each prediction, and a comment on each wrong one that shows a belief', () => {
    for (const { id, predict } of lesson.steps) {
      if (!predict) continue
      expect([id, predict.options.filter(({ key }) => key).length]).toEqual([id, 1])
      const silent = predict.options.filter(({ key, id: option }) => !key && predict.comment?.[option] === undefined)
      expect([id, silent]).toEqual([id, []])
    }
  })

  test('names exit questions that exist', () => {
    const known = new Set(items.map(({ id }) => id))
    expect(lesson.exit.filter((id) => !known.has(id))).toEqual([])
  })

  test('shows nothing wider than 60 columns but what the programs themselves print', async () => {
    const player = new Player()
    const wide: string[] = []
    const look = (line: string, parts: readonly Part[]) => wide.push(...tooWide(line, parts))
    look('start', (await player.play(`/lesson start ${lesson.id}`)).reply.parts)
    for (const step of lesson.steps)
      for (const line of everyLine(step)) look(typed(line), await playFilled(player, line))
    for (const { commands = [] } of lesson.finePrint)
      for (const line of commands) look(line, await playFilled(player, line))
    look('/lesson compare', (await player.play('/lesson compare')).reply.parts)
    look('/cluster show', (await player.play('/cluster show')).reply.parts)
    expect(wide).toEqual([])
  })

  test('has fine print whose commands work', async () => {
    const player = new Player()
    await player.play(`/lesson start ${lesson.id}`)
    for (const step of lesson.steps) for (const line of step.hintCommands) await playFilled(player, line)
    for (const { label, commands = [] } of lesson.finePrint) {
      const { text } = await player.play(`/lesson more ${label}`)
      expect(text).toContain(label)
      for (const line of commands) {
        const { reply } = await player.play(await filled(player, line))
        const isTraffic = /^\/(curl|ping|nc)/.test(line)
        expect([line, isTraffic || reply.ok]).toEqual([line, true])
      }
    }
  })
})

const everyLine = ({ hintCommands }: Step): readonly Line[] => hintCommands

const playFilled = async (player: Player, line: Line): Promise<readonly Part[]> =>
  (await player.play(await filled(player, line))).reply.parts

/** Lines of code blocks and tables wider than a phone. The first block of a program is its own output, byte for byte. */
function tooWide(line: string, parts: readonly Part[]): string[] {
  const blocks = parts.filter(({ type }) => type === 'code' || type === 'table')
  const own = /^\/(kubectl|curl|nslookup|ping|nc)\b/.test(line) ? blocks.slice(1) : blocks
  return own.flatMap((part) =>
    (part.type === 'code'
      ? part.code.split('\n')
      : part.type === 'table'
        ? [part.header, ...part.rows].map(String)
        : []
    )
      .filter((text) => text.length > 60)
      .map((text) => `${line}: ${text}`),
  )
}

describe('the concepts of the article', () => {
  /** Concepts that no lesson teaches yet, and the lessons of the curriculum that will. */
  const MISSING = {
    L01: ['S01', 'S03', 'S04'],
    L02: ['S06', 'S07', 'S08', 'S12', 'S13'],
    L12: ['S33', 'S35', 'S36', 'S39'],
    L13: ['S37'],
    L14: ['S34'],
  }
  const matrix = coverage(lessons, items)

  test('are forty, and each has a step unless its lesson is still missing', () => {
    expect(matrix).toHaveLength(40)
    const missing = matrix.filter(({ steps }) => steps.length === 0).map(({ concept }) => concept)
    expect(missing.toSorted()).toEqual(Object.values(MISSING).flat().toSorted())
    const written = new Set(lessons.map(({ code }) => code))
    expect(Object.keys(MISSING).filter((code) => written.has(code))).toEqual([])
  })

  test('each have a question of the quiz', () => {
    expect(matrix.filter((covered) => covered.items.length === 0).map(({ concept }) => concept)).toEqual([])
  })

  test('are told on the map, those that are missing too', async () => {
    const player = new Player()
    await player.play('/lesson start dns-and-namespaces')
    const { text } = await player.play('/lesson map')
    expect(text).toContain('2. Find: How do I find a shop that has moved?')
    expect(text).toContain('- L05 Names and departments: step 1 of 8')
    expect(text).toContain('- L07 The traffic cop: open')
    expect(text).toMatch(/26 of 40 concepts have a lesson. Without one so far: IP address; .*Gateway API/)
  })
})
