import type { Cluster } from '../cluster.ts'
import { internalIP } from '../kinds/node.ts'
import type { Container, EnvVar, Pod } from '../kinds/pod.ts'
import { isHeadless, type Service } from '../kinds/service.ts'
import { instant } from '../object.ts'

type Variables = Record<string, string>

/**
 * The environment of a container: what the runtime sets, the Services that are older than the container (R-SVC-21),
 * `envFrom`, then `env`; later ones win. References that lead nowhere are left out.
 */
export function environmentOf(cluster: Cluster, pod: Pod, container: Container): Variables {
  // A map, since a variable may be called __proto__.
  const variables = new Map<string, string>([
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ['HOSTNAME', hostnameOf(pod)],
    ...serviceVariables(cluster, pod, container),
    ...sourcedVariables(cluster, pod, container),
  ])
  for (const variable of container.env ?? []) {
    const value = resolve(cluster, pod, variable)
    if (value !== undefined) variables.set(variable.name, expandReferences(value, variables))
  }
  return Object.fromEntries(variables)
}

/** The pod's own name for itself: `spec.hostname`, the node's name with hostNetwork, else the pod's name. */
export const hostnameOf = ({ spec, metadata }: Pod): string =>
  spec.hostNetwork ? (spec.nodeName ?? metadata.name) : (spec.hostname ?? metadata.name)

/** Why a container cannot be configured, in the kubelet's words; undefined if nothing is missing. */
export function missingConfiguration(cluster: Cluster, pod: Pod, container: Container): string | undefined {
  const namespace = pod.metadata.namespace ?? ''
  const map = (name: string) => cluster.get('ConfigMap', namespace, name)
  const secret = (name: string) => cluster.get('Secret', namespace, name)
  for (const { configMapRef, secretRef } of container.envFrom ?? []) {
    if (configMapRef && !configMapRef.optional && !map(configMapRef.name))
      return `configmap "${configMapRef.name}" not found`
    if (secretRef && !secretRef.optional && !secret(secretRef.name)) return `secret "${secretRef.name}" not found`
  }
  for (const { valueFrom } of container.env ?? []) {
    const { configMapKeyRef: mapKey, secretKeyRef: secretKey } = valueFrom ?? {}
    if (mapKey && !mapKey.optional) {
      const found = map(mapKey.name)
      if (!found) return `configmap "${mapKey.name}" not found`
      if (!Object.hasOwn(found.data ?? {}, mapKey.key))
        return `couldn't find key ${mapKey.key} in ConfigMap ${namespace}/${mapKey.name}`
    }
    if (secretKey && !secretKey.optional) {
      const found = secret(secretKey.name)
      if (!found) return `secret "${secretKey.name}" not found`
      if (!Object.hasOwn(found.data ?? {}, secretKey.key))
        return `couldn't find key ${secretKey.key} in Secret ${namespace}/${secretKey.name}`
    }
  }
  return undefined
}

function resolve(cluster: Cluster, pod: Pod, { value, valueFrom }: EnvVar): string | undefined {
  if (!valueFrom) return value ?? ''
  const { configMapKeyRef, secretKeyRef, fieldRef } = valueFrom
  const namespace = pod.metadata.namespace ?? ''
  if (configMapKeyRef) return own(cluster.get('ConfigMap', namespace, configMapKeyRef.name)?.data, configMapKeyRef.key)
  if (secretKeyRef) {
    const data = own(cluster.get('Secret', namespace, secretKeyRef.name)?.data, secretKeyRef.key)
    return data === undefined ? undefined : decodeBase64(data)
  }
  return fieldRef ? fieldOf(cluster, pod, fieldRef.fieldPath) : undefined
}

const own = (data: Variables | undefined, key: string): string | undefined =>
  data && Object.hasOwn(data, key) ? data[key] : undefined

export const decodeBase64 = (data: string): string =>
  new TextDecoder().decode(Uint8Array.from(atob(data), (character) => character.charCodeAt(0)))

