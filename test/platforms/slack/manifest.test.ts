import { expect, test } from 'vitest'
import { manifestSteps, toManifest } from '../../../src/platforms/slack/manifest.ts'
import { manifestRules } from '../../fakes/slack/manifest-rules.ts'
import { commands } from '../commands.ts'

const URL = 'https://bot.example.com/slack/events'

test.each([{}, { prefix: 'rs-' }, { url: URL }])("the manifest with %j keeps Slack's published rules", (options) => {
  expect(manifestRules.safeParse(toManifest(commands, options)).error).toBeUndefined()
})

test('every command is there with its usage as hint; only where people are named Slack turns names into ids', () => {
  expect(toManifest(commands).features.slash_commands).toEqual([
    {
      command: '/kubectl',
      description: 'Talk to the cluster of this channel',
      usage_hint: 'get pods -o wide | apply -f - | …',
      should_escape: false,
    },
    { command: '/why', description: 'What happened on the last connection', usage_hint: '[HOP]', should_escape: false },
    {
      command: '/quiz',
      description: 'Team quizzes',
      usage_hint: 'start | answer QUESTION OPTION',
      should_escape: true,
    },
  ])
})

test('a prefix keeps the names apart from those of other apps', () => {
  expect(toManifest(commands, { prefix: 'rs-' }).features.slash_commands.map(({ command }) => command)).toEqual([
    '/rs-kubectl',
    '/rs-why',
    '/rs-quiz',
  ])
})

test('with an address the app is reached over HTTP, without one by Socket Mode, and the steps say what it needs', () => {
  expect(toManifest(commands, { url: URL }).settings).toMatchObject({
    socket_mode_enabled: false,
    interactivity: { request_url: URL },
  })
  expect(toManifest(commands).settings.socket_mode_enabled).toBe(true)
  expect(manifestSteps({ url: URL }).join('\n')).toContain('SLACK_SIGNING_SECRET')
  expect(manifestSteps({}).join('\n')).toContain('SLACK_APP_TOKEN')
})

test('a name or a number of commands that Slack does not take is refused', () => {
  expect(() => toManifest(commands, { prefix: 'x'.repeat(28) })).toThrow('32 characters')
  expect(() => toManifest(Array.from({ length: 51 }, () => commands[0]!))).toThrow('51')
})

test('the rules refuse what Slack refuses', () => {
  const manifest = toManifest(commands)
  expect(manifestRules.safeParse({ ...manifest, extra: 1 }).success).toBe(false)
  manifest.features.slash_commands[0]!.command = 'kubectl'
  expect(manifestRules.safeParse(manifest).success).toBe(false)
})
