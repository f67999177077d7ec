import { decode, lookupKind } from '../../cluster/api.ts'
import { ApiError } from '../../cluster/errors.ts'
import { messageOf } from '../../cluster/fields.ts'
import { quote } from '../../cluster/quote.ts'
import { isObject, type JsonObject, memberOf } from '../patch/json.ts'

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
  try {
    decode(item)
    return []
  } catch (error) {
    return error instanceof ApiError ? schemaProblems(item, error.message) : []
  }
}

const DECODING = / cannot be handled as an? \w+: (.*)$/s

/** A refusal of the decoder in the words of kubectl's schema. */
function schemaProblems({ apiVersion, kind }: JsonObject, refusal: string): string[] {
  const message = DECODING.exec(refusal)?.[1] ?? refusal
  const unknown = [...message.matchAll(/unknown field ("(?:[^"\\]|\\.)*")/g)].map(
    ([, quoted]) => JSON.parse(quoted!) as string,
  )
  if (unknown.length === 0) return [`ValidationError(${String(kind)}): ${message}`]
  const root = lookupKind(String(apiVersion), String(kind))?.message ?? ''
  return unknown.map((path) => {
    const at = path.lastIndexOf('.')
    const parent = at < 0 ? '' : `.${path.slice(0, at)}`
    const type = typeAt(root, path.slice(0, Math.max(0, at)))
    return `ValidationError(${String(kind)}${parent}): unknown field ${quote(path.slice(at + 1))} in ${type}`
  })
}

/** The name of the schema of what stands at a path such as `spec.ports[0]`. */
function typeAt(root: string, path: string): string {
  const names = path === '' ? [] : path.replace(/\[\d+\]/g, '').split('.')
  const message = names.reduce((current, name) => {
    const type = messageOf(current)?.get(name)?.type
    const inner = type?.form === 'list' || type?.form === 'map' ? type.of : type
    return inner?.form === 'message' ? inner.message : current
  }, root)
  const [group = '', name = ''] = message.replace(/\.v\d\./, '.').split('.')
  return group === 'meta' ? `io.k8s.apimachinery.pkg.apis.meta.v1.${name}` : `io.k8s.api.${group}.v1.${name}`
}
