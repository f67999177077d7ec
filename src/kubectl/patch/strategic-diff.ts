import { equal } from '../../cluster/delta.ts'
import { isObject, type JsonObject, memberOf } from './json.ts'
import { elementsOf, goFormat, type Identity, identityBy, requireMergeKey, sortBy } from './list-order.ts'
import { fieldsOf, type PatchRule, type PatchSchema, ruleOf } from './schema.ts'

/** Which part of the difference is wanted. */
export interface DiffOptions {
  readonly additions: boolean
  readonly deletions: boolean
}

/**
 * The strategic merge patch that turns `original` into `modified`: null removes a member, `$patch: delete` an item,
 * `$deleteFromPrimitiveList` a value; `$setElementOrder` and `$retainKeys` say the rest. Empty if nothing differs.
 */
export const strategicDiff = (
  original: JsonObject,
  modified: JsonObject,
  schema: PatchSchema,
  options: DiffOptions = { additions: true, deletions: true },
): JsonObject => diffObjects(original, modified, schema, options, false)

function diffObjects(
  original: JsonObject,
  modified: JsonObject,
  schema: PatchSchema,
  options: DiffOptions,
  retainKeys: boolean,
): JsonObject {
  const patch = new Map<string, unknown>()
  for (const [name, value] of Object.entries(modified)) {
    const before = memberOf(original, name)
    const rule = ruleOf(schema, name)
    if (isObject(before) && isObject(value)) {
      const inner = diffObjects(before, value, fieldsOf(rule), options, rule.retainKeys === true)
      if (Object.keys(inner).length > 0) patch.set(name, inner)
    } else if (Array.isArray(before) && Array.isArray(value) && rule.merge) {
      for (const [member, part] of diffLists(name, before, value, rule, options)) patch.set(member, part)
    } else if (options.additions && !equal(before, value)) patch.set(name, value)
  }
  const gone = Object.keys(original).filter((name) => !Object.hasOwn(modified, name))
  if (options.deletions) for (const name of gone) patch.set(name, null)
  if (retainKeys && (patch.size > 0 || gone.some((name) => original[name] !== null))) {
    const kept = Object.keys(modified).filter((name) => modified[name] !== null)
    if (kept.length > 0) patch.set('$retainKeys', kept.sort())
  }
  return Object.fromEntries(patch)
}

/** The members of the patch that tell how a merged list changes. */
function diffLists(
  name: string,
  original: readonly unknown[],
  modified: readonly unknown[],
  rule: PatchRule,
  options: DiffOptions,
): [string, unknown][] {
  if (original.length === 0) return modified.length > 0 && options.additions ? [[name, modified]] : []
  const identity = identityBy(rule.mergeKey)
  const objects = elementsOf(original, modified) === 'objects'
  const { patch, deleted } = objects
    ? diffItems(original as JsonObject[], modified as JsonObject[], rule, options)
    : diffValues(original, modified, options)
  const items = objects ? [...sortBy(patch, modified, identity), ...deleted] : sortBy(patch, modified, identity)
  const reordered = objects ? !sameOrder(original, modified, identity) : !equal([...original].sort(byText), modified)
  const ordered =
    (options.additions && (reordered || (objects && items.length > 0))) ||
    (options.deletions && (objects ? items.length > 0 : deleted.length > 0))
  return [
    ...(items.length > 0 ? ([[name, items]] as [string, unknown][]) : []),
    ...(!objects && deleted.length > 0 ? ([[`$deleteFromPrimitiveList/${name}`, deleted]] as [string, unknown][]) : []),
    ...(ordered && modified.length > 0
      ? ([[`$setElementOrder/${name}`, objects ? modified.map((item) => keyOnly(item, rule)) : modified]] as [
          string,
          unknown,
        ][])
      : []),
  ]
}

const keyOnly = (item: unknown, rule: PatchRule): unknown => ({
  [rule.mergeKey!]: memberOf(item as JsonObject, rule.mergeKey!),
})

const sameOrder = (original: readonly unknown[], modified: readonly unknown[], identity: Identity): boolean =>
  original.length === modified.length && original.every((item, at) => identity(item) === identity(modified[at]))

/** Pairs the items by merge key, both lists sorted by it, as the Go code walks them. */
function diffItems(
  original: readonly JsonObject[],
  modified: readonly JsonObject[],
  rule: PatchRule,
  options: DiffOptions,
): { patch: unknown[]; deleted: unknown[] } {
  const mergeKey = rule.mergeKey!
  requireMergeKey(mergeKey, original, modified)
  const byKey = (a: JsonObject, b: JsonObject) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0)
  const text = (item: JsonObject) => goFormat(item[mergeKey])
  const [left, right] = [[...original].sort(byKey), [...modified].sort(byKey)]
  const patch: unknown[] = []
  const deleted: unknown[] = []
  let [i, j] = [0, 0]
  while (i < left.length || j < right.length) {
    const [before, after] = [left[i], right[j]]
    if (before && after && text(before) === text(after)) {
      const inner = diffObjects(before, after, fieldsOf(rule), options, rule.retainKeys === true)
      if (Object.keys(inner).length > 0) patch.push({ ...inner, [mergeKey]: after[mergeKey] })
      i += 1
      j += 1
    } else if (after && (!before || text(before) > text(after))) {
      if (options.additions) patch.push(after)
      j += 1
    } else {
      if (options.deletions) deleted.push({ [mergeKey]: before![mergeKey], $patch: 'delete' })
      i += 1
    }
  }
  return { patch, deleted }
}

function diffValues(
  original: readonly unknown[],
  modified: readonly unknown[],
  options: DiffOptions,
): { patch: unknown[]; deleted: unknown[] } {
  const [left, right] = [counted(original), counted(modified)]
  const surplus = (of: Map<unknown, number>, other: Map<unknown, number>) =>
    [...of].flatMap(([value, times]) =>
      Array.from({ length: Math.max(0, times - (other.get(value) ?? 0)) }, () => value),
    )
  return {
    patch: options.additions ? surplus(right, left).sort(byText) : [],
    deleted: options.deletions ? [...new Set(surplus(left, right))].sort(byText) : [],
  }
}

const byText = (a: unknown, b: unknown): number => (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0)

function counted(values: readonly unknown[]): Map<unknown, number> {
  const counts = new Map<unknown, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}
