import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commands } from '../../commands/index.ts'
import { lessons } from '../../lessons/index.ts'
import { items } from '../../lessons/items.ts'
import { App, type Request } from '../../src/app.ts'
import { certificates } from '../../src/certificates.ts'
import { parseChannel } from '../../src/channel.ts'
import { parseLine } from '../../src/chat/options.ts'
import { plainReply } from '../../src/chat/plain-reply.ts'
import type { Reply } from '../../src/chat/reply.ts'
import { restoreCluster } from '../../src/cluster/create.ts'
import type { Platform, Tutor } from '../../src/platforms/delivery/platform.ts'
import { createDiscord } from '../../src/platforms/discord/index.ts'
import { createSlack } from '../../src/platforms/slack/index.ts'
import { createBank } from '../../src/quiz/bank.ts'
import { fill } from '../../src/tutor/value.ts'
import { FakeDiscord } from '../fakes/discord/index.ts'
import { controlsOf as discordControls, textOf as discordText, messagesOf } from '../fakes/discord/records.ts'
import { freePort } from '../fakes/load.ts'
import { FakeSlack } from '../fakes/slack/index.ts'
import { controlsOf as slackControls, textOf as slackText } from '../fakes/slack/records.ts'
import { MemoryStore } from '../memory-store.ts'
import { MONDAY, Player } from '../player.ts'

const CHANNEL = 'console:test'

/** One line of the script and what the console answered. */
interface Scene {
  line: string
  reply: Reply
}

/** Plays the first way through a lesson at the console and writes down what was typed and answered. */
async function script(code: string): Promise<Scene[]> {
  const lesson = lessons.find((candidate) => candidate.code === code)!
  const player = new Player()
  const scenes: Scene[] = []
  const play = async (line: string) => scenes.push({ line, reply: (await player.play(line)).reply })
  await play(`/lesson start ${lesson.id}`)
  for (const step of lesson.steps)
    for (const line of step.solutions[0]!) {
      const stored = await player.store.load(`channel/${CHANNEL}`)
      const channel = parseChannel(stored!.document, restoreCluster)
      const template = typeof line === 'string' ? line : line.line
      await play(fill(template, { cluster: channel.cluster, start: channel.lesson!.start }, 'UNFILLED'))
    }
  await play('/lesson')
  expect(scenes.length).toBeGreaterThan(8)
  expect(JSON.stringify(scenes)).not.toContain('UNFILLED')
  return scenes
}

/** The real tutor, told the same place, person and time for every front: chance comes from these. */
function tutor(replies: Reply[]): Tutor {
  const errors = (message: string, error?: unknown) => {
    throw error ?? new Error(message)
  }
  const app = new App({
    commands,
    lessons,
    bank: createBank(items),
    certificates,
    store: new MemoryStore(),
    log: errors,
  })
  return {
    commands,
    isPrivate: (input) => app.isPrivate(input),
    complete: (who, ask) => app.complete(who, ask),
    home: (user) => app.home(user),
    connect: (prefix, outbox) => app.connect(prefix, outbox),
    async handle(request: Request) {
      const answer = await app.handle({
        ...request,
        channel: CHANNEL,
        user: 'console:you',
        userName: 'you',
        at: MONDAY,
      })
      replies.push(answer.reply)
      return answer
    },
  }
}

/** What one front shows for a line: all text, and the labels of what can be pressed. */
interface Shown {
  text: string
  labels: string[]
}

interface Front {
  replies: Reply[]
  show(line: string): Promise<Shown>
  /** Whether the front counts the items of a list itself, so that the numbers are not in the text. */
  counts: boolean
  stop(): Promise<void>
}

