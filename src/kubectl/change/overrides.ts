import { lookupKind } from '../../cluster/api.ts'
import { quote } from '../../cluster/quote.ts'
import { KubectlError } from '../errors.ts'
import type { FlagValues } from '../flags.ts'
import { text } from '../flags.ts'
import { JsonSyntaxError, readJson } from '../manifests/json-stream.ts'
import { isObject } from '../patch/json.ts'
import { jsonPatch } from '../patch/json-patch.ts'
import { mergePatch } from '../patch/merge-patch.ts'
import { PatchError } from '../patch/patch-error.ts'
import { patchSchemaOf } from '../patch/schema.ts'
import { strategicMerge } from '../patch/strategic-merge.ts'
import { decodeLeniently } from './decode-leniently.ts'
import type { Generated } from './generate.ts'

/** Flags of the verbs whose generated object may be changed before it is sent. */
export const overrideFlags = {
  'override-type': text('The method used to override the generated object: json, merge, or strategic.', {
    initial: 'merge',
  }),
  overrides: text(
    'An inline JSON override for the generated object. If this is non-empty, it is used to override the generated object.',
  ),
} as const

/** The generated object with `--overrides` applied to it. Throws `KubectlError` in the words of kubectl's libraries. */
export function withOverrides(
  generated: Generated,
  { overrides, 'override-type': type }: FlagValues<typeof overrideFlags>,
): Generated {
  if (overrides === '') return generated
  const result = override(generated, type === '' ? 'merge' : type, overrides)
  if (!isObject(result) || lookupKind(String(result.apiVersion), String(result.kind)) === undefined)
    throw notAnObject(result)
  return decodeLeniently(result as Generated)
}

function override(generated: Generated, type: string, overrides: string): unknown {
  switch (type) {
    case 'merge':
      return mergePatch(generated, parsed(overrides, 'Invalid JSON Patch'))
    case 'strategic': {
      const patch = parsed(overrides, 'invalid JSON document')
      if (!isObject(patch)) throw new KubectlError('invalid JSON document')
      const { message } = lookupKind(generated.apiVersion, generated.kind)!
      return told(() => strategicMerge(generated, patch, patchSchemaOf(message)!))
    }
    case 'json': {
      const patch = parsed(overrides)
      if (!Array.isArray(patch))
        throw new KubectlError(`json: cannot unmarshal ${sortOf(patch)} into Go value of type jsonpatch.Patch`)
      return patch.reduce((current: unknown, operation: unknown) => operated(current, operation), generated)
    }
    default:
      throw new KubectlError(`invalid override type: ${type}`)
  }
}

function parsed(overrides: string, message?: string): unknown {
  try {
    return readJson(overrides)
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
    throw new KubectlError(message ?? error.message)
  }
}

function told<T>(patch: () => T): T {
  try {
    return patch()
  } catch (error) {
    throw error instanceof PatchError ? new KubectlError(error.message) : error
  }
}

function operated(current: unknown, operation: unknown): unknown {
  if (!isObject(operation))
    throw new KubectlError(`json: cannot unmarshal ${sortOf(operation)} into Go value of type jsonpatch.Operation`)
  try {
    return jsonPatch(current, [operation])
  } catch (error) {
    if (!(error instanceof PatchError)) throw error
    const where = error.message.startsWith('Unable to')
      ? `error in ${operation.op} for path: '${operation.path}': `
      : ''
    throw new KubectlError(where + error.message)
  }
}

const sortOf = (value: unknown): string =>
  isObject(value) ? 'object' : typeof value === 'boolean' ? 'bool' : typeof value

function notAnObject(value: unknown): KubectlError {
  if (isObject(value))
    return new KubectlError(
      `no kind ${quote(String(value.kind))} is registered for version ${quote(String(value.apiVersion))} in scheme "pkg/runtime/scheme.go:111"`,
    )
  const sort = Array.isArray(value) ? 'array' : sortOf(value)
  return new KubectlError(
    `couldn't get version/kind; json parse error: json: cannot unmarshal ${sort} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
  )
}
