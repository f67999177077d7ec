import { ApiError } from '../../cluster/errors.ts'
import { quote } from '../../cluster/quote.ts'
import { KubectlError } from '../errors.ts'
import { isObject } from '../patch/json.ts'

/** What is done about fields that Kubernetes does not have. */
export type Validation = 'strict' | 'warn' | 'ignore'

const LEVELS: ReadonlyMap<string, Validation> = new Map([
  ['strict', 'strict'],
  ['warn', 'warn'],
  ['ignore', 'ignore'],
  ...['1', 't', 'T', 'TRUE', 'true', 'True'].map((word) => [word, 'strict'] as const),
  ...['0', 'f', 'F', 'FALSE', 'false', 'False'].map((word) => [word, 'ignore'] as const),
])

/** What `--validate` asks for. */
export function validationOf(flag: string): Validation {
  const level = LEVELS.get(flag)
  if (level !== undefined) return level
  throw new KubectlError(
    `invalid - validate option ${quote(flag)}; must be one of: strict (or true), warn, ignore (or false)`,
  )
}

const STRICT = /strict decoding error: (unknown field .*)$/

/**
 * Writes an object; with a lenient validation, fields that Kubernetes does not have are dropped, as an API server does
 * that was not asked to be strict. Each is told to `warn` where the validation says so.
 */
export function writeLeniently<T>(
  object: unknown,
  validation: Validation,
  write: (object: unknown) => T,
  warn: (text: string) => void,
): T {
  for (let current = object; ; ) {
    try {
      return write(current)
    } catch (error) {
      const unknown = error instanceof ApiError ? unknownFields(error) : []
      if (validation === 'strict' || unknown.length === 0) throw error
      if (validation === 'warn') for (const path of unknown) warn(`unknown field ${quote(path)}`)
      current = withoutFields(current, new Set(unknown), '')
    }
  }
}

const unknownFields = ({ message }: ApiError): string[] =>
  [...(STRICT.exec(message)?.[1] ?? '').matchAll(/unknown field ("(?:[^"\\]|\\.)*")/g)].map(
    ([, quoted]) => JSON.parse(quoted!) as string,
  )

function withoutFields(value: unknown, paths: ReadonlySet<string>, path: string): unknown {
  if (Array.isArray(value)) return value.map((item, index) => withoutFields(item, paths, `${path}[${index}]`))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const below = path === '' ? name : `${path}.${name}`
      return paths.has(below) ? [] : [[name, withoutFields(member, paths, below)]]
    }),
  )
}
