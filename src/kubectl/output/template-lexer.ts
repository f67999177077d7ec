/** A template that cannot be read or carried out; the message is that of Go's text/template. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
}

export interface Token {
  type: 'field' | 'variable' | 'word' | 'string' | 'number' | 'symbol' | 'blank'
  text: string
  /** Offset in the template. */
  at: number
}

/** Text as it is, or the tokens between `{{` and `}}`. */
export type Piece = { text: string } | { tokens: Token[]; at: number }

/** The line of an offset, for messages about reading: `template: output:3: …`. */
export const parseError = (source: string, at: number, message: string): TemplateError =>
  new TemplateError(`template: output:${source.slice(0, at).split('\n').length}: ${message}`)

/** Splits a template into text and actions; `{{-` and `-}}` trim the text beside them. Throws `TemplateError`. */
export function splitTemplate(source: string): Piece[] {
  const pieces: Piece[] = []
  let trim = false
  for (let at = 0; ; ) {
    const open = source.indexOf('{{', at)
    let text = open < 0 ? source.slice(at) : source.slice(at, open)
    if (trim) text = text.replace(/^[ \t\r\n]+/, '')
    const trimsBefore = open >= 0 && /^-[ \t\r\n]/.test(source.slice(open + 2))
    if (trimsBefore) text = text.replace(/[ \t\r\n]+$/, '')
    if (text !== '') pieces.push({ text })
    if (open < 0) return pieces
    const start = open + 2 + (trimsBefore ? 2 : 0)
    const action = source.startsWith('/*', start) ? skipComment(source, start) : readAction(source, start)
    if (action.tokens) pieces.push({ tokens: action.tokens, at: start })
    trim = action.trim
    at = action.end
  }
}

interface Action {
  tokens?: Token[]
  trim: boolean
  end: number
}

function skipComment(source: string, start: number): Action {
  const close = source.indexOf('*/', start)
  if (close < 0) throw parseError(source, start, 'unclosed comment')
  const end = /^(\s-)?\}\}/.exec(source.slice(close + 2))
  if (!end) throw parseError(source, start, 'comment ends before closing delimiter')
  return { trim: end[1] !== undefined, end: close + 2 + end[0].length }
}

const PATTERNS: readonly [Token['type'], RegExp][] = [
  ['blank', /[ \t\r\n]+/y],
  ['string', /"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])+'/y],
  ['number', /[-+]?(?:0[xX][\da-fA-F]+|\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+)/y],
  ['field', /\.[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['variable', /\$[\p{L}\p{Nd}_]*/uy],
  ['word', /[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['symbol', /:=|[.|()=,]/y],
]

function readAction(source: string, start: number): Action {
  const tokens: Token[] = []
  let open = 0
  for (let at = start; ; ) {
    const end = /^([ \t\r\n]+-)?\}\}/.exec(source.slice(at, at + 64))
    if (end && open === 0) return { tokens, trim: end[1] !== undefined, end: at + end[0].length }
    if (end) throw parseError(source, at, 'unclosed left paren')
    const token = nextToken(source, at)
    if (token.text === '(') open += 1
    if (token.text === ')') open -= 1
    if (open < 0) throw parseError(source, at, 'unexpected right paren')
    tokens.push(token)
    at += token.text.length
  }
}

function nextToken(source: string, at: number): Token {
  for (const [type, pattern] of PATTERNS) {
    pattern.lastIndex = at
    const match = pattern.exec(source)
    if (match) return { type, text: match[0], at }
  }
  if (at >= source.length) throw parseError(source, at, 'unclosed action')
  if (/["'`]/.test(source[at]!)) throw parseError(source, at, UNTERMINATED[source[at]!]!)
  const character = String.fromCodePoint(source.codePointAt(at)!)
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  throw parseError(source, at, `bad character U+${code} '${character}'`)
}

const UNTERMINATED: Readonly<Record<string, string>> = {
  '"': 'unterminated quoted string',
  "'": 'unterminated character constant',
  '`': 'unterminated raw quoted string',
}
