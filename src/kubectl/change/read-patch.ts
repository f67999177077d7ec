import { ApiError } from '../../cluster/errors.ts'
import { quote } from '../../cluster/quote.ts'
import { KubectlError } from '../errors.ts'
import { JsonSyntaxError, readJson } from '../manifests/json-stream.ts'
import { readYaml } from '../manifests/read-yaml.ts'
import { YamlSyntaxError } from '../manifests/yaml-error.ts'
import { isObject } from '../patch/json.ts'
import type { PatchType } from './server-patch.ts'

/**
 * Reads the text of a patch, which may be YAML. Throws `KubectlError` for a text that is no YAML; what else is wrong is told
 * by the API server, so that it is thrown when the value is asked for.
 */
export function readPatch(type: PatchType, text: string): () => unknown {
  if (text.trimStart().startsWith('{')) return () => checked(type, parsedJson(type, text))
  try {
    const { value } = readYaml(text)
    return () => checked(type, value)
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error
    throw new KubectlError(`unable to parse ${quote(text)}: ${error.message}`)
  }
}

function parsedJson(type: PatchType, text: string): unknown {
  try {
    return readJson(text)
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
    const message = error.message === 'unexpected EOF' ? 'unexpected end of JSON input' : error.message
    throw badPatch(type, message)
  }
}

const badPatch = (type: PatchType, message: string): ApiError =>
  new ApiError('BadRequest', type === 'strategic' ? message : `error decoding patch: ${message}`)

/** A merge patch is an object, a JSON patch a list of operations. */
function checked(type: PatchType, value: unknown): unknown {
  const fits = type === 'json' ? Array.isArray(value) : isObject(value)
  if (fits) return value
  const wanted = type === 'json' ? '[]handlers.jsonPatchOp' : 'map[string]interface {}'
  throw badPatch(type, `json: cannot unmarshal ${wordFor(value)} into Go value of type ${wanted}`)
}

function wordFor(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (isObject(value)) return 'object'
  return typeof value === 'boolean' ? 'bool' : typeof value
}
