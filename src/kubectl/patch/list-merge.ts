import { type JsonObject, memberOf } from './json.ts'
import {
  elementsOf,
  goFormat,
  identityBy,
  interleave,
  noMergeKey,
  partition,
  positions,
  requireMergeKey,
} from './list-order.ts'
import { PatchError } from './patch-error.ts'
import type { PatchRule } from './schema.ts'

/** How two items with the same merge key become one. */
type MergeItem = (item: JsonObject, patch: JsonObject) => JsonObject

/** Merges a list by its rule: values as a set, objects by merge key; the patch gives the order of what it names. */
export function mergeLists(
  original: readonly unknown[],
  patch: readonly unknown[],
  rule: PatchRule,
  mergeItem: MergeItem,
): unknown[] {
  if (original.length === 0 && patch.length === 0) return []
  const identity = identityBy(rule.mergeKey)
  if (elementsOf(original, patch) === 'values') {
    const { named, others } = partition([...new Set([...original, ...patch])], patch, identity)
    return interleave(named, others, { patch, server: original }, identity)
  }
  const { base, changes } = specialItems(original as JsonObject[], patch as JsonObject[], rule.mergeKey!)
  const merged = mergeItems(base, changes, rule, mergeItem)
  requireMergeKey(rule.mergeKey!, merged)
  const { named, others } = partition(merged, changes, identity)
  return interleave(named, others, { patch: changes, server: base }, identity)
}

/** Carries out `$patch` directives among the items; returns what is left on both sides. */
function specialItems(
  original: readonly JsonObject[],
  patch: readonly JsonObject[],
  mergeKey: string,
): { base: readonly JsonObject[]; changes: readonly JsonObject[] } {
  const special = patch.filter((item) => Object.hasOwn(item, '$patch'))
  const changes = patch.filter((item) => !Object.hasOwn(item, '$patch'))
  const gone = new Set<unknown>()
  for (const item of special) {
    if (item.$patch === 'delete') {
      if (!Object.hasOwn(item, mergeKey)) throw noMergeKey(item, mergeKey)
      gone.add(item[mergeKey])
    } else if (item.$patch === 'merge') throw new PatchError('merging lists cannot yet be specified in the patch')
    else if (item.$patch !== 'replace')
      throw new PatchError(`unknown patch type: ${goFormat(item.$patch)} in map: ${goFormat(item)}`)
  }
  if (special.some((item) => item.$patch === 'replace')) return { base: changes, changes: [] }
  return { base: original.filter((item) => !gone.has(memberOf(item, mergeKey))), changes }
}

function mergeItems(
  original: readonly JsonObject[],
  patch: readonly JsonObject[],
  rule: PatchRule,
  mergeItem: MergeItem,
): JsonObject[] {
  const identity = identityBy(rule.mergeKey)
  const places = positions(original, identity)
  const merged = [...original]
  for (const item of patch) {
    if (!Object.hasOwn(item, rule.mergeKey!)) throw noMergeKey(item, rule.mergeKey!)
    const place = places.get(identity(item))
    if (place !== undefined) merged[place] = mergeItem(merged[place]!, item)
    else {
      places.set(identity(item), merged.length)
      merged.push(item)
    }
  }
  return merged
}