function fieldOf(cluster: Cluster, pod: Pod, path: string): string | undefined {
  const { metadata, spec, status } = pod
  const [, map, key = ''] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? []
  if (map === 'labels' || map === 'annotations') return own(metadata[map], key) ?? ''
  switch (path) {
    case 'metadata.name':
      return metadata.name
    case 'metadata.namespace':
      return metadata.namespace
    case 'metadata.uid':
      return metadata.uid
    case 'spec.nodeName':
      return spec.nodeName
    case 'spec.serviceAccountName':
      return spec.serviceAccountName ?? 'default'
    case 'status.podIP':
    case 'status.podIPs':
      return status.podIP
    case 'status.hostIP':
    case 'status.hostIPs': {
      const node = cluster.get('Node', undefined, spec.nodeName ?? '')
      return node && internalIP(node)
    }
    default:
      return undefined
  }
}

/** `$(NAME)` stands for a variable that has been set before; `$$` for one dollar sign. */
const expandReferences = (value: string, variables: ReadonlyMap<string, string>): string =>
  value.replace(/\$\$|\$\(([-._a-zA-Z][-._a-zA-Z0-9]*)\)/g, (all, name?: string) =>
    name === undefined ? '$' : (variables.get(name) ?? all),
  )

function sourcedVariables(cluster: Cluster, pod: Pod, container: Container): [string, string][] {
  const namespace = pod.metadata.namespace ?? ''
  const entries: [string, string][] = []
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    const map = configMapRef && cluster.get('ConfigMap', namespace, configMapRef.name)?.data
    for (const [key, value] of Object.entries(map ?? {})) entries.push([prefix + key, value])
    const secret = secretRef && cluster.get('Secret', namespace, secretRef.name)?.data
    for (const [key, value] of Object.entries(secret ?? {})) entries.push([prefix + key, decodeBase64(value)])
  }
  return entries
}

function serviceVariables(cluster: Cluster, pod: Pod, { name }: Container): [string, string][] {
  const state = pod.status.containerStatuses?.find((status) => status.name === name)?.state
  const startedAt = state?.running?.startedAt ?? pod.status.startTime ?? pod.metadata.creationTimestamp
  const api = cluster.get('Service', 'default', 'kubernetes')
  const local = cluster.store.list('Service', { namespace: pod.metadata.namespace })
  const services = [...(api ? [api] : []), ...local]
  return services.filter((service) => isVisible(service, pod, startedAt)).flatMap(variablesOf)
}

/** A Service of the second in which the process has started came after it, since a pod takes longer to start. */
function isVisible(service: Service, pod: Pod, startedAt: string): boolean {
  const created = instant(service.metadata.creationTimestamp)
  const isOlder = created < instant(startedAt) || created <= instant(pod.metadata.creationTimestamp)
  return service.spec.clusterIP !== undefined && !isHeadless(service) && isOlder
}

function variablesOf({ metadata, spec }: Service): [string, string][] {
  const prefix = shout(metadata.name)
  const host = spec.clusterIP ?? ''
  const ports = spec.ports ?? []
  const first = ports.slice(0, 1).flatMap<[string, string]>(({ port, protocol }) => [
    [`${prefix}_SERVICE_PORT`, String(port)],
    [`${prefix}_PORT`, `${protocol.toLowerCase()}://${host}:${port}`],
  ])
  const each = ports.flatMap<[string, string]>(({ name, port, protocol }) => {
    const own = `${prefix}_PORT_${port}_${protocol}`
    return [
      ...(name ? [[`${prefix}_SERVICE_PORT_${shout(name)}`, String(port)] satisfies [string, string]] : []),
      [own, `${protocol.toLowerCase()}://${host}:${port}`],
      [`${own}_PROTO`, protocol.toLowerCase()],
      [`${own}_PORT`, String(port)],
      [`${own}_ADDR`, host],
    ]
  })
  return [[`${prefix}_SERVICE_HOST`, host], ...first, ...each]
}

const shout = (name: string): string => name.toUpperCase().replaceAll('-', '_')
