/**
 * The difference between two JSON values, small enough to be kept. `apply(base, diff(value, base))` is `value`.
 *
 * - `{ v }`       the value itself
 * - `{ p?, x? }`  an object: members that differ (deltas), names that only the base has
 * - `{ a }`       an array: each item is the index of an equal item of the base, or `{ v }`, or `[index, delta]`
 */
export type Delta =
  | { v: unknown }
  | { p?: Record<string, Delta>; x?: string[] }
  | { a: (number | { v: unknown } | [number, Delta])[] }

type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** True if two JSON values are the same, whatever the order of their members. */
export function equal(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (Array.isArray(left))
    return (
      Array.isArray(right) && left.length === right.length && left.every((value, index) => equal(value, right[index]))
    )
  if (!isObject(left) || !isObject(right)) return false
  const names = Object.keys(left).filter((name) => left[name] !== undefined)
  if (names.length !== Object.keys(right).filter((name) => right[name] !== undefined).length) return false
  return names.every((name) => Object.hasOwn(right, name) && equal(left[name], right[name]))
}

/** How to get `value` from `base`; undefined if they are equal. */
export function diff(value: unknown, base: unknown): Delta | undefined {
  if (equal(value, base)) return undefined
  if (Array.isArray(value) && Array.isArray(base)) return { a: diffItems(value, base) }
  if (!isObject(value) || !isObject(base)) return { v: value }
  const members: [string, Delta][] = []
  for (const name of Object.keys(value)) {
    const member = Object.hasOwn(base, name) ? diff(value[name], base[name]) : { v: value[name] }
    if (member) members.push([name, member])
  }
  const gone = Object.keys(base).filter((name) => !Object.hasOwn(value, name))
  return {
    ...(members.length > 0 && { p: Object.fromEntries(members) }),
    ...(gone.length > 0 && { x: gone }),
  }
}

function diffItems(value: unknown[], base: unknown[]): (number | { v: unknown } | [number, Delta])[] {
  const positions = new Map(base.map((item, index) => [JSON.stringify(item), index]))
  return value.map((item, index) => {
    const same = positions.get(JSON.stringify(item))
    if (same !== undefined) return same
    const neighbour = base[index]
    if (!isObject(item) || !isObject(neighbour)) return { v: item }
    const change = diff(item, neighbour)
    return change === undefined ? index : [index, change]
  })
}

/** The value that `delta` was made for. Throws if the delta does not fit the base. */
export function apply(base: unknown, delta: Delta): unknown {
  if ('v' in delta) return delta.v
  if ('a' in delta) {
    if (!Array.isArray(base)) throw new Error('a list delta needs a list')
    return delta.a.map((item) => {
      if (typeof item === 'number') return base[item]
      return Array.isArray(item) ? apply(base[item[0]], item[1]) : item.v
    })
  }
  if (!isObject(base)) throw new Error('an object delta needs an object')
  const gone = new Set(delta.x)
  const kept = Object.entries(base).filter(([name]) => !gone.has(name))
  const changed = Object.entries(delta.p ?? {}).map(
    ([name, member]) => [name, apply(Object.hasOwn(base, name) ? base[name] : undefined, member)] as const,
  )
  return Object.fromEntries([...kept, ...changed])
}
