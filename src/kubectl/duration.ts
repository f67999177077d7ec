import type { Milliseconds } from '../cluster/object.ts'
import { quote } from '../cluster/quote.ts'

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
}

/** Reads a length of time as Go's `time.ParseDuration` does; throws `SyntaxError` in its words. */
export function parseDuration(text: string): Milliseconds {
  const quoted = quote(text)
  const [, sign, rest] = /^([+-]?)(.*)$/s.exec(text)!
  if (rest === '0') return 0
  if (rest === '') throw new SyntaxError(`time: invalid duration ${quoted}`)
  let total = 0
  let left = rest!
  while (left !== '') {
    const part = /^(\d+\.?\d*|\.\d+)([^\d.]*)/.exec(left)
    if (!part) throw new SyntaxError(`time: invalid duration ${quoted}`)
    const [whole, number, unit] = part as unknown as [string, string, string]
    if (unit === '') throw new SyntaxError(`time: missing unit in duration ${quoted}`)
    if (!Object.hasOwn(UNITS, unit)) throw new SyntaxError(`time: unknown unit ${quote(unit)} in duration ${quoted}`)
    total += Number(number) * UNITS[unit]!
    left = left.slice(whole.length)
  }
  return sign === '-' ? -total : total
}
