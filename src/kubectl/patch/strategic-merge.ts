import { equal } from '../../cluster/delta.ts'
import { checkOrder, liveOrder, ORDER } from './element-order.ts'
import { isObject, type JsonObject, memberOf, sameSort, without, withoutNulls } from './json.ts'
import { mergeLists } from './list-merge.ts'
import { badType, elementsOf, goFormat, identityBy, interleave, partition, requireMergeKey } from './list-order.ts'
import { PatchError } from './patch-error.ts'
import { fieldsOf, type PatchRule, type PatchSchema, ruleOf } from './schema.ts'

const DELETION = '$deleteFromPrimitiveList'
const RETAIN = '$retainKeys'

/**
 * `apply`: the patch meets an object; its directives are carried out and nulls remove. `combine`: it meets another
 * patch; directives and nulls are kept for the object.
 */
type Mode = 'apply' | 'combine'

/**
 * Applies a strategic merge patch as the API server does. Throws `PatchError` in its words for a patch of the wrong
 * form. What is not in the schema is merged by member, lists are replaced.
 */
export const strategicMerge = (original: JsonObject, patch: JsonObject, schema: PatchSchema): JsonObject =>
  mergeObjects(original, patch, schema, 'apply')

/** One patch that does what `first` and then `second` do. */
export const combinePatches = (first: JsonObject, second: JsonObject, schema: PatchSchema): JsonObject =>
  mergeObjects(first, second, schema, 'combine')

function mergeObjects(original: JsonObject, patch: JsonObject, schema: PatchSchema, mode: Mode): JsonObject {
  if (Object.hasOwn(patch, '$patch')) return directed(patch)
  const target = new Map(Object.entries(retained(original, patch, mode)))
  const rest = new Map(Object.entries(without(patch, RETAIN)))
  if (mode === 'combine' && Object.hasOwn(patch, RETAIN)) target.set(RETAIN, patch[RETAIN])
  for (const [name, order] of [...rest])
    if (name.startsWith(ORDER)) mergeOrdered(name, order, target, rest, schema, mode)
  for (const [name, value] of rest) mergeMember(name, value, target, schema, mode)
  return Object.fromEntries(target)
}

function directed(patch: JsonObject): JsonObject {
  if (patch.$patch === 'replace') return without(patch, '$patch')
  if (patch.$patch === 'delete') return {}
  throw new PatchError(`unknown patch type: ${goFormat(patch.$patch)} in map: ${goFormat(patch)}`)
}

/** The members of `original` that `$retainKeys` leaves. */
function retained(original: JsonObject, patch: JsonObject, mode: Mode): JsonObject {
  const list = memberOf(patch, RETAIN)
  if (list === undefined) return original
  if (mode === 'combine') {
    const before = memberOf(original, RETAIN)
    if (before !== undefined && !equal(before, list))
      throw new PatchError(
        `${goFormat(before)} and ${goFormat(list)} are not deep equal: this may happen when calculating the 3-way diff patch`,
      )
    return original
  }
  const malformed = new PatchError('invalid patch format of retainKeys', 'BadRequest')
  if (!Array.isArray(list)) throw malformed
  const kept = new Set<unknown>(list)
  for (const [name, value] of Object.entries(patch)) {
    const isDirective = name === RETAIN || name.startsWith(DELETION) || name.startsWith(ORDER)
    if (value !== null && !isDirective && !kept.has(name)) throw malformed
  }
  return Object.fromEntries(Object.entries(original).filter(([name]) => kept.has(name)))
}

