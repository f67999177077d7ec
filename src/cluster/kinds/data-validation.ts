import { equal } from '../delta.ts'
import type { FieldError } from '../errors.ts'
import { configKeyErrors } from '../names.ts'
import { forbidden, invalidValues } from '../validation.ts'

/** ConfigMaps and Secrets hold at most this much. */
export const DATA_BYTES = 1024 * 1024

const FROZEN = 'field is immutable when `immutable` is set'

/** Keys of the data of ConfigMaps and Secrets. */
export const validateKeys = (data: Readonly<Record<string, unknown>> | undefined, path: string): FieldError[] =>
  Object.keys(data ?? {}).flatMap((key) => invalidValues(`${path}[${key}]`, key, configKeyErrors(key)))

/** What an object that was declared immutable does not allow any more. */
export function validateImmutable<T extends { immutable?: boolean }>(
  next: T,
  previous: T | undefined,
  fields: readonly (keyof T & string)[],
): FieldError[] {
  if (!previous?.immutable) return []
  const changed = fields.filter((field) => !equal(next[field] ?? {}, previous[field] ?? {}))
  return [
    ...(next.immutable ? [] : [forbidden('immutable', FROZEN)]),
    ...changed.map((field) => forbidden(field, FROZEN)),
  ]
}
