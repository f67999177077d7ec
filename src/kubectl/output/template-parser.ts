import { unquote } from './go-quote.ts'
import type { Json } from './json.ts'
import { templateFunctions } from './template-functions.ts'
import { type Piece, parseError, splitTemplate, type Token } from './template-lexer.ts'

/** Something that has a value. `at` is its offset in the template and `source` its text, for messages. */
export type Operand = { at: number; source: string } & (
  | { type: 'dot' }
  | { type: 'nil' }
  | { type: 'literal'; value: Json }
  | { type: 'function'; name: string }
  | { type: 'field'; names: string[] }
  | { type: 'variable'; name: string; names: string[] }
  | { type: 'group'; pipeline: Pipeline; names: string[] }
)

export interface Pipeline {
  /** Variables that are set: one, or index and item of a range. */
  variables: string[]
  /** `:=` makes new variables, `=` changes old ones. */
  declares: boolean
  commands: Operand[][]
}

export interface Block {
  type: 'if' | 'with' | 'range'
  pipeline: Pipeline
  body: Statement[]
  /** Behind `else`. */
  otherwise: Statement[]
}

export type Statement =
  | { type: 'text'; text: string }
  | { type: 'action'; pipeline: Pipeline }
  | { type: 'break' | 'continue' }
  | Block

/** Reads a template. Throws `TemplateError` in the words of Go's text/template. */
export function parseGoTemplate(source: string): Statement[] {
  const parser = new TemplateParser(source, splitTemplate(source))
  return parser.parse()
}

const BLOCKS = ['if', 'with', 'range']

class TemplateParser {
  readonly #source: string
  readonly #pieces: Piece[]
  #variables = ['$']
  #ranges = 0

  constructor(source: string, pieces: Piece[]) {
    this.#source = source
    this.#pieces = pieces
  }

  parse(): Statement[] {
    const { body, end } = this.#statements()
    if (end) throw this.#error(end.at, `unexpected {{${end.word}}}`)
    return body
  }

  /** Statements up to `end` or `else`, which is handed back. */
  #statements(): { body: Statement[]; end?: { word: string; at: number; rest: Token[] } } {
    const body: Statement[] = []
    for (let piece = this.#pieces.shift(); piece; piece = this.#pieces.shift()) {
      if ('text' in piece) {
        body.push({ type: 'text', text: piece.text })
        continue
      }
      const tokens = trimBlanks(piece.tokens)
      const [first, ...rest] = tokens
      if (!first) throw this.#error(piece.at, 'missing value for command')
      if (first.type === 'word' && (first.text === 'end' || first.text === 'else'))
        return { body, end: { word: first.text, at: first.at, rest: trimBlanks(rest) } }
      body.push(this.#statement(first, rest, tokens))
    }
    return { body }
  }

  #statement(first: Token, rest: Token[], tokens: Token[]): Statement {
    if (first.type !== 'word') return { type: 'action', pipeline: this.#pipeline(tokens, 'command', first.at) }
    if (BLOCKS.includes(first.text)) return this.#block(first.text as 'if' | 'with' | 'range', rest, first.at)
    if (first.text === 'break' || first.text === 'continue') {
      if (this.#ranges === 0) throw this.#error(first.at, `{{${first.text}}} outside {{range}}`)
      return { type: first.text }
    }
    if (['define', 'template', 'block'].includes(first.text))
      throw this.#error(first.at, `{{${first.text}}} is not modelled here: write the template in one piece`)
    return { type: 'action', pipeline: this.#pipeline(tokens, 'command', first.at) }
  }

  #block(type: 'if' | 'with' | 'range', tokens: Token[], at: number): Statement {
    const known = this.#variables.length
    const pipeline = this.#pipeline(trimBlanks(tokens), type, at)
    if (type === 'range') this.#ranges += 1
    const { body, end } = this.#statements()
    if (type === 'range') this.#ranges -= 1
    if (!end) throw this.#error(this.#source.length, 'unexpected EOF')
    const otherwise = end.word === 'else' ? this.#otherwise(type, end) : []
    this.#variables = this.#variables.slice(0, known)
    return { type, pipeline, body, otherwise }
  }

  /** Behind `else`: `else if …` and `else with …` are blocks of their own that share the end. */
  #otherwise(type: string, end: { at: number; rest: Token[] }): Statement[] {
    const [word, ...rest] = end.rest
    if (word && word.text === type && type !== 'range') return [this.#block(type as 'if' | 'with', rest, word.at)]
    if (word) throw this.#error(word.at, `unexpected ${quoteToken(word)} in input`)
    const { body, end: last } = this.#statements()
    if (!last) throw this.#error(this.#source.length, 'unexpected EOF')
    if (last.word === 'else') throw this.#error(last.at, 'expected end; found {{else}}')
    return body
  }

  #pipeline(tokens: Token[], context: string, at: number): Pipeline {
    const { variables, declares, rest } = this.#declaration(tokens, context)
    const commands = splitCommands(rest).map((command) => this.#command(command))
    if (commands.some((command) => command.length === 0)) {
      const what = commands.length === 1 ? context : 'command'
      throw this.#error(at, `missing value for ${what}`)
    }
    if (declares) this.#variables.push(...variables)
    return { variables, declares, commands }
  }

  #declaration(tokens: Token[], context: string): { variables: string[]; declares: boolean; rest: Token[] } {
    const solid = tokens.filter(({ type }) => type !== 'blank')
    const sign = solid.findIndex(({ text }) => text === ':=' || text === '=')
    const names = solid.slice(0, Math.max(0, sign)).filter(({ text }) => text !== ',')
    const isDeclaration = sign > 0 && names.every(({ type }) => type === 'variable')
    if (!isDeclaration) return { variables: [], declares: false, rest: tokens }
    if (names.length > (context === 'range' ? 2 : 1))
      throw this.#error(names[1]!.at, `too many declarations in ${context}`)
    const declares = solid[sign]!.text === ':='
    const variables = names.map(({ text }) => text)
    for (const name of names) if (!declares) this.#requireVariable(name.text, name.at)
    return { variables, declares, rest: trimBlanks(tokens.slice(tokens.indexOf(solid[sign]!) + 1)) }
  }