/** Merges one member of the patch into the target. */
function mergeMember(
  name: string,
  value: unknown,
  target: Map<string, unknown>,
  schema: PatchSchema,
  mode: Mode,
): void {
  const isDeletion = name.startsWith(DELETION)
  if (isDeletion && mode === 'combine') {
    target.set(name, value)
    return
  }
  const field = isDeletion ? listName(name, DELETION) : name
  if (value === null) {
    target.delete(field)
    if (mode === 'apply') return
  }
  const current = target.get(field)
  if (current === undefined || !sameSort(current, value)) {
    if (isDeletion) return
    const [kept] = withoutDirectives(mode === 'apply' ? withoutNulls(value) : value)
    if (kept === undefined) target.delete(field)
    else target.set(field, kept)
    return
  }
  const rule = ruleOf(schema, field)
  if (isObject(current) && isObject(value)) target.set(field, mergeObjects(current, value, fieldsOf(rule), mode))
  else if (Array.isArray(current) && Array.isArray(value) && (rule.merge || isDeletion))
    target.set(field, isDeletion ? deleted(current, value) : mergeLists(current, value, rule, itemMerger(rule, mode)))
  else target.set(field, value)
}

const itemMerger = (rule: PatchRule, mode: Mode) => (item: JsonObject, patch: JsonObject) =>
  mergeObjects(item, patch, fieldsOf(rule), mode)

const deleted = (current: readonly unknown[], values: readonly unknown[]): unknown[] =>
  current.filter((item) => !values.includes(item))

/** Carries out (or hands on) `$setElementOrder` together with the list that it orders. */
function mergeOrdered(
  name: string,
  order: unknown,
  target: Map<string, unknown>,
  rest: Map<string, unknown>,
  schema: PatchSchema,
  mode: Mode,
): void {
  rest.delete(name)
  if (mode === 'combine') {
    const before = target.get(name)
    if (before !== undefined && !equal(before, order)) throw malformedOrder()
    target.set(name, order)
  }
  if (!Array.isArray(order)) throw badType('[]interface {}', order)
  const field = listName(name, ORDER)
  const rule = ruleOf(schema, field)
  const [current, change] = [target.get(field), rest.get(field)]
  for (const list of [current, change])
    if (list !== undefined && !Array.isArray(list)) throw badType('[]interface {}', list)
  checkOrder(change as unknown[] | undefined, order, rule)
  if (current === undefined && change === undefined) return
  const merged =
    change === undefined
      ? (current as unknown[])
      : current === undefined
        ? (withoutDirectives(change)[0] as unknown[])
        : mergedLists(current as unknown[], change as unknown[], rule, mode)
  if (rule.mergeKey !== undefined) requireMergeKey(rule.mergeKey, merged, order)
  elementsOf((current as unknown[] | undefined) ?? [], (change as unknown[] | undefined) ?? [])
  const identity = identityBy(rule.mergeKey)
  const { named, others } = partition(merged, order, identity)
  const server = liveOrder((current as unknown[] | undefined) ?? [], (change as unknown[] | undefined) ?? [], rule)
  target.set(field, interleave(named, others, { patch: order, server }, identity))
  rest.delete(field)
}

const mergedLists = (current: unknown[], change: unknown[], rule: PatchRule, mode: Mode): unknown[] =>
  rule.merge ? mergeLists(current, change, rule, itemMerger(rule, mode)) : change

/** The value without what carries a directive; nothing if it carries one itself. */
function withoutDirectives(value: unknown): [kept: unknown] | [] {
  if (Array.isArray(value)) return [value.flatMap((item) => withoutDirectives(item))]
  if (!isObject(value)) return [value]
  if (Object.hasOwn(value, '$patch')) return []
  return [
    Object.fromEntries(
      Object.entries(value).flatMap(([name, member]) => withoutDirectives(member).map((kept) => [name, kept])),
    ),
  ]
}

function listName(name: string, prefix: string): string {
  if (!name.startsWith(`${prefix}/`))
    throw prefix === ORDER ? malformedOrder() : new PatchError('invalid patch format of primitive list', 'BadRequest')
  return name.slice(prefix.length + 1)
}

const malformedOrder = (): PatchError => new PatchError('invalid patch format of setElementOrder list', 'BadRequest')
