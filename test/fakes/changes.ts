import type { FakeLog } from './log.ts'

/** Lets tests wait for a state without sleeping: every change of a fake is announced; other states are looked at often. */
export class Changes {
  readonly #waiting = new Set<() => void>()
  readonly #requests: readonly string[]
  readonly #log: FakeLog

  /** A wait that runs out tells the newest requests to the fake, and what the bot has logged. */
  constructor(requests: readonly string[], log: FakeLog) {
    this.#requests = requests
    this.#log = log
  }

  announce(): void {
    for (const look of [...this.#waiting]) look()
  }

  /** The first truthy value of `look`, which is asked after every change; rejects after `limit` ms. */
  until<Value>(what: string, look: () => Value, limit = 15_000): Promise<NonNullable<Value>> {
    return new Promise((resolve, reject) => {
      const end = () => {
        this.#waiting.delete(check)
        clearTimeout(timer)
        clearInterval(ticks)
      }
      const timer = setTimeout(() => {
        end()
        const account = [...this.#requests.slice(-10), ...this.#log.newest(10)]
        reject(new Error([`waited ${limit} ms for ${what}`, ...account].join('\n')))
      }, limit)
      const check = () => {
        const value = look()
        if (!value) return
        end()
        resolve(value)
      }
      const ticks = setInterval(check, 10)
      this.#waiting.add(check)
      check()
    })
  }
}
