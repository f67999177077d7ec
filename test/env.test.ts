import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { EnvironmentError, readEnvironment, variableNames } from '../src/env.ts'

const DISCORD = { DISCORD_TOKEN: 'secret', DISCORD_APPLICATION_ID: '1234567890' }
const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }

function messageFor(environment: Record<string, string>): string {
  try {
    readEnvironment(environment)
  } catch (error) {
    expect(error).toBeInstanceOf(EnvironmentError)
    return (error as Error).message
  }
  return expect.unreachable()
}

describe('the environment', () => {
  test('without any variable the data lie in the project and no platform is configured', () => {
    expect(readEnvironment({})).toEqual({ dataFolder: 'data' })
  })

  test('empty and blank variables, and those of others, are as good as none', () => {
    const empty = Object.fromEntries(variableNames.map((name, index) => [name, ' '.repeat(index % 2)]))
    expect(readEnvironment({ ...empty, PATH: '/bin' })).toEqual({ dataFolder: 'data' })
  })

  test('the defaults of a platform do not configure it', () => {
    expect(readEnvironment({ SLACK_MODE: 'http', SLACK_PORT: '80', DISCORD_API_URL: 'http://localhost' })).toEqual({
      dataFolder: 'data',
    })
  })

  test('Discord', () => {
    expect(readEnvironment(DISCORD).discord).toEqual({
      token: 'secret',
      applicationId: '1234567890',
      apiUrl: 'https://discord.com/api',
    })
    expect(readEnvironment({ ...DISCORD, DISCORD_API_URL: 'http://127.0.0.1:8080/api' }).discord?.apiUrl).toBe(
      'http://127.0.0.1:8080/api',
    )
  })

  test('Slack in Socket Mode, which is the default', () => {
    const expected = {
      mode: 'socket',
      botToken: 'xoxb-1',
      appToken: 'xapp-1',
      apiUrl: 'https://slack.com/api/',
      commandPrefix: '',
    }
    expect(readEnvironment(SLACK).slack).toEqual(expected)
    expect(readEnvironment({ ...SLACK, SLACK_MODE: 'socket', SLACK_COMMAND_PREFIX: 'rs-' }).slack).toEqual({
      ...expected,
      commandPrefix: 'rs-',
    })
  })

  test('Slack over HTTP', () => {
    const http = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'secret', SLACK_MODE: 'http' }
    expect(readEnvironment(http).slack).toMatchObject({ mode: 'http', signingSecret: 'secret', port: 3000 })
    expect(readEnvironment({ ...http, SLACK_PORT: '8080' }).slack).toMatchObject({ port: 8080 })
  })

  test.each<[string, Record<string, string>, RegExp]>([
    ['the other half', { DISCORD_APPLICATION_ID: '1' }, /^DISCORD_TOKEN is missing: get it .*discord\.com/],
    [
      'Slack without an app token',
      { SLACK_BOT_TOKEN: 'xoxb-1' },
      /^SLACK_APP_TOKEN is missing \(SLACK_MODE is socket\): create an app-level token .*connections:write under "Basic Information"/,
    ],
    [
      'Slack without a bot token',
      { SLACK_APP_TOKEN: 'xapp-1' },
      /^SLACK_BOT_TOKEN is missing .*: install your app .*slack\.com/,
    ],
    [
      'Slack over HTTP without a secret',
      { ...SLACK, SLACK_MODE: 'http' },
      /^SLACK_SIGNING_SECRET is missing \(SLACK_MODE is http\): copy it from "Basic Information"/,
    ],
    ['tokens mixed up', { SLACK_BOT_TOKEN: 'xapp-1' }, /^SLACK_BOT_TOKEN holds an app-level token: .*xoxb-/],
    ['tokens mixed up again', { ...SLACK, SLACK_APP_TOKEN: 'xoxb-1' }, /^SLACK_APP_TOKEN holds a bot token: .*xapp-/],
    [
      'a token with a word in front',
      { ...DISCORD, DISCORD_TOKEN: 'Bot x' },
      /^DISCORD_TOKEN must not contain blanks: /,
    ],
    [
      'an application id that is a name',
      { ...DISCORD, DISCORD_APPLICATION_ID: 'room' },
      /^DISCORD_APPLICATION_ID must be a number/,
    ],
    ['an unknown mode', { SLACK_MODE: 'carrier-pigeon' }, /^SLACK_MODE must be socket or http\.$/],
    ['no port', { SLACK_PORT: 'front' }, /^SLACK_PORT must be a port number\.$/],
    ['a port beyond all', { SLACK_PORT: '65536' }, /^SLACK_PORT must be a port number\.$/],
    ['half a port', { SLACK_PORT: '80.5' }, /^SLACK_PORT must be a port number\.$/],
    ['no address', { SLACK_API_URL: 'slack' }, /^SLACK_API_URL must be an http or https address\.$/],
    [
      'another sort of address',
      { DISCORD_API_URL: 'ftp://discord' },
      /^DISCORD_API_URL must be an http or https address\.$/,
    ],
    [
      'a prefix that Slack does not take',
      { SLACK_COMMAND_PREFIX: '/RS ' },
      /^SLACK_COMMAND_PREFIX must be at most 20 /,
    ],
  ])('%s is an error that names the variable and its origin', (_, environment, message) => {
    expect(messageFor(environment)).toMatch(message)
  })

  test('all problems of one sort are told at once', () => {
    expect(messageFor({ SLACK_MODE: 'x', SLACK_PORT: 'y' }).split('\n')).toHaveLength(2)
    expect(messageFor({ SLACK_SIGNING_SECRET: 'x' }).split('\n')).toHaveLength(2)
  })

  test('no message repeats a secret', () => {
    expect(messageFor({ ...SLACK, SLACK_BOT_TOKEN: 'xapp-very-secret' })).not.toContain('very-secret')
    expect(messageFor({ ...DISCORD, DISCORD_TOKEN: 'very secret' })).not.toContain('very secret')
  })
})

describe('.env.example', () => {
  const example = parseEnv(readFileSync(new URL('../.env.example', import.meta.url), 'utf8'))

  test('lists the variables that are read, and no others', () => {
    expect(Object.keys(example).sort()).toEqual([...variableNames].sort())
  })

  test('shows the defaults: with tokens filled in it says the same as the tokens alone', () => {
    expect(readEnvironment(example)).toEqual({ dataFolder: 'data' })
    expect(readEnvironment({ ...example, ...DISCORD, ...SLACK })).toEqual(readEnvironment({ ...DISCORD, ...SLACK }))
  })
})
