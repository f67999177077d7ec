/** A text that is no JSON, in the words of Go's decoder. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError'
  /** Letters up to and with the wrong one; undefined where the text just ends. */
  readonly offset: number | undefined

  constructor(message: string, offset?: number) {
    super(message)
    this.offset = offset
  }
}

/** Every bracket outside of texts, and how many are open behind it. */
function* brackets(text: string, from: number): Generator<{ at: number; open: number }> {
  let open = 0
  let inText = false
  for (let at = from; at < text.length; at++) {
    const character = text[at]!
    if (inText) {
      if (character === '\\') at += 1
      else if (character === '"') inText = false
    } else if (character === '"') inText = true
    else if (character === '{' || character === '[') yield { at, open: ++open }
    else if (character === '}' || character === ']') yield { at, open: --open }
  }
}

/** The end of the JSON value that begins at `from` (an object or a list), or undefined if it does not end. */
export function endOfValue(text: string, from: number): number | undefined {
  for (const { at, open } of brackets(text, from)) if (open === 0) return at + 1
  return undefined
}

/** Deepest nesting of a value that is read. What is nested deeper than any manifest would only exhaust the stack. */
const DEEPEST = 100

/** Reads one JSON value. Throws JsonSyntaxError; `from` is where the text begins in the whole. */
export function readJson(text: string, from = 0): unknown {
  for (const { at, open } of brackets(text, 0))
    if (open > DEEPEST) throw new JsonSyntaxError('exceeded max depth', from + at + 1)
  try {
    return JSON.parse(text)
  } catch {
    throw new Checker(text, from).error()
  }
}

/** Finds the first wrong letter of a text that is no JSON. */
class Checker {
  readonly #text: string
  readonly #from: number
  #at = 0

  constructor(text: string, from: number) {
    this.#text = text
    this.#from = from
  }

  error(): JsonSyntaxError {
    try {
      this.#value()
    } catch (error) {
      if (error instanceof JsonSyntaxError) return error
      throw error
    }
    return this.#wrong('after top-level value')
  }

  #wrong(context: string): JsonSyntaxError {
    const character = this.#text[this.#at]
    if (character === undefined) return new JsonSyntaxError('unexpected EOF')
    const shown =
      character === "'" ? `'\\''` : character === '"' ? `'"'` : `'${JSON.stringify(character).slice(1, -1)}'`
    return new JsonSyntaxError(`invalid character ${shown} ${context}`, this.#from + this.#at + 1)
  }

  #next(): string | undefined {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1
    return this.#text[this.#at]
  }

  #value(): void {
    const character = this.#next()
    if (character === '{') this.#enclosed('}', 'after object key:value pair', () => this.#member())
    else if (character === '[') this.#enclosed(']', 'after array element', () => this.#value())
    else if (character === '"') this.#string()
    else this.#word()
  }

  #enclosed(close: '}' | ']', after: string, read: () => void): void {
    this.#at += 1
    if (this.#next() !== close) {
      read()
      while (this.#next() === ',') {
        this.#at += 1
        read()
      }
      if (this.#next() !== close) throw this.#wrong(after)
    }
    this.#at += 1
  }

  #member(): void {
    if (this.#next() !== '"') throw this.#wrong('looking for beginning of object key string')
    this.#string()
    if (this.#next() !== ':') throw this.#wrong('after object key')
    this.#at += 1
    this.#value()
  }

  #word(): void {
    const word = /^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?)/.exec(this.#text.slice(this.#at))
    if (!word) throw this.#wrong('looking for beginning of value')
    this.#at += word[0].length
  }

  #string(): void {
    this.#at += 1
    while (this.#text[this.#at] !== '"') {
      const character = this.#text[this.#at]
      if (character === undefined || character < ' ') throw this.#wrong('in string literal')
      this.#at += 1
      if (character !== '\\') continue
      if (!/["\\/bfnrtu]/.test(this.#text[this.#at] ?? '')) throw this.#wrong('in string escape code')
      this.#at += 1
    }
    this.#at += 1
  }
}
