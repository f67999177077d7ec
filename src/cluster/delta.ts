/**
 * The difference between two JSON values, small enough to be kept. `apply(base, diff(value, base))` is `value`. The
 * order of members plays no part: a delta is the same whatever it was, and what is rebuilt has them sorted by name.
 *
 * - `[value]`        the value itself
 * - `[]`             a member that only the base has
 * - `[items, 0]`     an array: each item is the index of an equal item of the base, a run `[from, to]` of such, a new
 *                    item `[value]`, or a changed one `[index, delta, 0]`
 * - `{ name: … }`    an object: the deltas of the members that differ
 */
export type Delta = [] | [unknown] | [Item[], 0] | { [name: string]: Delta }

type Item = number | [from: number, to: number] | [unknown] | [index: number, delta: Delta, mark: 0]

type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** True if two JSON values are the same, whatever the order of their members. A member without value is no member. */
export function equal(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (Array.isArray(left))
    return (
      Array.isArray(right) && left.length === right.length && left.every((value, index) => equal(value, right[index]))
    )
  if (!isObject(left) || !isObject(right)) return false
  let members = 0
  for (const name of Object.keys(left)) {
    if (left[name] === undefined) continue
    if (!Object.hasOwn(right, name) || !equal(left[name], right[name])) return false
    members += 1
  }
  for (const name of Object.keys(right)) if (right[name] !== undefined) members -= 1
  return members === 0
}

/** The same value with the members of every object sorted by name. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name])]),
  )
}

/** How to get `value` from `base`; undefined if they are equal. */
export function diff(value: unknown, base: unknown): Delta | undefined {
  if (equal(value, base)) return undefined
  if (Array.isArray(value) && Array.isArray(base)) return [diffItems(value, base), 0]
  if (!isObject(value) || !isObject(base)) return [sorted(value)]
  const members: [string, Delta][] = []
  for (const name of new Set([...Object.keys(value), ...Object.keys(base)].sort())) {
    const member = Object.hasOwn(value, name) ? memberDelta(value[name], base, name) : ([] as [])
    if (member) members.push([name, member])
  }
  return Object.fromEntries(members)
}

const memberDelta = (value: unknown, base: Json, name: string): Delta | undefined =>
  Object.hasOwn(base, name) ? diff(value, base[name]) : [sorted(value)]

function diffItems(value: readonly unknown[], base: readonly unknown[]): Item[] {
  const text = (item: unknown) => JSON.stringify(sorted(item))
  const positions = new Map(base.map((item, index) => [text(item), index]))
  const items: Item[] = []
  for (const [index, item] of value.entries()) {
    const same = positions.get(text(item))
    if (same !== undefined) addIndex(items, same)
    else items.push(changedItem(item, base[index], index))
  }
  return items
}

function changedItem(item: unknown, neighbour: unknown, index: number): Item {
  const change = isObject(item) && isObject(neighbour) ? diff(item, neighbour) : undefined
  return change ? [index, change, 0] : [sorted(item)]
}

/** Adds the index of an item that stayed; neighbours in the base become a run. */
function addIndex(items: Item[], index: number): void {
  const last = items.at(-1)
  if (typeof last === 'number' && index === last + 1) items[items.length - 1] = [last, index]
  else if (Array.isArray(last) && last.length === 2 && index === last[1] + 1) items[items.length - 1] = [last[0], index]
  else items.push(index)
}

/** The value that `delta` was made for. Throws if the delta does not fit the base. */
export const apply = (base: unknown, delta: Delta): unknown => sorted(rebuild(base, delta))

function rebuild(base: unknown, delta: Delta): unknown {
  if (Array.isArray(delta)) {
    if (delta.length === 1) return delta[0]
    if (delta.length === 0 || !Array.isArray(base)) throw new Error('the delta of a list needs a list')
    return delta[0].flatMap((item) => applyItem(base, item))
  }
  if (!isObject(base)) throw new Error('the delta of an object needs an object')
  const members = new Map(Object.entries(base))
  for (const [name, member] of Object.entries(delta))
    if (isGone(member)) members.delete(name)
    else members.set(name, rebuild(Object.hasOwn(base, name) ? base[name] : undefined, member))
  return Object.fromEntries(members)
}

const isGone = (delta: Delta): delta is [] => Array.isArray(delta) && delta.length === 0

function applyItem(base: readonly unknown[], item: Item): unknown[] {
  if (typeof item === 'number') return [base[item]]
  if (item.length === 1) return [item[0]]
  return item.length === 2 ? base.slice(item[0], item[1] + 1) : [rebuild(base[item[0]], item[1])]
}
