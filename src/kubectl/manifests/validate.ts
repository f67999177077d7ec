import { decode } from '../../cluster/api.ts'
import { ApiError } from '../../cluster/errors.ts'
import { isObject, type JsonObject, memberOf } from '../patch/json.ts'

/**
 * What kubectl's own validation says of a document: kind and apiVersion must be there. The items of a List are checked in
 * full, since nobody else sees the List as a whole. Undefined if nothing is wrong.
 */
export function validationError(value: unknown): string | undefined {
  if (!isObject(value)) return 'invalid object to validate'
  const problem = typeProblem(value)
  if (problem !== undefined || value.kind !== 'List' || !Array.isArray(value.items)) return problem
  for (const item of value.items) {
    const wrong = isObject(item) ? (typeProblem(item) ?? itemProblem(item)) : 'invalid object to validate'
    if (wrong !== undefined) return wrong
  }
  return undefined
}

function typeProblem(value: JsonObject): string | undefined {
  const problems = ['apiVersion', 'kind'].flatMap((name) => {
    const member = memberOf(value, name)
    if (member === undefined || member === null || member === '') return [`${name} not set`]
    return typeof member === 'string' ? [] : [`${name} isn't string type`]
  })
  return problems.length > 1 ? `[${problems.join(', ')}]` : problems[0]
}

function itemProblem(item: JsonObject): string | undefined {
  try {
    decode(item)
  } catch (error) {
    if (error instanceof ApiError) return error.message.replace(/^.* cannot be handled as an? /, 'ValidationError: ')
  }
  return undefined
}
