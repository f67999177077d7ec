import { describe, expect, test } from 'vitest'
import { createDiscord } from '../../../src/platforms/discord/index.ts'
import { FakeDiscord } from '../../fakes/discord/index.ts'
import { textOf } from '../../fakes/discord/records.ts'
import { FakeTutor } from '../../fakes/tutor.ts'
import { connect, prepare } from './harness.ts'

describe('reconnect', () => {
  test('a dropped connection is resumed; what was sent meanwhile is answered, and nothing twice', async () => {
    const { discord, tutor } = await connect()
    await discord.answered(discord.slash({ command: 'kubectl', options: { command: 'before' } }))
    discord.gateway.drop()
    const meanwhile = discord.slash({ command: 'kubectl', options: { command: 'meanwhile' } })
    const [message] = await discord.answered(meanwhile)
    expect(textOf(message)).toBe('ran /kubectl meanwhile')
    expect(tutor.lines).toEqual(['/kubectl before', '/kubectl meanwhile'])
    expect(discord.gateway).toMatchObject({ identifies: 1, resumes: 1 })
  })

  test('an invalid session is replaced by a new one', async () => {
    const { discord } = await connect()
    discord.gateway.invalidate()
    await discord.until('a new session', () => discord.gateway.identifies === 2 && discord.gateway.connected)
    const [message] = await discord.answered(discord.slash({ command: 'kubectl' }))
    expect(textOf(message)).toBe('ran /kubectl')
  })

  test('timers keep running: a post goes out while the gateway is away', async () => {
    const { discord, tutor } = await connect()
    discord.gateway.drop()
    const handle = await tutor.post('discord:1:299999999999999999', {
      ok: true,
      parts: [{ type: 'text', text: 'tick' }],
    })
    expect(handle).toBeDefined()
  })

  test('a Discord that cannot be reached at the start is waited for', async () => {
    const first = await FakeDiscord.start()
    const { port, token } = first
    await first.close()
    const apiUrl = `http://127.0.0.1:${port}/api`
    const bot = createDiscord(new FakeTutor(), { token, apiUrl, retryAfter: 20 }, first.log)
    const started = bot.start()
    const discord = await FakeDiscord.start({ port })
    await started
    expect(discord.gateway.connected).toBe(true)
    await bot.stop()
    await discord.close()
  })
})

describe('revoked', () => {
  test('a wrong token ends the start with a message that names the variable and where to get it', async () => {
    const discord = await FakeDiscord.start()
    const bot = createDiscord(new FakeTutor(), { token: 'wrong', apiUrl: discord.url }, discord.log)
    await expect(bot.start()).rejects.toMatchObject({
      name: 'PlatformFailure',
      message: expect.stringMatching(/DISCORD_TOKEN.*discord\.com\/developers/),
    })
    expect(discord.rest.requests).toHaveLength(1)
    await bot.stop()
    await discord.close()
  })

  test.each([
    [4004, 'DISCORD_TOKEN'],
    [4014, 'intents'],
  ])('close code %i while it connects ends the start at once', async (code, words) => {
    const { discord, bot } = await prepare()
    discord.gateway.refuse = code
    await expect(bot.start()).rejects.toMatchObject({
      name: 'PlatformFailure',
      message: expect.stringContaining(words),
    })
    expect(discord.gateway.identifies).toBe(1)
  })

  test('a token revoked later ends the platform, and it does not connect again', async () => {
    const { discord, bot } = await connect()
    discord.gateway.drop(4004)
    expect((await bot.failure).message).toContain('DISCORD_TOKEN')
    expect(discord.gateway).toMatchObject({ identifies: 1, resumes: 0 })
  })

  test('so does a 401 on a message of its own', async () => {
    const { discord, bot, tutor } = await connect()
    discord.rest.faults.add({ on: /^POST \/channels/, status: 401, body: { code: 0, message: '401: Unauthorized' } })
    await tutor.post('discord:1:2', { ok: true, parts: [] })
    expect((await bot.failure).message).toContain('DISCORD_TOKEN')
  })
})
