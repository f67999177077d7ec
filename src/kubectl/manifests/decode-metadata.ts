import { decode } from '../../cluster/api.ts'
import { ApiError } from '../../cluster/errors.ts'
import { isObject, type JsonObject } from '../patch/json.ts'

/** Any kind will do: the metadata of all kinds has the same fields. */
const PROBE = { apiVersion: 'v1', kind: 'ConfigMap' }
const PREFIX = 'ConfigMap in version "v1" cannot be handled as a ConfigMap: '

/**
 * What kubectl itself finds wrong with the types in `metadata`, before it asks the API server: `json: cannot unmarshal
 * number into Go struct field ObjectMeta.metadata.labels of type string` (R-LBL-7). Undefined if nothing is.
 */
export function metadataMismatch({ metadata }: JsonObject): string | undefined {
  try {
    decode({ ...PROBE, metadata })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const message = error.message.replace(PREFIX, '')
    if (message.startsWith('strict decoding error')) return undefined
    return isObject(metadata) ? message : message.replace('ConfigMap.metadata', 'metadataOnlyObject.metadata')
  }
  return undefined
}
