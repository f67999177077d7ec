import { afterEach, beforeEach, expect, vi } from 'vitest'
import type { Platform } from '../../../src/platforms/delivery/platform.ts'
import { createSlack, type SlackConfiguration } from '../../../src/platforms/slack/index.ts'
import { freePort } from '../../fakes/load.ts'
import type { FakeLog } from '../../fakes/log.ts'
import { FakeSlack, type FakeSlackOptions } from '../../fakes/slack/index.ts'
import { FakeTutor } from '../../fakes/tutor.ts'

export type Mode = 'socket' | 'http'
export const MODES: readonly Mode[] = ['socket', 'http']

export interface World {
  slack: FakeSlack
  tutor: FakeTutor
  bot: Platform
  log: FakeLog
  /** Where the bot listens, in HTTP mode. */
  requestUrl: string
}

// Real clients and servers on a busy machine: patience costs nothing where all is well.
vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 })

const open: { slack: FakeSlack; bot: Platform }[] = []
const rejections: unknown[] = []
const remember = (reason: unknown) => rejections.push(reason)

beforeEach(() => {
  rejections.length = 0
  process.on('unhandledRejection', remember)
})

afterEach(async () => {
  for (const { bot, slack } of open) {
    await bot.stop()
    await slack.close()
  }
  const problems = open.flatMap(({ slack }) => slack.api.problems)
  open.length = 0
  await new Promise(setImmediate)
  process.off('unhandledRejection', remember)
  expect(rejections).toEqual([])
  expect(problems).toEqual([])
})

export interface Options extends FakeSlackOptions {
  mode?: Mode
  commandPrefix?: string
  pace?: { interval: number; burst: number }
  tokens?: { botToken?: string; appToken?: string }
}

/** The real client, connected to a fake Slack. Afterwards no payload may have been refused and no promise be lost. */
export async function connect(options: Options = {}): Promise<World> {
  const world = await prepare(options)
  await world.bot.start()
  if (options.mode !== 'http') await world.slack.until('the bot to connect', () => world.slack.socket.connected)
  return world
}

/** The same, before the client starts. */
export async function prepare({
  mode = 'socket',
  tokens,
  commandPrefix = '',
  pace,
  ...options
}: Options = {}): Promise<World> {
  const port = await freePort()
  const requestUrl = `http://127.0.0.1:${port}/slack/events`
  const slack = await FakeSlack.start({ ...options, ...(mode === 'http' && { requestUrl }) })
  const tutor = new FakeTutor()
  const { log } = slack
  const shared = {
    botToken: tokens?.botToken ?? slack.botToken,
    apiUrl: slack.url,
    commandPrefix,
    pace: pace ?? { interval: 0, burst: 1 },
    retryAfter: 20,
  }
  const configuration: SlackConfiguration =
    mode === 'socket'
      ? { ...shared, mode, appToken: tokens?.appToken ?? slack.appToken }
      : { ...shared, mode, signingSecret: slack.signingSecret, port }
  const bot = createSlack(tutor, configuration, log)
  open.push({ slack, bot })
  return { slack, tutor, bot, log, requestUrl }
}
