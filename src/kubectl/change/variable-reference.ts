import { read } from '../../cluster/api.ts'
import { decodeBase64 } from '../../cluster/base64.ts'
import type { Cluster } from '../../cluster/cluster.ts'
import { ApiError } from '../../cluster/errors.ts'
import type { ConfigMap } from '../../cluster/kinds/config-map.ts'
import type { EnvVar } from '../../cluster/kinds/pod.ts'
import type { Secret } from '../../cluster/kinds/secret.ts'
import type { KubeObject } from '../../cluster/object.ts'
import { quote } from '../../cluster/quote.ts'

type Reference = NonNullable<EnvVar['valueFrom']>

/** Where the value of a variable comes from, as `set env --list` says it. */
export function describeReference({ configMapKeyRef, secretKeyRef, fieldRef }: Reference): string {
  if (configMapKeyRef) return `configmap ${configMapKeyRef.name}, key ${configMapKeyRef.key}`
  if (secretKeyRef) return `secret ${secretKeyRef.name}, key ${secretKeyRef.key}`
  return fieldRef ? `field path ${fieldRef.fieldPath}` : 'invalid valueFrom'
}

/** The value behind a reference, or why there is none. */
export type Resolved = { value: string } | { error: string }

/** Looks up what a reference stands for, as `set env --list --resolve` does. */
export function resolveReference(
  cluster: Cluster,
  namespace: string,
  { configMapKeyRef, secretKeyRef, fieldRef }: Reference,
  object: KubeObject,
): Resolved {
  try {
    if (secretKeyRef) {
      const { data } = read(cluster, 'Secret', namespace, secretKeyRef.name) as Secret
      const value = data?.[secretKeyRef.key]
      if (value !== undefined) return { value: decodeBase64(value) }
      return { error: `key ${secretKeyRef.key} not found in secret ${secretKeyRef.name}` }
    }
    if (configMapKeyRef) {
      const { data } = read(cluster, 'ConfigMap', namespace, configMapKeyRef.name) as ConfigMap
      const value = data?.[configMapKeyRef.key]
      if (value !== undefined) return { value }
      return { error: `key ${configMapKeyRef.key} not found in config map ${configMapKeyRef.name}` }
    }
  } catch (error) {
    if (error instanceof ApiError) return { error: error.message }
    throw error
  }
  return fieldRef ? fieldValue(fieldRef.fieldPath, object) : { error: 'invalid valueFrom' }
}

const formatMap = (map: Readonly<Record<string, string>> = {}): string =>
  Object.keys(map)
    .sort()
    .map((key) => `${key}=${quote(map[key]!)}`)
    .join('\n')

/** Only the metadata is known to the client; other fields are the pod's own. */
function fieldValue(path: string, { metadata }: KubeObject): Resolved {
  const [, field, key] = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path) ?? []
  if (field !== undefined) return { value: metadata[field as 'labels' | 'annotations']?.[key!] ?? '' }
  switch (path) {
    case 'metadata.name':
      return { value: metadata.name }
    case 'metadata.namespace':
      return { value: metadata.namespace ?? '' }
    case 'metadata.uid':
      return { value: metadata.uid }
    case 'metadata.labels':
      return { value: formatMap(metadata.labels) }
    case 'metadata.annotations':
      return { value: formatMap(metadata.annotations) }
    default:
      return { error: `unsupported fieldPath: ${path}` }
  }
}
