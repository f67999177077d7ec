import { equal } from '../delta.ts'
import { invalid } from '../errors.ts'
import type { Admission } from '../object.ts'
import type { Service, ServicePort } from './service.ts'
import { assignAddresses, assignPorts } from './service-assignment.ts'

type Spec = Service['spec']

/** Seconds for which ClientIP affinity lasts without traffic (R-SVC-1, R-SVC-15). */
const AFFINITY_SECONDS = 10_800

/**
 * What the API server makes of a Service before it validates it: defaults (R-SVC-1), values that are kept or dropped when
 * a Service changes (R-SVC-9, R-SVC-12), ClusterIP and node ports (R-SVC-6…8, R-SVC-11). Throws ApiError where a chosen
 * value cannot be had.
 */
export function prepareService(service: Service, { cluster, previous }: Admission<Service>): Service {
  const before = previous?.spec
  const { name } = service.metadata
  const refuse = (causes: Parameters<typeof invalid>[2]) => invalid('Service', name, causes)
  let spec = withDefaults(service.spec ?? ({} as Spec))
  if (before) spec = withKept(spec, before)
  spec = withClusterIPs(spec, before)
  spec = assignAddresses(cluster, spec, before, refuse)
  spec = assignPorts(cluster, spec, before, refuse)
  if (before) spec = withDropped(spec, before)
  const loadBalancer = spec.type === 'LoadBalancer' ? (previous?.status.loadBalancer ?? {}) : {}
  return { ...service, spec, status: { loadBalancer } }
}

/** Reachable from outside the cluster by its own doing. */
export const isExternallyAccessible = ({ type, externalIPs = [] }: Spec): boolean =>
  type === 'LoadBalancer' || type === 'NodePort' || (type === 'ClusterIP' && externalIPs.length > 0)

export const needsHealthCheck = ({ type, externalTrafficPolicy }: Spec): boolean =>
  type === 'LoadBalancer' && externalTrafficPolicy === 'Local'

