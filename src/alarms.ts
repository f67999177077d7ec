import type { Milliseconds } from './cluster/object.ts'

/** Longest delay that a timer of the platform takes. */
const LONGEST: Milliseconds = 2 ** 31 - 1

/**
 * When something is due in a channel. Times are those of the channel's own wall clock, which came in with its requests;
 * only differences of it are turned into real time.
 */
export class Alarms {
  readonly #due = new Map<string, NodeJS.Timeout>()
  readonly #ring: (channel: string, at: Milliseconds) => void

  constructor(ring: (channel: string, at: Milliseconds) => void) {
    this.#ring = ring
  }

  /** Sets the alarm of a channel, in place of an earlier one; without `at` there is none. */
  set(channel: string, now: Milliseconds, at: Milliseconds | undefined): void {
    const known = this.#due.get(channel)
    clearTimeout(known)
    this.#due.delete(channel)
    if (at === undefined) return
    const wait = Math.max(0, at - now)
    const timer = setTimeout(
      () => {
        this.#due.delete(channel)
        if (wait > LONGEST) this.set(channel, now + LONGEST, at)
        else this.#ring(channel, at)
      },
      Math.min(wait, LONGEST),
    )
    this.#due.set(channel, timer)
  }

  /** Forgets all alarms. */
  clear(): void {
    for (const timer of this.#due.values()) clearTimeout(timer)
    this.#due.clear()
  }
}