async function discordFront(): Promise<Front> {
  const fake = await FakeDiscord.start()
  const replies: Reply[] = []
  const bot = createDiscord(tutor(replies), { token: fake.token, apiUrl: fake.url }, fake.log)
  await bot.start()
  await fake.connected()
  return {
    replies,
    counts: false,
    async show(line) {
      const invocation = parseLine(commands, line)
      const rest = line.slice(line.indexOf(' ') + 1)
      const options = 'verb' in invocation ? (invocation.options as Record<string, string>) : { command: rest }
      const delivery = fake.slash({
        command: invocation.command.name,
        options,
        ...('verb' in invocation && { verb: invocation.verb }),
      })
      await fake.answered(delivery)
      await settled(() => messagesOf(delivery).length)
      const messages = messagesOf(delivery)
      return {
        text: messages.map(discordText).join('\n'),
        labels: messages
          .flatMap(discordControls)
          .flatMap(({ label, options: menu }) => label ?? menu?.map((option) => option.label) ?? []),
      }
    },
    stop: () => close(bot, fake),
  }
}

async function slackFront(mode: 'socket' | 'http'): Promise<Front> {
  const port = await freePort()
  const fake = await FakeSlack.start(mode === 'http' ? { requestUrl: `http://127.0.0.1:${port}/slack/events` } : {})
  const replies: Reply[] = []
  const shared = { botToken: fake.botToken, apiUrl: fake.url, commandPrefix: '', pace: { interval: 0, burst: 1 } }
  const { appToken, signingSecret } = fake
  const bot = createSlack(
    tutor(replies),
    mode === 'http' ? { ...shared, mode, signingSecret, port } : { ...shared, mode, appToken },
    fake.log,
  )
  await bot.start()
  return {
    replies,
    counts: true,
    async show(line) {
      const delivery = fake.slash(line)
      await fake.answered(delivery)
      await settled(() => delivery.messages.length)
      const controls = delivery.messages.flatMap(({ blocks }) => slackControls(blocks))
      return {
        text: delivery.messages.map(slackText).join('\n'),
        labels: controls.flatMap(({ text, options }) =>
          typeof text === 'object' ? text.text : (options?.map((option) => option.value) ?? []),
        ),
      }
    },
    stop: () => close(bot, fake),
  }
}

async function close(bot: Platform, fake: { close(): Promise<void> }): Promise<void> {
  await bot.stop()
  await fake.close()
}

/** Waits until no further message of an answer comes in. */
async function settled(count: () => number): Promise<void> {
  for (let before = -1; before !== count(); ) {
    before = count()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** The letters and digits of a text, in alphabetical order: tables wrap and markup differs, words do not. */
const letters = (text: string): string => [...text.replaceAll(/[^\p{L}\p{N}]/gu, '')].sort().join('')

function expected(reply: Reply, counts: boolean): string {
  const parts = reply.parts.filter(({ type }) => type !== 'buttons' && type !== 'select')
  return plainReply({
    parts: parts.map((part) => (part.type === 'list' && counts ? { type: 'list', items: part.items } : part)),
  })
}

const FRONTS: Readonly<Record<string, () => Promise<Front>>> = {
  Discord: discordFront,
  'Slack by socket': () => slackFront('socket'),
  'Slack by HTTP': () => slackFront('http'),
}

describe.each(['L03', 'L04'])('lesson %s', (code) => {
  let scenes: Scene[]
  beforeAll(async () => {
    scenes = await script(code)
  })

  describe.each(Object.keys(FRONTS))('on %s', (name) => {
    let front: Front
    beforeAll(async () => {
      front = await FRONTS[name]!()
    })
    afterAll(() => front.stop())

    test('is the same as in the console, word for word', async () => {
      for (const { line, reply } of scenes) {
        const shown = await front.show(line)
        expect({ line, reply: front.replies.at(-1) }).toEqual({ line, reply })
        expect({ line, text: letters(shown.text) }).toEqual({ line, text: letters(expected(reply, front.counts)) })
        const buttons = reply.parts.flatMap((part) =>
          part.type === 'buttons' ? part.buttons.map(({ label }) => label) : [],
        )
        expect(shown.labels).toEqual(expect.arrayContaining(buttons))
      }
    }, 30_000)
  })
})
