import type { YAMLError } from 'yaml'

/** A text that is no YAML; the message is that of kubectl's library, `line 4: …` counted from the start of the document. */
export class YamlSyntaxError extends Error {
  override readonly name = 'YamlSyntaxError'
  /** Line of the document at which it stops being YAML, from 1; undefined where the library tells none. */
  readonly line: number | undefined

  constructor(message: string, line?: number) {
    super(line === undefined ? `yaml: ${message}` : `yaml: line ${line}: ${message}`)
    this.line = line
  }
}

/** A mistake in the letters of a line, counted from 1; in the very first line it is told without one. */
export const scannerError = (message: string, line: number): YamlSyntaxError =>
  new YamlSyntaxError(message, line === 1 ? undefined : line)

/** What the error of one parser is called by the other, and the lines between the places that they name. */
interface Translation {
  message: string
  /** Line that the message names, counted from 0. */
  line: number
}

/**
 * The error of the `yaml` package in the words of go-yaml, which kubectl uses. Its scanner counts lines from 1 and its
 * parser from 0; a mistake in the very first line is told without a line.
 */
export function translateYamlError(error: YAMLError, text: string): YamlSyntaxError {
  const { message, line } = translate(error, new Place(text, error.pos[0]))
  return new YamlSyntaxError(message, line > 0 ? line : undefined)
}

/** A block that is open at some line: the column where its items or names stand. */
interface Level {
  column: number
  block: 'mapping' | 'sequence'
}

