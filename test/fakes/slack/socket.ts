import type { Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'

interface Waiting {
  acknowledged: (body: unknown) => void
  count: number
}

/** Socket Mode: hello, envelopes to one of the open connections, acknowledgements once each. */
export class SocketServer {
  readonly #server: WebSocketServer
  readonly #waiting = new Map<string, Waiting>()
  readonly #open = new Set<WebSocket>()
  readonly #problems: string[]
  readonly #changed: () => void
  connections = 0

  constructor(server: Server, problems: string[], changed: () => void) {
    this.#problems = problems
    this.#changed = changed
    this.#server = new WebSocketServer({ server, path: '/socket' })
    this.#server.on('connection', (socket) => {
      this.connections += 1
      this.#open.add(socket)
      socket.send(
        JSON.stringify({ type: 'hello', num_connections: this.#open.size, connection_info: { app_id: 'A0' } }),
      )
      socket.on('message', (data) => this.#receive(String(data)))
      socket.on('close', () => {
        this.#open.delete(socket)
        changed()
      })
      changed()
    })
  }

  get connected(): boolean {
    return this.#open.size > 0
  }

  /** False where nobody is connected. */
  send(
    envelope: { envelope_id: string; type: string; payload: unknown; retry_attempt?: number; retry_reason?: string },
    acknowledged: (body: unknown) => void,
  ): boolean {
    const [socket] = this.#open
    if (!socket) return false
    const known = this.#waiting.get(envelope.envelope_id)
    this.#waiting.set(envelope.envelope_id, { acknowledged, count: known ? known.count - 1 : 0 })
    socket.send(JSON.stringify({ accepts_response_payload: true, ...envelope }))
    return true
  }

  /** Slack asks for a new connection now and then. */
  refresh(): void {
    for (const socket of this.#open) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: {} }))
      this.#open.delete(socket)
    }
  }

  drop(): void {
    for (const socket of this.#open) socket.terminate()
    this.#open.clear()
  }

  close(): void {
    for (const socket of this.#server.clients) socket.terminate()
    this.#server.close()
  }

  #receive(data: string): void {
    const { envelope_id: id, payload } = JSON.parse(data) as { envelope_id: string; payload?: unknown }
    const waiting = this.#waiting.get(id)
    if (!waiting) this.#problems.push(`an acknowledgement of ${id}, which was never sent`)
    else {
      waiting.count += 1
      if (waiting.count > 1) this.#problems.push(`${id} was acknowledged twice`)
      waiting.acknowledged(payload)
    }
    this.#changed()
  }
}
