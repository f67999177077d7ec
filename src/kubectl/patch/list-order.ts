import { isObject, type JsonObject, memberOf } from './json.ts'
import { PatchError } from './patch-error.ts'

/** What identifies an item: its merge key in a list of objects, else the item itself. */
export type Identity = (item: unknown) => unknown

export const identityBy =
  (mergeKey: string | undefined): Identity =>
  (item) =>
    mergeKey === undefined || !isObject(item) ? item : memberOf(item, mergeKey)

/** Position of the first item with each identity. */
export function positions(items: readonly unknown[], identity: Identity): Map<unknown, number> {
  const found = new Map<unknown, number>()
  items.forEach((item, index) => {
    const id = identity(item)
    if (!found.has(id)) found.set(id, index)
  })
  return found
}

/** Items of `patch` and of the live list in one order: each group keeps its own, the live order says how they mix. */
export function interleave(
  patch: readonly unknown[],
  serverOnly: readonly unknown[],
  orders: { patch: readonly unknown[]; server: readonly unknown[] },
  identity: Identity,
): unknown[] {
  const left = sortBy(serverOnly, orders.server, identity)
  const right = sortBy(patch, orders.patch, identity)
  const places = positions(orders.server, identity)
  const before = (l: unknown, r: unknown) => {
    const [li, ri] = [places.get(identity(l)), places.get(identity(r))]
    return li !== undefined && ri !== undefined && li < ri
  }
  const merged: unknown[] = []
  let [i, j] = [0, 0]
  while (i < left.length || j < right.length) {
    const takeLeft = j >= right.length || (i < left.length && before(left[i], right[j]))
    merged.push(takeLeft ? left[i++] : right[j++])
  }
  return merged
}

/** The items in the order of `order`; those that are marked for deletion last. */
export function sortBy(items: readonly unknown[], order: readonly unknown[], identity: Identity): unknown[] {
  const places = positions(order, identity)
  const kept = items.filter((item) => !isDeletion(item))
  const place = (item: unknown) => places.get(identity(item)) ?? -1
  return [...kept.sort((a, b) => place(a) - place(b)), ...items.filter(isDeletion)]
}

export const isDeletion = (item: unknown): boolean => isObject(item) && memberOf(item, '$patch') === 'delete'

/** Splits the items by whether `wanted` names them. */
export function partition(
  items: readonly unknown[],
  wanted: readonly unknown[],
  identity: Identity,
): { named: unknown[]; others: unknown[] } {
  const names = new Set(wanted.map(identity))
  return {
    named: items.filter((item) => names.has(identity(item))),
    others: items.filter((item) => !names.has(identity(item))),
  }
}

function sort(item: unknown): string {
  if (item === null) return 'null'
  return Array.isArray(item) ? 'list' : isObject(item) ? 'object' : typeof item
}

/** All items are objects with the merge key, or none is an object; anything else is an error. */
export function elementsOf(...lists: readonly (readonly unknown[])[]): 'objects' | 'values' {
  const items = lists.flat()
  const first = items[0]
  if (first === undefined) throw new PatchError('no elements in any of the given slices')
  if (sort(first) === 'list') throw new PatchError('lists of lists are not supported', 'Unprocessable')
  if (items.some((item) => sort(item) !== sort(first)))
    throw new PatchError(`list element types are not identical: ${goFormat(lists)}`)
  return sort(first) === 'object' ? 'objects' : 'values'
}

export function requireMergeKey(mergeKey: string, ...lists: readonly (readonly unknown[])[]): void {
  for (const item of lists.flat()) {
    if (!isObject(item)) throw badType('map[string]interface {}', item)
    if (!Object.hasOwn(item, mergeKey)) throw noMergeKey(item, mergeKey)
  }
}

export const noMergeKey = (item: JsonObject, mergeKey: string): PatchError =>
  new PatchError(`map: ${goFormat(item)} does not contain declared merge key: ${mergeKey}`)

export const badType = (expected: string, actual: unknown): PatchError =>
  new PatchError(`expected a ${expected}, but received a ${goType(actual)}`)

function goType(value: unknown): string {
  if (value === null || value === undefined) return '%!s(<nil>)'
  if (Array.isArray(value)) return '[]interface {}'
  if (isObject(value)) return 'map[string]interface {}'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64'
  return typeof value === 'boolean' ? 'bool' : 'string'
}

/** A value as Go's `%v` prints it. */
export function goFormat(value: unknown): string {
  if (value === null || value === undefined) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(goFormat).join(' ')}]`
  if (!isObject(value)) return String(value)
  const members = Object.keys(value).sort()
  return `map[${members.map((name) => `${name}:${goFormat(value[name])}`).join(' ')}]`
}
