import { quote } from '../../cluster/quote.ts'
import { goNumber, goValue } from './go-value.ts'
import { compareText, isMap, type Json } from './json.ts'

/** A value inside a template; undefined is Go's missing value. */
export type Value = Json | undefined

/** Why a function refuses its arguments; the caller adds which function it was. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError'
}

export interface TemplateFunction {
  /** Least number of arguments; `exact` allows no more. */
  least: number
  exact?: true
  run: (args: readonly Value[]) => Value
}

const fail = (message: string): never => {
  throw new FunctionError(message)
}

/** False, zero, nothing and what is empty. */
export const isTrue = (value: Value): boolean => {
  if (Array.isArray(value)) return value.length > 0
  if (isMap(value)) return Object.keys(value).length > 0
  return Boolean(value)
}

export const typeName = (value: Value): string => {
  if (value === null || value === undefined) return 'nil'
  if (Array.isArray(value)) return '[]interface {}'
  if (isMap(value)) return 'map[string]interface {}'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64'
  return typeof value === 'boolean' ? 'bool' : 'string'
}

/** The functions of Go's text/template and the two that kubectl adds. `and` and `or` stop early; the engine does that. */
export const templateFunctions: Readonly<Record<string, TemplateFunction>> = {
  and: { least: 1, run: (args) => args.find((value) => !isTrue(value)) ?? args.at(-1) },
  or: { least: 1, run: (args) => args.find(isTrue) ?? args.at(-1) },
  not: { least: 1, exact: true, run: ([value]) => !isTrue(value) },
  len: { least: 1, exact: true, run: ([value]) => lengthOf(value) },
  index: { least: 1, run: ([value, ...keys]) => keys.reduce(indexed, value) },
  slice: { least: 1, run: sliced },
  print: { least: 0, run: printed },
  println: { least: 0, run: (args) => `${args.map(goValue).join(' ')}\n` },
  printf: { least: 1, run: ([format, ...args]) => formatted(String(format), args) },
  html: { least: 1, run: (args) => printed(args).replace(/[<>&"']/g, (character) => HTML[character]!) },
  js: { least: 1, run: (args) => printed(args).replace(/[\\'"<>&=\n\r\t]/g, (character) => JS[character]!) },
  urlquery: { least: 1, run: (args) => encodeURIComponent(printed(args)).replace(/%20/g, '+') },
  eq: { least: 1, run: ([left, ...rest]) => rest.some((right) => areEqual(left, right)) },
  ne: { least: 2, exact: true, run: ([left, right]) => !areEqual(left, right) },
  lt: { least: 2, exact: true, run: ([left, right]) => order(left, right) < 0 },
  le: { least: 2, exact: true, run: ([left, right]) => order(left, right) <= 0 },
  gt: { least: 2, exact: true, run: ([left, right]) => order(left, right) > 0 },
  ge: { least: 2, exact: true, run: ([left, right]) => order(left, right) >= 0 },
  exists: { least: 1, run: ([value, ...keys]) => isPresent(keys.reduce(reached, value)) },
  base64decode: { least: 1, exact: true, run: ([value]) => decodeBase64(String(value)) },
}

const HTML: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&#34;', "'": '&#39;' }
const JS: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
  '\n': '\\u000A',
  '\r': '\\u000D',
  '\t': '\\u0009',
}

function lengthOf(value: Value): number {
  if (typeof value === 'string') return new TextEncoder().encode(value).length
  if (Array.isArray(value)) return value.length
  if (isMap(value)) return Object.keys(value).length
  if (value === undefined || value === null) return fail('len of nil pointer')
  return fail(`len of type ${typeName(value)}`)
}

function indexed(value: Value, key: Value): Value {
  if (value === undefined || value === null) return fail('index of untyped nil')
  if (isMap(value)) {
    if (typeof key !== 'string') return fail(`value has type ${typeName(key)}; should be string`)
    return Object.hasOwn(value, key) ? value[key] : undefined
  }
  if (!Array.isArray(value) && typeof value !== 'string') return fail(`can't index item of type ${typeName(value)}`)
  if (typeof key !== 'number' || !Number.isInteger(key))
    return fail(`cannot index slice/array with ${key === undefined || key === null ? 'nil' : `type ${typeName(key)}`}`)
  if (key < 0 || key >= value.length) return fail(`index out of range: ${key}`)
  return typeof value === 'string' ? value.charCodeAt(key) : value[key]
}

const reached = (value: Value, key: Value): Value => {
  if (Array.isArray(value) && typeof key === 'number') return value[key]
  return isMap(value) && typeof key === 'string' && Object.hasOwn(value, key) ? value[key] : undefined
}

const isPresent = (value: Value): boolean => value !== undefined && value !== null

function sliced([value, from = 0, to]: readonly Value[]): Value {
  if (typeof value !== 'string' && !Array.isArray(value)) return fail(`can't slice item of type ${typeName(value)}`)
  const end = to ?? value.length
  for (const bound of [from, end]) {
    if (typeof bound !== 'number') return fail(`cannot index slice/array with type ${typeName(bound)}`)
    if (bound < 0 || bound > value.length) return fail(`index out of range: ${bound}`)
  }
  if ((from as number) > (end as number)) return fail(`invalid slice index: ${from} > ${end}`)
  return value.slice(from as number, end as number)
}

/** Go's `Sprint`: a blank between two values of which neither is a text. */
function printed(args: readonly Value[]): string {
  return args
    .map((value, index) => {
      const blank = index > 0 && typeof value !== 'string' && typeof args[index - 1] !== 'string'
      return `${blank ? ' ' : ''}${goValue(value)}`
    })
    .join('')
}

const isBasic = (value: Value): boolean => value !== null && value !== undefined && typeof value !== 'object'

function areEqual(left: Value, right: Value): boolean {
  if (!isPresent(left) || !isPresent(right)) return !isPresent(left) && !isPresent(right)
  if (!isBasic(left) || !isBasic(right)) return fail('non-comparable type')
  requireSameType(left, right)
  return left === right
}

function order(left: Value, right: Value): number {
  if (!isBasic(left) || !isBasic(right) || typeof left === 'boolean') return fail('invalid type for comparison')
  requireSameType(left, right)
  if (typeof left === 'string') return compareText(left, right as string)
  return (left as number) - (right as number)
}

function requireSameType(left: Value, right: Value): void {
  if (typeof left !== typeof right) fail(`incompatible types for comparison: ${typeName(left)} and ${typeName(right)}`)
}

/** Widest field that `printf` pads to. */
const WIDEST = 200

/** Go's `Sprintf` for the verbs that fit text, numbers and booleans. */
function formatted(format: string, args: readonly Value[]): string {
  let next = 0
  const text = format.replace(
    /%([-+ 0#]*)(\d*)(?:\.(\d+))?([a-zA-Z%]|$)/g,
    (_, flags: string, width: string, precision: string | undefined, verb: string) => {
      if (verb === '%') return '%'
      if (verb === '') return '%!(NOVERB)'
      if (next >= args.length) return `%!${verb}(MISSING)`
      const shown = formatOne(verb, args[next++], precision, flags)
      const size = Math.min(Number(width), WIDEST)
      if (flags.includes('-')) return shown.padEnd(size)
      return flags.includes('0') && verb === 'd' ? shown.padStart(size, '0') : shown.padStart(size)
    },
  )
  const extra = args.slice(next).map((value) => `${goTypeOf(value)}=${goValue(value)}`)
  return extra.length === 0 ? text : `${text}%!(EXTRA ${extra.join(', ')})`
}

function formatOne(verb: string, value: Value, precision: string | undefined, flags: string): string {
  const plus = flags.includes('+') && typeof value === 'number' && value >= 0 ? '+' : ''
  if (verb === 'v') return goValue(value)
  if (verb === 'T') return isPresent(value) ? goTypeOf(value) : '<nil>'
  if (verb === 't' && typeof value === 'boolean') return String(value)
  if (verb === 'd' && typeof value === 'number' && Number.isInteger(value)) return plus + goNumber(value)
  if (verb === 'f' && typeof value === 'number' && !Number.isInteger(value))
    return plus + value.toFixed(Math.min(Number(precision ?? 6), 20))
  if (verb === 's' && typeof value === 'string')
    return precision === undefined ? value : [...value].slice(0, Number(precision)).join('')
  if (verb === 's' && (Array.isArray(value) || isMap(value))) return goValue(value)
  if (verb === 'q' && typeof value === 'string') return quote(value)
  if ((verb === 'x' || verb === 'X') && typeof value === 'number' && Number.isInteger(value)) {
    const digits = value.toString(16)
    return verb === 'X' ? digits.toUpperCase() : digits
  }
  return isPresent(value) ? `%!${verb}(${goTypeOf(value)}=${goValue(value)})` : `%!${verb}(<nil>)`
}

const goTypeOf = (value: Value): string => (isPresent(value) ? typeName(value) : '<nil>')

function decodeBase64(text: string): string {
  if (!/^[A-Za-z0-9+/\r\n]*={0,2}$/.test(text)) return fail('illegal base64 data at input byte 0')
  return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)))
}
