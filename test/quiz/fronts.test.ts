import { beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import { parseLine } from '../../src/chat/options.ts'
import { plainReply } from '../../src/chat/plain-reply.ts'
import type { Reply } from '../../src/chat/reply.ts'
import { pressables, renderConsole } from '../../src/platforms/console/render.ts'
import { createDiscord } from '../../src/platforms/discord/index.ts'
import { createSlack } from '../../src/platforms/slack/index.ts'
import { FakeDiscord } from '../fakes/discord/index.ts'
import { textOf as discordText } from '../fakes/discord/records.ts'
import { FakeSlack } from '../fakes/slack/index.ts'
import { textOf as slackText } from '../fakes/slack/records.ts'
import { type Front, playSession, Stage } from './stage.ts'

function consoleFront(): Front {
  const stage = new Stage()
  stage.connect()
  let deliveries = 0
  const send = async (by: string, input: { line: string } | { press: string }) => {
    deliveries += 1
    await stage.handle({ key: `line-${deliveries}`, user: `console:${by}`, userName: by, input })
    await stage.app.quiet()
  }
  return {
    stage,
    type: (by, line) => send(by, { line }),
    press: (by, label) => send(by, { press: pressables(stage.shown).find((each) => each.label === label)!.action }),
    text: () => renderConsole(stage.shown),
    close: () => stage.app.stop(),
  }
}

async function discordFront(): Promise<Front> {
  const fake = await FakeDiscord.start()
  const stage = new Stage()
  const tutor = stage.tutor(({ userName }) => userName.toLowerCase())
  const bot = createDiscord(tutor, { token: fake.token, apiUrl: fake.url }, fake.log)
  await bot.start()
  await fake.connected()
  const visible = () => [...fake.rest.messages.values()].filter(({ hidden }) => !hidden).at(-1)!
  return {
    stage,
    async type(by, line) {
      const invocation = parseLine(commands, line)
      const rest = line.slice(line.indexOf(' ') + 1)
      const options = 'verb' in invocation ? (invocation.options as Record<string, string>) : { command: rest }
      const delivery = fake.slash({
        command: invocation.command.name,
        options,
        user: by,
        ...('verb' in invocation && { verb: invocation.verb }),
      })
      await fake.answered(delivery)
      await stage.app.quiet()
    },
    async press(by, label) {
      const delivery = fake.press(visible(), label, { user: by })
      await fake.answered(delivery)
      await stage.app.quiet()
    },
    text: () => discordText(visible()),
    async close() {
      await bot.stop()
      await stage.app.stop()
      await fake.close()
    },
  }
}

async function slackFront(): Promise<Front> {
  const fake = await FakeSlack.start()
  const stage = new Stage()
  const tutor = stage.tutor(({ user }) => user.slice(-3).toLowerCase().replace('tor', 'mentor'))
  const shared = { botToken: fake.botToken, apiUrl: fake.url, commandPrefix: '', pace: { interval: 0, burst: 1 } }
  const bot = createSlack(tutor, { ...shared, mode: 'socket', appToken: fake.appToken }, fake.log)
  await bot.start()
  const visible = () => [...fake.api.messages.values()].filter(({ hiddenFor }) => hiddenFor === undefined).at(-1)!
  return {
    stage,
    async type(by, line) {
      const delivery = fake.slash(line, { user: `U1${by.toUpperCase()}` })
      await fake.answered(delivery)
      await stage.app.quiet()
    },
    async press(by, label) {
      const delivery = fake.press(visible(), label, { user: `U1${by.toUpperCase()}` })
      await fake.answered(delivery)
      await stage.app.quiet()
    },
    text: () => slackText(visible()),
    async close() {
      await bot.stop()
      await stage.app.stop()
      await fake.close()
    },
  }
}

/** Instants, as the console and Discord write them; Slack's clients write their own. */
const INSTANT = /\d\d:\d\d:\d\d UTC|<t:\d+:R>/g

/** The letters and digits of a text, in alphabetical order: tables wrap and markup differs, words do not. */
const letters = (text: string): string =>
  [...text.replaceAll(INSTANT, '').replaceAll(/[^\p{L}\p{N}]/gu, '')].sort().join('')

/** What a front has to show of a reply: everything but what can be pressed. */
const words = ({ parts }: Reply): string =>
  plainReply({ parts: parts.filter(({ type }) => type !== 'buttons' && type !== 'select') })

describe('a whole session of two teams, with a restart in the middle', () => {
  let played: Stage
  const looks: string[] = []

  beforeAll(async () => {
    const front = consoleFront()
    await playSession(front, ({ text }) => looks.push(text()))
    await front.close()
    played = front.stage
  })

  it('reads so at the console', async () => {
    await expect(`${played.transcript()}\n`).toMatchFileSnapshot('../golden/quiz/session.txt')
  })

  it('counts every answer once, also those before the restart', () => {
    const stored = JSON.stringify(played.happenings)
    expect(stored).not.toContain('Something went wrong')
    const reveals = played.happenings.filter(({ by, did }) => by === 'tutor' && did === 'shows instead')
    expect(reveals.map(({ reply }) => words(reply)).filter((text) => text.includes(': the answer'))).toHaveLength(4)
    for (const { reply } of reveals) expect(words(reply)).not.toMatch(/no answer/)
  })

  it.each([
    ['Discord', discordFront],
    ['Slack', slackFront],
  ] as const)(
    'is the same on %s',
    async (_, start) => {
      const front = await start()
      const shown: [string, string][] = []
      await playSession(front, ({ text, stage }) => shown.push([text(), words(stage.shown)]))
      await front.close()
      // What is said in the channel and what is answered are two threads; which goes ahead is up to the front.
      for (const isTutor of [true, false]) {
        const thread = ({ happenings }: Stage) =>
          happenings.filter(({ by }) => (by === 'tutor') === isTutor).map(({ by, reply }) => ({ by, reply }))
        expect(thread(front.stage)).toEqual(thread(played))
      }
      for (const [text, expected] of shown) expect(letters(text)).toBe(letters(expected))
    },
    60_000,
  )
})
