import { PermissionFlagsBits } from 'discord.js'
import { type Dispatcher, getGlobalDispatcher, setGlobalDispatcher } from 'undici'
import { describe, expect, test } from 'vitest'
import { reply } from '../../../src/chat/reply.ts'
import { permissionsWithout, user } from '../../fakes/discord/index.ts'
import { CHANNEL, GUILD, THREAD } from '../../fakes/discord/payloads.ts'
import { controlsOf, textOf } from '../../fakes/discord/records.ts'
import { says } from '../../fakes/tutor.ts'
import { PIXEL } from '../replies.ts'
import { connect } from './harness.ts'

describe('slash commands', () => {
  test('a line is acknowledged at once, run by the tutor and answered in the channel', async () => {
    const { discord, tutor } = await connect()
    const delivery = discord.slash({ command: 'kubectl', options: { command: 'get pods' } })
    const [message] = await discord.answered(delivery)
    expect(textOf(message)).toBe('ran /kubectl get pods')
    expect(message?.hidden).toBe(false)
    expect(delivery.acknowledged).toMatchObject({ type: 5, hidden: false })
    expect(tutor.requests[0]).toMatchObject({
      channel: `discord:${GUILD}:${CHANNEL}`,
      user: `discord:${user('ada').id}`,
      userName: 'ada',
      key: `discord:${delivery.payload.id}`,
      input: { command: 'kubectl', options: { command: 'get pods' } },
    })
  })

  test('typed options arrive with their verb and type; people are named by id', async () => {
    const { discord, tutor } = await connect()
    await discord.answered(
      discord.slash({ command: 'quiz', verb: 'start', options: { questions: 3, teams: true, topic: 'ask <@!42>' } }),
    )
    expect(tutor.requests[0]?.input).toEqual({
      command: 'quiz',
      verb: 'start',
      options: { questions: 3, teams: true, topic: 'ask discord:42' },
    })
  })

  test('what the command declares private is private from the acknowledgement on', async () => {
    const { discord } = await connect()
    const delivery = discord.slash({ command: 'why' })
    const [message] = await discord.answered(delivery)
    expect(delivery.acknowledged?.hidden).toBe(true)
    expect(message?.hidden).toBe(true)
  })

  test('a public command whose answer turns out private leaves nothing public behind', async () => {
    const { discord, tutor } = await connect()
    tutor.run = () => ({ ...says('only for you'), ok: false, private: true })
    const delivery = discord.slash({ command: 'kubectl' })
    const messages = await discord.answered(delivery)
    expect(messages.map(({ hidden }) => hidden)).toEqual([true])
    expect(delivery.original).toBeUndefined()
  })

  test('a thread is a channel of its own, and so is a direct conversation', async () => {
    const { discord, tutor } = await connect()
    await discord.answered(discord.slash({ command: 'kubectl', channel: THREAD }))
    await discord.answered(discord.slash({ command: 'kubectl', channel: '200000000000000009', guild: null }))
    expect(tutor.requests.map(({ channel }) => channel)).toEqual([
      `discord:${GUILD}:${THREAD}`,
      'discord:@me:200000000000000009',
    ])
  })

  test('a file that comes with the line is put into the channel', async () => {
    const { discord, tutor } = await connect()
    const file = { name: 'web.yaml', content: 'kind: Pod\n' }
    await discord.answered(discord.slash({ command: 'kubectl', options: { command: 'apply -f web.yaml' }, file }))
    expect(tutor.requests[0]).toMatchObject({
      files: { 'web.yaml': JSON.stringify(file.content) },
      stdin: JSON.stringify(file.content),
      input: { options: { command: 'apply -f web.yaml' } },
    })
  })

  test('a file that is too large is refused privately and nothing runs', async () => {
    const { discord, tutor } = await connect()
    const [message] = await discord.answered(
      discord.slash({ command: 'kubectl', file: { name: 'big.yaml', content: 'x', size: 5e6 } }),
    )
    expect(textOf(message)).toContain('big.yaml has 5000000 bytes')
    expect(message?.hidden).toBe(true)
    expect(tutor.requests).toEqual([])
  })

  test('a long reply comes as several messages in order, a picture with its alternative text', async () => {
    const { discord, tutor } = await connect()
    tutor.run = () =>
      reply([
        { type: 'text', text: `${'word '.repeat(1_600)}end` },
        { type: 'picture', name: 'a.png', png: PIXEL, alt: 'a plan', text: 'plan' },
      ])
    const messages = await discord.answered(discord.slash({ command: 'kubectl' }), 3)
    expect(messages.map(textOf).join(' ').match(/word/g)).toHaveLength(1_600)
    expect(messages.at(-1)?.files).toEqual([{ name: 'a.png', size: PIXEL.length }])
    expect(messages.at(-1)?.components).toContainEqual(
      expect.objectContaining({ items: [expect.objectContaining({ description: 'a plan' })] }),
    )
  })

  test('files are sent whatever agent other libraries have put in place for the process', async () => {
    const before = getGlobalDispatcher()
    const refusing = { dispatch: () => expect.fail('the agent of the process was used') }
    setGlobalDispatcher(refusing as unknown as Dispatcher)
    try {
      const { discord, tutor } = await connect()
      tutor.run = () => reply([{ type: 'file', name: 'web.yaml', content: 'kind: Pod\n' }])
      const [message] = await discord.answered(discord.slash({ command: 'kubectl' }))
      expect(message?.files).toEqual([{ name: 'web.yaml', size: 10 }])
    } finally {
      setGlobalDispatcher(before)
    }
  })

  test('without the permission to attach files a picture is its text twin', async () => {
    const { discord, tutor } = await connect()
    tutor.run = () => reply([{ type: 'picture', name: 'a.png', png: PIXEL, alt: 'a plan', text: 'floor-1' }])
    const [message] = await discord.answered(
      discord.slash({ command: 'cluster', permissions: permissionsWithout(PermissionFlagsBits.AttachFiles) }),
    )
    expect(message?.files).toEqual([])
    expect(textOf(message)).toContain('floor-1')
  })

  test('what learners write neither pings nor becomes markup', async () => {
    const { discord, tutor } = await connect()
    tutor.run = (line) =>
      reply([
        { type: 'text', text: line },
        { type: 'code', code: `\`\`\`${line}` },
      ])
    const [message] = await discord.answered(
      discord.slash({ command: 'kubectl', options: { command: '@everyone <@&1> ```' } }),
    )
    // The fake refuses messages whose `allowed_mentions` lets anything through, and open fences.
    expect(textOf(message)).toContain('@everyone <@&1>')
  })
})

