import { setImmediate as nextTick } from 'node:timers/promises'

/**
 * One queue a key: jobs of one key run in the order in which they came. Between any two jobs the event loop gets a
 * turn, so that acknowledgements to the platforms never wait for the work of others.
 */
export class Turns {
  readonly #tails = new Map<string, Promise<unknown>>()
  #breath: Promise<void> = Promise.resolve()

  /** Runs `job` when it is this key's turn. A job that throws does not stop those behind it. */
  take<T>(key: string, job: () => Promise<T>): Promise<T> {
    const turn = (this.#tails.get(key) ?? Promise.resolve()).then(job, job)
    const tail = turn.catch(() => undefined)
    this.#tails.set(key, tail)
    tail.then(() => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key)
    })
    return turn
  }

  /** Resolves when the event loop has had a turn of its own; call it right before work on the CPU. */
  breathe(): Promise<void> {
    this.#breath = this.#breath.then(() => nextTick())
    return this.#breath
  }

  /** Resolves when every job that has been taken is done. */
  async idle(): Promise<void> {
    while (this.#tails.size > 0) await Promise.all(this.#tails.values())
  }
}
