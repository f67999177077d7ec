/** What kind of mistake a field error is; the words are the API server's (R-ERR-1). */
export type FieldErrorType =
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

/** `PATH: TYPE: VALUE: DETAIL`, without the value where the API server leaves it out (R-ERR-1). */
export function formatFieldError(error: FieldError): string {
  const parts: string[] = [error.path, error.type]
  if (!VALUELESS.includes(error.type)) parts.push(JSON.stringify(error.value) ?? '""')
  if (error.detail) parts.push(error.detail)
  return parts.join(': ')
}

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

export const notFound = (resource: string, name: string): ApiError =>
  new ApiError('NotFound', `${resource} "${name}" not found`)

export const alreadyExists = (resource: string, name: string): ApiError =>
  new ApiError('AlreadyExists', `${resource} "${name}" already exists`)

/** All problems of one object together (R-ERR-2). */
export const invalid = (kind: string, name: string, causes: FieldError[]): ApiError =>
  new ApiError('Invalid', `${kind} "${name}" is invalid: ${causes.map(formatFieldError).join(', ')}`, {
    kind,
    name,
    causes,
  })
