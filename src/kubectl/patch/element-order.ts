import { isObject, type JsonObject } from './json.ts'
import { goFormat, identityBy, isDeletion, positions } from './list-order.ts'
import { PatchError } from './patch-error.ts'
import type { PatchRule } from './schema.ts'

/** Name of the directive that gives a list its order: `$setElementOrder/LIST`. */
export const ORDER = '$setElementOrder'

/** The items of the patch must stand in the order that `$setElementOrder` gives. */
export function checkOrder(change: readonly unknown[] | undefined, order: readonly unknown[], rule: PatchRule): void {
  if (!change || change.length === 0 || order.length === 0) return
  const identity = identityBy(rule.mergeKey)
  const items = change.filter((item) => !isDeletion(item))
  let [at, place] = [0, 0]
  while (at < items.length && place < order.length) {
    const isDirective = isObject(items[at]) && Object.hasOwn(items[at] as JsonObject, '$patch')
    if (isDirective || identity(items[at]) === identity(order[place])) at += 1
    if (!isDirective) place += 1
  }
  if (at < items.length && place >= order.length)
    throw new PatchError(
      `The order in patch list:\n${goFormat(change)}\n doesn't match ${ORDER} list:\n${goFormat(order)}\n`,
    )
}

/**
 * The order of the live list as the API server sees it when it mixes the items: it deletes and appends in place, so
 * that added items stand where deleted ones were.
 */
export function liveOrder(
  current: readonly unknown[],
  change: readonly unknown[],
  rule: PatchRule,
): readonly unknown[] {
  if (!rule.merge || rule.mergeKey === undefined) return current
  const identity = identityBy(rule.mergeKey)
  const gone = new Set(change.filter(isDeletion).map(identity))
  const kept = current.filter((item) => !gone.has(identity(item)))
  const known = positions(kept, identity)
  const added = change.filter((item) => !Object.hasOwn(item as JsonObject, '$patch') && !known.has(identity(item)))
  return [...kept, ...added.slice(0, current.length - kept.length)]
}
