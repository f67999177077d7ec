import { equal } from '../../cluster/delta.ts'
import { isObject, type JsonObject } from './json.ts'
import { mergeDiff } from './merge-patch.ts'
import type { PatchSchema } from './schema.ts'
import { strategicDiff } from './strategic-diff.ts'
import { combinePatches } from './strategic-merge.ts'

/** The three versions that `kubectl apply` compares. */
export interface Versions {
  /** What was applied last time. */
  readonly original: JsonObject
  /** What is applied this time. */
  readonly modified: JsonObject
  /** What the cluster holds. */
  readonly current: JsonObject
}

/**
 * The strategic merge patch of `kubectl apply`: what `modified` adds or changes in `current`, and the removal of what
 * `original` had and `modified` has no more. What others have added to `current` stays.
 */
export function threeWayPatch({ original, modified, current }: Versions, schema: PatchSchema): JsonObject {
  const changes = strategicDiff(current, modified, schema, { additions: true, deletions: false })
  const removals = strategicDiff(original, modified, schema, { additions: false, deletions: true })
  return combinePatches(removals, changes, schema)
}

/** The same for custom resources, as a JSON merge patch. */
export function threeWayMergePatch({ original, modified, current }: Versions): JsonObject {
  const changes = filterNulls(mergeDiff(current, modified, equal), 'without')
  const removals = filterNulls(mergeDiff(original, modified, equal), 'only')
  return combine(removals, changes)
}

/** Keeps the nulls of a merge patch, or everything else. */
function filterNulls(patch: JsonObject, keep: 'only' | 'without'): JsonObject {
  const members = Object.entries(patch).flatMap(([name, value]): [string, unknown][] => {
    if (value === null) return keep === 'only' ? [[name, null]] : []
    if (!isObject(value) || Object.keys(value).length === 0) return keep === 'without' ? [[name, value]] : []
    const inner = filterNulls(value, keep)
    return Object.keys(inner).length > 0 ? [[name, inner]] : []
  })
  return Object.fromEntries(members)
}

/** A merge patch with the members of both; nulls stay. */
function combine(first: JsonObject, second: JsonObject): JsonObject {
  const merged = new Map(Object.entries(first))
  for (const [name, value] of Object.entries(second)) {
    const before = merged.get(name)
    merged.set(name, isObject(before) && isObject(value) ? combine(before, value) : value)
  }
  return Object.fromEntries(merged)
}
