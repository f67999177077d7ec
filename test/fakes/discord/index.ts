import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { FakeLog } from '../log.ts'
import { Gateway } from './gateway.ts'
import { ALL_PERMISSIONS, type InteractionPayload, interaction, type Origin, user } from './payloads.ts'
import { controlsOf, type Delivery, type FakeMessage, messagesOf, newDelivery } from './records.ts'
import { describe, Rest } from './rest.ts'

export interface FakeDiscordOptions {
  token?: string
  /** How long a first answer may take, in ms; Discord gives 3 seconds. */
  deadline?: number
  tokenLife?: number
}

export interface SlashOptions extends Origin {
  command: string
  verb?: string
  options?: Record<string, string | number | boolean>
  /** Name and content of the file given with the command. */
  file?: { name: string; content: string; size?: number }
}

/** A Discord on loopback: gateway and REST, strict about what it is sent, and people who type and click. */
export class FakeDiscord {
  readonly token: string
  readonly rest: Rest
  readonly gateway: Gateway
  /** For the bot that is connected to this Discord. */
  readonly log = new FakeLog()
  readonly #server: Server
  #port = 0

  private constructor(options: FakeDiscordOptions) {
    const { token = 'MzAw.for.tests', deadline = 3_000, tokenLife = 900_000 } = options
    this.token = token
    const gateway = () => `ws://127.0.0.1:${this.#port}/gateway`
    this.rest = new Rest({ token, gateway, deadline, tokenLife, log: this.log })
    this.#server = createServer((request, response) => {
      this.rest.answer(request, response).catch((error: unknown) => {
        this.rest.problems.push(String(error))
        response.writeHead(500).end()
      })
    })
    this.gateway = new Gateway(this.#server, token, gateway, () => this.rest.changes.announce())
  }

  static async start(options: FakeDiscordOptions & { port?: number } = {}): Promise<FakeDiscord> {
    const fake = new FakeDiscord(options)
    await new Promise<void>((resolve) => fake.#server.listen(options.port ?? 0, '127.0.0.1', resolve))
    fake.#port = (fake.#server.address() as AddressInfo).port
    return fake
  }

  get port(): number {
    return this.#port
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/api`
  }

  async close(): Promise<void> {
    this.gateway.close()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  until<Value>(what: string, look: () => Value, limit?: number): Promise<NonNullable<Value>> {
    return this.rest.changes.until(what, look, limit)
  }

  connected(): Promise<boolean> {
    return this.until('the bot to connect', () => this.gateway.connected)
  }

  /** Somebody enters a slash command. */
  slash({ command, verb, options = {}, file, ...origin }: SlashOptions): Delivery {
    const given = Object.entries(options).map(([name, value]) => ({ name, type: optionType(value), value }))
    if (file) this.rest.files.set(file.name, file.content)
    const attachment = file && {
      id: '1',
      filename: file.name,
      size: file.size ?? file.content.length,
      url: `${this.url}/files/${file.name}`,
      proxy_url: '',
    }
    const all = [...given, ...(file ? [{ name: 'file', type: 11, value: '1' }] : [])]
    return this.send({
      ...interaction(2, origin),
      data: {
        id: '500000000000000001',
        name: command,
        type: 1,
        options: verb === undefined ? all : [{ name: verb, type: 1, options: all }],
        ...(attachment && { resolved: { attachments: { 1: attachment } } }),
      },
    })
  }

  /** Somebody is typing a value. */
  type({
    command,
    verb,
    option,
    partial,
    ...origin
  }: Origin & { command: string; verb?: string; option: string; partial: string }): Delivery {
    const focused = { name: option, type: 3, value: partial, focused: true }
    const options = verb === undefined ? [focused] : [{ name: verb, type: 1, options: [focused] }]
    return this.send({ ...interaction(4, origin), data: { id: '500000000000000001', name: command, type: 1, options } })
  }

  /** Somebody clicks a button, by its label, or by its custom id where no such label is there. */
  press(message: FakeMessage, label: string, origin: Origin = {}): Delivery {
    const button = controlsOf(message).find((control) => control.label === label)
    return this.#component(message, { component_type: 2, custom_id: button?.custom_id ?? label }, origin)
  }

  /** Somebody chooses from a menu. */
  choose(message: FakeMessage, value: string, origin: Origin = {}): Delivery {
    const menu = controlsOf(message).find((control) => control.options?.some((option) => option.value === value))
    if (!menu) throw new Error(`no menu offers ${value}`)
    return this.#component(message, { component_type: 3, custom_id: menu.custom_id, values: [value] }, origin)
  }

  /** Somebody fills in a form, field by field. */
  submit(opened: Delivery, values: readonly string[], origin: Origin = {}): Delivery {
    const { modal } = opened
    if (!modal) throw new Error('no form was opened')
    const components = modal.components.map(({ component }, at) => ({
      type: 18,
      id: at + 1,
      component: { type: 4, id: at + 100, custom_id: component.custom_id, value: values[at] ?? component.value ?? '' },
    }))
    return this.send({ ...interaction(5, origin), data: { custom_id: modal.custom_id, components } })
  }

  /** Sends an interaction; the same payload again is a duplicate delivery. */
  send(payload: InteractionPayload): Delivery {
    const delivery = this.rest.deliveries.get(payload.id) ?? newDelivery(payload)
    this.rest.deliveries.set(payload.id, delivery)
    this.gateway.dispatch('INTERACTION_CREATE', payload)
    return delivery
  }

  /** Waits until the delivery has brought at least so many messages. */
  async answered(delivery: Delivery, count = 1): Promise<FakeMessage[]> {
    await this.until(`an answer to ${delivery.payload.id}`, () => messagesOf(delivery).length >= count)
    return messagesOf(delivery)
  }

  #component(message: FakeMessage, data: Record<string, unknown>, origin: Origin): Delivery {
    return this.send({
      ...interaction(3, { channel: message.channel, ...origin }),
      data: { id: 1, ...data },
      message: describe(message),
    })
  }
}

const optionType = (value: string | number | boolean): number =>
  typeof value === 'string' ? 3 : typeof value === 'boolean' ? 5 : Number.isInteger(value) ? 4 : 10

/** All permissions but the one with this bit. */
export const permissionsWithout = (bit: bigint): string => String(BigInt(ALL_PERMISSIONS) & ~bit)

export { user }
