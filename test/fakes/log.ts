import type { Log } from '../../src/platforms/delivery/platform.ts'

/** A log that tests can read. */
export class FakeLog implements Log {
  readonly infos: string[] = []
  readonly warnings: string[] = []
  readonly errors: string[] = []
  readonly #lines: string[] = []

  info(message: string): void {
    this.infos.push(message)
    this.#note('info', message)
  }

  warn(message: string): void {
    this.warnings.push(message)
    this.#note('warn', message)
  }

  error(message: string, error?: unknown): void {
    const line = error === undefined ? message : `${message}: ${String(error)}`
    this.errors.push(line)
    this.#note('error', line)
  }

  /** The newest lines of all levels, each with its time. */
  newest(count: number): string[] {
    return this.#lines.slice(-count)
  }

  #note(level: string, line: string): void {
    this.#lines.push(`${new Date().toISOString()} ${level} ${line}`)
  }
}
