import { compare } from './shell-builtins.ts'

/** The files that a script has made, and when they were there. */
export class ScriptFiles {
  readonly #spans = new Map<string, { from: number; until: number }[]>()

  get isEmpty(): boolean {
    return this.#spans.size === 0
  }

  touch(path: string, at: number): void {
    const spans = this.#spans.get(path) ?? []
    if (spans.at(-1)?.until !== Number.POSITIVE_INFINITY) spans.push({ from: at, until: Number.POSITIVE_INFINITY })
    this.#spans.set(path, spans)
  }

  remove(path: string, at: number): void {
    const span = this.#spans.get(path)?.at(-1)
    if (span) span.until = Math.min(span.until, at)
  }

  /** Whether the file is there at this second; undefined if the script never made it. */
  has(path: string, at: number): boolean | undefined {
    return this.#spans.get(path)?.some(({ from, until }) => from <= at && at < until)
  }

  /** `test …`: true if the condition holds. */
  test(words: readonly string[], at: number): boolean {
    if (words[0] === '!') return !this.test(words.slice(1), at)
    const [left = '', operator, right = ''] = words
    if (left === '-f' || left === '-e') return this.has(operator ?? '', at) === true
    if (left === '-z' || left === '-n') return ((operator ?? '') === '') === (left === '-z')
    return compare(left, operator, right)
  }
}
