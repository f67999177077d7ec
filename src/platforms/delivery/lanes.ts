/** Thrown by a task that the platform told to come again after `milliseconds`. */
export class TryAgain extends Error {
  override readonly name = 'TryAgain'
  readonly milliseconds: number

  constructor(milliseconds: number) {
    super(`rate limited for ${milliseconds} ms`)
    this.milliseconds = milliseconds
  }
}

interface Job {
  /** Jobs with the same topic replace each other while they wait. */
  topic: string | undefined
  run: () => Promise<unknown>
  done: ((value: unknown) => void)[]
  failed: ((error: unknown) => void)[]
  tries: number
}

interface Lane {
  jobs: Job[]
  /** When the lane may send again, in ms of the monotonic clock. */
  free: number
}

export interface LaneOptions {
  /** Least time between two jobs of one lane, in ms. */
  interval: number
  /** Jobs that may go out at once after a pause, before the interval counts. */
  burst?: number
  /** Jobs that may wait in one lane; a further one is refused. */
  longest?: number
  /** How often a job that was told to come again is tried. */
  tries?: number
}

/**
 * One queue for each channel in front of a platform: jobs of a lane run one after the other and keep their distance, so
 * that a busy channel waits for itself alone. A waiting job is replaced by a newer one on the same topic, and everybody
 * who waits for it gets the newer result.
 */
export class Lanes {
  readonly #lanes = new Map<string, Lane>()
  readonly #options: Required<LaneOptions>

  constructor({ interval, burst = 1, longest = 200, tries = 5 }: LaneOptions) {
    this.#options = { interval, burst, longest, tries }
  }

  /** Runs a job in its turn. Rejects with the job's error, or at once where too much is waiting. */
  send<Result>(lane: string, run: () => Promise<Result>, topic?: string): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      const done = resolve as (value: unknown) => void
      const open = this.#lanes.get(lane)
      // The job at the front is being sent already; only those behind it can be replaced.
      const waiting = topic === undefined ? undefined : open?.jobs.slice(1).find((job) => job.topic === topic)
      if (waiting) {
        waiting.run = run
        waiting.done.push(done)
        waiting.failed.push(reject)
        return
      }
      if (open && open.jobs.length >= this.#options.longest) {
        reject(new Error(`more than ${this.#options.longest} messages are waiting for ${lane}`))
        return
      }
      const job: Job = { topic, run, done: [done], failed: [reject], tries: 0 }
      if (open) {
        open.jobs.push(job)
        if (open.jobs.length === 1) void this.#work(lane, open)
        return
      }
      const created: Lane = { jobs: [job], free: 0 }
      this.#lanes.set(lane, created)
      void this.#work(lane, created)
    })
  }

  async #work(name: string, lane: Lane): Promise<void> {
    const { interval, burst } = this.#options
    for (let job = lane.jobs[0]; job; job = lane.jobs[0]) {
      const start = Math.max(lane.free, performance.now() - interval * (burst - 1))
      await pause(start - performance.now())
      lane.free = start + interval
      if (await this.#attempt(lane, job)) lane.jobs.shift()
    }
    if (lane.free <= performance.now()) this.#lanes.delete(name)
    else setTimeout(() => this.#forget(name, lane), lane.free - performance.now()).unref()
  }

  /** True if the job is finished, for better or worse. */
  async #attempt(lane: Lane, job: Job): Promise<boolean> {
    try {
      const value = await job.run()
      for (const done of job.done) done(value)
    } catch (error) {
      job.tries += 1
      if (error instanceof TryAgain && job.tries < this.#options.tries) {
        lane.free = performance.now() + error.milliseconds
        return false
      }
      for (const failed of job.failed) failed(error)
    }
    return true
  }

  #forget(name: string, lane: Lane): void {
    if (lane.jobs.length === 0 && this.#lanes.get(name) === lane) this.#lanes.delete(name)
  }
}

const pause = (milliseconds: number): Promise<void> =>
  milliseconds <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, milliseconds))
