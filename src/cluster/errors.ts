import { goJson, quote } from './quote.ts'

/** What kind of mistake a field error is; the words are the API server's (R-ERR-1). */
type FieldErrorType =
  | 'Required value'
  | 'Invalid value'
  | 'Unsupported value'
  | 'Duplicate value'
  | 'Forbidden'
  | 'Too long'
  | 'Too many'
  | 'Not found'

/** One problem of one field. */
export interface FieldError {
  path: string
  type: FieldErrorType
  value?: unknown
  detail?: string
}

const VALUELESS: readonly FieldErrorType[] = ['Required value', 'Forbidden', 'Too long']

/** `TYPE: VALUE: DETAIL`, without the value where the API server leaves it out (R-ERR-1). */
export function formatFieldErrorBody({ type, value, detail }: FieldError): string {
  const parts: string[] = [type]
  if (!VALUELESS.includes(type)) parts.push(typeof value === 'string' ? quote(value) : goJson(value))
  if (detail) parts.push(detail)
  return parts.join(': ')
}

/** `PATH: TYPE: VALUE: DETAIL` (R-ERR-1). */
export const formatFieldError = (error: FieldError): string => `${error.path}: ${formatFieldErrorBody(error)}`

/** A field because of which the API server has refused an object. */
export interface Refusal {
  kind: string
  /** As its message names it: `spec.ports[0].nodePort`. */
  path: string
}

/** The fields that errors blame. */
export const refusalsIn = (errors: readonly unknown[]): Refusal[] =>
  errors.flatMap((error) =>
    error instanceof ApiError && error.invalid
      ? error.invalid.causes.map(({ path }) => ({ kind: error.invalid!.kind, path }))
      : [],
  )

export type StatusReason =
  | 'NotFound'
  | 'AlreadyExists'
  | 'Forbidden'
  | 'Invalid'
  | 'BadRequest'
  | 'Conflict'
  | 'MethodNotAllowed'
  | 'InternalError'

/** A refusal by the API server: kubectl prints it as R-ERR-2 and R-ERR-3 say. Nothing has been stored. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly reason: StatusReason
  /** For reason Invalid: the kind and name of the object, and every problem. */
  readonly invalid: { kind: string; name: string; causes: FieldError[] } | undefined

  constructor(reason: StatusReason, message: string, invalid?: { kind: string; name: string; causes: FieldError[] }) {
    super(message)
    this.reason = reason
    this.invalid = invalid
  }
}

/** The API server serves no such kind under that version: `no matches for kind "X" in version "Y"` (R-ERR-5). */
export class NoMatchError extends Error {
  override readonly name = 'NoMatchError'
  readonly kind: string
  readonly apiVersion: string

  constructor(kind: string, apiVersion: string) {
    super(`no matches for kind ${quote(kind)} in version ${quote(apiVersion)}`)
    this.kind = kind
    this.apiVersion = apiVersion
  }
}

/** A kind or feature that Kubernetes has and the simulation leaves out; `instead` says what a real cluster would do. */
export class NotModelledError extends Error {
  override readonly name = 'NotModelledError'
  readonly what: string
  readonly instead: string

  constructor(what: string, instead: string) {
    super(`${what} is not modelled here. ${instead}`)
    this.what = what
    this.instead = instead
  }
}

export const notFound = (resource: string, name: string): ApiError =>
  new ApiError('NotFound', `${resource} ${quote(name)} not found`)

export const alreadyExists = (resource: string, name: string): ApiError =>
  new ApiError('AlreadyExists', `${resource} ${quote(name)} already exists`)

/** All problems of one object together (R-ERR-2). The message names the kind with its group, as `Deployment.apps`. */
export function invalid(kind: string, name: string, causes: FieldError[], group = ''): ApiError {
  const texts = [...new Set(causes.map(formatFieldError))]
  const all = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`
  const qualified = group === '' ? kind : `${kind}.${group}`
  return new ApiError('Invalid', `${qualified} ${quote(name)} is invalid: ${all}`, { kind, name, causes })
}
