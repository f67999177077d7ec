import { unquote } from './go-quote.ts'

/** What a JSONPath template is made of. */
export type Node =
  | { type: 'text'; text: string }
  | { type: 'value'; value: number | boolean }
  | { type: 'field'; name: string }
  | { type: 'slice'; from: number | undefined; to: number | undefined; step: number | undefined; single: boolean }
  | { type: 'filter'; left: Node[]; operator: string; right: Node[] }
  | { type: 'wildcard' }
  | { type: 'recursive' }
  | { type: 'union'; members: Node[][] }
  | { type: 'word'; word: string }

/** A template: text outside braces, and the nodes of each pair of braces. */
export type Template = (string | Node[])[]

/** A template that cannot be read; the message is the real engine's. */
export class JsonPathError extends Error {
  override readonly name = 'JsonPathError'
}

/** Reads a template as kubectl's engine does. Throws `JsonPathError`. */
export function parseTemplate(text: string): Template {
  const parts: Template = []
  for (let at = 0; at < text.length; ) {
    const open = text.indexOf('{', at)
    if (open < 0) return [...parts, text.slice(at)]
    if (open > at) parts.push(text.slice(at, open))
    const reader = new ActionReader(text, open + 1)
    parts.push(reader.read())
    at = reader.at
  }
  return parts
}

/** The nodes of a text as if it stood between braces. */
const parseAction = (text: string): Node[] => new ActionReader(`${text}}`, 0).read()

const TERMINATOR = /[ \t\r\n.,[\]$@{}]/
const ALPHANUMERIC = /[\p{L}\p{Nd}_]/u

class ActionReader {
  at: number
  readonly #text: string

  constructor(text: string, at: number) {
    this.#text = text
    this.at = at
  }

  /** Reads up to the closing brace and stands behind it. */
  read(): Node[] {
    const nodes: Node[] = []
    for (;;) {
      const next = this.#text[this.at]
      if (next === '}') {
        this.at += 1
        return nodes
      }
      if (next === undefined || next === '\n' || next === '\r') throw new JsonPathError('unclosed action')
      if (next === ' ' || next === '@' || next === '$') this.at += 1
      else nodes.push(...this.#node(next, nodes))
    }
  }

  #node(next: string, before: readonly Node[]): Node[] {
    if (this.#text.startsWith('[?(', this.at)) return [this.#filter()]
    if (this.#text.startsWith('..', this.at)) return this.#recursive(before)
    if (next === '[') return this.#brackets()
    if (next === '"' || next === "'") return [this.#quoted(next)]
    if (next === '.') {
      this.at += 1
      return [this.#field()]
    }
    if (/[-+\p{Nd}]/u.test(next)) return [this.#number()]
    if (ALPHANUMERIC.test(this.#character())) return [this.#word()]
    throw new JsonPathError(`unrecognized character in action: ${describe(this.#character())}`)
  }

  #character(): string {
    return String.fromCodePoint(this.#text.codePointAt(this.at)!)
  }

  #recursive(before: readonly Node[]): Node[] {
    if (before.at(-1)?.type === 'recursive') throw new JsonPathError('invalid multiple recursive descent')
    this.at += 2
    const recursive: Node = { type: 'recursive' }
    return ALPHANUMERIC.test(this.#text[this.at] ?? '') ? [recursive, this.#field()] : [recursive]
  }

  /** A name up to the next separator; a backslash keeps the character behind it. */
  #field(): Node {
    let name = ''
    while (this.at < this.#text.length && !TERMINATOR.test(this.#text[this.at]!)) {
      if (this.#text[this.at] === '\\') {
        name += this.#text[this.at + 1] ?? ''
        this.at += 2
      } else {
        name += this.#text[this.at]
        this.at += 1
      }
    }
    return name === '*' ? { type: 'wildcard' } : { type: 'field', name }
  }

  #word(): Node {
    const from = this.at
    while (this.at < this.#text.length && !TERMINATOR.test(this.#text[this.at]!)) this.at += 1
    const word = this.#text.slice(from, this.at)
    return word === 'true' || word === 'false' ? { type: 'value', value: word === 'true' } : { type: 'word', word }
  }

  #number(): Node {
    const [text] = /^[-+]?[\d.]*/.exec(this.#text.slice(this.at))!
    this.at += text.length
    if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text)) throw new JsonPathError(`cannot parse number ${text}`)
    return { type: 'value', value: Number(text) }
  }

  #quoted(quote: string): Node {
    const from = this.at
    do {
      this.at = this.#text.indexOf(quote, this.at + 1)
      if (this.at < 0 || this.#text.slice(from, this.at).includes('\n'))
        throw new JsonPathError('unterminated quoted string')
    } while (this.#text[this.at - 1] === '\\')
    this.at += 1
    const raw = this.#text.slice(from, this.at)
    const text = unquote(raw)
    if (text === undefined) throw new JsonPathError(`unquote string ${raw} error invalid syntax`)
    return { type: 'text', text }
  }

  #brackets(): Node[] {
    const end = this.#text.slice(this.at).search(/[\]\n]/)
    if (end < 0 || this.#text[this.at + end] === '\n') throw new JsonPathError('unterminated array')
    const inside = this.#text.slice(this.at + 1, this.at + end)
    this.at += end + 1
    const members = inside.split(',')
    if (members.length > 1)
      return [{ type: 'union', members: members.map((member) => parseAction(`[${member.replace(/^ +| +$/g, '')}]`)) }]
    const name = /^'([^']*)'$/.exec(inside)
    return name ? parseAction(`.${name[1]}`) : [parseSlice(inside)]
  }

  #filter(): Node {
    this.at += 3
    const from = this.at
    this.#skipToFilterEnd()
    const inside = this.#text.slice(from, this.at - 1)
    if (this.#text[this.at] !== ']') throw new JsonPathError('unclosed array expect ]')
    this.at += 1
    const parts = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(inside)
    if (!parts) return { type: 'filter', left: parseAction(inside), operator: 'exists', right: [] }
    return { type: 'filter', left: parseAction(parts[1]!), operator: parts[2]!, right: parseAction(parts[3]!) }
  }

  /** Stands behind the parenthesis that closes the filter; one quoted text may hold parentheses. */
  #skipToFilterEnd(): void {
    let opened: string | undefined
    let closed = false
    for (; ; this.at++) {
      const character = this.#text[this.at]
      if (character === undefined || character === '\n') throw new JsonPathError('unterminated filter')
      if (character === '"' || character === "'") {
        if (opened === undefined) opened = character
        else if (character === opened && this.#text[this.at - 1] !== '\\') closed = true
      } else if (character === ')' && (opened === undefined) === !closed) {
        this.at += 1
        return
      }
    }
  }
}

function parseSlice(inside: string): Node {
  const parts = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(inside === '*' ? ':' : inside)
  if (!parts) throw new JsonPathError(`invalid array index ${inside}`)
  const [from, to, step] = parts.slice(1).map(toIndex)
  if (parts[2] !== undefined) return { type: 'slice', from, to, step, single: false }
  return { type: 'slice', from, to: (from ?? 0) + 1, step, single: true }
}

function toIndex(part: string | undefined, position: number): number | undefined {
  const digits = position === 0 ? part : part?.slice(1)
  if (digits === undefined || digits === '') return undefined
  if (!/^-?\d+$/.test(digits)) throw new JsonPathError(`array index ${digits} is not a number`)
  return Number(digits)
}

/** A character as Go's `%#U` shows it. */
function describe(character: string): string {
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  return /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(character) ? `U+${code} '${character}'` : `U+${code}`
}
