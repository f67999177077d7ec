import type { IncomingMessage, ServerResponse } from 'node:http'
import { parse } from 'node:querystring'
import { Changes } from '../changes.ts'
import { Faults } from '../faults.ts'
import type { FakeLog } from '../log.ts'
import { checkSlackHome, checkSlackMessage, checkSlackModal } from './check.ts'
import type { Block, Delivery, FakeFile, FakeMessage, FakeView } from './records.ts'

export const TEAM = 'T0CAFE'
export const BOT_USER = 'U0BOT'

export interface WebApiOptions {
  botToken: string
  appToken: string
  socketUrl: () => string
  baseUrl: () => string
  /** How long a trigger opens a modal, in ms; Slack gives about three seconds. */
  triggerLife: number
  log: FakeLog
}

type Arguments = Record<string, unknown>
type Result = Record<string, unknown> & { ok: boolean }

const failed = (error: string, more: Record<string, unknown> = {}): Result => ({ ok: false, error, ...more })

/** The Web API, the response URLs and the upload addresses. What Slack would refuse is refused and kept in `problems`. */
export class WebApi {
  readonly faults = new Faults()
  /** Payloads that Slack would have refused, and second acknowledgements. Tests expect none. */
  readonly problems: string[] = []
  readonly requests: string[] = []
  readonly changes: Changes
  readonly messages: FakeMessage[] = []
  readonly files: FakeFile[] = []
  readonly views: FakeView[] = []
  readonly homes = new Map<string, { private_metadata: string; blocks: Block[] }>()
  readonly scopes = new Set(['commands', 'chat:write', 'files:write', 'app_mentions:read', 'im:history'])
  /** Channels where the bot is not a member. */
  readonly strange = new Set<string>()
  readonly triggers = new Map<string, number>()
  readonly responses = new Map<string, { delivery: Delivery; channel: string; user: string; uses: number }>()
  revoked = false
  readonly #options: WebApiOptions
  readonly #uploads = new Map<string, { name: string; length: number; alt: string | undefined; received: number }>()
  #sequence = 0

