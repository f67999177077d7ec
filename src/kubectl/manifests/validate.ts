import { lookupKind } from '../../cluster/api.ts'
import { isObject, type JsonObject, memberOf } from '../patch/json.ts'
import { schemaProblems } from './schema-problems.ts'

/**
 * What kubectl's own validation says of a document: kind and apiVersion must be there. The items of a List are checked in
 * full, since the API server never sees the List as a whole. Undefined if nothing is wrong.
 */
export function validationError(value: unknown): string | undefined {
  if (!isObject(value)) return 'invalid object to validate'
  const problems = typeProblems(value)
  const all = problems.length > 0 || value.kind !== 'List' ? problems : itemsOf(value).flatMap(itemProblems)
  return all.length > 1 ? `[${all.join(', ')}]` : all[0]
}

const itemsOf = ({ items }: JsonObject): readonly unknown[] => (Array.isArray(items) ? items : [])

const typeProblems = (value: JsonObject): string[] =>
  ['apiVersion', 'kind'].flatMap((name) => {
    const member = memberOf(value, name)
    if (member === undefined || member === null || member === '') return [`${name} not set`]
    return typeof member === 'string' ? [] : [`${name} isn't string type`]
  })

function itemProblems(item: unknown): string[] {
  if (!isObject(item)) return ['invalid object to validate']
  const problems = typeProblems(item)
  if (problems.length > 0) return problems
  const definition = lookupKind(String(item.apiVersion), String(item.kind))
  return definition ? schemaProblems(definition.message, item) : []
}
