import { describe, expect, test } from 'vitest'
import { reply } from '../../../src/chat/reply.ts'
import { CHANNEL, GUILD } from '../../fakes/discord/payloads.ts'
import { messagesOf, textOf } from '../../fakes/discord/records.ts'
import { says } from '../../fakes/tutor.ts'
import { connect, type World } from './harness.ts'

const KEY = `discord:${GUILD}:${CHANNEL}`
const CALLBACK = /^POST \/interactions\/.*\/callback$/

/** What stands in the channel as ordinary messages of the bot. */
const posted = ({ discord }: World): string[] =>
  [...discord.rest.messages.values()].filter(({ hidden }) => !hidden).map(textOf)

const posts = ({ discord }: World): number =>
  discord.rest.requests.filter((line) => line === `POST /channels/${CHANNEL}/messages`).length

describe('duplicate', () => {
  test('the same interaction twice has one effect and one answer', async () => {
    const world = await connect()
    const delivery = world.discord.slash({ command: 'kubectl' })
    world.discord.send(delivery.payload)
    await world.discord.until('the duplicate', () => world.tutor.duplicates === 1)
    await world.discord.answered(delivery)
    expect(world.tutor.requests).toHaveLength(1)
    expect(messagesOf(delivery)).toHaveLength(1)
    expect(world.log.errors).toEqual([])
  })
})

describe('10062 / 40060', () => {
  test('an acknowledgement that came too late: the work is done once and the public answer is posted', async () => {
    const world = await connect()
    world.discord.rest.faults.add({ on: CALLBACK, status: 404, body: { code: 10_062, message: 'Unknown interaction' } })
    const delivery = world.discord.slash({ command: 'kubectl' })
    await world.discord.until('a post', () => posts(world) === 1)
    expect(posted(world)).toEqual(['ran /kubectl'])
    expect(delivery.acknowledged).toBeUndefined()
    expect(world.tutor.requests).toHaveLength(1)
    expect(world.log.errors).toEqual([])
  })

  test('the same for a private answer: nothing becomes public', async () => {
    const world = await connect()
    world.discord.rest.faults.add({ on: CALLBACK, status: 404, body: { code: 10_062, message: 'Unknown interaction' } })
    world.discord.slash({ command: 'why' })
    await world.discord.until('the work', () => world.log.infos.some((line) => line.includes('private answer')))
    expect(posted(world)).toEqual([])
    expect(world.log.errors).toEqual([])
  })

  test('a retried acknowledgement of which the first counted (502, then 40060) is none too many', async () => {
    const world = await connect()
    world.discord.rest.faults.add({ on: CALLBACK, status: 502, lost: true })
    const delivery = world.discord.slash({ command: 'kubectl' })
    const [message] = await world.discord.answered(delivery)
    expect(textOf(message)).toBe('ran /kubectl')
    expect(world.tutor.requests).toHaveLength(1)
    expect(posts(world)).toBe(0)
  })
})

describe('expired token', () => {
  test('a public answer after the end of the token is posted by the bot', async () => {
    const world = await connect({ tokenLife: 0 })
    world.discord.slash({ command: 'kubectl' })
    await world.discord.until('a post', () => posts(world) === 1)
    expect(posted(world)).toContain('ran /kubectl')
    expect(world.log.errors).toEqual([])
  })
})

describe('stale delivery', () => {
  test('an interaction older than the deadline is skipped, and logged without being an error', async () => {
    const world = await connect()
    await world.discord.answered(world.discord.slash({ command: 'kubectl' }))
    world.discord.slash({ command: 'kubectl', age: 2_800 })
    await world.discord.until('the log', () => world.log.infos.some((line) => line.includes('too old')))
    expect(world.tutor.requests).toHaveLength(1)
    expect(world.log.errors).toEqual([])
  })
})

describe('expired modal trigger', () => {
  test('a form that comes too late opens nothing and is no error', async () => {
    const world = await connect()
    const form = { title: 'Edit', submit: 'Apply', fields: [{ name: 'stdin', label: 'Manifest' }] }
    world.tutor.run = () =>
      reply([{ type: 'buttons', buttons: [{ label: 'Edit', action: '/kubectl apply -f -', form }] }])
    const [message] = await world.discord.answered(world.discord.slash({ command: 'kubectl' }))
    world.discord.rest.faults.add({ on: CALLBACK, status: 404, body: { code: 10_062, message: 'Unknown interaction' } })
    world.discord.press(message!, 'Edit')
    await world.discord.until('the log', () => world.log.infos.some((line) => line.includes('too late for its form')))
    expect(world.log.errors).toEqual([])
  })
})

