import { compareQuantities, parseQuantity, QuantityError } from '../cluster/quantity.ts'
import { KubectlError } from './errors.ts'
import { relaxedPath } from './output/custom-columns.ts'
import { compareText, type Json, sorted } from './output/json.ts'
import { JsonPath, JsonPathError } from './output/jsonpath.ts'

/**
 * The items in the order of what the path of `--sort-by` finds in their objects; those without it come first. Throws
 * `KubectlError` where the path cannot be read or no object has it.
 */
export function sortBy<T>(items: readonly T[], path: string, objectOf: (item: T) => unknown): T[] {
  const expression = relaxedPath(path)
  const keyed = items.map((item) => ({ item, key: keyOf(expression, sorted(objectOf(item))) }))
  if (items.length > 0 && keyed.every(({ key }) => key === undefined))
    throw new KubectlError(`couldn't find any field with path "${expression}" in the list of objects`)
  return keyed.sort((left, right) => compare(left.key, right.key)).map(({ item }) => item)
}

function keyOf(expression: string, object: Json): Json | undefined {
  try {
    return new JsonPath(expression).find(object)[0]?.[0]
  } catch (error) {
    throw error instanceof JsonPathError ? new KubectlError(`sorting error: ${error.message}`) : error
  }
}

function compare(left: Json | undefined, right: Json | undefined): number {
  if (left === undefined || right === undefined) return Number(left !== undefined) - Number(right !== undefined)
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left !== 'string' || typeof right !== 'string') return 0
  return isQuantity(left) && isQuantity(right) ? compareQuantities(left, right) : compareText(left, right)
}

/** Texts that are amounts of a resource are compared as such: `64Mi` is less than `1Gi`. */
function isQuantity(text: string): boolean {
  try {
    parseQuantity(text)
    return true
  } catch (error) {
    if (error instanceof QuantityError) return false
    throw error
  }
}
