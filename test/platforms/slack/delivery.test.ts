import { describe, expect, test } from 'vitest'
import { reply } from '../../../src/chat/reply.ts'
import { textOf } from '../../fakes/slack/records.ts'
import { TEAM } from '../../fakes/slack/web-api.ts'
import { says } from '../../fakes/tutor.ts'
import { PIXEL } from '../replies.ts'
import { connect, MODES, type World } from './harness.ts'

const KEY = `slack:${TEAM}:C0KITCHEN`
const picture = reply([{ type: 'picture', name: 'a.png', png: PIXEL, alt: 'a plan', text: 'floor-1' }])
const shown = ({ slack }: World): string[] => slack.api.messages.map(textOf)

describe.each(MODES)('duplicate, by %s', (mode) => {
  test('the same command twice has one effect and one answer', async () => {
    const world = await connect({ mode })
    const delivery = world.slack.slash('/kubectl')
    world.slack.resend(delivery, 1)
    await world.slack.until('the duplicate', () => world.tutor.duplicates === 1)
    await world.slack.answered(delivery)
    expect(world.tutor.requests).toHaveLength(1)
    expect(delivery.messages).toHaveLength(1)
  })

  test("Slack's retry of an event has no second effect", async () => {
    const world = await connect({ mode })
    const mention = world.slack.mention('kubectl')
    await world.slack.until('the answer', () => world.slack.api.messages.length === 1)
    world.slack.event({ ...(mention.payload.event as object) }, mention)
    await world.slack.until('the duplicate', () => world.tutor.duplicates === 1)
    expect(world.tutor.requests).toHaveLength(1)
    expect(shown(world)).toHaveLength(1)
  })

  test('a form that is sent twice has one effect', async () => {
    const world = await connect({ mode })
    const form = { title: 'Edit', submit: 'Apply', fields: [{ name: 'stdin', label: 'Manifest' }] }
    world.tutor.run = () =>
      reply([{ type: 'buttons', buttons: [{ label: 'Edit', action: '/kubectl apply -f -', form }] }])
    const [message] = await world.slack.answered(world.slack.slash('/kubectl'))
    world.slack.press(message!, 'Edit')
    const view = await world.slack.until('the form', () => world.slack.api.views[0])
    world.slack.submit(view, ['a'])
    world.slack.submit(view, ['a'])
    await world.slack.until('both', () => world.tutor.duplicates === 1 && world.tutor.requests.length >= 2)
    expect(world.tutor.requests).toHaveLength(2)
  })
})

describe.each(MODES)('unregistered, by %s', (mode) => {
  test('an unknown command is acknowledged and answered by the tutor', async () => {
    const { slack, tutor } = await connect({ mode })
    tutor.run = () => ({ ...says('There is no command /gone.'), private: true })
    const delivery = slack.slash('/gone')
    expect((await slack.answered(delivery))[0]?.hiddenFor).toBe('U1ADA')
    expect(delivery.acknowledged).toBeDefined()
  })

  test.each(['v0:/kubectl', 'other'])(
    'the action id %s of another version is acknowledged with a private hint',
    async (id) => {
      const { slack, tutor } = await connect({ mode })
      const [message] = await slack.answered(slack.slash('/kubectl'))
      const delivery = slack.press(message!, id)
      const [hint] = await slack.answered(delivery)
      expect([textOf(hint), hint?.hiddenFor]).toEqual([
        'This button has expired. Please ask for the message again.',
        'U1ADA',
      ])
      expect(delivery.acknowledged).toBeDefined()
      expect(tutor.requests).toHaveLength(1)
    },
  )

  test('a form that the bot has forgotten gets a private hint with the line', async () => {
    const { slack } = await connect({ mode })
    const [message] = await slack.answered(slack.slash('/kubectl'))
    const [hint] = await slack.answered(slack.press(message!, 'v1f:/kubectl edit pod web'))
    expect(textOf(hint)).toContain('type /kubectl edit pod web')
  })

  test('a form of another version and a shortcut are acknowledged and logged', async () => {
    const { slack, log } = await connect({ mode })
    const view = { id: 'V1', hash: 'h', callback_id: 'other', private_metadata: '', title: { text: '' }, blocks: [] }
    const submitted = slack.submit(view, [])
    const base = { delivery: slack.slash('/kubectl'), trigger_id: 't', response_url: undefined }
    await slack.answered(base.delivery)
    const shortcut = slack.send(
      'interactive',
      { ...base, delivery: { ...base.delivery, payload: {} } },
      { type: 'shortcut', callback_id: 'x', team: { id: TEAM }, user: { id: 'U1', team_id: TEAM } },
    )
    await slack.until('both', () => submitted.acknowledged && shortcut.acknowledged && log.errors.length === 1)
    expect(log.errors[0]).toContain('a form that this version does not know: other')
  })
})

