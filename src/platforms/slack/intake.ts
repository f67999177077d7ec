import { setImmediate as turn } from 'node:timers/promises'

/** Turns of the event loop without a new request after which the intake counts as calm. */
const QUIET_TURNS = 10

/** Longest time in ms that work is held back for those who are still waiting at the door. */
const LONGEST = 1_500

/**
 * Node takes in one new connection a turn of the event loop. While commands work, a turn lasts as long as the longest
 * of them, and a burst of requests would wait for its acknowledgement one behind the other; so work begins when
 * everybody who came at the same moment has been let in.
 */
export class Intake {
  #arrivals = 0
  #calm: Promise<void> | undefined

  /** Somebody has come in. */
  note(): void {
    this.#arrivals += 1
  }

  /** Resolves when nobody is coming in just now, at the latest after a second and a half. */
  calm(): Promise<void> {
    this.#calm ??= this.#wait().finally(() => {
      this.#calm = undefined
    })
    return this.#calm
  }

  async #wait(): Promise<void> {
    const until = performance.now() + LONGEST
    for (let quiet = 0; quiet < QUIET_TURNS && performance.now() < until; quiet++) {
      const seen = this.#arrivals
      await turn()
      if (this.#arrivals !== seen) quiet = 0
    }
  }
}
