import type { Cluster } from '../cluster.ts'
import { ApiError, type FieldError } from '../errors.ts'
import { isIPv6Text } from '../ip-validation.ts'
import { invalidValue } from '../validation.ts'
import type { Service, ServicePort } from './service.ts'
import { allocateClusterIP, allocateNodePort, clusterIPFault, nodePortFault } from './service-allocation.ts'
import { validateClusterIPs } from './service-cluster-ips.ts'

type Spec = Service['spec']
type Refuse = (causes: FieldError[]) => ApiError

/** Address families and ClusterIP of a Service (R-SVC-6…10); the cluster speaks IPv4 only. */
export function assignAddresses(cluster: Cluster, given: Spec, before: Spec | undefined, refuse: Refuse): Spec {
  if (given.type === 'ExternalName') return given
  const withPolicy = { ...given, ipFamilyPolicy: given.ipFamilyPolicy ?? policyOf(given, before) }
  const early = validateClusterIPs(withPolicy, before)
  if (early.length > 0) throw refuse(early)
  const spec = withFamilies(withPolicy, refuse)
  const keeps = before !== undefined && before.type !== 'ExternalName'
  if (keeps || spec.clusterIPs?.[0] === 'None') return spec
  const [chosen] = spec.clusterIPs ?? []
  const clusterIP = chosen ?? allocateClusterIP(cluster)
  if (clusterIP === undefined)
    throw new ApiError('InternalError', 'Internal error occurred: failed to allocate a serviceIP: range is full')
  const fault = chosen === undefined ? undefined : clusterIPFault(cluster, chosen)
  if (fault)
    throw refuse([invalidValue('spec.clusterIPs', spec.clusterIPs, `failed to allocate IP ${chosen}: ${fault}`)])
  return { ...spec, clusterIP, clusterIPs: [clusterIP] }
}

const isHeadlessWithoutSelector = ({ clusterIP, selector }: Spec): boolean =>
  clusterIP === 'None' && Object.keys(selector ?? {}).length === 0

function policyOf(spec: Spec, before: Spec | undefined): string {
  if (before?.ipFamilyPolicy !== undefined) return before.ipFamilyPolicy
  return isHeadlessWithoutSelector(spec) ? 'RequireDualStack' : 'SingleStack'
}

function withFamilies(given: Spec, refuse: Refuse): Spec {
  const families = [...(given.ipFamilies ?? [])]
  const errors = policyErrors(given)
  const ips = given.clusterIPs ?? []
  for (const [index, ip] of ips.entries()) {
    if (ip === 'None') break
    if (index < families.length) continue
    if (isIPv6Text(ip))
      errors.push(invalidValue(`spec.clusterIPs[${index}]`, ips, 'IPv6 is not configured on this cluster'))
    else families.push('IPv4')
  }
  if (errors.length > 0) throw refuse(errors)
  if (isHeadlessWithoutSelector(given)) return { ...given, ipFamilies: familiesOfBoth(families, given.ipFamilyPolicy) }
  if (given.ipFamilyPolicy === 'RequireDualStack')
    errors.push(
      invalidValue(
        'spec.ipFamilyPolicy',
        given.ipFamilyPolicy,
        'this cluster is not configured for dual-stack services',
      ),
    )
  for (const [index, family] of families.entries())
    if (family !== 'IPv4')
      errors.push(invalidValue(`spec.ipFamilies[${index}]`, family, 'not configured on this cluster'))
  if (errors.length > 0) throw refuse(errors)
  return { ...given, ipFamilies: families.length > 0 ? families : ['IPv4'] }
}

/** Nobody knows which addresses the endpoints of a headless Service without selector will have. */
function familiesOfBoth(families: readonly string[], policy: string | undefined): string[] {
  const [first = 'IPv4', ...others] = families
  if (others.length > 0 || policy === 'SingleStack') return [first, ...others]
  return [first, first === 'IPv4' ? 'IPv6' : 'IPv4']
}

function policyErrors({ ipFamilyPolicy, clusterIPs = [], ipFamilies = [] }: Spec): FieldError[] {
  if (ipFamilyPolicy !== 'SingleStack') return []
  const must = (what: string): FieldError =>
    invalidValue(
      'spec.ipFamilyPolicy',
      ipFamilyPolicy,
      `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`,
    )
  return [
    ...(clusterIPs.length === 2 ? [must('cluster IPs')] : []),
    ...(ipFamilies.length === 2 ? [must('IP families')] : []),
  ]
}

/** Node ports and the health check port (R-SVC-11, R-SVC-13, R-SVC-16). */
export function assignPorts(cluster: Cluster, given: Spec, before: Spec | undefined, refuse: Refuse): Spec {
  const own = new Set((before?.ports ?? []).flatMap(({ nodePort }) => nodePort ?? []))
  const taken = new Set<number>()
  const hasNodePorts = given.type === 'NodePort' || given.type === 'LoadBalancer'
  const spec = hasNodePorts
    ? { ...given, ports: nodePortsOf(cluster, given, before ? own : undefined, taken, refuse) }
    : given
  const needed = spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local'
  const hadOne = before?.type === 'LoadBalancer' && before.externalTrafficPolicy === 'Local'
  if (!needed || hadOne) return spec
  if (spec.healthCheckNodePort === undefined) {
    const port = allocateNodePort(cluster, taken)
    return port === undefined ? spec : { ...spec, healthCheckNodePort: port }
  }
  const fault = nodePortFault(cluster, spec.healthCheckNodePort, taken)
  if (fault === undefined) return spec
  const failed = `failed to allocate requested HealthCheck NodePort ${spec.healthCheckNodePort}: ${fault}`
  throw new ApiError('InternalError', `Internal error occurred: ${failed}`)
}

/**
 * Each port with its node port. In a new Service, ports with the same number (TCP and UDP) share one. `own` are the node
 * ports that an existing Service already has.
 */
function nodePortsOf(
  cluster: Cluster,
  spec: Spec,
  own: ReadonlySet<number> | undefined,
  taken: Set<number>,
  refuse: Refuse,
): ServicePort[] {
  const ports = spec.ports ?? []
  const allocates = spec.type === 'NodePort' || spec.allocateLoadBalancerNodePorts !== false
  const shared = new Map<number, number>()
  const reserve = (nodePort: number, index: number): number => {
    const fault = own?.has(nodePort) ? undefined : nodePortFault(cluster, nodePort, own ? new Set() : taken)
    if (fault) throw refuse([invalidValue(`spec.ports[${index}].nodePort`, nodePort, fault)])
    taken.add(nodePort)
    return nodePort
  }
  const next = (): number => {
    const port = allocateNodePort(cluster, taken)
    if (port === undefined)
      throw new ApiError('InternalError', 'Internal error occurred: failed to allocate a nodePort: range is full')
    taken.add(port)
    return port
  }
  return ports.map((port, index) => {
    if (port.nodePort === undefined && !allocates) return port
    if (own) return { ...port, nodePort: port.nodePort === undefined ? next() : reserve(port.nodePort, index) }
    const known = shared.get(port.port)
    if (known !== undefined && (port.nodePort === undefined || port.nodePort === known))
      return { ...port, nodePort: known }
    const wanted =
      known === undefined ? ports.find((other) => other.port === port.port && other.nodePort)?.nodePort : port.nodePort
    const nodePort = wanted === undefined ? next() : reserve(wanted, index)
    if (known === undefined) shared.set(port.port, nodePort)
    return { ...port, nodePort }
  })
}
