import { apps } from './fields/apps.ts'
import { autoscaling } from './fields/autoscaling.ts'
import { batch } from './fields/batch.ts'
import { core } from './fields/core.ts'
import { discovery } from './fields/discovery.ts'
import { meta } from './fields/meta.ts'
import { networking } from './fields/networking.ts'
import { policy } from './fields/policy.ts'
import { rbac } from './fields/rbac.ts'

/**
 * The fields of the API, as the Go types of k8s.io/api 0.36 declare them. A message is a line of fields `name:TYPE`;
 * without a type it is a string. TYPE is
 *
 * - `int32`, `int64`, `bool`, `bytes`, `Time`, `MicroTime`, `Quantity`, `IntOrString`, `FieldsV1`
 * - `~Protocol`     a string that has a name of its own in Go
 * - `ServicePort`   another message of the same group, `core.PodTemplateSpec` one of another group
 * - `[]TYPE`, `{}TYPE`, `{ResourceList}TYPE`   a list, a map from strings, a map with a name of its own in Go
 * - `*TYPE`         a pointer: zero and empty are not the same as absent
 *
 * `LocalObjectReference.name` is the field `name` of an embedded struct: JSON does not show the struct, error texts do.
 * `@object` stands for `kind`, `apiVersion` and `metadata`.
 */
const groups: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  apps,
  autoscaling,
  batch,
  core,
  discovery,
  meta,
  networking,
  policy,
  rbac,
}

type Scalar =
  | 'string'
  | 'int32'
  | 'int64'
  | 'bool'
  | 'bytes'
  | 'Time'
  | 'MicroTime'
  | 'Quantity'
  | 'IntOrString'
  | 'FieldsV1'

/** The type of a field. `go` is its name in Go, as error texts print it. */
export type FieldType = { pointer: boolean; go: string } & (
  | { form: Scalar }
  | { form: 'message'; message: string }
  | { form: 'list' | 'map'; of: FieldType }
)

export interface Field {
  name: string
  type: FieldType
  /** Path of the embedded structs that hold the field, as error texts print it; empty for an own field. */
  embedded: readonly string[]
}

export type Message = ReadonlyMap<string, Field>

const SCALARS = new Set(['string', 'int32', 'int64', 'bool', 'bytes', 'Time', 'MicroTime', 'Quantity', 'IntOrString'])
const OBJECT = 'TypeMeta.kind TypeMeta.apiVersion metadata:meta.ObjectMeta'

const parsed = new Map<string, Message>()

/** The fields of a message such as `core.Pod` or `core.v1.Pod`; undefined for a name that the table does not have. */
export function messageOf(name: string): Message | undefined {
  const [group = '', message = ''] = name.replace(/\.v\d\./, '.').split('.')
  const key = `${group}.${message}`
  const known = parsed.get(key)
  if (known) return known
  const messages = groups[group]
  const line = messages && Object.hasOwn(messages, message) ? messages[message] : undefined
  if (line === undefined) return undefined
  const fields = line
    .replace('@object', OBJECT)
    .split(' ')
    .map((field) => parseField(group, field))
  const result: Message = new Map(fields.map((field) => [field.name, field]))
  parsed.set(key, result)
  return result
}

/** The name of a message in Go without its package, such as `ServicePort`. */
export const structOf = (message: string): string => message.slice(message.lastIndexOf('.') + 1)

function parseField(group: string, text: string): Field {
  const [path = '', type = 'string'] = text.split(':')
  const embedded = path.split('.')
  const name = embedded.pop() ?? ''
  return { name, embedded, type: parseType(group, type) }
}

const versionOf = (group: string): string => (group === 'autoscaling' ? 'v2' : 'v1')

function parseType(group: string, text: string): FieldType {
  if (text.startsWith('*')) return { ...parseType(group, text.slice(1)), pointer: true }
  if (text.startsWith('[]')) {
    const of = parseType(group, text.slice(2))
    return { form: 'list', of, go: `[]${of.go}`, pointer: false }
  }
  const map = /^\{([^}]*)\}(.*)$/.exec(text)
  if (map) {
    const [, name = '', value = ''] = map
    const of = parseType(group, value)
    const go = name === 'ResourceList' ? 'v1.ResourceList' : `map[${name || 'string'}]${of.go}`
    return { form: 'map', of, go, pointer: false }
  }
  if (text.startsWith('~')) {
    const name = text.slice(1)
    return { form: 'string', go: name.includes('.') ? name : `${versionOf(group)}.${name}`, pointer: false }
  }
  if (SCALARS.has(text) || text === 'FieldsV1')
    return { form: text as Scalar, go: GO_NAMES[text] ?? text, pointer: false }
  const message = text.includes('.') ? text : `${group}.${text}`
  return { form: 'message', message, go: `${versionOf(group)}.${structOf(message)}`, pointer: false }
}

const GO_NAMES: Readonly<Record<string, string>> = {
  bytes: '[]uint8',
  Time: 'v1.Time',
  MicroTime: 'v1.MicroTime',
  Quantity: 'resource.Quantity',
  IntOrString: 'intstr.IntOrString',
  FieldsV1: 'v1.FieldsV1',
}
