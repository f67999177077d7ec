import { describe, expect, test } from 'vitest'
import { reply } from '../../../src/chat/reply.ts'
import { controlsOf, textOf } from '../../fakes/slack/records.ts'
import { TEAM } from '../../fakes/slack/web-api.ts'
import { says } from '../../fakes/tutor.ts'
import { PIXEL } from '../replies.ts'
import { connect, MODES } from './harness.ts'

const form = {
  title: 'Service',
  submit: 'Apply',
  fields: [
    { name: 'stdin', label: 'Manifest', value: 'kind: Service', multiline: true as const },
    { name: 'flag', label: 'Further words', optional: true as const },
  ],
}
const withButtons = reply([
  {
    type: 'buttons',
    buttons: [
      { label: 'Undo', action: '/cluster undo' },
      { label: 'Edit', action: '/kubectl apply -f -', form },
    ],
  },
  { type: 'select', label: 'Which', action: '/lesson predict', options: [{ value: 'A', label: 'the same' }] },
])

describe.each(MODES)('by %s', (mode) => {
  describe('slash commands', () => {
    test('a line is acknowledged at once, run by the tutor and answered in the channel', async () => {
      const { slack, tutor } = await connect({ mode })
      const delivery = slack.slash('/kubectl get pods -o wide')
      const [message] = await slack.answered(delivery)
      expect(textOf(message)).toBe('ran /kubectl get pods -o wide')
      expect(message?.text).toBe('ran /kubectl get pods -o wide')
      expect(message?.hiddenFor).toBeUndefined()
      expect(delivery.acknowledged).toBeDefined()
      expect(tutor.requests).toMatchObject([
        {
          channel: `slack:${TEAM}:C0KITCHEN`,
          user: 'slack:U1ADA',
          userName: 'ada',
          key: `slack:${delivery.trigger}`,
          input: { line: '/kubectl get pods -o wide' },
        },
      ])
    })

    test('what the command declares private, only the caller sees; so with an answer that turns out private', async () => {
      const { slack, tutor } = await connect({ mode })
      expect((await slack.answered(slack.slash('/why')))[0]?.hiddenFor).toBe('U1ADA')
      tutor.run = () => ({ ...says('only for you'), ok: false, private: true })
      expect((await slack.answered(slack.slash('/kubectl')))[0]?.hiddenFor).toBe('U1ADA')
    })

    test('escaped characters, people and links arrive as they were typed', async () => {
      const { slack, tutor } = await connect({ mode })
      await slack.answered(
        slack.slash('/quiz team <@U2BOB|bob> a &lt;b&gt; &amp;amp; <http://coffee.com|coffee.com> <#C1|kitchen>'),
      )
      expect(tutor.lines).toEqual(['/quiz team slack:U2BOB a <b> &amp; coffee.com #kitchen'])
    })

    test('the prefix that keeps commands apart is not part of the line', async () => {
      const { slack, tutor } = await connect({ mode, commandPrefix: 'rs-' })
      await slack.answered(slack.slash('/rs-kubectl get pods'))
      expect(tutor.lines).toEqual(['/kubectl get pods'])
    })

    test('a long reply comes as several messages in order, with less than five uses of the response URL', async () => {
      const { slack, tutor } = await connect({ mode })
      tutor.run = () => reply([{ type: 'text', text: `${'word '.repeat(12_000)}end` }])
      const messages = await slack.answered(slack.slash('/kubectl'), 4)
      await slack.until('the file', () => slack.api.files.length === 1)
      expect(messages).toHaveLength(4)
      expect(textOf(messages.at(-1))).toContain('all of it is in answer.txt')
      expect(slack.api.files[0]?.size).toBeGreaterThan(60_000)
    })

    test('a picture is uploaded with its alternative text', async () => {
      const { slack, tutor } = await connect({ mode })
      tutor.run = () =>
        reply([
          { type: 'title', text: 'Plan' },
          { type: 'picture', name: 'a.png', png: PIXEL, alt: 'a plan', text: 'floor-1' },
        ])
      await slack.answered(slack.slash('/cluster show'))
      await slack.until('the file', () => slack.api.files.length === 1)
      expect(slack.api.files).toEqual([
        { name: 'a.png', size: PIXEL.length, alt: 'a plan', channel: 'C0KITCHEN', thread: undefined },
      ])
    })

    test('a private picture is its text twin, since a file would be seen by all', async () => {
      const { slack, tutor } = await connect({ mode })
      tutor.run = () => reply([{ type: 'picture', name: 'a.png', png: PIXEL, alt: 'a plan', text: 'floor-1' }])
      expect(textOf((await slack.answered(slack.slash('/why')))[0])).toBe('floor-1')
      expect(slack.api.files).toEqual([])
    })
  })

  describe('buttons, menus and forms', () => {
    test('a click runs the line of the button, with the times of message and click', async () => {
      const { slack, tutor } = await connect({ mode })
      tutor.run = (line) => (line.startsWith('/cluster') ? says('undone') : withButtons)
      const [message] = await slack.answered(slack.slash('/kubectl'))
      expect(controlsOf(message!.blocks).map(({ action_id }) => action_id)).toEqual([
        'v1:/cluster undo',
        'v1f:/kubectl apply -f -',
        'v1:/lesson predict',
      ])
      const [answer] = await slack.answered(slack.press(message!, 'Undo', { user: 'U2BOB' }))
      expect(textOf(answer)).toBe('undone')
      const request = tutor.requests[1]
      expect(request).toMatchObject({ input: { press: '/cluster undo' }, user: 'slack:U2BOB', userName: 'bob' })
      expect(request?.answeredAt).toBeGreaterThanOrEqual(request?.messageAt ?? Number.POSITIVE_INFINITY)
      expect(Math.abs((request?.answeredAt ?? 0) - Date.now())).toBeLessThan(5_000)
    })

    test('a choice from a menu arrives with its value', async () => {
      const { slack, tutor } = await connect({ mode })
      tutor.run = () => withButtons
      const [message] = await slack.answered(slack.slash('/kubectl'))
      await slack.answered(slack.choose(message!, 'A'))
      expect(tutor.requests[1]?.input).toEqual({ press: '/lesson predict', choose: 'A' })
    })

    test('a form opens before the line runs; its fields become stdin and words', async () => {
      const { slack, tutor } = await connect({ mode })
      tutor.run = (_, { stdin }) => (stdin === undefined ? withButtons : says(`applied ${stdin}`))
      const [message] = await slack.answered(slack.slash('/kubectl'))
      const pressed = slack.press(message!, 'Edit')
      const view = await slack.until('the form', () => slack.api.views[0])
      expect(view).toMatchObject({
        title: { text: 'Service' },
        blocks: [{ element: { initial_value: 'kind: Service' } }, {}],
      })
      expect(tutor.requests).toHaveLength(1)
      const submitted = slack.submit(view, ['kind: Pod', "it's"])
      expect(textOf((await slack.answered(pressed))[0])).toBe('applied kind: Pod')
      expect(submitted.acknowledged).toBeDefined()
      expect(tutor.requests[1]).toMatchObject({
        channel: `slack:${TEAM}:C0KITCHEN`,
        input: { press: "/kubectl apply -f - 'it'\\''s'" },
        stdin: 'kind: Pod',
      })
    })

    test('a form that was opened before a restart can still be sent', async () => {
      const first = await connect({ mode })
      first.tutor.run = () => withButtons
      const [message] = await first.slack.answered(first.slack.slash('/kubectl'))
      first.slack.press(message!, 'Edit')
      const view = await first.slack.until('the form', () => first.slack.api.views[0])
      const second = await connect({ mode })
      second.slack.submit(view, ['kind: Pod'])
      await second.slack.until('the request', () => second.tutor.requests[0])
      expect(second.tutor.requests[0]).toMatchObject({ input: { press: '/kubectl apply -f -' }, stdin: 'kind: Pod' })
      await second.slack.until('the answer', () => first.slack.api.messages.length === 2)
    })
  })

  describe('Home tab', () => {
    test('shows lessons and progress; its buttons speak in the direct conversation and bring it up to date', async () => {
      const { slack, tutor } = await connect({ mode })
      slack.openHome('U1ADA')
      await slack.until('the tab', () => slack.api.homes.get('U1ADA'))
      expect(controlsOf(slack.api.homes.get('U1ADA')!.blocks)).toMatchObject([{ action_id: 'v1:/lesson resume' }])
      tutor.homeReply = says('all done')
      slack.pressHome('U1ADA', 'Go on')
      await slack.until('the new tab', () => JSON.stringify(slack.api.homes.get('U1ADA')).includes('all done'))
      expect(tutor.requests).toMatchObject([{ channel: `slack:${TEAM}:D1ADA`, input: { press: '/lesson resume' } }])
      expect(slack.api.messages.map(({ channel }) => channel)).toEqual(['D1ADA'])
    })
  })

  describe('being spoken to', () => {
    test('a mention in a thread is a command, with a code block as its input, and is answered in the thread', async () => {
      const { slack, tutor } = await connect({ mode })
      slack.mention('kubectl apply -f - ```\nkind: Pod\nname: a &lt; b```', { thread: '123.456' })
      await slack.until('the answer', () => slack.api.messages[0])
      expect(tutor.requests).toMatchObject([
        { input: { line: '/kubectl apply -f -' }, stdin: 'kind: Pod\nname: a < b' },
      ])
      expect(slack.api.messages[0]).toMatchObject({ channel: 'C0KITCHEN', thread: '123.456' })
    })

    test('a mention without words opens the menu', async () => {
      const { slack, tutor } = await connect({ mode })
      slack.mention('')
      await slack.until('the answer', () => slack.api.messages[0])
      expect(tutor.lines).toEqual(['/tutor'])
    })

    test('in a direct conversation everything is meant for the bot, but not what bots say or what is edited', async () => {
      const { slack, tutor } = await connect({ mode })
      const said = { type: 'message', channel_type: 'im', channel: 'D1ADA', user: 'U1ADA', ts: '1.2' }
      slack.event({ ...said, text: 'edited', subtype: 'message_changed' })
      slack.event({ ...said, text: 'from a bot', bot_id: 'B1' })
      slack.event({ ...said, channel_type: 'channel', channel: 'C1', text: 'to others' })
      slack.event({ ...said, text: 'kubectl get pods' })
      await slack.until('the answer', () => slack.api.messages[0])
      expect(tutor.lines).toEqual(['/kubectl get pods'])
    })
  })
})

test("people are shown by name and never pinged, also where Slack's id alone is known", async () => {
  const { slack, tutor } = await connect()
  await slack.answered(slack.slash('/kubectl', { user: 'U2BOB' }))
  tutor.run = () =>
    reply([{ type: 'text', text: [{ user: 'slack:U2BOB' }, { text: ' and ' }, { user: 'slack:U9ZOE' }] }])
  const [message] = await slack.answered(slack.slash('/progress'))
  expect(textOf(message)).toBe('bob and U9ZOE')
})