describe('expired', () => {
  test('a modal trigger: a private message asks to try again', async () => {
    const world = await connect({ triggerLife: -1 })
    const form = { title: 'Edit', submit: 'Apply', fields: [{ name: 'stdin', label: 'Manifest' }] }
    world.tutor.run = () =>
      reply([{ type: 'buttons', buttons: [{ label: 'Edit', action: '/kubectl apply -f -', form }] }])
    const [message] = await world.slack.answered(world.slack.slash('/kubectl'))
    const [hint] = await world.slack.answered(world.slack.press(message!, 'Edit'))
    expect(hint?.hiddenFor).toBe('U1ADA')
    expect(textOf(hint)).toContain('press the button again')
    expect(world.log.errors).toEqual([])
  })

  test.each([
    ['/kubectl', undefined],
    ['/why', 'U1ADA'],
  ])(
    'a response URL: the answer to %s comes with the bot token and stays as private as it was',
    async (line, hiddenFor) => {
      const world = await connect()
      world.slack.api.faults.add({ on: /^POST \/response\//, status: 404 })
      world.slack.slash(line)
      await world.slack.until('the answer', () => world.slack.api.messages.length === 1)
      expect(world.slack.api.messages[0]).toMatchObject({ channel: 'C0KITCHEN', hiddenFor })
      expect(world.log.errors).toEqual([])
    },
  )

  test('a response URL that has been used five times', async () => {
    const world = await connect()
    const delivery = world.slack.slash('/kubectl')
    await world.slack.answered(delivery)
    for (const response of world.slack.api.responses.values()) response.uses = 5
    const again = world.slack.slash('/kubectl again')
    for (const response of world.slack.api.responses.values()) response.uses = 5
    await world.slack.until('the answer', () => world.slack.api.messages.length === 2)
    expect(again.messages).toEqual([])
    expect(shown(world)[1]).toBe('ran /kubectl again')
  })
})

describe('permission missing', () => {
  test('not in the channel: the person is told once how to invite the bot, not with every tick', async () => {
    const world = await connect()
    world.slack.api.strange.add('C0KITCHEN')
    for (let tick = 0; tick < 3; tick++) expect(await world.tutor.post(KEY, says('tick'))).toBeUndefined()
    const messages = await world.slack.answered(world.slack.slash('/kubectl'), 2)
    expect(messages.map(({ hiddenFor }) => hiddenFor)).toEqual([undefined, 'U1ADA'])
    expect(textOf(messages[1])).toContain('/invite @room-service')
    const again = world.slack.slash('/kubectl')
    await world.slack.answered(again)
    expect(again.messages).toHaveLength(1)
    expect(world.log.errors).toEqual([])
  })

  test('a picture where the bot is not a member is its text twin, with the invitation', async () => {
    const world = await connect()
    world.slack.api.strange.add('C0KITCHEN')
    world.tutor.run = () => picture
    const messages = await world.slack.answered(world.slack.slash('/cluster show'), 3)
    expect(messages.map(textOf)).toEqual(['See a.png.', 'floor-1', expect.stringContaining('/invite @room-service')])
  })

  test('scope missing: text instead of the picture, and one hint with the scope that is needed', async () => {
    const world = await connect()
    world.slack.api.scopes.delete('files:write')
    world.tutor.run = () => picture
    const messages = await world.slack.answered(world.slack.slash('/cluster show'), 3)
    expect(messages.map(({ hiddenFor }) => hiddenFor)).toEqual([undefined, undefined, 'U1ADA'])
    expect(textOf(messages[1])).toBe('floor-1')
    expect(textOf(messages[2])).toContain('lacks the scope files:write')
    const again = await world.slack.answered(world.slack.slash('/cluster show'))
    expect(again.map(textOf)).toEqual(['floor-1'])
    expect(world.slack.api.requests.filter((line) => line.includes('getUploadURLExternal'))).toHaveLength(1)
  })
})

describe('429', () => {
  test('a channel that is limited waits alone; the others move on, and nothing is lost or twice', async () => {
    const world = await connect()
    world.slack.api.faults.add({ on: /chat\.postMessage$/, status: 429, headers: { 'retry-after': '1' } })
    const slow = world.tutor.post(KEY, says('slow'))
    await world.slack.until('the limit', () => world.slack.api.requests.some((line) => line.includes('postMessage')))
    await world.tutor.post(`slack:${TEAM}:C0OTHER`, says('fast'))
    expect(shown(world)).toEqual(['fast'])
    await slow
    expect(shown(world)).toEqual(['fast', 'slow'])
  })

  test('messages into one channel keep their distance, and edits that wait become one', async () => {
    const world = await connect({ pace: { interval: 60, burst: 1 } })
    const handle = await world.tutor.post(KEY, says('60 s'))
    const started = performance.now()
    await Promise.all(Array.from({ length: 30 }, (_, at) => world.tutor.edit(handle!, says(`${30 - at} s`))))
    expect(shown(world)).toEqual(['1 s'])
    expect(world.slack.api.messages[0]?.edits).toBe(2)
    expect(performance.now() - started).toBeGreaterThan(100)
  })
})

describe('messages that nobody asked for', () => {
  test('are posted and edited with the bot token, also by a bot that was started anew', async () => {
    const world = await connect()
    const handle = await world.tutor.post(KEY, says('Question 1'))
    expect(handle).toMatchObject({ platform: 'slack', channel: KEY })
    const later = await connect()
    later.slack.api.messages.push(...world.slack.api.messages)
    expect(await later.tutor.edit(handle!, says('Closed'))).toBe(true)
    expect(shown(later)).toEqual(['Closed'])
  })

  test('a private one is seen by one person and has no handle', async () => {
    const world = await connect()
    expect(await world.tutor.post(KEY, says('Locked in: C'), { private: 'slack:U2BOB' })).toBeUndefined()
    expect(world.slack.api.messages[0]?.hiddenFor).toBe('U2BOB')
  })

  test('message deleted: an edit says so and is not tried again', async () => {
    const world = await connect()
    const handle = await world.tutor.post(KEY, says('Question 1'))
    world.slack.api.messages.length = 0
    expect(await world.tutor.edit(handle!, says('Closed'))).toBe(false)
    expect(world.slack.api.requests.filter((line) => line.endsWith('chat.update'))).toHaveLength(1)
  })

  test('a server error is tried again soon and then given up, with a log entry', async () => {
    const world = await connect()
    world.slack.api.faults.add({ on: /chat\.postMessage$/, status: 503 })
    expect(await world.tutor.post(KEY, says('once'))).toBeDefined()
    world.slack.api.faults.add({ on: /chat\.postMessage$/, status: 503, times: 3 })
    expect(await world.tutor.post(KEY, says('never'))).toBeUndefined()
    expect(shown(world)).toEqual(['once'])
    expect(world.log.errors).toHaveLength(1)
  })
})
