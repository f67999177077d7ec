import { setImmediate as nextTick } from 'node:timers/promises'

/** A server takes in one new connection a turn, so a burst of deliveries needs several turns to be let in. */
const TURNS = 8

async function breath(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await nextTick()
}

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

  /** Resolves when the event loop has had turns of its own; call it right before work on the CPU. */
  breathe(): Promise<void> {
    this.#breath = this.#breath.then(breath)
    return this.#breath
  }

  /** Resolves when every job that has been taken is done. */
  async idle(): Promise<void> {
    while (this.#tails.size > 0) await Promise.all(this.#tails.values())
  }
}
