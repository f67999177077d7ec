import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { FakeLog } from '../log.ts'
import { controlsOf, type Delivery, type FakeMessage, type FakeView } from './records.ts'
import { postSigned } from './sign.ts'
import { SocketServer } from './socket.ts'
import { BOT_USER, TEAM, WebApi } from './web-api.ts'

export interface FakeSlackOptions {
  /** Where the bot listens in HTTP mode; without it everything goes through Socket Mode. */
  requestUrl?: string
  port?: number
  triggerLife?: number
}

/** Who acts, and where. */
export interface Origin {
  user?: string
  channel?: string
}

const KITCHEN = 'C0KITCHEN'

/** A Slack on loopback: Web API, Socket Mode or signed HTTP, strict about what it is sent, and people who type and click. */
export class FakeSlack {
  readonly botToken = 'xoxb-test'
  readonly appToken = 'xapp-test'
  readonly signingSecret = 'shhh'
  readonly api: WebApi
  /** For the bot that is connected to this Slack. */
  readonly log = new FakeLog()
  readonly socket: SocketServer
  readonly #server: Server
  readonly #requestUrl: string | undefined
  #port = 0
  #sequence = 0

  private constructor({ requestUrl, triggerLife = 3_000 }: FakeSlackOptions) {
    this.#requestUrl = requestUrl
    const baseUrl = () => `http://127.0.0.1:${this.#port}`
    const socketUrl = () => `ws://127.0.0.1:${this.#port}/socket`
    const { botToken, appToken, log } = this
    this.api = new WebApi({ botToken, appToken, socketUrl, baseUrl, triggerLife, log })
    this.#server = createServer((request, response) => {
      this.api.answer(request, response).catch((error: unknown) => {
        this.api.problems.push(String(error))
        response.writeHead(500).end()
      })
    })
    this.socket = new SocketServer(this.#server, this.api.problems, () => this.api.changes.announce())
  }

  static async start(options: FakeSlackOptions = {}): Promise<FakeSlack> {
    const fake = new FakeSlack(options)
    await new Promise<void>((resolve) => fake.#server.listen(options.port ?? 0, '127.0.0.1', resolve))
    fake.#port = (fake.#server.address() as AddressInfo).port
    return fake
  }

  get port(): number {
    return this.#port
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/api/`
  }

  async close(): Promise<void> {
    this.socket.close()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  until<Value>(what: string, look: () => Value, limit?: number): Promise<NonNullable<Value>> {
    return this.api.changes.until(what, look, limit)
  }

  /** Waits until a delivery has brought so many messages through its response URL. */
  async answered(delivery: Delivery, count = 1): Promise<FakeMessage[]> {
    await this.until('an answer', () => delivery.messages.length >= count)
    return delivery.messages
  }

  /** Somebody enters a slash command. */
  slash(line: string, origin: Origin = {}): Delivery {
    const { user = 'U1ADA', channel = KITCHEN } = origin
    const [, command = '', text = ''] = /^(\S+)\s*(.*)$/s.exec(line) ?? []
    const delivery = this.#delivery(channel, user)
    return this.send('slash_commands', delivery, {
      command,
      text,
      team_id: TEAM,
      channel_id: channel,
      channel_name: 'kitchen',
      user_id: user,
      user_name: user.slice(2).toLowerCase(),
    })
  }

  /** Somebody clicks a button of a message, by its label, or by its action id where no such label is there. */
  press(message: FakeMessage, label: string, origin: Origin = {}): Delivery {
    const button = controlsOf(message.blocks).find(({ text }) => typeof text === 'object' && text.text === label)
    return this.#act(message, { type: 'button', action_id: button?.action_id ?? label }, origin)
  }

  /** Somebody chooses from a menu. */
  choose(message: FakeMessage, value: string, origin: Origin = {}): Delivery {
    const menu = controlsOf(message.blocks).find(({ options }) => options?.some((option) => option.value === value))
    if (!menu) throw new Error(`no menu offers ${value}`)
    return this.#act(message, { type: 'static_select', action_id: menu.action_id, selected_option: { value } }, origin)
  }

  /** Somebody clicks a button of the Home tab. */
  pressHome(user: string, label: string): Delivery {
    const home = this.api.homes.get(user)
    const button = controlsOf(home?.blocks ?? []).find(({ text }) => typeof text === 'object' && text.text === label)
    const { response_url: _, ...delivery } = this.#delivery(`D${user.slice(1)}`, user)
    return this.send(
      'interactive',
      { ...delivery, response_url: undefined },
      {
        type: 'block_actions',
        team: { id: TEAM },
        user: { id: user, username: user.slice(2).toLowerCase(), team_id: TEAM },
        container: { type: 'view' },
        view: { type: 'home', private_metadata: home?.private_metadata ?? '' },
        actions: [{ type: 'button', action_id: button?.action_id, block_id: 'b', action_ts: this.api.stamp() }],
      },
    )
  }

  /** Somebody fills in a form, field by field. */
  submit(view: FakeView, values: readonly string[], origin: Origin = {}): Delivery {
    const { user = 'U1ADA' } = origin
    const state = view.blocks.map(({ block_id, element }, at) => [
      block_id,
      { [element.action_id]: { type: 'plain_text_input', value: values[at] ?? null } },
    ])
    const { response_url: _, ...delivery } = this.#delivery(KITCHEN, user)
    return this.send(
      'interactive',
      { ...delivery, response_url: undefined },
      {
        type: 'view_submission',
        team: { id: TEAM },
        user: { id: user, name: user.slice(2).toLowerCase(), team_id: TEAM },
        view: { ...view, type: 'modal', state: { values: Object.fromEntries(state) } },
      },
    )
  }

  openHome(user: string): Delivery {
    return this.event({ type: 'app_home_opened', user, channel: `D${user.slice(1)}`, tab: 'home' })
  }

  /** Somebody mentions the bot in a channel or thread. */
  mention(text: string, { user = 'U1ADA', channel = KITCHEN, thread }: Origin & { thread?: string } = {}): Delivery {
    return this.event({
      type: 'app_mention',
      user,
      channel,
      text: `<@${BOT_USER}> ${text}`,
      ts: this.api.stamp(),
      ...(thread && { thread_ts: thread }),
    })
  }

  /** An event; the same again with `again` is Slack's retry. */
  event(event: Record<string, unknown>, again?: Delivery): Delivery {
    const delivery = again ?? this.#delivery(KITCHEN, 'U1ADA').delivery
    const id = again ? String(again.payload.event_id) : `Ev${this.#next()}`
    const payload = {
      type: 'event_callback',
      team_id: TEAM,
      api_app_id: 'A0',
      event_id: id,
      event_time: Math.floor(Date.now() / 1_000),
      authorizations: [{ team_id: TEAM, user_id: BOT_USER, is_bot: true }],
      event,
    }
    return this.send('events_api', { delivery, response_url: undefined, trigger_id: undefined }, payload, again && 1)
  }

  /** Sends a payload; `retry` counts Slack's own repetitions. */
  send(type: string, base: Base, payload: Record<string, unknown>, retry?: number): Delivery {
    const { delivery, ...rest } = base
    const fields = Object.fromEntries(
      Object.entries({ ...payload, ...rest }).filter(([, value]) => value !== undefined),
    )
    delivery.payload = {
      ...fields,
      envelope: delivery.payload.envelope ?? `envelope-${this.#next()}`,
      type_of_delivery: type,
    }
    this.resend(delivery, retry)
    return delivery
  }

  /** The same delivery again, as after a lost acknowledgement. */
  resend(delivery: Delivery, retry?: number): void {
    const { envelope, type_of_delivery: type, ...payload } = delivery.payload
    delivery.sentAt = performance.now()
    const acknowledged = (body: unknown) => {
      delivery.acknowledged = { after: performance.now() - delivery.sentAt, body }
      this.api.changes.announce()
    }
    if (this.#requestUrl === undefined)
      delivery.sent = this.socket.send(
        {
          envelope_id: String(envelope),
          type: String(type),
          payload,
          ...(retry !== undefined && { retry_attempt: retry, retry_reason: 'timeout' }),
        },
        acknowledged,
      )
    else {
      delivery.sent = true
      const { signingSecret: secret } = this
      void postSigned(this.#requestUrl, { type: String(type), payload, secret, retry }).then(({ status, body }) => {
        delivery.status = status
        if (status === 200) acknowledged(body)
        else this.api.changes.announce()
      })
    }
  }

  #act(message: FakeMessage, action: Record<string, unknown>, origin: Origin): Delivery {
    const { user = 'U1ADA', channel = message.channel } = origin
    const container = {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel,
      is_ephemeral: message.hiddenFor !== undefined,
      ...(message.thread && { thread_ts: message.thread }),
    }
    return this.send('interactive', this.#delivery(channel, user), {
      type: 'block_actions',
      team: { id: TEAM },
      user: { id: user, username: user.slice(2).toLowerCase(), team_id: TEAM },
      channel: { id: channel },
      container,
      ...(message.hiddenFor === undefined && {
        message: { ts: message.ts, ...(message.thread && { thread_ts: message.thread }) },
      }),
      actions: [{ block_id: 'b', action_ts: this.api.stamp(), ...action }],
    })
  }

  #delivery(channel: string, user: string): Base {
    const trigger = `trigger-${this.#next()}`
    this.api.triggers.set(trigger, performance.now())
    const delivery: Delivery = { payload: {}, sent: false, sentAt: 0, messages: [], trigger }
    const id = `response-${this.#next()}`
    this.api.responses.set(id, { delivery, channel, user, uses: 0 })
    return { delivery, trigger_id: trigger, response_url: `http://127.0.0.1:${this.#port}/response/${id}` }
  }

  #next(): number {
    this.#sequence += 1
    return this.#sequence
  }
}

interface Base {
  delivery: Delivery
  trigger_id: string | undefined
  response_url: string | undefined
}
