import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FakeDiscord } from '../fakes/discord/index.ts'
import { APPLICATION } from '../fakes/discord/payloads.ts'
import { textOf as discordText } from '../fakes/discord/records.ts'
import { FakeSlack } from '../fakes/slack/index.ts'
import { textOf as slackText } from '../fakes/slack/records.ts'

const MAIN = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url))

let folder: string
let discord: FakeDiscord
let slack: FakeSlack
let running: ChildProcess | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'room-service-'))
  discord = await FakeDiscord.start()
  slack = await FakeSlack.start()
})

afterEach(async () => {
  running?.kill('SIGKILL')
  await discord.close()
  await slack.close()
  await rm(folder, { recursive: true, force: true })
})

/** The program as `npm start` runs it, with nothing but this in its environment. */
function start(environment: Record<string, string>): { said: () => string; ended: Promise<number | null> } {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, DATA_DIR: folder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running = child
  let said = ''
  child.stdout.on('data', (data) => {
    said += data
  })
  child.stderr.on('data', (data) => {
    said += data
  })
  return { said: () => said, ended: new Promise((resolve) => child.once('exit', resolve)) }
}

const onDiscord = () => ({
  DISCORD_TOKEN: discord.token,
  DISCORD_APPLICATION_ID: APPLICATION,
  DISCORD_API_URL: discord.url,
})
const onSlack = () => ({ SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.url })

describe('npm start', { timeout: 30_000 }, () => {
  test('serves every platform whose token is set, each channel with a cluster of its own, and ends on SIGTERM', async () => {
    const { ended } = start({ ...onDiscord(), ...onSlack() })
    await discord.until('Discord', () => discord.gateway.connected, 20_000)
    await slack.until('Slack', () => slack.socket.connected, 20_000)
    const created = discord.slash({ command: 'kubectl', options: { command: 'create deployment web --image=nginx' } })
    expect(discordText((await discord.answered(created))[0])).toContain('deployment.apps/web created')
    const [there] = await discord.answered(discord.slash({ command: 'kubectl', options: { command: 'get deploy' } }))
    expect(discordText(there)).toContain('web')
    const [elsewhere] = await slack.answered(slack.slash('/kubectl get deploy'))
    expect(slackText(elsewhere)).toContain('No resources found')
    slack.openHome('U1ADA')
    await slack.until('the Home tab', () => slack.api.homes.get('U1ADA'))
    expect([discord.rest.problems, slack.api.problems]).toEqual([[], []])
    running?.kill('SIGTERM')
    expect(await ended).toBe(0)
  })

  test('a platform that cannot be reached keeps neither the others nor the end waiting', async () => {
    const { port } = slack
    await slack.close()
    const { ended, said } = start({ ...onDiscord(), ...onSlack(), SLACK_API_URL: `http://127.0.0.1:${port}/api/` })
    await discord.until('Discord', () => discord.gateway.connected, 20_000)
    const opened = discord.slash({ command: 'quiz', verb: 'start' })
    expect(discordText((await discord.answered(opened))[0])).not.toBe('')
    await discord.until('the lobby', () => discord.rest.requests.some((line) => line.startsWith('POST /channels/')))
    running?.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(said()).toContain('Slack: http request failed')
    slack = await FakeSlack.start()
  })

  test.each([
    ['a wrong Discord token', () => ({ ...onDiscord(), DISCORD_TOKEN: 'wrong' }), 'DISCORD_TOKEN'],
    ['a wrong Slack token', () => ({ ...onSlack(), SLACK_APP_TOKEN: 'xapp-wrong' }), 'SLACK_APP_TOKEN'],
    ['an id without its token', () => ({ DISCORD_APPLICATION_ID: '1' }), 'DISCORD_TOKEN is missing'],
  ])('%s: a message that names the variable, status 1 and no loop', async (_, environment, variable) => {
    const { ended, said } = start(environment())
    expect(await ended).toBe(1)
    expect(said()).toContain(variable)
    expect(said()).toMatch(/https:\/\/(discord\.com\/developers|api\.slack\.com\/apps)/)
    expect(discord.gateway.identifies).toBe(0)
  })

  test('a token that is revoked later ends the process with status 1', async () => {
    const { ended, said } = start(onDiscord())
    await discord.until('Discord', () => discord.gateway.connected, 20_000)
    discord.gateway.drop(4004)
    expect(await ended).toBe(1)
    expect(said()).toContain('DISCORD_TOKEN')
  })
})
