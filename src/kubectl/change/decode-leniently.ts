import { decode } from '../../cluster/api.ts'
import { ApiError } from '../../cluster/errors.ts'
import { KubectlError } from '../errors.ts'
import type { JsonObject } from '../patch/json.ts'
import { writeLeniently } from './validation.ts'

const DECODING = / cannot be handled as an? \w+: (.*)$/s

/**
 * An object as the client reads it into its own types: unknown fields are dropped. Throws `KubectlError` for a value of the
 * wrong type.
 */
export function decodeLeniently<T extends JsonObject>(object: T): T {
  const read = (value: unknown): T => {
    decode(value)
    return value as T
  }
  try {
    return writeLeniently(object, 'ignore', read, () => {})
  } catch (error) {
    const message = error instanceof ApiError ? DECODING.exec(error.message)?.[1] : undefined
    throw message === undefined ? error : new KubectlError(message)
  }
}
