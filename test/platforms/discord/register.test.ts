import { afterEach, beforeEach, expect, test } from 'vitest'
import { inviteUrl, registerCommands } from '../../../src/platforms/discord/register.ts'
import { FakeDiscord } from '../../fakes/discord/index.ts'
import { APPLICATION, GUILD } from '../../fakes/discord/payloads.ts'
import { commands } from '../commands.ts'

let discord: FakeDiscord
beforeEach(async () => {
  discord = await FakeDiscord.start()
})
afterEach(() => discord.close())

const register = (count: number, target: Partial<Parameters<typeof registerCommands>[1]> = {}) =>
  registerCommands(commands.slice(0, count), {
    token: discord.token,
    applicationId: APPLICATION,
    apiUrl: discord.url,
    ...target,
  })

const puts = () => discord.rest.requests.filter((line) => line.startsWith('PUT')).length

test('the first time everything is added, and the next steps are told', async () => {
  const lines = await register(3)
  expect(lines.slice(0, 3)).toEqual(['added     /kubectl', 'added     /why', 'added     /quiz'])
  expect(lines.join('\n')).toContain(inviteUrl(APPLICATION))
  expect(lines.at(-1)).toContain('npm start')
  expect(discord.rest.commands.get('global')).toHaveLength(3)
})

test('what is the same is not sent again; what goes is named', async () => {
  await register(3)
  expect((await register(3)).slice(0, 3)).toEqual(['unchanged /kubectl', 'unchanged /why', 'unchanged /quiz'])
  expect(puts()).toBe(1)
  expect((await register(2)).slice(0, 3)).toEqual(['unchanged /kubectl', 'unchanged /why', 'removed   /quiz'])
  expect(discord.rest.commands.get('global')).toHaveLength(2)
})

test('for one server only that server changes', async () => {
  expect((await register(1, { guild: GUILD })).join('\n')).toContain(`Registered for the server ${GUILD}`)
  expect([...discord.rest.commands.keys()]).toEqual([GUILD])
})

test.each([
  [{ token: 'wrong' }, 'DISCORD_TOKEN was refused'],
  [{ applicationId: '1' }, 'DISCORD_APPLICATION_ID 1 does not belong to DISCORD_TOKEN'],
  [{ applicationId: '1', guild: '2' }, 'in the server 2: check --guild'],
])('%j ends with the remedy', async (target, message) => {
  await expect(register(1, target)).rejects.toMatchObject({
    name: 'PlatformFailure',
    message: expect.stringContaining(message),
  })
  expect(puts()).toBe(0)
})
