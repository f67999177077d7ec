import type { IncomingMessage, ServerResponse } from 'node:http'
import { Changes } from '../changes.ts'
import { Faults } from '../faults.ts'
import type { FakeLog } from '../log.ts'
import { type Body, readBody } from './body.ts'
import { checkDiscordMessage } from './check.ts'
import { checkDiscordModal } from './check-modal.ts'
import { APPLICATION, BOT } from './payloads.ts'
import type { Delivery, FakeMessage } from './records.ts'
import { snowflake } from './snowflake.ts'

export interface RestOptions {
  token: string
  gateway: () => string
  /** How long a first answer may take, in ms. */
  deadline: number
  /** How long an interaction's token works, in ms. */
  tokenLife: number
  log: FakeLog
}

/** What a route answers: a status and JSON, or nothing. */
interface Result {
  status: number
  json?: unknown
}

const failure = (status: number, code: number, message: string, errors?: unknown): Result => ({
  status,
  json: { code, message, ...(errors !== undefined && { errors }) },
})
const UNKNOWN_INTERACTION = failure(404, 10_062, 'Unknown interaction')
const UNKNOWN_MESSAGE = failure(404, 10_008, 'Unknown Message')
const UNKNOWN_WEBHOOK = failure(404, 10_015, 'Unknown Webhook')
const INVALID_TOKEN = failure(401, 50_027, 'Invalid Webhook Token')

/** The REST side. Every request is checked; what Discord would refuse is refused and remembered in `problems`. */
export class Rest {
  readonly faults = new Faults()
  readonly deliveries = new Map<string, Delivery>()
  readonly messages = new Map<string, FakeMessage>()
  /** Payloads that Discord would have refused, and answers that came twice. Tests expect none. */
  readonly problems: string[] = []
  /** Every request as `METHOD /path`, in order. */
  readonly requests: string[] = []
  readonly changes: Changes
  readonly commands = new Map<string, Record<string, unknown>[]>()
  /** Channels where the bot lacks a permission. */
  readonly forbidden = new Set<string>()
  readonly files = new Map<string, string>()
  readonly options: RestOptions