describe('unregistered', () => {
  test('a command that is no longer known is acknowledged privately and left to the tutor', async () => {
    const { discord, tutor } = await connect()
    tutor.hidden = ['/gone']
    const delivery = discord.slash({ command: 'gone' })
    await discord.answered(delivery)
    expect(delivery.acknowledged?.hidden).toBe(true)
  })

  test.each(['v0:/kubectl', 'something-else'])(
    'the custom id %s of another version gets a private hint',
    async (id) => {
      const { discord, tutor } = await connect()
      tutor.run = () => reply([{ type: 'buttons', buttons: [{ label: 'x', action: '/x' }] }])
      const [message] = await discord.answered(discord.slash({ command: 'kubectl' }))
      const [hint] = await discord.answered(discord.press(message!, id))
      expect([textOf(hint), hint?.hidden]).toEqual(['This button has expired. Please ask for the message again.', true])
      expect(tutor.requests).toHaveLength(1)
    },
  )

  test('a form that the bot has forgotten gets a private hint with the line', async () => {
    const { discord, tutor } = await connect()
    const [message] = await discord.answered(discord.slash({ command: 'kubectl' }))
    const [hint] = await discord.answered(discord.press(message!, 'v1f:/kubectl edit pod web'))
    expect(textOf(hint)).toContain('type /kubectl edit pod web')
    expect(tutor.requests).toHaveLength(1)
  })
})

describe('messages that nobody asked for', () => {
  test('are posted and edited with the bot token, also by a bot that was started anew', async () => {
    const world = await connect()
    const handle = await world.tutor.post(KEY, says('Question 1'))
    expect(handle).toMatchObject({ platform: 'discord', channel: KEY })
    await world.bot.stop()
    const later = await connect()
    later.discord.rest.messages.set(handle!.message, [...world.discord.rest.messages.values()][0]!)
    expect(await later.tutor.edit(handle!, says('Closed'))).toBe(true)
    expect(posted(later)).toEqual(['Closed'])
  })

  test('a private one goes to the person directly', async () => {
    const world = await connect()
    const handle = await world.tutor.post(KEY, says('Locked in: C'), { private: 'discord:42' })
    expect(handle?.channel).toMatch(/^discord:@me:/)
  })

  test('message deleted: an edit says so and is not tried again', async () => {
    const world = await connect()
    const handle = await world.tutor.post(KEY, says('Question 1'))
    world.discord.rest.messages.clear()
    expect(await world.tutor.edit(handle!, says('Closed'))).toBe(false)
  })

  test('out of order: of many edits of one message the last one stands, and few are sent', async () => {
    const world = await connect()
    const handle = await world.tutor.post(KEY, says('60 s'))
    await Promise.all(Array.from({ length: 30 }, (_, at) => world.tutor.edit(handle!, says(`${30 - at} s`))))
    expect(posted(world)).toEqual(['1 s'])
    expect(world.discord.rest.messages.get(handle!.message)?.edits).toBe(2)
  })

  test('permission missing: the next person to use the channel is told privately, once', async () => {
    const world = await connect()
    world.discord.rest.forbidden.add(CHANNEL)
    for (let tick = 0; tick < 3; tick++) expect(await world.tutor.post(KEY, says('tick'))).toBeUndefined()
    const messages = await world.discord.answered(world.discord.slash({ command: 'kubectl' }), 2)
    expect(messages.map(({ hidden }) => hidden)).toEqual([false, true])
    expect(textOf(messages[1])).toContain('View Channel and Send Messages')
    const again = world.discord.slash({ command: 'kubectl' })
    await world.discord.answered(again)
    expect(messagesOf(again)).toHaveLength(1)
    expect(world.log.errors).toEqual([])
  })
})

describe('429', () => {
  test('a channel that is limited waits alone: another channel is served meanwhile', async () => {
    const world = await connect()
    const limited = { code: 0, message: 'limited', retry_after: 1, global: false }
    const headers = { 'retry-after': '1', 'x-ratelimit-scope': 'user' }
    world.discord.rest.faults.add({
      on: new RegExp(`^POST /channels/${CHANNEL}/`),
      status: 429,
      body: limited,
      headers,
    })
    const slow = world.tutor.post(KEY, says('slow'))
    await world.discord.until('the limit', () => posts(world) === 1)
    await world.tutor.post('discord:1:299999999999999999', says('fast'))
    expect(posted(world)).toEqual(['fast'])
    await slow
    expect(posted(world)).toEqual(['fast', 'slow'])
  })

  test('a global limit delays answers and loses none', async () => {
    const world = await connect()
    const body = { code: 0, message: 'limited', retry_after: 0.1, global: true }
    world.discord.rest.faults.add({
      on: /^PATCH \/webhooks\//,
      status: 429,
      body,
      headers: { 'retry-after': '0.1', 'x-ratelimit-global': 'true' },
    })
    const [message] = await world.discord.answered(world.discord.slash({ command: 'kubectl' }))
    expect(textOf(message)).toBe('ran /kubectl')
    expect(world.tutor.requests).toHaveLength(1)
  })
})

test('a message that Discord refuses is logged with the id of the delivery, and the bot goes on', async () => {
  const world = await connect()
  world.discord.rest.faults.add({
    on: /^PATCH \/webhooks\//,
    status: 400,
    body: { code: 50_035, message: 'Invalid Form Body' },
  })
  const delivery = world.discord.slash({ command: 'kubectl' })
  await world.discord.until('the log', () => world.log.errors.length > 0)
  expect(world.log.errors[0]).toContain(delivery.payload.id)
  const [message] = await world.discord.answered(world.discord.slash({ command: 'kubectl' }))
  expect(textOf(message)).toBe('ran /kubectl')
})
