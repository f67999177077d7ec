import { quote } from '../cluster/quote.ts'
import { parseDuration } from './duration.ts'

/**
 * One option of a verb. `parse` folds one occurrence into the value and throws `SyntaxError` in the words of Go's
 * strconv and time packages.
 */
export interface Flag<T = unknown> {
  /** Type name in help texts. */
  readonly type: string
  readonly shorthand?: string
  readonly help: string
  readonly initial: T
  /** The value of the flag where it stands alone; without it the flag takes the next word. */
  readonly alone?: string
  readonly required?: boolean
  parse(text: string, previous: T): T
}

export type Flags = Readonly<Record<string, Flag>>

/** The values of a verb's flags, by name. */
export type FlagValues<F extends Flags> = { readonly [N in keyof F]: F[N] extends Flag<infer T> ? T : never }

interface Options<T> {
  shorthand?: string
  initial?: T
  required?: boolean
}

/** A text; the last occurrence wins. */
export const text = (help: string, { initial = '', ...options }: Options<string> = {}): Flag<string> => ({
  type: 'string',
  help,
  initial,
  parse: (value) => value,
  ...options,
})

/** A text that has a value of its own where it stands alone, such as `--dry-run`. */
export const optionalText = (
  help: string,
  { alone, initial = '' }: { alone: string; initial?: string },
): Flag<string> => ({ ...text(help, { initial }), alone })

export const bool = (help: string, { initial = false, ...options }: Options<boolean> = {}): Flag<boolean> => ({
  type: 'bool',
  help,
  initial,
  alone: 'true',
  parse: parseBool,
  ...options,
})

/** A whole number. */
export const int = (help: string, { initial = 0, ...options }: Options<number> = {}): Flag<number> => ({
  type: 'int',
  help,
  initial,
  parse: parseInteger,
  ...options,
})

/** A length of time in milliseconds, written as Go writes it (`1m30s`). */
export const duration = (help: string, { initial = 0, ...options }: Options<number> = {}): Flag<number> => ({
  type: 'duration',
  help,
  initial,
  parse: parseDuration,
  ...options,
})

/** May be repeated; commas separate as well. */
export const list = (help: string, { initial = [], ...options }: Options<string[]> = {}): Flag<string[]> => ({
  type: 'strings',
  help,
  initial,
  parse: (value, previous) => [...previous, ...(value === '' ? [] : value.split(','))],
  ...options,
})

/** May be repeated; commas belong to the value. */
export const array = (help: string, { initial = [], ...options }: Options<string[]> = {}): Flag<string[]> => ({
  type: 'stringArray',
  help,
  initial,
  parse: (value, previous) => [...previous, value],
  ...options,
})

const TRUE = ['1', 't', 'T', 'TRUE', 'true', 'True']
const FALSE = ['0', 'f', 'F', 'FALSE', 'false', 'False']

function parseBool(value: string): boolean {
  if (TRUE.includes(value)) return true
  if (FALSE.includes(value)) return false
  throw new SyntaxError(`strconv.ParseBool: parsing ${quote(value)}: invalid syntax`)
}

function parseInteger(value: string): number {
  if (!/^[+-]?(0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9][0-9]*)$/.test(value))
    throw new SyntaxError(`strconv.ParseInt: parsing ${quote(value)}: invalid syntax`)
  const [, sign, digits] = /^([+-]?)(.*)$/.exec(value)!
  const octal = /^0[0-7]+$/.test(digits!)
  const number = Number(octal ? `0o${digits}` : digits)
  if (number > 2 ** 31 - 1) throw new SyntaxError(`strconv.ParseInt: parsing ${quote(value)}: value out of range`)
  return sign === '-' ? -number : number
}
