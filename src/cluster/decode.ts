import { FormError, MismatchError, scalars, wordFor } from './decode-scalar.ts'
import { ApiError, NoMatchError, NotModelledError } from './errors.ts'
import { type FieldType, type Message, messageOf, structOf } from './fields.ts'
import { kinds } from './kinds/index.ts'
import { apiVersionOf, type KindDefinition, type KubeObject } from './object.ts'
import { otherKinds } from './other-kinds.ts'
import { quote } from './quote.ts'

export interface Decoded {
  definition: KindDefinition
  /** As it was sent, without nulls and zero values; the server fills in the rest of the metadata. */
  object: KubeObject
  /** Accepted fields that have no effect here, as paths such as `spec.template.spec.affinity`. */
  ignored: string[]
}

/** The modelled kind that is served under this name, or undefined. */
export const lookupKind = (apiVersion: string, kind: string): KindDefinition | undefined => {
  const definition = Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : undefined
  return definition && apiVersionOf(definition) === apiVersion ? definition : undefined
}

/**
 * Strict decoding of one object as the API server does it (R-ERR-4). Throws NoMatchError for a kind that Kubernetes does
 * not have, NotModelledError for one that it has and the simulation leaves out, and ApiError for a document that does not
 * fit its kind.
 */
export function decode(input: unknown): Decoded {
  if (!isRecord(input))
    throw new ApiError('BadRequest', `couldn't get version/kind; json parse error: ${notObject(input)}`)
  const [apiVersion, kind] = [typeMeta(input, 'apiVersion'), typeMeta(input, 'kind')]
  if (kind === '') throw new ApiError('BadRequest', `Object 'Kind' is missing in '${shown(input)}'`)
  if (apiVersion === '') throw new ApiError('BadRequest', `Object 'apiVersion' is missing in '${shown(input)}'`)
  const definition = lookupKind(apiVersion, kind)
  if (!definition) throw unserved(input, apiVersion, kind)
  const { value, paths } = decodeMessage(input, definition.message, {
    kind,
    apiVersion,
    modelled: [...ALWAYS, ...definition.modelled],
  })
  return { definition, object: { apiVersion, kind, metadata: {}, ...value } as unknown as KubeObject, ignored: paths }
}

function unserved(input: Record<string, unknown>, apiVersion: string, kind: string): Error {
  const other = otherKinds.find(
    (candidate) =>
      candidate.kind === kind && (apiVersionOf(candidate) === apiVersion || candidate.alsoIn === apiVersion),
  )
  if (!other) return new NoMatchError(kind, apiVersion)
  if (other.message && apiVersionOf(other) === apiVersion)
    decodeMessage(input, other.message, { kind, apiVersion, modelled: [''] })
  return new NotModelledError(kind, other.instead)
}

/** What the API server itself handles for every kind. */
const ALWAYS = ['apiVersion', 'kind', 'metadata', 'status']

interface Target {
  kind: string
  apiVersion: string
  modelled: readonly string[]
}

/** Decodes the members of one message; every path of `modelled` is relative to it. */
function decodeMessage(
  input: Record<string, unknown>,
  message: string,
  { kind, apiVersion, modelled }: Target,
): { value: Record<string, unknown>; paths: string[] } {
  const decoder = new Decoder(modelled)
  try {
    const value = decoder.message(input, message)
    const problem = decoder.problem()
    if (problem === undefined) return { value, paths: [...decoder.ignored] }
    throw new FormError(problem, true)
  } catch (error) {
    if (!(error instanceof FormError)) throw error
    const version = apiVersion.slice(apiVersion.indexOf('/') + 1)
    throw new ApiError(
      'BadRequest',
      `${kind} in version ${quote(version)} cannot be handled as a ${kind}: ${error.message}`,
    )
  }
}

type Record_ = Record<string, unknown>

const isRecord = (value: unknown): value is Record_ =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const shown = (input: Record_): string => JSON.stringify(input) ?? ''

const notObject = (input: unknown): string =>
  `json: cannot unmarshal ${wordFor(input, false)} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`

function typeMeta(input: Record_, name: 'apiVersion' | 'kind'): string {
  const value = Object.hasOwn(input, name) ? input[name] : undefined
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  const mismatch = `json: cannot unmarshal ${wordFor(value, false)} into Go struct field .${name} of type string`
  throw new ApiError('BadRequest', `couldn't get version/kind; json parse error: ${mismatch}`)
}

/** Members in the order in which kubectl sends them: sorted by name. */
const members = (value: Record_): [string, unknown][] =>
  Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))

const MOST_STRICT_ERRORS = 100

/** Walks a document along the field table and collects what does not fit. */
class Decoder {
  readonly ignored = new Set<string>()
  readonly #modelled: readonly string[]
  /** Field names down to here, as a message about types prints them. */
  readonly #fields: string[] = []
  /** Path down to here, as a message about unknown fields prints it. */
  #path = ''
  /** The same path with `[]` for every index. */
  #pattern = ''
  #struct = ''
  #mismatch: string | undefined
  readonly #unknown = new Set<string>()

