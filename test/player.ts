import { commands } from '../commands/index.ts'
import { lessons } from '../lessons/index.ts'
import { items } from '../lessons/items.ts'
import { type Answer, App, type Input, type Request } from '../src/app.ts'
import { certificates } from '../src/certificates.ts'
import { useCertificateReader } from '../src/cluster/network/certificate.ts'
import { renderConsole } from '../src/platforms/console/render.ts'
import { createBank } from '../src/quiz/bank.ts'
import type { Line } from '../src/tutor/lesson.ts'
import { MemoryStore } from './memory-store.ts'

useCertificateReader(certificates.read)

const bank = createBank(items)

/** Monday, 5 January 2026, 9:00 UTC. */
export const MONDAY = Date.UTC(2026, 0, 5, 9)

/** Ids of deliveries are never used twice, also where players share what is stored. */
let deliveries = 0

/** What a line was answered with. */
export interface Played extends Answer {
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into results whose shape the protocol tells.
  data: any
}

/** Plays command lines through the whole app, as a person or program at the console would. */
export class Player {
  readonly store: MemoryStore
  readonly errors: unknown[] = []
  channel = 'console:test'
  user = 'you'
  now = MONDAY
  #app: App

  constructor(store = new MemoryStore()) {
    this.store = store
    this.#app = this.#start()
  }

  /** Throws if a line met a bug of ours; a refusal is an answer like any other. */
  async play(line: Line | string, files?: Record<string, string>, key?: string): Promise<Played> {
    const played = await this.playDespiteErrors(line, files, key)
    if (this.errors.length > 0) throw this.errors[0]
    return played
  }

  playDespiteErrors(line: Line | string, files?: Record<string, string>, key?: string): Promise<Played> {
    const { line: typed, stdin } = typeof line === 'string' ? { line, stdin: undefined } : line
    return this.#send(
      { line: typed },
      { ...(stdin !== undefined && { stdin }), ...(files && { files }), ...(key && { key }) },
    )
  }

  /** Presses a button of an earlier reply. */
  press(action: string, choose?: string): Promise<Played> {
    return this.#send({ press: action, ...(choose !== undefined && { choose }) })
  }

  async #send(input: Input, rest: Partial<Request> = {}): Promise<Played> {
    deliveries += 1
    const answer = await this.#app.handle({
      key: `play-${deliveries}`,
      channel: this.channel,
      user: `console:${this.user}`,
      userName: this.user,
      at: this.now,
      input,
      ...rest,
    })
    return { ...answer, text: renderConsole(answer.reply), data: answer.reply.data ?? null }
  }

  /** Ends the process, as far as anybody can tell, and starts it again. */
  restart(): void {
    this.#app = this.#start()
  }

  #start(): App {
    const log = (message: string, error?: unknown) => this.errors.push(error ?? new Error(message))
    return new App({ commands, lessons, bank, certificates, store: this.store, log })
  }
}
