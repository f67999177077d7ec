import { isObject, type JsonObject, memberOf } from './json.ts'

/** Applies a JSON merge patch (RFC 7386): null removes, an object merges, anything else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const result = new Map(isObject(target) ? Object.entries(target) : [])
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) result.delete(name)
    else result.set(name, mergePatch(result.get(name), value))
  }
  return Object.fromEntries(result)
}

/** The merge patch that turns `original` into `modified` (neither may hold null); empty if they are equal. */
export function mergeDiff(original: JsonObject, modified: JsonObject, equal: Equal): JsonObject {
  const patch = new Map<string, unknown>()
  for (const [name, value] of Object.entries(modified)) {
    const before = memberOf(original, name)
    if (isObject(before) && isObject(value)) {
      const inner = mergeDiff(before, value, equal)
      if (Object.keys(inner).length > 0) patch.set(name, inner)
    } else if (!equal(before, value)) patch.set(name, value)
  }
  for (const name of Object.keys(original)) if (!Object.hasOwn(modified, name)) patch.set(name, null)
  return Object.fromEntries(patch)
}

type Equal = (left: unknown, right: unknown) => boolean
