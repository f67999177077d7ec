import type { KubeObject } from '../cluster/object.ts'
import { quote } from '../cluster/quote.ts'
import { KubectlError } from './errors.ts'
import { relaxedPath } from './output/custom-columns.ts'
import { goValue } from './output/go-value.ts'
import { isMap, type Json, sorted } from './output/json.ts'
import { JsonPath, JsonPathError } from './output/jsonpath.ts'

/** What `kubectl wait --for` waits for: that objects exist, that they are gone, or that something is true of them. */
export type WaitCondition =
  | { type: 'create' }
  | { type: 'delete' }
  | { type: 'holds'; of: (object: KubeObject) => boolean }

/** Reads one `--for`. Throws `KubectlError` in the words of the real client. */
export function parseWaitCondition(text: string): WaitCondition {
  const word = text.toLowerCase()
  if (word === 'create' || word === 'delete') return { type: word }
  if (text.startsWith('condition=')) return statusCondition(text.slice('condition='.length))
  if (text.startsWith('jsonpath=')) return pathCondition(text.slice('jsonpath='.length))
  throw new KubectlError(`unrecognized condition: ${quote(text)}`)
}

/** `Ready`, `Ready=false`: a condition of the object's status, compared without regard to case. */
function statusCondition(text: string): WaitCondition {
  const [name, value = 'true'] = text.split(/=(.*)/s) as [string, string?]
  return { type: 'holds', of: (object) => hasCondition(sorted(object), name.toLowerCase(), value.toLowerCase()) }
}

function hasCondition(object: Json, name: string, value: string): boolean {
  const { status, metadata } = object as { status?: Json; metadata: { generation?: number } }
  if (!isMap(status) || !Array.isArray(status.conditions)) return false
  const condition = status.conditions.find((each) => isMap(each) && String(each.type).toLowerCase() === name)
  if (!isMap(condition)) return false
  const observed = condition.observedGeneration ?? status.observedGeneration
  if (metadata.generation !== undefined && typeof observed === 'number' && observed < metadata.generation) return false
  return String(condition.status).toLowerCase() === value
}

const FORMAT =
  "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'"
const NO_VALUE = "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3"

/** `{.status.phase}=Running`, or a path alone for anything that is there. */
function pathCondition(text: string): WaitCondition {
  const parts = splitAtEquals(text)
  if (parts.length > 2) throw new KubectlError(FORMAT)
  const [expression, typed] = parts as [string, string?]
  const value = typed?.replace(/^['"]+|['"]+$/g, '')
  if (expression === '') throw new KubectlError('jsonpath expression cannot be empty')
  if (value === '') throw new KubectlError(NO_VALUE)
  const path = told(() => new JsonPath(relaxedPath(expression)))
  return { type: 'holds', of: (object) => told(() => isAt(path, sorted(object), value)) }
}

/** Splits at single equal signs; `==` belongs to a filter. */
const splitAtEquals = (text: string): string[] => text.split(/(?<!=)=(?!=)/)

function isAt(path: JsonPath, object: Json, wanted: string | undefined): boolean {
  const results = path.find(object)
  const [values = []] = results
  if (values.length === 0) return false
  if (results.length > 1) throw new KubectlError('given jsonpath expression matches more than one list')
  if (values.length > 1) throw new KubectlError('given jsonpath expression matches more than one value')
  if (wanted === undefined) return true
  const [value] = values
  if (typeof value === 'object' && value !== null)
    throw new KubectlError('jsonpath leads to a nested object or list which is not supported')
  return goValue(value).trim() === wanted.trim()
}

function told<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof JsonPathError ? new KubectlError(error.message) : error
  }
}