  constructor(options: WebApiOptions) {
    this.#options = options
    this.changes = new Changes(this.requests, options.log)
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const line = `${request.method} ${path}`
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    this.requests.push(line)
    const fault = this.faults.take(line)
    const result = fault && !fault.lost ? undefined : await this.#route(request, path, body)
    if (fault)
      response
        .writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers })
        .end(JSON.stringify(fault.body ?? {}))
    else if (typeof result === 'object')
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result))
    else response.writeHead(result ?? 500).end()
    this.changes.announce()
  }

  /** A place in time that no other message has. */
  stamp(): string {
    this.#sequence += 1
    return `${(Date.now() / 1000).toFixed(3)}${String(this.#sequence).padStart(3, '0')}`
  }

  async #route(request: IncomingMessage, path: string, body: Buffer): Promise<Result | number> {
    const response = /^\/response\/(.+)$/.exec(path)
    if (response) return this.#respond(response[1]!, JSON.parse(String(body)))
    const upload = /^\/upload\/(.+)$/.exec(path)
    if (upload) return this.#receive(upload[1]!, request, body)
    const method = /^\/api\/(.+)$/.exec(path)
    if (!method) return 404
    const token = String(request.headers.authorization ?? '').replace(/^Bearer /, '')
    const given = argumentsOf(String(body))
    if (method[1] === 'apps.connections.open')
      return token === this.#options.appToken ? { ok: true, url: this.#options.socketUrl() } : failed('invalid_auth')
    if (token !== this.#options.botToken) return failed('invalid_auth')
    if (this.revoked) return failed('token_revoked')
    return this.#method(method[1]!, given)
  }

  #method(method: string, given: Arguments): Result {
    const missing = method.startsWith('files.') ? 'files:write' : method.startsWith('chat.') ? 'chat:write' : undefined
    if (missing && !this.scopes.has(missing))
      return failed('missing_scope', { needed: missing, provided: [...this.scopes].join(',') })
    switch (method) {
      case 'auth.test':
        return { ok: true, user_id: BOT_USER, bot_id: 'B0BOT', team_id: TEAM, user: 'room-service' }
      case 'chat.postMessage':
        return this.#post(given)
      case 'chat.postEphemeral':
        return this.#post(given, String(given.user))
      case 'chat.update':
        return this.#update(given)
      case 'views.open':
        return this.#open(given)
      case 'views.publish':
        return this.#publish(given)
      case 'files.getUploadURLExternal':
        return this.#uploadAddress(given)
      case 'files.completeUploadExternal':
        return this.#complete(given)
      default:
        return failed('unknown_method')
    }
  }

  #post(given: Arguments, hiddenFor?: string): Result {
    const channel = String(given.channel)
    if (this.strange.has(channel)) return failed('not_in_channel')
    const problems = checkSlackMessage(given)
    if (problems.length > 0) return this.#refuse('invalid_blocks', problems)
    const message = this.#add(channel, given, hiddenFor)
    return { ok: true, channel, ts: message.ts, message_ts: message.ts }
  }

  #add(channel: string, given: Arguments, hiddenFor: string | undefined): FakeMessage {
    const message: FakeMessage = {
      ts: this.stamp(),
      channel,
      hiddenFor,
      thread: given.thread_ts === undefined ? undefined : String(given.thread_ts),
      text: String(given.text),
      blocks: given.blocks as Block[],
      edits: 0,
    }
    this.messages.push(message)
    return message
  }

  #update(given: Arguments): Result {
    const message = this.messages.find(({ ts, hiddenFor }) => ts === String(given.ts) && hiddenFor === undefined)
    if (!message) return failed('message_not_found')
    const problems = checkSlackMessage(given)
    if (problems.length > 0) return this.#refuse('invalid_blocks', problems)
    Object.assign(message, { text: given.text, blocks: given.blocks, edits: message.edits + 1 })
    return { ok: true, ts: message.ts, channel: message.channel }
  }

  #open(given: Arguments): Result {
    const since = this.triggers.get(String(given.trigger_id))
    if (since === undefined) return failed('exchanged_trigger_id')
    if (performance.now() - since > this.#options.triggerLife) return failed('expired_trigger_id')
    this.triggers.delete(String(given.trigger_id))
    const problems = checkSlackModal(given.view)
    if (problems.length > 0) return this.#refuse('invalid_arguments', problems)
    const id = `V${this.stamp()}`
    this.views.push({ ...(given.view as FakeView), id, hash: `hash-${id}` })
    return { ok: true, view: { id } }
  }

  #publish(given: Arguments): Result {
    const problems = checkSlackHome(given.view)
    if (problems.length > 0) return this.#refuse('invalid_arguments', problems)
    this.homes.set(String(given.user_id), given.view as { private_metadata: string; blocks: Block[] })
    return { ok: true }
  }

  #uploadAddress({ filename, length, alt_text: alt }: Arguments): Result {
    if (filename === undefined || !(Number(length) > 0)) return failed('invalid_arguments')
    const id = `F${this.stamp()}`
    this.#uploads.set(id, {
      name: String(filename),
      length: Number(length),
      alt: alt === undefined ? undefined : String(alt),
      received: 0,
    })
    return { ok: true, upload_url: `${this.#options.baseUrl()}/upload/${id}`, file_id: id }
  }

  async #receive(id: string, request: IncomingMessage, body: Buffer): Promise<number> {
    const upload = this.#uploads.get(id)
    if (!upload) return 404
    const type = request.headers['content-type'] ?? ''
    const form = type.startsWith('multipart/')
      ? await new Response(body, { headers: { 'content-type': type } }).formData()
      : undefined
    const file = form && [...form.values()].find((value) => typeof value !== 'string')
    upload.received = file ? file.size : body.length
    return 200
  }

  #complete(given: Arguments): Result {
    const channel = String(given.channel_id)
    if (this.strange.has(channel)) return failed('not_in_channel')
    for (const { id } of given.files as { id: string }[]) {
      const upload = this.#uploads.get(id)
      if (!upload || upload.received !== upload.length) return failed('file_not_found')
      const thread = given.thread_ts === undefined ? undefined : String(given.thread_ts)
      this.files.push({ name: upload.name, size: upload.received, alt: upload.alt, channel, thread })
    }
    return { ok: true, files: given.files as unknown[] } as Result
  }

  #respond(id: string, given: Arguments): number {
    const target = this.responses.get(id)
    if (!target || target.uses >= 5) return 404
    target.uses += 1
    const problems = [
      ...checkSlackMessage(given),
      ...(given.replace_original === false ? [] : ['the original would be replaced']),
    ]
    if (problems.length > 0) {
      this.problems.push(...problems)
      return 400
    }
    const hiddenFor = given.response_type === 'in_channel' ? undefined : target.user
    target.delivery.messages.push(this.#add(target.channel, given, hiddenFor))
    return 200
  }

  #refuse(error: string, problems: readonly string[]): Result {
    this.problems.push(...problems)
    return failed(error, { response_metadata: { messages: problems } })
  }
}

/** The fields of a form; those that hold JSON are read. */
function argumentsOf(body: string): Arguments {
  return Object.fromEntries(
    Object.entries(parse(body)).map(([name, value]) => [
      name,
      typeof value === 'string' && /^[[{]/.test(value) ? JSON.parse(value) : value,
    ]),
  )
}