describe('autocomplete', () => {
  test('suggestions come from the tutor for the verb and option that is being typed', async () => {
    const { discord, tutor } = await connect()
    tutor.suggestions = [
      { value: 'pod-ip-churn', label: 'L03 Monday' },
      { value: 'x'.repeat(101) },
      ...Array.from({ length: 40 }, (_, at) => ({ value: `lesson-${at}` })),
    ]
    const delivery = discord.type({ command: 'lesson', verb: 'start', option: 'lesson', partial: 'po' })
    await discord.until('suggestions', () => delivery.choices)
    expect(delivery.choices).toHaveLength(25)
    expect(delivery.choices?.[0]).toEqual({ name: 'L03 Monday', value: 'pod-ip-churn' })
    expect(tutor.asked).toMatchObject([{ ask: { command: 'lesson', verb: 'start', option: 'lesson', partial: 'po' } }])
  })
})

describe('buttons, menus and forms', () => {
  const withButtons = reply([
    {
      type: 'buttons',
      buttons: [
        { label: 'Undo', action: '/cluster undo' },
        {
          label: 'Edit',
          action: '/kubectl apply -f -',
          form: {
            title: 'Service',
            submit: 'Apply',
            fields: [
              { name: 'stdin', label: 'Manifest', value: 'kind: Service', multiline: true },
              { name: 'flag', label: 'Further words', optional: true },
            ],
          },
        },
      ],
    },
    { type: 'select', label: 'Which', action: '/lesson predict', options: [{ value: 'A', label: 'the same' }] },
  ])

  test('a click runs the line of the button, with the times of message and click', async () => {
    const { discord, tutor } = await connect()
    tutor.run = (line) => (line.startsWith('/cluster') ? says('undone') : withButtons)
    const [message] = await discord.answered(discord.slash({ command: 'kubectl' }))
    expect(controlsOf(message).map(({ custom_id }) => custom_id)).toEqual([
      'v1:/cluster undo',
      'v1f:/kubectl apply -f -',
      'v1:/lesson predict',
    ])
    const [answer] = await discord.answered(discord.press(message!, 'Undo', { user: 'bob' }))
    expect(textOf(answer)).toBe('undone')
    const request = tutor.requests[1]
    expect(request).toMatchObject({ input: { press: '/cluster undo' }, userName: 'bob' })
    expect(request?.answeredAt).toBeGreaterThanOrEqual(request?.messageAt ?? Number.POSITIVE_INFINITY)
  })

  test('a choice from a menu arrives with its value', async () => {
    const { discord, tutor } = await connect()
    tutor.run = () => withButtons
    const [message] = await discord.answered(discord.slash({ command: 'kubectl' }))
    await discord.answered(discord.choose(message!, 'A'))
    expect(tutor.requests[1]?.input).toEqual({ press: '/lesson predict', choose: 'A' })
  })

  test('a form opens before the line runs; its fields become stdin and words', async () => {
    const { discord, tutor } = await connect()
    tutor.run = (_, { stdin }) => (stdin === undefined ? withButtons : says(`applied ${stdin}`))
    const [message] = await discord.answered(discord.slash({ command: 'kubectl' }))
    const opened = discord.press(message!, 'Edit')
    await discord.until('the form', () => opened.modal)
    expect(opened.modal).toMatchObject({
      title: 'Service',
      components: [{ component: { value: 'kind: Service' } }, {}],
    })
    expect(tutor.requests).toHaveLength(1)
    const [answer] = await discord.answered(discord.submit(opened, ['kind: Pod', "it's"]))
    expect(textOf(answer)).toBe('applied kind: Pod')
    expect(tutor.requests[1]).toMatchObject({ input: { press: "/kubectl apply -f - 'it'\\''s'" }, stdin: 'kind: Pod' })
  })

  test('two people who click one after the other are two requests, in order', async () => {
    const { discord, tutor } = await connect()
    let taken = false
    tutor.run = (line) => {
      if (line !== '/cluster undo') return withButtons
      const said = taken ? { ...says('already answered'), private: true } : says('first')
      taken = true
      return said
    }
    const [message] = await discord.answered(discord.slash({ command: 'kubectl' }))
    const [first, second] = [discord.press(message!, 'Undo'), discord.press(message!, 'Undo', { user: 'bob' })]
    expect(textOf((await discord.answered(first))[0])).toBe('first')
    const [late] = await discord.answered(second)
    expect([textOf(late), late?.hidden]).toEqual(['already answered', true])
  })
})
