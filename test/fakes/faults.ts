/** What a fake server does instead of, or after, what it was asked. */
export interface Fault {
  /** Matched against `METHOD /path`. */
  on: RegExp
  status: number
  body?: unknown
  headers?: Record<string, string>
  /** How many requests it hits; 1 where left out. */
  times?: number
  /** The request takes effect all the same; only its answer is replaced. */
  lost?: true
}

/** Faults that wait for their request, first come first served. */
export class Faults {
  readonly #waiting: Fault[] = []

  add(fault: Fault): void {
    this.#waiting.push({ ...fault })
  }

  take(request: string): Fault | undefined {
    const fault = this.#waiting.find(({ on }) => on.test(request))
    if (!fault) return undefined
    fault.times = (fault.times ?? 1) - 1
    if (fault.times <= 0) this.#waiting.splice(this.#waiting.indexOf(fault), 1)
    return fault
  }

  clear(): void {
    this.#waiting.length = 0
  }
}
