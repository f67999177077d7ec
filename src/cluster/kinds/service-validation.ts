import type { FieldError } from '../errors.ts'
import { cidrErrors, endpointIPErrors, ipErrors } from '../ip-validation.ts'
import { dnsLabelErrors, dnsSubdomainErrors, labelKeyErrors, portNameErrors, portNumberErrors } from '../names.ts'
import type { Admission } from '../object.ts'
import { duplicate, forbidden, IMMUTABLE, invalidValue, invalidValues, required, unsupported } from '../validation.ts'
import { validateLabels } from '../validation-metadata.ts'
import type { Service, ServicePort } from './service.ts'
import { validateClusterIPs, validateClusterIPsUpdate, validateFamiliesUpdate } from './service-cluster-ips.ts'
import { isExternallyAccessible, needsHealthCheck } from './service-defaults.ts'

type Spec = Service['spec']

const AFFINITIES = ['ClientIP', 'None']
const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']
const POLICIES = ['Cluster', 'Local']
const PROTOCOLS = ['SCTP', 'TCP', 'UDP']
const DISTRIBUTIONS = ['PreferClose', 'PreferSameZone', 'PreferSameNode']

/** The longest ClientIP affinity; the message says "less than" although the value itself is accepted (R-SVC-15). */
const AFFINITY_MOST = 86_400

/** All problems of a Service together (R-SVC-2…4, R-SVC-8…16). */
export function validateService(service: Service, { previous }: Admission<Service>): FieldError[] {
  const { spec } = service
  const before = previous?.spec
  return [
    ...(before ? validateUpdate(spec, before) : []),
    ...validateType(spec),
    ...(spec.ports ?? []).flatMap((port, index) => validatePort(port, index, spec.ports ?? [])),
    ...(spec.selector ? validateLabels(spec.selector, 'spec.selector') : []),
    ...validateAffinity(spec),
    ...validateClusterIPs(spec, before),
    ...validateExternalIPs(spec, before),
    ...(TYPES.includes(spec.type) ? [] : [unsupported('spec.type', spec.type, TYPES)]),
    ...validatePorts(spec),
    ...validateLoadBalancer(spec, before),
    ...validatePolicies(spec),
  ]
}

function validateUpdate(spec: Spec, before: Spec): FieldError[] {
  const errors = [...validateClusterIPsUpdate(spec, before), ...validateFamiliesUpdate(spec, before)]
  const { type, loadBalancerClass } = spec
  if (before.type === 'LoadBalancer' && type === 'LoadBalancer' && loadBalancerClass !== before.loadBalancerClass)
    errors.push(invalidValue('spec.loadBalancerClass', loadBalancerClass ?? null, 'may not change once set'))
  if (needsHealthCheck(before) && needsHealthCheck(spec) && spec.healthCheckNodePort !== before.healthCheckNodePort)
    errors.push(forbidden('spec.healthCheckNodePort', IMMUTABLE))
  return errors
}

const isHeadless = ({ clusterIPs = [] }: Spec): boolean => clusterIPs.length === 1 && clusterIPs[0] === 'None'