function withDefaults(given: Spec): Spec {
  const { sessionAffinityConfig, ...rest } = given
  const spec: Spec = { ...rest, type: given.type ?? 'ClusterIP', sessionAffinity: given.sessionAffinity ?? 'None' }
  if (spec.ports) spec.ports = spec.ports.map(portDefaults)
  if (spec.sessionAffinity === 'ClientIP') spec.sessionAffinityConfig = affinityDefaults(sessionAffinityConfig)
  else if (spec.sessionAffinity !== 'None' && sessionAffinityConfig) spec.sessionAffinityConfig = sessionAffinityConfig
  if (isExternallyAccessible(spec)) spec.externalTrafficPolicy ??= 'Cluster'
  if (['ClusterIP', 'NodePort', 'LoadBalancer'].includes(spec.type)) spec.internalTrafficPolicy ??= 'Cluster'
  if (spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true
  // Without effect and never shown; a value that does not exist is refused all the same.
  if (spec.type === 'ExternalName' && isTrafficPolicy(spec.internalTrafficPolicy)) delete spec.internalTrafficPolicy
  return spec
}

const isTrafficPolicy = (value: string | undefined): boolean => value === 'Cluster' || value === 'Local'

const portDefaults = (port: ServicePort): ServicePort => ({
  ...port,
  protocol: port.protocol ?? 'TCP',
  targetPort: port.targetPort || (port.port ?? 0),
})

const affinityDefaults = (given: Spec['sessionAffinityConfig']): NonNullable<Spec['sessionAffinityConfig']> =>
  given?.clientIP?.timeoutSeconds === undefined ? { clientIP: { timeoutSeconds: AFFINITY_SECONDS } } : given

/** Values that the server assigned stay where a new version does not name them (R-SVC-9). */
function withKept(next: Spec, before: Spec): Spec {
  const spec = { ...next }
  if (next.type !== 'ExternalName' && before.type !== 'ExternalName') {
    if (spec.clusterIP === undefined && before.clusterIP !== undefined) spec.clusterIP = before.clusterIP
    if (!spec.clusterIPs?.length && before.clusterIPs) spec.clusterIPs = before.clusterIPs
  }
  if (assignsNodePorts(before) && assignsNodePorts(next) && spec.ports) spec.ports = keepNodePorts(spec.ports, before)
  if (needsHealthCheck(before) && needsHealthCheck(next) && before.healthCheckNodePort !== undefined)
    spec.healthCheckNodePort ??= before.healthCheckNodePort
  return spec
}

const assignsNodePorts = ({ type, allocateLoadBalancerNodePorts }: Spec): boolean =>
  type === 'NodePort' || (type === 'LoadBalancer' && allocateLoadBalancerNodePorts !== false)

/** Ports are told apart by their names; a node port that another port asks for is not kept. */
function keepNodePorts(ports: readonly ServicePort[], before: Spec): ServicePort[] {
  const wanted = new Set(ports.map(({ nodePort }) => nodePort))
  const kept = new Map((before.ports ?? []).map(({ name = '', nodePort }) => [name, nodePort]))
  return ports.map((port) => {
    const nodePort = kept.get(port.name ?? '')
    return port.nodePort !== undefined || nodePort === undefined || wanted.has(nodePort) ? port : { ...port, nodePort }
  })
}

/** `clusterIP` and the first of `clusterIPs` are one value with two names. */
function withClusterIPs(next: Spec, before: Spec | undefined): Spec {
  const { clusterIP, clusterIPs } = next
  if (!before) return clusterIP !== undefined && !clusterIPs?.length ? { ...next, clusterIPs: [clusterIP] } : next
  const untouched = equal(clusterIPs ?? [], before.clusterIPs ?? [])
  if (clusterIP === before.clusterIP) return next
  if (clusterIP !== undefined)
    return untouched || (!clusterIPs?.length && !before.clusterIPs?.length)
      ? { ...next, clusterIPs: [clusterIP] }
      : next
  if (!untouched) return next
  const { clusterIPs: _, ...cleared } = next
  return cleared
}

/** Values that make no sense with the new type go, unless somebody has just changed them (R-SVC-9, R-SVC-12). */
function withDropped(next: Spec, before: Spec): Spec {
  const spec = { ...next }
  const same = (field: keyof Spec): boolean => equal(next[field], before[field])
  if (before.type !== 'ExternalName' && next.type === 'ExternalName') {
    if (same('clusterIP') && same('clusterIPs')) {
      delete spec.clusterIP
      delete spec.clusterIPs
    }
    if (same('ipFamilies')) delete spec.ipFamilies
    if (same('ipFamilyPolicy')) delete spec.ipFamilyPolicy
  }
  const hasNodePorts = ({ type }: Spec): boolean => type === 'NodePort' || type === 'LoadBalancer'
  if (hasNodePorts(before) && !hasNodePorts(next) && keepsToNodePorts(next, before))
    spec.ports = spec.ports?.map(({ nodePort: _, ...port }) => port) as ServicePort[]
  if (needsHealthCheck(before) && !needsHealthCheck(next) && same('healthCheckNodePort'))
    delete spec.healthCheckNodePort
  if (before.type === 'LoadBalancer' && next.type !== 'LoadBalancer') {
    if (same('allocateLoadBalancerNodePorts')) delete spec.allocateLoadBalancerNodePorts
    if (same('loadBalancerClass')) delete spec.loadBalancerClass
  }
  if (isExternallyAccessible(before) && !isExternallyAccessible(next) && same('externalTrafficPolicy'))
    delete spec.externalTrafficPolicy
  return spec
}

const keepsToNodePorts = (next: Spec, before: Spec): boolean => {
  const known = new Set((before.ports ?? []).map(({ nodePort }) => nodePort))
  return (next.ports ?? []).every(({ nodePort }) => nodePort === undefined || known.has(nodePort))
}