  constructor(modelled: readonly string[]) {
    this.#modelled = modelled
  }

  /** What is wrong with the document, in the API server's words; undefined if nothing is. */
  problem(): string | undefined {
    if (this.#mismatch !== undefined) return this.#mismatch
    if (this.#unknown.size === 0) return undefined
    const fields = [...this.#unknown].slice(0, MOST_STRICT_ERRORS)
    return `strict decoding error: ${fields.map((path) => `unknown field ${quote(path)}`).join(', ')}`
  }

  message(input: Record_, name: string): Record_ {
    const message = messageOf(name) as Message
    const entries: [string, unknown][] = []
    const [fields, struct] = [this.#fields.length, this.#struct]
    for (const [key, member] of members(input)) {
      const field = message.get(key)
      if (!field) {
        this.#unknown.add(this.#path === '' ? key : `${this.#path}.${key}`)
        continue
      }
      this.#fields.push(...field.embedded, key)
      this.#struct = structOf(name)
      const decoded = this.#below(`.${key}`, `.${key}`, () => this.#member(member, field.type))
      if (decoded !== undefined) entries.push([key, decoded])
      this.#fields.length = fields
      this.#struct = struct
    }
    return Object.fromEntries(entries)
  }

  #member(value: unknown, type: FieldType): unknown {
    if (value === null) return undefined
    const decoded = this.#value(value, type)
    return type.pointer || !isZero(decoded, type) ? decoded : undefined
  }

  #below<T>(step: string, pattern: string, walk: () => T): T {
    const [path, before] = [this.#path, this.#pattern]
    this.#path = path === '' ? step.slice(1) : path + step
    this.#pattern = before === '' ? pattern.slice(1) : before + pattern
    if (!this.#pattern.endsWith('[]')) this.#judge()
    const result = walk()
    this.#path = path
    this.#pattern = before
    return result
  }

  /** Notes the topmost field of each branch that has no effect here. */
  #judge(): void {
    const pattern = this.#pattern
    const known = this.#modelled.some((path) => path === '' || covers(path, pattern) || covers(pattern, path))
    if (!known && ![...this.ignored].some((path) => covers(path, pattern))) this.ignored.add(pattern)
  }

  #value(value: unknown, type: FieldType): unknown {
    try {
      if (type.form === 'list') return this.#list(value, type.of, type.go)
      if (type.form === 'map') return this.#map(value, type.of, type.go)
      if (type.form !== 'message') return scalars[type.form]!(value, type)
      if (!isRecord(value)) throw new MismatchError(wordFor(value, false), type.go)
      return this.message(value, type.message)
    } catch (error) {
      return this.#save(error)
    }
  }

  /** Remembers the first value that does not fit and goes on, as the API server's decoder does. */
  #save(error: unknown): undefined {
    if (error instanceof FormError && error.final) throw error
    const message =
      error instanceof MismatchError
        ? `json: cannot unmarshal ${error.word} into Go struct field ${this.#struct}.${this.#fields.join('.')} of type ${error.go}`
        : error instanceof FormError
          ? error.message
          : undefined
    if (message === undefined) throw error
    if (error instanceof MismatchError && error.final) throw new FormError(message, true)
    this.#mismatch ??= message
    return undefined
  }

  #list(value: unknown, of: FieldType, go: string): unknown[] {
    if (!Array.isArray(value)) throw new MismatchError(wordFor(value, false), go)
    return value.map((item: unknown, index) =>
      item === null || item === undefined ? zeroOf(of) : this.#below(`[${index}]`, '[]', () => this.#value(item, of)),
    )
  }

  #map(value: unknown, of: FieldType, go: string): Record_ {
    if (!isRecord(value)) throw new MismatchError(wordFor(value, false), go)
    return Object.fromEntries(
      members(value).map(([key, member]) => [key, member === null ? zeroOf(of) : this.#value(member, of)]),
    )
  }
}

/** True if `path` is `other` or lies above it. */
const covers = (path: string, other: string): boolean =>
  other.startsWith(path) && (other.length === path.length || /^(\.|\[)/.test(other.slice(path.length)))

const zeroOf = ({ form }: FieldType): unknown =>
  form === 'message'
    ? {}
    : form === 'bool'
      ? false
      : form === 'int32' || form === 'int64'
        ? 0
        : form === 'Quantity'
          ? '0'
          : ''

/** Zero values of fields that are no pointers are the same as absent. */
function isZero(value: unknown, { form }: FieldType): boolean {
  if (value === '') return form !== 'IntOrString'
  if (value === 0 || value === false) return true
  if (Array.isArray(value)) return value.length === 0
  return (form === 'map' || form === 'message') && isRecord(value) && Object.keys(value).length === 0
}
