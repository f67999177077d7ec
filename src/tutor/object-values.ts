import type { Condition } from './check.ts'
import { fill, type Scope } from './value.ts'

/** All values at a dotted path; `name[]` goes into every item of a list, `\.` is a dot within a name. */
export function valuesAt(value: unknown, path: string): unknown[] {
  let values: unknown[] = [value]
  for (const part of path.split(/(?<!\\)\./)) {
    const name = part.replaceAll('\\.', '.').replace(/\[\]$/, '')
    values = values.flatMap((item) => {
      if (typeof item !== 'object' || item === null || !Object.hasOwn(item, name)) return []
      const member = (item as Record<string, unknown>)[name]
      return part.endsWith('[]') ? (Array.isArray(member) ? member : []) : [member]
    })
  }
  return values
}

/** Whether the values at the condition's path are what it asks for. Texts in it may hold templates. */
export function meetsCondition(object: unknown, condition: Condition, scope: Scope): boolean {
  const values = valuesAt(object, condition.path)
  const { eq, ne, in: oneOf, gt, present } = condition
  const isOne = (wanted: unknown) =>
    values.some((value) => String(value) === (typeof wanted === 'string' ? fill(wanted, scope) : String(wanted)))
  if (present !== undefined) return values.length > 0 === present
  if (eq !== undefined) return isOne(eq)
  if (ne !== undefined) return !isOne(ne)
  if (oneOf !== undefined) return oneOf.some(isOne)
  return values.some((value) => Number(value) > (gt ?? 0))
}