function validateType(spec: Spec): FieldError[] {
  const errors: FieldError[] = []
  if (!spec.ports?.length && !isHeadless(spec) && spec.type !== 'ExternalName') errors.push(required('spec.ports'))
  if ((spec.type === 'LoadBalancer' || spec.type === 'NodePort') && isHeadless(spec))
    errors.push(invalidValue('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${spec.type} services`))
  if (spec.type !== 'ExternalName') return errors
  for (const field of ['clusterIPs', 'ipFamilies'] as const)
    if (spec[field]?.length) errors.push(forbidden(`spec.${field}`, 'may not be set for ExternalName services'))
  if (spec.ipFamilyPolicy !== undefined)
    errors.push(forbidden('spec.ipFamilyPolicy', 'may not be set for ExternalName services'))
  const name = (spec.externalName ?? '').replace(/\.$/, '')
  if (name === '') return [...errors, required('spec.externalName')]
  return [...errors, ...invalidValues('spec.externalName', name, dnsSubdomainErrors(name))]
}

function validatePort(port: ServicePort, index: number, ports: readonly ServicePort[]): FieldError[] {
  const path = `spec.ports[${index}]`
  const { name, protocol, targetPort, appProtocol } = port
  const number = port.port ?? 0
  const errors: FieldError[] = []
  if (name === undefined && ports.length > 1) errors.push(required(`${path}.name`))
  if (name !== undefined) {
    errors.push(...invalidValues(`${path}.name`, name, dnsLabelErrors(name)))
    if (ports.findIndex((other) => other.name === name) < index) errors.push(duplicate(`${path}.name`, name))
  }
  errors.push(...invalidValues(`${path}.port`, number, portNumberErrors(number)))
  if (!PROTOCOLS.includes(protocol)) errors.push(unsupported(`${path}.protocol`, protocol, PROTOCOLS))
  const targetErrors = typeof targetPort === 'string' ? portNameErrors(targetPort) : portNumberErrors(targetPort)
  errors.push(...invalidValues(`${path}.targetPort`, targetPort, targetErrors))
  if (appProtocol !== undefined)
    errors.push(...invalidValues(`${path}.appProtocol`, appProtocol, labelKeyErrors(appProtocol)))
  return errors
}

/** The key of a port as the API server prints it among duplicates. */
const portKey = ({ protocol, port = 0 }: ServicePort) => ({
  Name: '',
  Protocol: protocol,
  AppProtocol: null,
  Port: port,
  TargetPort: 0,
  NodePort: 0,
})

function validatePorts({ type, ports = [] }: Spec): FieldError[] {
  const repeated = (port: ServicePort, index: number, same: (other: ServicePort) => boolean): boolean =>
    ports.findIndex((other) => other.protocol === port.protocol && same(other)) < index
  return [
    ...ports.flatMap(({ nodePort }, index) =>
      type === 'ClusterIP' && nodePort !== undefined
        ? [forbidden(`spec.ports[${index}].nodePort`, "may not be used when `type` is 'ClusterIP'")]
        : [],
    ),
    ...ports.flatMap((port, index) =>
      port.nodePort !== undefined && repeated(port, index, (other) => other.nodePort === port.nodePort)
        ? [duplicate(`spec.ports[${index}].nodePort`, port.nodePort)]
        : [],
    ),
    ...ports.flatMap((port, index) =>
      repeated(port, index, (other) => other.port === port.port)
        ? [duplicate(`spec.ports[${index}]`, portKey(port))]
        : [],
    ),
  ]
}

function validateAffinity({ sessionAffinity = 'None', sessionAffinityConfig }: Spec): FieldError[] {
  if (!AFFINITIES.includes(sessionAffinity)) return [unsupported('spec.sessionAffinity', sessionAffinity, AFFINITIES)]
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds
  if (sessionAffinity === 'None' || seconds === undefined) return []
  const path = 'spec.sessionAffinityConfig.clientIP.timeoutSeconds'
  return seconds <= 0 || seconds > AFFINITY_MOST
    ? [invalidValue(path, seconds, `must be greater than 0 and less than ${AFFINITY_MOST}`)]
    : []
}

const validateExternalIPs = ({ externalIPs = [] }: Spec, before: Spec | undefined): FieldError[] =>
  externalIPs.flatMap((ip, index) => {
    const path = `spec.externalIPs[${index}]`
    const errors = ipErrors(path, ip, before?.externalIPs)
    return errors.length > 0 ? errors : endpointIPErrors(path, ip)
  })

function validateLoadBalancer(spec: Spec, before: Spec | undefined): FieldError[] {
  const { type, loadBalancerSourceRanges = [], loadBalancerClass, allocateLoadBalancerNodePorts } = spec
  const errors: FieldError[] = []
  const isLoadBalancer = type === 'LoadBalancer'
  const only = "may only be used when `type` is 'LoadBalancer'"
  // The capital L is upstream's.
  const ranges = 'spec.LoadBalancerSourceRanges'
  if (loadBalancerSourceRanges.length > 0 && !isLoadBalancer) errors.push(forbidden(ranges, only))
  const known = before?.loadBalancerSourceRanges?.map((range) => range.trim())
  for (const [index, range] of loadBalancerSourceRanges.entries())
    errors.push(...cidrErrors(`${ranges}[${index}]`, range.trim(), known))
  if (allocateLoadBalancerNodePorts !== undefined && !isLoadBalancer)
    errors.push(forbidden('spec.allocateLoadBalancerNodePorts', only))
  if (loadBalancerClass === undefined) return errors
  if (!isLoadBalancer) return [...errors, forbidden('spec.loadBalancerClass', only)]
  return [...errors, ...invalidValues('spec.loadBalancerClass', loadBalancerClass, labelKeyErrors(loadBalancerClass))]
}

function validatePolicies(spec: Spec): FieldError[] {
  const { externalTrafficPolicy, internalTrafficPolicy, healthCheckNodePort, trafficDistribution } = spec
  const errors: FieldError[] = []
  const external = 'spec.externalTrafficPolicy'
  if (!isExternallyAccessible(spec)) {
    if (externalTrafficPolicy !== undefined)
      errors.push(invalidValue(external, externalTrafficPolicy, 'may only be set for externally-accessible services'))
  } else if (externalTrafficPolicy !== undefined && !POLICIES.includes(externalTrafficPolicy))
    errors.push(unsupported(external, externalTrafficPolicy, POLICIES))
  if (healthCheckNodePort !== undefined && !needsHealthCheck(spec)) {
    const only = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'"
    errors.push(invalidValue('spec.healthCheckNodePort', healthCheckNodePort, only))
  }
  if (internalTrafficPolicy !== undefined && !POLICIES.includes(internalTrafficPolicy))
    errors.push(unsupported('spec.internalTrafficPolicy', internalTrafficPolicy, POLICIES))
  if (trafficDistribution !== undefined && !DISTRIBUTIONS.includes(trafficDistribution))
    errors.push(unsupported('spec.trafficDistribution', trafficDistribution, DISTRIBUTIONS))
  return errors
}