/** The blocks that a line opens or continues, outermost first: `- name: x` is an item and a name. */
function levelsOf(line: string): Level[] {
  const levels: Level[] = []
  let column = /^ */.exec(line)![0].length
  for (let rest = line.slice(column); /^-( |$)/.test(rest); rest = line.slice(column)) {
    levels.push({ column, block: 'sequence' })
    column += /^- */.exec(rest)![0].length
  }
  if (/^[^#\s].*:(\s|$)/.test(line.slice(column))) levels.push({ column, block: 'mapping' })
  return levels
}

/** A position in a text and what stands around it. */
class Place {
  readonly text: string
  readonly lines: readonly string[]
  /** Line of the position, from 0. */
  readonly line: number
  readonly #at: number

  constructor(text: string, at: number) {
    this.text = text
    // The next character that is no blank: what is wrong stands there.
    this.#at = at + /^\s*/.exec(text.slice(at))![0].length
    this.lines = text.split('\n')
    this.line = this.#lineAt(this.#at)
  }

  #lineAt(at: number): number {
    return this.text.slice(0, at).split('\n').length - 1
  }

  get isAtEnd(): boolean {
    return this.#at >= this.text.length
  }

  /** The line behind the last one, from 0. */
  get end(): number {
    return this.lines.length - (this.lines.at(-1) === '' ? 1 : 0)
  }

  /** True if the text ends where a value must follow. */
  get wantsValue(): boolean {
    return /[[{,:]$/.test(this.text.trimEnd())
  }

  /** True where a value begins: nothing but a name or a dash stands before it in the line. */
  get isAtValue(): boolean {
    return /(^|\n|[:-])\s*$/.test(this.text.slice(0, this.#at))
  }

  /** True where an item of a list begins. */
  get isAtItem(): boolean {
    return /^-(\s|$)/.test(this.text.slice(this.#at, this.#at + 2))
  }

  /** Line of the next `: ` from here on, from 0. */
  get colon(): number {
    const found = /:(\s|$)/.exec(this.text.slice(this.#at))
    return found ? this.#lineAt(this.#at + found.index) : this.line
  }

  /** The innermost block that is still open where this line begins. A list at the column of its name belongs to it. */
  get open(): Level | undefined {
    let limit = /^\s*/.exec(this.lines[this.line] ?? '')![0].length
    let sequence: Level | undefined
    for (const text of this.#above()) {
      const levels = levelsOf(text)
      const level = levels.findLast(({ column }) => column <= limit)
      if (sequence && level) {
        if (level.column < sequence.column) return sequence
        if (level.block === 'mapping') return level
      }
      if (level?.block === 'mapping') return level
      sequence ??= level
      limit = Math.min(limit, sequence?.column ?? /^ */.exec(text)![0].length)
    }
    return sequence
  }

  /** True if the word here stands where the names of an open mapping stand. */
  get isAtKey(): boolean {
    const here = /^\s*(- +)*/.exec(this.lines[this.line] ?? '')![0].length
    if ((this.lines[this.line] ?? '').trimStart().startsWith('- ')) return false
    for (const text of this.#above()) {
      const levels = levelsOf(text)
      if (levels.some(({ column, block }) => block === 'mapping' && column === here)) return true
      if ((levels[0]?.column ?? here) < here) return false
    }
    return false
  }

  *#above(): Generator<string> {
    for (let line = this.line - 1; line >= 0; line--) {
      const text = this.lines[line]!
      if (text.trim() !== '') yield text
    }
  }

  /** True if the line above ends with an unquoted word, which this line could continue. */
  get continuesWord(): boolean {
    const above = this.lines.slice(0, this.line).findLast((line) => line.trim() !== '') ?? ''
    return /(^|[:-] +)[^\s"'[{|>&*!#][^#]*$/.test(above.trim()) && !/:$/.test(above.trim())
  }
}

/** Scanner errors name the line from 1, and none in the first line. */
const scanner = (message: string, line: number): Translation => ({ message, line: line === 0 ? 0 : line + 1 })

/** Parser errors name the line before, as they count from 0. */
const parser = (message: string, line: number): Translation => ({ message, line })

function translate({ code, message }: YAMLError, place: Place): Translation {
  switch (code) {
    case 'TAB_AS_INDENT':
      return place.continuesWord
        ? scanner('found a tab character that violates indentation', place.line)
        : scanner('found character that cannot start any token', place.line)
    case 'BAD_SCALAR_START':
      return scanner('found character that cannot start any token', place.line)
    case 'BAD_DQ_ESCAPE':
      return scanner('found unknown escape character', place.line)
    case 'BAD_ALIAS':
      return scanner('did not find expected alphabetic or numeric character', place.line)
    case 'BLOCK_AS_IMPLICIT_KEY':
      return message.startsWith('A block sequence')
        ? parser('did not find expected key', place.line)
        : scanner('mapping values are not allowed in this context', place.colon)
    case 'MULTILINE_IMPLICIT_KEY':
      return notKey(place)
    case 'MISSING_CHAR':
      return missing(message, place)
    case 'BAD_INDENT':
      return unfinished(message, place)
    case 'UNEXPECTED_TOKEN':
      return unexpected(message, place)
    default:
      return parser(`did not find expected node content (${message})`, place.line)
  }
}

function unexpected(message: string, place: Place): Translation {
  if (/^Not a YAML token|^Block scalar header/.test(message))
    return scanner('did not find expected comment or line break', place.line)
  if (message.endsWith('block-seq-ind on same line with key'))
    return scanner('block sequence entries are not allowed in this context', place.line)
  if (/^Unexpected flow-\w+-end token/.test(message) && place.isAtValue)
    return parser('did not find expected node content', place.line)
  return unfinished(message, place)
}

function missing(message: string, place: Place): Translation {
  if (message.startsWith('Missing closing')) return scanner('found unexpected end of stream', place.lines.length - 1)
  if (message.startsWith('Implicit map keys')) return notKey(place)
  return unfinished(message, place)
}

/** A word where a name was expected: its colon is missed, or that of the next name is one too many. */
function notKey(place: Place): Translation {
  if (place.isAtItem) return parser('did not find expected key', place.line)
  return place.isAtKey
    ? scanner("could not find expected ':'", place.line + 1)
    : scanner('mapping values are not allowed in this context', place.colon)
}

/** What the block that is open here would have needed. */
function unfinished(message: string, place: Place): Translation {
  const close = /flow map/i.test(message) ? '}' : /flow seq/i.test(message) ? ']' : undefined
  if (close !== undefined) return unclosed(close, place)
  const expected =
    place.open?.block === 'sequence' ? "did not find expected '-' indicator" : 'did not find expected key'
  return parser(expected, place.line)
}

/** A list or mapping in brackets: it lacks a value, a comma or its end. */
function unclosed(close: '}' | ']', place: Place): Translation {
  if (place.isAtEnd && place.wantsValue) return parser('did not find expected node content', place.end)
  return parser(`did not find expected ',' or '${close}'`, place.isAtEnd ? place.end : place.line)
}
