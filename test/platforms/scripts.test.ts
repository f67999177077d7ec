import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { commands } from '../../commands/index.ts'
import { toRegistrations } from '../../src/platforms/discord/registration.ts'
import { toManifest } from '../../src/platforms/slack/manifest.ts'
import { FakeDiscord } from '../fakes/discord/index.ts'
import { APPLICATION, GUILD } from '../fakes/discord/payloads.ts'
import { manifestRules } from '../fakes/slack/manifest-rules.ts'

/** Runs a script as npm does, with nothing but this in its environment. */
function run(
  script: string,
  words: readonly string[],
  environment: Record<string, string> = {},
): Promise<{ status: number | null; out: string; told: string }> {
  const file = fileURLToPath(new URL(`../../dist/scripts/${script}.js`, import.meta.url))
  const child = spawn(process.execPath, [file, ...words], {
    env: { PATH: process.env.PATH, ...environment },
  })
  let out = ''
  let told = ''
  child.stdout.on('data', (data) => {
    out += data
  })
  child.stderr.on('data', (data) => {
    told += data
  })
  return new Promise((resolve) => child.once('exit', (status) => resolve({ status, out, told })))
}

describe('all commands of this project', () => {
  test('can be registered with Discord', () => {
    expect(toRegistrations(commands).map(({ name }) => name)).toEqual(commands.map(({ name }) => name))
  })

  test.each(['', 'rs-'])('make a manifest that Slack takes, with the prefix "%s"', (prefix) => {
    expect(manifestRules.safeParse(toManifest(commands, { prefix })).error).toBeUndefined()
  })
})

describe('npm run register', { timeout: 30_000 }, () => {
  test('registers the commands, tells what is new and what to do next', async () => {
    const discord = await FakeDiscord.start()
    const environment = {
      DISCORD_TOKEN: discord.token,
      DISCORD_APPLICATION_ID: APPLICATION,
      DISCORD_API_URL: discord.url,
    }
    const { status, out } = await run('register', ['discord', '--guild', GUILD], environment)
    expect(out).toContain('added     /kubectl')
    expect(out).toContain('https://discord.com/oauth2/authorize')
    expect(status).toBe(0)
    expect(discord.rest.commands.get(GUILD)).toHaveLength(commands.length)
    await discord.close()
  })

  test.each([
    [['discord'], 'DISCORD_TOKEN is missing: get it'],
    [['discord', '--gild', '1'], "Unknown option '--gild'"],
  ])('%j without a token: status 1 and what is wrong', async (words, message) => {
    const { status, told } = await run('register', words)
    expect([status, told]).toEqual([1, expect.stringContaining(message)])
  })
})

describe('npm run manifest', { timeout: 30_000 }, () => {
  test('prints the manifest alone, ready to paste, and the next steps beside it', async () => {
    const { status, out, told } = await run('manifest', ['slack'], { SLACK_COMMAND_PREFIX: 'rs-' })
    const manifest = manifestRules.parse(JSON.parse(out))
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(
      commands.map(({ name }) => `/rs-${name}`),
    )
    expect(told).toContain('https://api.slack.com/apps')
    expect(status).toBe(0)
  })

  test('an address that Slack could not use is refused', async () => {
    const { status, told } = await run('manifest', ['slack', '--url', 'http://x'])
    expect([status, told]).toEqual([1, expect.stringContaining('--url must be an https address')])
  })
})
