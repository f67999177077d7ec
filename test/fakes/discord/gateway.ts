import type { Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { APPLICATION, BOT, GUILD, guild } from './payloads.ts'

interface Session {
  id: string
  socket: WebSocket | undefined
  sequence: number
  sent: { s: number; json: string }[]
}

/** The gateway: hello, identify, heartbeats, resume with replay of what was missed. */
export class Gateway {
  readonly #server: WebSocketServer
  readonly #token: string
  readonly #address: () => string
  #session: Session | undefined
  #sessions = 0
  /** Close code for everybody who identifies; unset: welcome. */
  refuse: number | undefined
  identifies = 0
  resumes = 0

  constructor(server: Server, token: string, address: () => string, changed: () => void) {
    this.#token = token
    this.#address = address
    this.#server = new WebSocketServer({ server, path: '/gateway' })
    this.#server.on('connection', (socket) => {
      send(socket, { op: 10, d: { heartbeat_interval: 41_250 } })
      socket.on('message', (data) => {
        this.#receive(socket, JSON.parse(String(data)))
        changed()
      })
      socket.on('close', changed)
    })
  }

  get connected(): boolean {
    return this.#session?.socket?.readyState === 1
  }

  dispatch(type: string, payload: unknown): void {
    const session = this.#session
    if (!session) throw new Error('no bot has identified')
    session.sequence += 1
    const json = JSON.stringify({ op: 0, t: type, s: session.sequence, d: payload })
    session.sent.push({ s: session.sequence, json })
    if (session.socket?.readyState === 1) session.socket.send(json)
  }

  /** Breaks the connection; the session can be resumed. */
  drop(code?: number): void {
    const socket = this.#session?.socket
    if (this.#session) this.#session.socket = undefined
    if (code === undefined) socket?.terminate()
    else socket?.close(code)
  }

  /** Forgets the session, so that resuming it is refused. */
  invalidate(): void {
    this.drop()
    this.#session = undefined
  }

  /** Forgets what could be replayed. */
  forget(): void {
    if (this.#session) this.#session.sent.length = 0
  }

  close(): void {
    for (const socket of this.#server.clients) socket.terminate()
    this.#server.close()
  }

  #receive(
    socket: WebSocket,
    { op, d }: { op: number; d: { token: string; session_id: string; seq: number; intents?: number } },
  ): void {
    if (op === 1) send(socket, { op: 11 })
    else if (op === 2) this.#identify(socket, d)
    else if (op === 6) this.#resume(socket, d)
  }

  #identify(socket: WebSocket, { token, intents }: { token: string; intents?: number }): void {
    this.identifies += 1
    // Interactions need no intent; a bot that asks for more than Guilds asks for too much.
    const refusal = this.refuse ?? (token !== this.#token ? 4004 : intents !== 1 ? 4014 : undefined)
    if (refusal !== undefined) {
      socket.close(refusal)
      return
    }
    this.#sessions += 1
    this.#session = { id: `session-${this.#sessions}`, socket, sequence: 0, sent: [] }
    this.dispatch('READY', {
      v: 10,
      user: BOT,
      guilds: [{ id: GUILD, unavailable: true }],
      session_id: this.#session.id,
      resume_gateway_url: this.#address(),
      shard: [0, 1],
      application: { id: APPLICATION, flags: 0 },
    })
    this.dispatch('GUILD_CREATE', guild)
  }

  #resume(socket: WebSocket, { session_id: id, seq }: { session_id: string; seq: number }): void {
    this.resumes += 1
    const session = this.#session
    if (session?.id !== id) {
      send(socket, { op: 9, d: false })
      return
    }
    session.socket = socket
    for (const event of session.sent) if (event.s > seq) socket.send(event.json)
    this.dispatch('RESUMED', {})
  }
}

const send = (socket: WebSocket, payload: unknown): void => socket.send(JSON.stringify(payload))