  constructor(options: RestOptions) {
    this.options = options
    this.changes = new Changes(this.requests, options.log)
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(request.url ?? '/', 'http://localhost')
    const path = decodeURIComponent(address.pathname).replace(/^\/api(\/v\d+)?/, '')
    const line = `${request.method} ${path}`
    const body = await readBody(request)
    this.requests.push(line)
    const fault = this.faults.take(line)
    const result = fault && !fault.lost ? undefined : this.#route(request, path, body)
    if (fault) {
      response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers })
      response.end(JSON.stringify(fault.body ?? { message: 'fault', code: 0 }))
    } else if (result?.json === undefined) {
      // A 204 that calls itself JSON makes the client throw.
      response.writeHead(result?.status ?? 500).end()
    } else {
      response
        .writeHead(result.status, { 'content-type': 'application/json', ...RATE_LIMIT })
        .end(JSON.stringify(result.json))
    }
    this.changes.announce()
  }

  #route(request: IncomingMessage, path: string, body: Body): Result {
    const method = request.method ?? 'GET'
    const callback = /^\/interactions\/(\d+)\/([^/]+)\/callback$/.exec(path)
    if (callback) return this.#callback(callback[1]!, callback[2]!, body)
    const webhook = /^\/webhooks\/(\d+)\/([^/]+)(?:\/messages\/([^/]+))?$/.exec(path)
    if (webhook) return this.#webhook(method, webhook[2]!, webhook[3], body)
    const file = /^\/files\/(.+)$/.exec(path)
    if (file) return { status: 200, json: this.files.get(file[1]!) ?? '' }
    if (request.headers.authorization !== `Bot ${this.options.token}`) return failure(401, 0, '401: Unauthorized')
    if (path === '/gateway/bot') return { status: 200, json: this.#gateway() }
    if (path === '/users/@me/channels')
      return { status: 200, json: { id: `9${String(body.json.recipient_id).slice(1)}`, type: 1 } }
    const commands = /^\/applications\/(\d+)\/(?:guilds\/(\d+)\/)?commands$/.exec(path)
    if (commands) return this.#commands(method, commands[1]!, commands[2] ?? 'global', body)
    const channel = /^\/channels\/(\d+)\/messages(?:\/(\d+))?$/.exec(path)
    if (channel) return this.#channel(method, channel[1]!, channel[2], body)
    return failure(404, 0, `404: no route ${method} ${path}`)
  }

  #gateway() {
    return {
      url: this.options.gateway(),
      shards: 1,
      session_start_limit: { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 },
    }
  }

  #callback(id: string, token: string, { json, files }: Body): Result {
    const delivery = this.deliveries.get(id)
    if (!delivery || delivery.payload.token !== token) return UNKNOWN_INTERACTION
    const after = performance.now() - delivery.sentAt
    const age = Date.now() - Number((BigInt(id) >> 22n) + 1_420_070_400_000n)
    if (age > this.options.deadline) return UNKNOWN_INTERACTION
    if (delivery.acknowledged) return failure(400, 40_060, 'Interaction has already been acknowledged.')
    const type = Number(json.type)
    const data = (json.data ?? {}) as Record<string, unknown>
    const hidden = (Number(data.flags ?? 0) & 64) !== 0
    const problems = this.#checkCallback(type, data, files)
    if (problems.length > 0) return this.#refuse(problems)
    delivery.acknowledged = { type, after, hidden }
    if (type === 4) delivery.original = this.#message(delivery.payload.channel_id, data, files, hidden)
    if (type === 5) delivery.original = this.#message(delivery.payload.channel_id, {}, [], hidden)
    if (type === 8) delivery.choices = data.choices as NonNullable<Delivery['choices']>
    if (type === 9) delivery.modal = data as unknown as NonNullable<Delivery['modal']>
    return { status: 204 }
  }

  #checkCallback(type: number, data: Record<string, unknown>, files: Body['files']): string[] {
    if (type === 5) return []
    if (type === 9) return checkDiscordModal(data)
    if (type === 4) return checkDiscordMessage({ ...data, flags: Number(data.flags ?? 0) & ~64 }, files)
    if (type !== 8) return [`an answer of type ${type}`]
    const choices = (data.choices ?? []) as { name: string; value: string }[]
    return choices.length > 25 ||
      choices.some(({ name, value }) => name.length < 1 || name.length > 100 || value.length > 100)
      ? ['choices outside the limits']
      : []
  }

  #webhook(method: string, token: string, id: string | undefined, { json, files }: Body): Result {
    const delivery = [...this.deliveries.values()].find(({ payload }) => payload.token === token)
    if (!delivery?.acknowledged) return UNKNOWN_WEBHOOK
    if (performance.now() - delivery.sentAt > this.options.tokenLife) return INVALID_TOKEN
    if (id === undefined) return this.#followUp(delivery, json, files)
    const message = id === '@original' ? delivery.original : delivery.followUps.find((sent) => sent.id === id)
    if (!message) return UNKNOWN_MESSAGE
    if (method === 'DELETE') {
      if (message === delivery.original) delivery.original = undefined
      this.messages.delete(message.id)
      return { status: 204 }
    }
    return this.#edit(message, json, files)
  }

  #followUp(delivery: Delivery, json: Record<string, unknown>, files: Body['files']): Result {
    const hidden = (Number(json.flags ?? 0) & 64) !== 0
    const problems = checkDiscordMessage({ ...json, flags: Number(json.flags ?? 0) & ~64 }, files)
    if (problems.length > 0) return this.#refuse(problems)
    const message = this.#message(delivery.payload.channel_id, json, files, hidden)
    delivery.followUps.push(message)
    return { status: 200, json: describe(message) }
  }

  #channel(method: string, channel: string, id: string | undefined, { json, files }: Body): Result {
    if (this.forbidden.has(channel)) return failure(403, 50_013, 'Missing Permissions')
    if (method === 'POST') {
      const problems = checkDiscordMessage(json, files)
      if (problems.length > 0) return this.#refuse(problems)
      return { status: 200, json: describe(this.#message(channel, json, files, false)) }
    }
    const message = this.messages.get(id ?? '')
    return message ? this.#edit(message, json, files) : UNKNOWN_MESSAGE
  }

  #edit(message: FakeMessage, json: Record<string, unknown>, files: Body['files']): Result {
    const problems = checkDiscordMessage(json, files)
    if (problems.length > 0) return this.#refuse(problems)
    message.components = json.components as FakeMessage['components']
    message.files = files
    message.edits += 1
    return { status: 200, json: describe(message) }
  }

  #commands(method: string, application: string, scope: string, { json }: Body): Result {
    if (application !== APPLICATION)
      return failure(403, 20_012, 'You are not authorized to perform this action on this application')
    if (method === 'PUT') {
      const sent = json as unknown as Record<string, unknown>[]
      this.commands.set(
        scope,
        sent.map((command) => ({
          ...command,
          id: snowflake(),
          version: '1',
          application_id: application,
          type: command.type ?? 1,
          nsfw: false,
        })),
      )
    }
    return { status: 200, json: this.commands.get(scope) ?? [] }
  }

  #message(channel: string, json: Record<string, unknown>, files: Body['files'], hidden: boolean): FakeMessage {
    const components = (json.components ?? []) as FakeMessage['components']
    const message: FakeMessage = { id: snowflake(), channel, hidden, components, files, edits: 0 }
    this.messages.set(message.id, message)
    return message
  }

  #refuse(problems: readonly string[]): Result {
    this.problems.push(...problems)
    return failure(400, 50_035, 'Invalid Form Body', {
      _errors: problems.map((message) => ({ code: 'INVALID', message })),
    })
  }
}

const RATE_LIMIT = {
  'x-ratelimit-limit': '1000',
  'x-ratelimit-remaining': '999',
  'x-ratelimit-reset': '9999999999',
  'x-ratelimit-reset-after': '1',
}

/** A message as the API gives it. Absent fields are left out: discord.js stumbles over null. */
export const describe = (message: FakeMessage) => ({
  id: message.id,
  channel_id: message.channel,
  author: BOT,
  content: '',
  timestamp: new Date().toISOString(),
  edited_timestamp: null,
  tts: false,
  mention_everyone: false,
  mentions: [],
  mention_roles: [],
  attachments: [],
  embeds: [],
  pinned: false,
  type: 0,
  flags: (1 << 15) | (message.hidden ? 64 : 0),
  components: message.components,
})
