type Format = 'DecimalSI' | 'DecimalExponent' | 'BinarySI'

/** An amount of a resource such as `250m` or `64Mi`. */
export interface Quantity {
  /** In thousand-millionths, rounded up (away from zero) as the API server does. */
  nano: bigint
  format: Format
}

/** A quantity that cannot be read; the message is the API server's. */
export class QuantityError extends Error {
  override readonly name = 'QuantityError'
}

const GIGA = 1_000_000_000n
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E']
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
/** Exponents beyond this are no amount of anything; they would only cost memory. */
const LARGEST_EXPONENT = 100
const DIGITS_OF_INT64 = 18
const INT64_MAX = 9_223_372_036_854_775_807n

interface Parts {
  negative: boolean
  whole: string
  fraction: string
  base: 2 | 10
  exponent: number
  format: Format
}

function partsOf(text: string): Parts {
  const match = /^([+-]?)0*([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/.exec(text)
  if (text === '' || !match)
    throw new QuantityError(
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    )
  const [, sign, whole = '', fraction = '', suffix = ''] = match
  return { negative: sign === '-', whole: whole || '0', fraction, ...unitOf(suffix) }
}

function unitOf(suffix: string): Pick<Parts, 'base' | 'exponent' | 'format'> {
  const decimal = DECIMAL.indexOf(suffix)
  if (decimal >= 0) return { base: 10, exponent: 3 * (decimal - 3), format: 'DecimalSI' }
  const binary = BINARY.indexOf(suffix)
  if (binary >= 0) return { base: 2, exponent: 10 * binary, format: 'BinarySI' }
  const exponent = /^[eE]([+-]?[0-9]+)$/.exec(suffix)?.[1]
  if (exponent === undefined || Math.abs(Number(exponent)) > LARGEST_EXPONENT)
    throw new QuantityError("unable to parse quantity's suffix")
  return { base: 10, exponent: Number(exponent), format: 'DecimalExponent' }
}

/** Reads a quantity. Throws QuantityError. */
export function parseQuantity(text: string): Quantity {
  const { negative, whole, fraction, base, exponent, format } = partsOf(text)
  let value = BigInt(whole + fraction) * GIGA
  let divisor = 10n ** BigInt(fraction.length)
  if (base === 2) value *= 2n ** BigInt(exponent)
  else if (exponent >= 0) value *= 10n ** BigInt(exponent)
  else divisor *= 10n ** BigInt(-exponent)
  const nano = (value + divisor - 1n) / divisor
  const capped = format === 'BinarySI' && nano > INT64_MAX * GIGA ? INT64_MAX * GIGA : nano
  const small = format === 'BinarySI' && nano > 0n && nano < GIGA
  return { nano: negative ? -capped : capped, format: small ? 'DecimalSI' : format }
}

/** The spelling under which the API server stores a quantity: `0.5` is `500m`, `1024Ki` is `1Mi`. Throws QuantityError. */
export function canonicalQuantity(text: string): string {
  const quantity = parseQuantity(text)
  return quantity.nano !== 0n && keepsSpelling(partsOf(text)) ? text : formatQuantity(quantity)
}

/** The API server keeps the spelling of numbers that need no other unit. */
function keepsSpelling({ whole, fraction, base, exponent }: Parts): boolean {
  const digits = whole + fraction
  const value = BigInt(digits)
  if (base === 2) {
    const room = DIGITS_OF_INT64 - 3 - whole.length - Math.trunc((exponent * 3) / 10) - 1
    return fraction === '' && room >= 0 && value % 8n !== 0n && value * 2n ** BigInt(exponent) <= INT64_MAX
  }
  const scale = exponent - fraction.length
  const fits = digits.length <= DIGITS_OF_INT64 && scale >= -9
  return fits && scale % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0')
}

export function formatQuantity({ nano, format }: Quantity): string {
  if (nano === 0n) return '0'
  const units = nano / GIGA
  const isWhole = nano % GIGA === 0n
  if (format === 'BinarySI' && isWhole && (units >= 1024n || units <= -1024n)) return scaled(units, 1024n, BINARY)
  const [number, exponent] = shortened(nano, 1000n, Number.POSITIVE_INFINITY)
  if (format === 'DecimalExponent') return exponent === 3 ? `${number}` : `${number}e${3 * exponent - 9}`
  return scaled(nano, 1000n, DECIMAL)
}

function scaled(value: bigint, base: bigint, units: readonly string[]): string {
  const [number, exponent] = shortened(value, base, units.length - 1)
  return `${number}${units[exponent]}`
}

function shortened(value: bigint, base: bigint, most: number): [number: bigint, exponent: number] {
  let number = value
  let exponent = 0
  while (exponent < most && number % base === 0n) {
    number /= base
    exponent += 1
  }
  return [number, exponent]
}

/** Negative, zero or positive as `left` is less than, equal to or more than `right`. */
export const compareQuantities = (left: string, right: string): number => {
  const difference = parseQuantity(left).nano - parseQuantity(right).nano
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The sum in the format of the first amount; `0` of none. */
export function sumQuantities(amounts: readonly string[]): string {
  const quantities = amounts.map(parseQuantity)
  const nano = quantities.reduce((sum, quantity) => sum + quantity.nano, 0n)
  return formatQuantity({ nano, format: quantities[0]?.format ?? 'DecimalSI' })
}

/** How many percent of `whole` the amount is, rounded down; 0 of nothing. */
export function percentOf(amount: string, whole: string): number {
  const total = parseQuantity(whole).nano
  return total === 0n ? 0 : Number((parseQuantity(amount).nano * 100n) / total)
}
