import { describe, expect, test } from 'vitest'
import { createSlack } from '../../../src/platforms/slack/index.ts'
import { FakeSlack } from '../../fakes/slack/index.ts'
import { textOf } from '../../fakes/slack/records.ts'
import { signed } from '../../fakes/slack/sign.ts'
import { TEAM } from '../../fakes/slack/web-api.ts'
import { FakeTutor, says } from '../../fakes/tutor.ts'
import { connect, prepare, type World } from './harness.ts'

const works = async ({ slack }: World): Promise<void> => {
  const [message] = await slack.answered(slack.slash('/kubectl'))
  expect(textOf(message)).toBe('ran /kubectl')
}

const returned = ({ slack }: World, count: number): Promise<boolean> =>
  slack.until('the bot to come back', () => slack.socket.connections === count && slack.socket.connected, 3_000)

describe('reconnect', () => {
  test.each(['drop', 'refresh'] as const)('after a %s of the socket the bot is back at once, and once', async (how) => {
    const world = await connect()
    const started = performance.now()
    world.slack.socket[how]()
    await returned(world, 2)
    expect(performance.now() - started).toBeLessThan(2_000)
    await works(world)
    expect(world.slack.socket.connections).toBe(2)
  })

  test('several refreshes one after the other', async () => {
    const world = await connect()
    for (let count = 2; count < 6; count++) {
      world.slack.socket.refresh()
      await returned(world, count)
    }
    await works(world)
    expect(world.tutor.requests).toHaveLength(1)
  })

  test('errors of apps.connections.open are outlasted', async () => {
    const world = await connect()
    world.slack.api.faults.add({ on: /apps\.connections\.open$/, status: 500, times: 2 })
    world.slack.api.faults.add({ on: /apps\.connections\.open$/, status: 429, headers: { 'retry-after': '1' } })
    world.slack.socket.drop()
    await returned(world, 2)
    await works(world)
  })

  test('an outage of the whole server is outlasted, and timers post as soon as it is over', async () => {
    const world = await connect()
    const { port } = world.slack
    await world.slack.close()
    await new Promise((resolve) => setTimeout(resolve, 300))
    const posting = world.tutor.post(`slack:${TEAM}:C0KITCHEN`, says('tick'))
    const later = await FakeSlack.start({ port })
    await later.until('the bot to come back', () => later.socket.connected, 3_000)
    await posting
    const [message] = await later.answered(later.slash('/kubectl'))
    expect(textOf(message)).toBe('ran /kubectl')
    await world.bot.stop()
    await later.close()
  })

  test('a Slack that cannot be reached at the start is waited for', async () => {
    const first = await FakeSlack.start()
    const { port, botToken, appToken } = first
    await first.close()
    const configuration = {
      botToken,
      appToken,
      apiUrl: `http://127.0.0.1:${port}/api`,
      commandPrefix: '',
      mode: 'socket' as const,
      retryAfter: 20,
    }
    const bot = createSlack(new FakeTutor(), configuration, first.log)
    const started = bot.start()
    const slack = await FakeSlack.start({ port })
    await started
    expect(slack.socket.connected).toBe(true)
    await bot.stop()
    await slack.close()
  })
})

describe('revoked', () => {
  test.each([
    [{ botToken: 'xoxb-wrong' }, 'SLACK_BOT_TOKEN'],
    [{ appToken: 'xapp-wrong' }, 'SLACK_APP_TOKEN'],
  ])('%j ends the start with a message that names the variable and where to get it', async (tokens, variable) => {
    const { bot, slack } = await prepare({ tokens })
    await expect(bot.start()).rejects.toMatchObject({
      name: 'PlatformFailure',
      message: expect.stringMatching(new RegExp(`${variable}.*api\\.slack\\.com/apps`)),
    })
    expect(slack.api.requests.length).toBeLessThanOrEqual(2)
  })

  test('a bot token revoked later ends the platform', async () => {
    const { bot, slack, tutor } = await connect()
    slack.api.revoked = true
    await tutor.post(`slack:${TEAM}:C0KITCHEN`, says('tick'))
    expect((await bot.failure).message).toContain('SLACK_BOT_TOKEN (token_revoked)')
  })

  test('an app token revoked later ends it when it must connect again, without a loop', async () => {
    const { bot, slack } = await connect()
    slack.api.faults.add({
      on: /apps\.connections\.open$/,
      status: 200,
      body: { ok: false, error: 'token_revoked' },
      times: 9,
    })
    slack.socket.drop()
    expect((await bot.failure).message).toContain('SLACK_APP_TOKEN (token_revoked)')
    const tries = slack.api.requests.filter((line) => line.endsWith('apps.connections.open')).length
    expect(tries).toBe(2)
  })
})

