import { setImmediate as nextTick } from 'node:timers/promises'

/** A server takes in one new connection a turn, so those that came during a long job need several turns to be let in. */
const TURNS = 8
/** A job longer than this keeps others waiting, in ms. */
const LONG = 5

/**
 * One queue a key: jobs of one key run in the order in which they came. Between any two jobs the event loop gets a
 * turn, so that acknowledgements to the platforms never wait for the work of others.
 */
export class Turns {
  readonly #tails = new Map<string, Promise<unknown>>()
  /** How many jobs of each key have been taken and are not done. */
  readonly #open = new Map<string, number>()
  #breath: Promise<void> = Promise.resolve()
  /** When the last job was let go on, by the process's own clock. */
  #resumed = 0

  /** Runs `job` when it is this key's turn. A job that throws does not stop those behind it. */
  take<T>(key: string, job: () => Promise<T>): Promise<T> {
    const turn = (this.#tails.get(key) ?? Promise.resolve()).then(job, job)
    const tail = turn.catch(() => undefined)
    this.#tails.set(key, tail)
    this.#open.set(key, (this.#open.get(key) ?? 0) + 1)
    tail.then(() => {
      this.#open.set(key, (this.#open.get(key) ?? 1) - 1)
      if (this.#tails.get(key) !== tail) return
      this.#tails.delete(key)
      this.#open.delete(key)
    })
    return turn
  }

  /** How many jobs wait behind the one whose turn it is. */
  waiting(key: string): number {
    return Math.max(0, (this.#open.get(key) ?? 0) - 1)
  }

  /** Resolves when the event loop has had turns of its own; call it right before work on the CPU. */
  breathe(): Promise<void> {
    this.#breath = this.#breath.then(() => this.#letOthersIn())
    return this.#breath
  }

  async #letOthersIn(): Promise<void> {
    const turns = performance.now() - this.#resumed > LONG ? TURNS : 1
    for (let turn = 0; turn < turns; turn++) await nextTick()
    this.#resumed = performance.now()
  }

  /** Resolves when every job that has been taken is done. */
  async idle(): Promise<void> {
    while (this.#tails.size > 0) await Promise.all(this.#tails.values())
  }
}
