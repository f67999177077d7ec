import type { FieldType } from './fields.ts'
import { canonicalQuantity, QuantityError } from './quantity.ts'

/** A value that does not fit its field. `word` is what JSON calls it, `go` the type that was wanted. */
export class MismatchError extends Error {
  override readonly name = 'MismatchError'
  readonly word: string
  readonly go: string
  /** Types that read themselves end the decoding at once; for others the first mismatch is told at the end. */
  readonly final: boolean

  constructor(word: string, go: string, final = false) {
    super(`json: cannot unmarshal ${word} into Go value of type ${go}`)
    this.word = word
    this.go = go
    this.final = final
  }
}

/** A text that does not have the form of a time, an amount or base64; the message stands as it is. */
export class FormError extends Error {
  override readonly name = 'FormError'
  readonly final: boolean

  constructor(message: string, final: boolean) {
    super(message)
    this.final = final
  }
}

/** What JSON calls the value in messages: `string`, `number 80.5`, `bool`, `array`, `object`. */
export function wordFor(value: unknown, detailed: boolean): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number' || typeof value === 'bigint') return detailed ? `number ${value}` : 'number'
  return typeof value === 'string' ? 'string' : 'object'
}

type Decode = (value: unknown, type: FieldType) => unknown

const text: Decode = (value, { go }) => {
  if (typeof value !== 'string') throw new MismatchError(wordFor(value, false), go)
  return value
}

const flag: Decode = (value, { go }) => {
  if (typeof value !== 'boolean') throw new MismatchError(wordFor(value, false), go)
  return value
}

const integer =
  (limit: number, final: boolean): Decode =>
  (value, { go, form }) => {
    const isNumber = typeof value === 'number' && Number.isInteger(value) && value >= -limit && value < limit
    if (!isNumber) throw new MismatchError(wordFor(value, true), form === 'IntOrString' ? 'int32' : go, final)
    return value === 0 ? 0 : value
  }

const int32 = integer(2 ** 31, false)
const int64 = integer(2 ** 63, false)
const int32OfPort = integer(2 ** 31, true)

const intOrString: Decode = (value, type) => (typeof value === 'string' ? value : int32OfPort(value, type))

const quantity: Decode = (value) => {
  const spelled = typeof value === 'string' ? value : JSON.stringify(value)
  try {
    return canonicalQuantity(spelled.trim())
  } catch (error) {
    if (error instanceof QuantityError) throw new FormError(error.message, true)
    throw error
  }
}

const LAYOUT = [
  ['2006', /^\d{4}/],
  ['-', /^-/],
  ['01', /^\d{2}/],
  ['-', /^-/],
  ['02', /^\d{2}/],
  ['T', /^T/],
  ['15', /^\d{2}/],
  [':', /^:/],
  ['04', /^\d{2}/],
  [':', /^:/],
  ['05', /^\d{2}(\.\d+)?/],
  ['Z07:00', /^(Z|[+-]\d{2}:\d{2})/],
] as const

/** An RFC 3339 time, turned to UTC; whole seconds unless `digits` keeps parts of them. */
const time =
  (layout: string, digits: number): Decode =>
  (value) => {
    if (typeof value !== 'string') throw new MismatchError(wordFor(value, false), 'string', true)
    let rest = value
    const fail = (why: string) => new FormError(`parsing time ${JSON.stringify(value)}${why}`, true)
    for (const [element, pattern] of LAYOUT) {
      const found = pattern.exec(rest)
      if (!found) throw fail(` as "${layout}": cannot parse ${JSON.stringify(rest)} as "${element}"`)
      rest = rest.slice(found[0].length)
    }
    if (rest !== '') throw fail(`: extra text: ${JSON.stringify(rest)}`)
    const at = Date.parse(value)
    if (Number.isNaN(at) || !isDay(value)) throw fail(': day out of range')
    const iso = new Date(at).toISOString()
    return digits === 0 ? `${iso.slice(0, 19)}Z` : `${iso.slice(0, 23)}${'0'.repeat(digits - 3)}Z`
  }

function isDay(value: string): boolean {
  const [year, month, day] = value.slice(0, 10).split('-').map(Number) as [number, number, number]
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** Where base64 stops being base64, as Go counts it; -1 for a good text. */
function base64Fault(value: string): number {
  const end = value.length
  let quantum = 0
  for (let i = 0; i < end; i++) {
    const character = value[i]!
    if (character === '\n' || character === '\r') continue
    if (/[A-Za-z0-9+/]/.test(character)) quantum = (quantum + 1) % 4
    else if (character !== '=' || quantum < 2) return i
    else return paddingFault(value, i, quantum)
  }
  return quantum === 0 ? -1 : end - quantum
}

function paddingFault(value: string, at: number, quantum: number): number {
  const skip = (from: number): number => {
    let i = from
    while (value[i] === '\n' || value[i] === '\r') i += 1
    return i
  }
  let next = skip(at + 1)
  if (quantum === 2) {
    if (next === value.length) return value.length
    if (value[next] !== '=') return next - 1
    next = skip(next + 1)
  }
  return next < value.length ? next : -1
}

/** Bytes are base64, or a list of numbers as Go reads them. */
const bytes: Decode = (value, { go }) => {
  if (Array.isArray(value)) return btoa(String.fromCharCode(...value.map(byte)))
  if (typeof value !== 'string') throw new MismatchError(wordFor(value, false), go)
  const fault = base64Fault(value)
  if (fault >= 0) throw new FormError(`illegal base64 data at input byte ${fault}`, false)
  return value.replace(/[\r\n]/g, '')
}

function byte(value: unknown): number {
  if (value === null) return 0
  const isByte = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255
  if (!isByte) throw new MismatchError(wordFor(value, true), 'uint8')
  return value
}

/** How each scalar form is read. All but the maps and lists of `decode.ts`. */
export const scalars: Readonly<Record<string, Decode>> = {
  string: text,
  bool: flag,
  int32,
  int64,
  bytes,
  IntOrString: intOrString,
  Quantity: quantity,
  Time: time('2006-01-02T15:04:05Z07:00', 0),
  MicroTime: time('2006-01-02T15:04:05.000000Z07:00', 6),
  FieldsV1: (value) => value,
}