test('a port that is taken ends the start with the name of the variable', async () => {
  const { requestUrl } = await connect({ mode: 'http' })
  const port = Number(new URL(requestUrl).port)
  const slack = await FakeSlack.start()
  const { botToken, signingSecret, url: apiUrl } = slack
  const bot = createSlack(
    new FakeTutor(),
    { botToken, signingSecret, apiUrl, commandPrefix: '', mode: 'http', port },
    slack.log,
  )
  await expect(bot.start()).rejects.toMatchObject({
    name: 'PlatformFailure',
    message: expect.stringContaining('SLACK_PORT'),
  })
  await bot.stop()
  await slack.close()
})

describe('HTTP security', () => {
  const body = new URLSearchParams({
    command: '/kubectl',
    text: '',
    trigger_id: 't',
    team_id: TEAM,
    channel_id: 'C1',
    user_id: 'U1',
  }).toString()
  const post = (url: string, content: string, headers: Record<string, string>) =>
    fetch(url, {
      method: 'POST',
      body: content,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    })

  test('a bad signature, a missing one and a stale time stamp: 401, and nothing runs', async () => {
    const { requestUrl, slack, tutor } = await connect({ mode: 'http' })
    expect((await post(requestUrl, body, signed('other secret', body))).status).toBe(401)
    expect((await post(requestUrl, body, {})).status).toBe(401)
    expect((await post(requestUrl, body, signed(slack.signingSecret, body, Date.now() - 10 * 60_000))).status).toBe(401)
    expect((await post(requestUrl, `${body}&x=1`, signed(slack.signingSecret, body))).status).toBe(401)
    expect(tutor.requests).toEqual([])
  })

  test('a body of 10 MB: 413', async () => {
    const { requestUrl, slack, tutor } = await connect({ mode: 'http' })
    const large = 'x'.repeat(10 * 1024 * 1024)
    expect((await post(requestUrl, large, signed(slack.signingSecret, large))).status).toBe(413)
    expect(tutor.requests).toEqual([])
  })

  test('ssl_check: 200 without running what was smuggled in; url_verification: the challenge', async () => {
    const { requestUrl, slack, tutor } = await connect({ mode: 'http' })
    expect((await post(requestUrl, `ssl_check=1&${body}`, {})).status).toBe(200)
    const challenge = JSON.stringify({ type: 'url_verification', challenge: 'echo' })
    const answer = await post(requestUrl, challenge, {
      ...signed(slack.signingSecret, challenge),
      'content-type': 'application/json',
    })
    expect(await answer.json()).toEqual({ challenge: 'echo' })
    expect(tutor.requests).toEqual([])
  })

  test('broken JSON: 400; another path: 404; the bot goes on', async () => {
    const world = await connect({ mode: 'http' })
    const broken = '{'
    const headers = { ...signed(world.slack.signingSecret, broken), 'content-type': 'application/json' }
    expect((await post(world.requestUrl, broken, headers)).status).toBe(400)
    expect((await post(world.requestUrl.replace('/slack/events', '/'), body, {})).status).toBe(404)
    await works(world)
  })

  test('a signed payload without the fields of a command is acknowledged and logged, and nothing runs', async () => {
    const { requestUrl, slack, tutor, log } = await connect({ mode: 'http' })
    const odd = new URLSearchParams({ command: '/kubectl', team_id: TEAM, user_id: 'U1' }).toString()
    expect((await post(requestUrl, odd, signed(slack.signingSecret, odd))).status).toBe(200)
    await slack.until('the log', () => log.errors.length === 1)
    expect(tutor.requests).toEqual([])
  })
})
