/** Words that YAML 1.1 reads as something else than text. */
const SPECIAL_WORDS = new Set(
  ['y', 'yes', 'true', 'on', 'n', 'no', 'false', 'off', 'null', '.nan', '.inf', '+.inf', '-.inf'].flatMap((word) => [
    word,
    word.toUpperCase(),
    word.replace(/[a-z]/, (letter) => letter.toUpperCase()),
  ]),
)
  .add('~')
  .add('')
  .add('<<')
  .add('.NaN')

const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/
const NUMBER = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/
const INTEGER = /^[-+]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/

/** True if a YAML 1.1 reader takes the unquoted text for text. */
function readsAsText(text: string): boolean {
  if (SPECIAL_WORDS.has(text) || BASE_60.test(text) || isTimestamp(text)) return false
  if (/^\./.test(text)) return !(NUMBER.test(text) && Number.isFinite(Number(text)))
  if (!/^[-+0-9]/.test(text)) return true
  const plain = text.replaceAll('_', '')
  if (INTEGER.test(plain) && fitsInteger(plain)) return false
  if (/^-?0b[-+]?[01]+$/.test(plain)) return false
  return !(NUMBER.test(plain) && Number.isFinite(Number(plain)))
}

/** A whole number of 64 bits; a longer decimal one is still read as a float. */
function fitsInteger(text: string): boolean {
  const [, sign, digits] = /^([-+]?)(.*)$/.exec(text)!
  const value = BigInt(/^0[0-7]+$/.test(digits!) ? `0o${digits}` : digits!.toLowerCase())
  if (sign === '-') return value <= 2n ** 63n
  return value < (sign === '+' ? 2n ** 63n : 2n ** 64n)
}

const TIMESTAMP =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[-+]\d{2}:\d{2})|\x20(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?)?$/

function isTimestamp(text: string): boolean {
  const match = TIMESTAMP.exec(text)
  if (!match) return false
  const [year, month, day, ...time] = match
    .slice(1)
    .filter((part) => part !== undefined)
    .map(Number) as [number, number, number, ...number[]]
  const [hour = 0, minute = 0, second = 0] = time
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
  return month >= 1 && month <= 12 && day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60
}

/** Which ways of writing a text are open; double quotes always are. */
interface Styles {
  plain: boolean
  single: boolean
  block: boolean
}

/**
 * What needs an escape in the emitter's eyes: also tabs and everything beyond the basic plane. The Unicode line and
 * paragraph separators are escaped as well, because readers do not agree whether they end a line.
 */
const needsEscape = (character: string): boolean => {
  const code = character.codePointAt(0)!
  if (code === 0x0a || (code >= 0x20 && code <= 0x7e)) return false
  return code < 0xa0 || code > 0xfffd || code === 0xfeff || code === 0x2028 || code === 0x2029 || isSurrogate(code)
}

const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff

function stylesOf(text: string): Styles {
  const special = [...text].some(needsEscape) || text.includes(' \n')
  const breakBlank = text.includes('\n ')
  return {
    plain: !(special || text.includes('\n') || /^ | $/.test(text) || hasIndicator(text)),
    single: !(special || breakBlank),
    block: !(special || text.endsWith(' ')),
  }
}

/** Characters that mean something to YAML where they stand. */
const hasIndicator = (text: string): boolean =>
  /^(---|\.\.\.)/.test(text) ||
  /^[#,[\]{}&*!|>'"%@`]/.test(text) ||
  /^[?:-]([ \t]|$)/.test(text) ||
  /:([ \t]|$)/.test(text) ||
  /[ \t\n]#/.test(text)

/** Column behind which the emitter breaks a line at its next blank. */
const WIDTH = 80

/** Where a scalar is written: the column it begins at, the indentation of its further lines, and whether it may have any. */
export interface Place {
  column: number
  indent: number
  breaks: boolean
}

/** True if a text may be the key of a mapping on one line. */
export const isSimpleKey = (text: string): boolean =>
  !/[\r\n\u0085\u2028\u2029]/.test(text) && new TextEncoder().encode(text).length <= 128

/** The text of a scalar as go-yaml writes it. */
export function renderScalar(value: string | number | boolean | null, place: Place): string {
  if (typeof value === 'number') return renderNumber(value)
  if (typeof value !== 'string') return String(value)
  const { plain, single, block } = stylesOf(value)
  if (value.includes('\n')) return block ? renderLiteral(value, place.indent) : renderDoubleQuoted(value, place)
  if (!readsAsText(value)) return renderDoubleQuoted(value, place)
  if (plain) return renderFlow(value, '', place)
  return single ? renderFlow(value, "'", place) : renderDoubleQuoted(value, place)
}

function renderNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 63) return String(value)
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string]
  const power = Number(exponent)
  if (power >= -4 && power < 6) return String(value)
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

/** Plain or in single quotes. Long lines are broken at a single blank between two words. */
function renderFlow(text: string, quote: string, { column, indent, breaks }: Place): string {
  const characters = [...text]
  let written = quote
  let at = column + quote.length
  characters.forEach((character, index) => {
    const inner = quote === '' || (index > 0 && index < characters.length - 1)
    const alone = characters[index - 1] !== ' ' && characters[index + 1] !== ' '
    if (character === ' ' && breaks && at > WIDTH && inner && alone) {
      written += `\n${' '.repeat(indent)}`
      at = indent
      return
    }
    const shown = character === quote ? "''" : character
    written += shown
    at += shown.length
  })
  return written + quote
}

/** A block below `|`: every line as it is, at the indentation. The hints say how it begins and ends. */
function renderLiteral(text: string, indent: number): string {
  const start = /^[ \n]/.test(text) ? '2' : ''
  const end = !text.endsWith('\n') ? '-' : /(^|\n)\n$/.test(text) ? '+' : ''
  return `|${start}${end}\n${text.replace(/^(?=[^\n])/gm, ' '.repeat(indent))}`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '0',
  '\u0007': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\u001b': 'e',
  '"': '"',
  '\\': '\\',
  '\u0085': 'N',
  '\u00a0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
}

function renderDoubleQuoted(text: string, { column, indent, breaks }: Place): string {
  const characters = [...text]
  let written = '"'
  let at = column + 1
  characters.forEach((character, index) => {
    const inner = index > 0 && index < characters.length - 1
    if (character === ' ' && breaks && at > WIDTH && inner && characters[index - 1] !== ' ') {
      const next = characters[index + 1] === ' ' ? '\\' : ''
      written += `\n${' '.repeat(indent)}${next}`
      at = indent + next.length
      return
    }
    const shown = escaped(character)
    written += shown
    at += [...shown].length
  })
  return `${written}"`
}

function escaped(character: string): string {
  if (!needsEscape(character) && !'\n"\\'.includes(character)) return character
  const short = ESCAPES[character]
  if (short !== undefined) return `\\${short}`
  const code = character.codePointAt(0)!
  const digits = code.toString(16).toUpperCase()
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`
}
