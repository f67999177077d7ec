import { quote } from '../../cluster/quote.ts'
import { compareText, isMap, type Json } from './json.ts'

/** A value as Go's `fmt` prints it with `%v`: `map[a:1 b:[x y]]`; nothing prints as `<nil>`. */
export function goValue(value: Json | undefined): string {
  if (value === null || value === undefined) return '<nil>'
  if (typeof value === 'number') return goNumber(value)
  if (Array.isArray(value)) return `[${value.map(goValue).join(' ')}]`
  if (!isMap(value)) return String(value)
  const names = Object.keys(value).sort(compareText)
  return `map[${names.map((name) => `${name}:${goValue(value[name])}`).join(' ')}]`
}

/** A number as Go prints an int64 or, where it is no whole number, a float64. */
export function goNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(value)
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string]
  const power = Number(exponent)
  if (power >= -4 && power < 21) return String(value)
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

/**
 * A value in Go's own syntax (`%#v`), for messages that show what an engine was given. The keys of maps are texts where JSON
 * was read, and anything where YAML was read.
 */
export function goSyntax(value: Json, keys: 'string' | 'interface {}' = 'string'): string {
  if (value === null) return 'interface {}(nil)'
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'number') return goNumber(value)
  if (Array.isArray(value)) return `[]interface {}{${value.map((item) => goSyntax(item, keys)).join(', ')}}`
  if (!isMap(value)) return String(value)
  const names = Object.keys(value).sort(compareText)
  const members = names.map((name) => `${quote(name)}:${goSyntax(value[name]!, keys)}`)
  return `map[${keys}]interface {}{${members.join(', ')}}`
}
