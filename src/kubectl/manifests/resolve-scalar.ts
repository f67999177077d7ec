const TRUE = ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']
const FALSE = ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']
const NULL = ['', '~', 'null', 'Null', 'NULL']

const KNOWN: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...TRUE.map((word) => [word, true] as const),
  ...FALSE.map((word) => [word, false] as const),
  ...NULL.map((word) => [word, null] as const),
])

const DATE = /^\d{4}-\d{1,2}-\d{1,2}([Tt ].*)?$/
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|([1-9][0-9]*|0))$/

/**
 * What an unquoted word of YAML stands for, as kubectl's YAML 1.1 library reads it: `yes`, `on` and `y` are true, `010` is
 * eight, `1_000` a thousand, `1:30` and dates are texts.
 */
export function resolveScalar(word: string): string | number | boolean | null {
  const known = KNOWN.get(word)
  if (known !== undefined) return known
  if (!/^[-+.\d]/.test(word) || DATE.test(word)) return word
  const digits = word.replaceAll('_', '')
  const integer = INTEGER.exec(digits)
  if (integer) return signed(integer as unknown as string[])
  return FLOAT.test(digits) && Number.isFinite(Number(digits)) ? Number(digits) : word
}

function signed([, sign, hex, binary, octal, decimal]: string[]): number {
  const value = Number(hex ? `0x${hex}` : binary ? `0b${binary}` : octal ? `0o${octal}` : decimal)
  return sign === '-' && value !== 0 ? -value : value
}
