import { type FieldType, type Message, messageOf } from '../../cluster/fields.ts'
import { quote } from '../../cluster/quote.ts'
import { isRequired } from '../explain/required.ts'
import { compareText } from '../output/json.ts'
import { isObject, type JsonObject } from '../patch/json.ts'

/** What a value is checked against: its type, where it stands, and the name of its schema in messages. */
interface Expected {
  type: FieldType
  path: string
  schema: string
}

/** What is wrong with an object of a message such as `core.v1.Service`, in the words of kubectl's own schema. */
export function schemaProblems(message: string, value: JsonObject): string[] {
  const fields = messageOf(message)
  return fields ? memberProblems(value, fields, { message, path: String(value.kind) }) : []
}

function problems(value: unknown, expected: Expected): string[] {
  const { type, path, schema } = expected
  switch (type.form) {
    case 'message': {
      const fields = messageOf(type.message)
      if (!fields) return []
      return isObject(value)
        ? memberProblems(value, fields, { message: type.message, path })
        : [mismatch(value, 'map', expected)]
    }
    case 'list':
      if (!Array.isArray(value)) return [mismatch(value, 'array', expected)]
      return value.flatMap((item, index) => itemProblems(item, index, { type: type.of, path, schema }))
    case 'map':
      if (!isObject(value)) return [mismatch(value, 'map', expected)]
      return sortedMembers(value).flatMap(([name, member]) => problems(member, of(type.of, `${path}.${name}`, schema)))
    case 'FieldsV1':
      return []
    default:
      return fits(value, type.form) ? [] : [mismatch(value, JSON_TYPES[type.form] ?? 'string', expected)]
  }
}

function itemProblems(item: unknown, index: number, { type, path, schema }: Expected): string[] {
  const below = `${path}[${index}]`
  if (item === null) return [`ValidationError(${path}): unknown object type "nil" in ${below}`]
  return problems(item, of(type, below, schema))
}

function memberProblems(
  value: JsonObject,
  fields: Message,
  { message, path }: { message: string; path: string },
): string[] {
  const schema = schemaName(message)
  const wrong = sortedMembers(value).flatMap(([name, member]) => {
    const field = fields.get(name)
    if (!field) return [`ValidationError(${path}): unknown field ${quote(name)} in ${schema}`]
    return problems(member, of(field.type, `${path}.${name}`, `${schema}.${name}`))
  })
  const [group = '', name = ''] = message.replace(/\.v\d\./, '.').split('.')
  const missing = [...fields.keys()].filter(
    (field) => isRequired(`${group}.${name}`, field) && (value[field] === undefined || value[field] === null),
  )
  return [
    ...wrong,
    ...missing.map((field) => `ValidationError(${path}): missing required field ${quote(field)} in ${schema}`),
  ]
}

/** Some types have a schema of their own; the others are named by the field that holds them. */
const of = (type: FieldType, path: string, schema: string): Expected => {
  const own = type.form === 'message' ? schemaName(type.message) : OWN_SCHEMAS[type.form]
  return { type, path, schema: own ?? schema }
}

const sortedMembers = (value: JsonObject): [string, unknown][] =>
  Object.entries(value)
    .filter(([, member]) => member !== null)
    .sort(([left], [right]) => compareText(left, right))

const OWN_SCHEMAS: Readonly<Record<string, string>> = {
  IntOrString: 'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
  MicroTime: 'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime',
  Quantity: 'io.k8s.apimachinery.pkg.api.resource.Quantity',
  Time: 'io.k8s.apimachinery.pkg.apis.meta.v1.Time',
}

const JSON_TYPES: Readonly<Record<string, string>> = { bool: 'boolean', int32: 'integer', int64: 'integer' }

/** Every simple value passes for a text, and every number for a whole one. */
function fits(value: unknown, form: string): boolean {
  if (form === 'bool') return typeof value === 'boolean'
  if (form === 'int32' || form === 'int64') return typeof value === 'number'
  return typeof value !== 'object'
}

const mismatch = (value: unknown, wanted: string, { path, schema }: Expected): string =>
  `ValidationError(${path}): invalid type for ${schema}: got "${sortOf(value)}", expected "${wanted}"`

function sortOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return isObject(value) ? 'map' : typeof value
}

/** `io.k8s.api.core.v1.Service` for `core.v1.Service`. */
function schemaName(message: string): string {
  const [group = '', name = ''] = message.replace(/\.v\d\./, '.').split('.')
  return group === 'meta' ? `io.k8s.apimachinery.pkg.apis.meta.v1.${name}` : `io.k8s.api.${group}.v1.${name}`
}