  #command(tokens: Token[]): Operand[] {
    const operands: Operand[] = []
    for (let at = 0; at < tokens.length; ) {
      if (tokens[at]!.type === 'blank') {
        at += 1
        continue
      }
      const { operand, next } = this.#operand(tokens, at)
      operands.push(operand)
      at = next
      if (at < tokens.length && tokens[at]!.type !== 'blank')
        throw this.#error(tokens[at]!.at, `unexpected ${quoteToken(tokens[at]!)} in operand`)
    }
    return operands
  }

  #operand(tokens: Token[], from: number): { operand: Operand; next: number } {
    const token = tokens[from]!
    let next = from + 1
    let operand = this.#simple(token)
    if (token.text === '(') {
      next = closing(tokens, from) + 1
      const pipeline = this.#pipeline(trimBlanks(tokens.slice(from + 1, next - 1)), 'parenthesized pipeline', token.at)
      operand = { type: 'group', pipeline, names: [], at: token.at, source: '' }
    }
    if (!operand) throw this.#error(token.at, `unexpected ${quoteToken(token)} in command`)
    const fieldsFrom = next
    while (tokens[next]?.type === 'field') next += 1
    const names = tokens.slice(fieldsFrom, next).map(({ text }) => text.slice(1))
    const last = tokens[next - 1]!
    operand.source = this.#source.slice(token.at, last.at + last.text.length).replace(/\s+/g, ' ')
    if (names.length === 0) return { operand, next }
    if (!('names' in operand))
      throw this.#error(tokens[fieldsFrom]!.at, `unexpected . after term ${JSON.stringify(token.text)}`)
    operand.names.push(...names)
    operand.at = tokens[fieldsFrom]!.at
    return { operand, next }
  }

  #simple({ type, text, at }: Token): Operand | undefined {
    const where = { at, source: text }
    if (type === 'field') return { type: 'field', names: [text.slice(1)], ...where }
    if (text === '.') return { type: 'dot', ...where }
    if (type === 'number') return { type: 'literal', value: Number(text), ...where }
    if (type === 'string') return { type: 'literal', value: this.#string(text, at), ...where }
    if (type === 'variable') {
      this.#requireVariable(text, at)
      return { type: 'variable', name: text, names: [], ...where }
    }
    if (type !== 'word') return undefined
    if (text === 'true' || text === 'false') return { type: 'literal', value: text === 'true', ...where }
    if (text === 'nil') return { type: 'nil', ...where }
    if (!Object.hasOwn(templateFunctions, text)) throw this.#error(at, `function "${text}" not defined`)
    return { type: 'function', name: text, ...where }
  }

  #string(text: string, at: number): Json {
    const value = text.startsWith('`') ? text.slice(1, -1) : unquote(text)
    if (value === undefined) throw this.#error(at, 'invalid syntax')
    return text.startsWith("'") ? value.codePointAt(0)! : value
  }

  #requireVariable(name: string, at: number): void {
    if (!this.#variables.includes(name)) throw this.#error(at, `undefined variable "${name}"`)
  }

  #error(at: number, message: string): Error {
    return parseError(this.#source, at, message)
  }
}

const trimBlanks = (tokens: Token[]): Token[] => {
  const from = tokens.findIndex(({ type }) => type !== 'blank')
  return from < 0 ? [] : tokens.slice(from, tokens.findLastIndex(({ type }) => type !== 'blank') + 1)
}

/** The commands of a pipeline, between bars that stand outside parentheses. */
function splitCommands(tokens: Token[]): Token[][] {
  const commands: Token[][] = [[]]
  let open = 0
  for (const token of tokens) {
    if (token.text === '(') open += 1
    if (token.text === ')') open -= 1
    if (token.text === '|' && open === 0) commands.push([])
    else commands.at(-1)!.push(token)
  }
  return commands.map(trimBlanks)
}

function closing(tokens: Token[], from: number): number {
  let open = 0
  return tokens.findIndex((token, index) => {
    if (index < from) return false
    if (token.text === '(') open += 1
    if (token.text === ')') open -= 1
    return open === 0
  })
}

const quoteToken = ({ type, text }: Token): string => (type === 'word' ? `<${text}>` : JSON.stringify(text))
