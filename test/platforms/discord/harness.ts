import { afterEach, beforeEach, expect, vi } from 'vitest'
import type { Platform } from '../../../src/platforms/delivery/platform.ts'
import { createDiscord } from '../../../src/platforms/discord/index.ts'
import { FakeDiscord, type FakeDiscordOptions } from '../../fakes/discord/index.ts'
import type { FakeLog } from '../../fakes/log.ts'
import { FakeTutor } from '../../fakes/tutor.ts'

export interface World {
  discord: FakeDiscord
  tutor: FakeTutor
  bot: Platform
  log: FakeLog
}

// Real clients and servers on a busy machine: patience costs nothing where all is well.
vi.setConfig({ testTimeout: 20_000, hookTimeout: 20_000 })

const open: { discord: FakeDiscord; bot: Platform }[] = []
const rejections: unknown[] = []
const remember = (reason: unknown) => rejections.push(reason)

beforeEach(() => {
  rejections.length = 0
  process.on('unhandledRejection', remember)
})

afterEach(async () => {
  for (const { bot, discord } of open) {
    await bot.stop()
    await discord.close()
  }
  const problems = open.flatMap(({ discord }) => discord.rest.problems)
  open.length = 0
  await new Promise(setImmediate)
  process.off('unhandledRejection', remember)
  expect(rejections).toEqual([])
  expect(problems).toEqual([])
})

/** The real client, connected to a fake Discord. Afterwards no payload may have been refused and no promise be lost. */
export async function connect(options: FakeDiscordOptions & { token?: string } = {}): Promise<World> {
  const world = await prepare(options)
  await world.bot.start()
  await world.discord.connected()
  return world
}

/** The same, before the client starts. */
export async function prepare(options: FakeDiscordOptions = {}): Promise<World> {
  const discord = await FakeDiscord.start(options)
  const tutor = new FakeTutor()
  const { log } = discord
  const bot = createDiscord(tutor, { token: discord.token, apiUrl: discord.url, retryAfter: 20 }, log)
  open.push({ discord, bot })
  return { discord, tutor, bot, log }
}
