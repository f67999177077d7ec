import { ApiError, invalid } from '../../cluster/errors.ts'
import type { KindDefinition, KubeObject } from '../../cluster/object.ts'
import { quote } from '../../cluster/quote.ts'
import { KubectlError } from '../errors.ts'
import { compactJson } from '../output/json.ts'
import { type MemberOrder, structOrder } from '../output/struct-order.ts'
import { isObject, type JsonObject, memberOf } from '../patch/json.ts'
import { jsonPatch } from '../patch/json-patch.ts'
import { goFormat } from '../patch/list-order.ts'
import { mergePatch } from '../patch/merge-patch.ts'
import { PatchError } from '../patch/patch-error.ts'
import { patchSchemaOf } from '../patch/schema.ts'
import { strategicMerge } from '../patch/strategic-merge.ts'
import type { Invocation } from '../verb.ts'
import { conversionError } from './conversion-error.ts'
import { updateObject, type WriteMode } from './write.ts'

export type PatchType = 'strategic' | 'merge' | 'json'

/** A patch as it is sent to the API server. */
export interface Patch {
  type: PatchType
  value: unknown
}

/** The object as the API server makes it of a patch, not yet checked. Throws in its words. */
export function patched(definition: KindDefinition, object: KubeObject, { type, value }: Patch): unknown {
  const current = object as unknown as JsonObject
  try {
    if (type === 'json') return jsonPatch(current, value)
    if (type === 'merge') return mergePatch(current, value)
    const schema = patchSchemaOf(definition.message)
    if (!schema)
      throw new KubectlError(
        `application/strategic-merge-patch+json is not supported by ${definition.group}/${definition.version}, Kind=${definition.kind}: the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml`,
      )
    return strategicMerge(current, value as JsonObject, schema)
  } catch (error) {
    throw error instanceof PatchError ? refusal(error) : error
  }
}

/** What the API server answers to a patch that it cannot apply. */
function refusal({ reason, message }: PatchError): ApiError | KubectlError {
  if (reason === 'BadRequest') return new ApiError('BadRequest', message)
  if (reason === 'Internal') return new KubectlError(`Error from server: ${message}`, { bare: true })
  const rejected = 'the server rejected our request due to an error in our request'
  return new KubectlError(`The request is invalid: ${rejected}`, { bare: true })
}

/**
 * Applies a patch to an object as the API server does and stores the result. What does not fit the kind is told as a fault
 * of the patch, unknown fields as `mode.validation` says.
 */
export function patchObject(
  invocation: Invocation,
  definition: KindDefinition,
  object: KubeObject,
  patch: Patch,
  mode: WriteMode,
): KubeObject {
  const wanted = withIdentity(object, patched(definition, object, patch))
  try {
    return updateObject(invocation, wanted, mode)
  } catch (error) {
    throw error instanceof ApiError ? asPatchError(error, patch, wanted) : error
  }
}

/** A patch cannot make another object of it: the kind stays, the name must. */
function withIdentity({ apiVersion, kind, metadata }: KubeObject, wanted: unknown): unknown {
  const given = isObject(wanted) && isObject(wanted.metadata) ? wanted.metadata : {}
  if (given.name === undefined)
    throw new ApiError(
      'BadRequest',
      `the name of the object (${metadata.name} based on URL) was undeterminable: name must be provided`,
    )
  if (given.name !== metadata.name)
    throw new ApiError(
      'BadRequest',
      `the name of the object (${String(given.name)}) does not match the name on the URL (${metadata.name})`,
    )
  return { ...(wanted as JsonObject), apiVersion, kind }
}

const DECODING = / cannot be handled as an? \w+: (.*)$/s

/** What a merge patch has touched is sorted by name; the rest stands as the API server has it. */
const orderBehind = (patch: unknown, order: MemberOrder | undefined): MemberOrder | undefined =>
  isObject(patch) ? { rank: () => 0, inside: (name) => orderBehind(memberOf(patch, name), order?.inside(name)) } : order

const ORDER = '$setElementOrder/'

/** What is left of a strategic merge patch once it has been applied: its directives are gone, and so are ordered lists. */
function usedUp(patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const isGone = (name: string) => name.startsWith('$') || Object.hasOwn(patch, ORDER + name)
  const kept = Object.entries(patch).filter(([name]) => !isGone(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, usedUp(value)]))
}

/** A refusal of the decoder is about the patch, not about a document. */
function asPatchError(error: ApiError, { type, value }: Patch, wanted: unknown): ApiError {
  const message = DECODING.exec(error.message)?.[1]
  if (error.reason !== 'BadRequest' || message === undefined) return error
  const strategic = type === 'strategic'
  const isStrict = message.startsWith('strict decoding error')
  const shown = strategic ? goFormat(usedUp(value)) : compactJson(wanted, orderBehind(value, structOrder(wanted)))
  const detail = strategic && !isStrict ? conversionError(message) : message
  return invalid('', '', [{ path: 'patch', type: 'Invalid value', value: shown, detail }])
}

/** The text that names a resource in messages about patches. */
export const describeTarget = ({ group, version, plural, kind }: KindDefinition, object: KubeObject): string => {
  const groupVersion = `${group}/${version}`
  const { name, namespace = '' } = object.metadata
  return [
    `Resource: ${quote(`${groupVersion}, Resource=${plural}`)}, GroupVersionKind: ${quote(`${groupVersion}, Kind=${kind}`)}`,
    `Name: ${quote(name)}, Namespace: ${quote(namespace)}`,
  ].join('\n')
}
