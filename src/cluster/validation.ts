import type { FieldError } from './errors.ts'
import { quote } from './quote.ts'

/**
 * Constructors of field errors, in the order in which the API server's own package declares them (R-ERR-1).
 */
export const required = (path: string, detail?: string): FieldError => ({
  path,
  type: 'Required value',
  ...(detail && { detail }),
})

export const invalidValue = (path: string, value: unknown, detail: string): FieldError => ({
  path,
  type: 'Invalid value',
  value,
  detail,
})

/** One error for each message that a validator of `names.ts` returned. */
export const invalidValues = (path: string, value: unknown, messages: readonly string[]): FieldError[] =>
  messages.map((message) => invalidValue(path, value, message))

export const unsupported = (path: string, value: unknown, supported: readonly string[]): FieldError => ({
  path,
  type: 'Unsupported value',
  value,
  ...(supported.length > 0 && { detail: `supported values: ${supported.map(quote).join(', ')}` }),
})

export const duplicate = (path: string, value: unknown): FieldError => ({ path, type: 'Duplicate value', value })

export const forbidden = (path: string, detail: string): FieldError => ({ path, type: 'Forbidden', detail })

export const notFoundAt = (path: string, value: unknown): FieldError => ({ path, type: 'Not found', value })

export const tooLong = (path: string, bytes: number): FieldError => ({
  path,
  type: 'Too long',
  detail: `may not be more than ${bytes} bytes`,
})

export const tooMany = (path: string, actual: number, most: number): FieldError => ({
  path,
  type: 'Too many',
  value: actual,
  detail: `must have at most ${most} ${most === 1 ? 'item' : 'items'}`,
})

export const IMMUTABLE = 'field is immutable'

export const notNegative = (path: string, value: number | undefined): FieldError[] =>
  value !== undefined && value < 0 ? [invalidValue(path, value, 'must be greater than or equal to 0')] : []
