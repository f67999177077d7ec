import type { Ingress, IngressBackend } from '../kinds/ingress.ts'
import type { Service, ServicePort } from '../kinds/service.ts'
import { isIPv4 } from './address.ts'
import type { Blame } from './attempt.ts'
import { blame } from './blame.ts'
import { blameForNoEndpoints } from './blame-endpoints.ts'
import { among, brief, counted } from './brief.ts'
import { deliver } from './deliver.ts'
import { addressesIn, lookupWith } from './dns.ts'
import type { Journey } from './journey.ts'
import { stopped } from './journey.ts'
import type { BrokenBackend, Laws } from './laws.ts'
import type { Origin } from './origin.ts'
import type { Delivery } from './packet.ts'
import { podAt, toPod } from './to-pod.ts'

/** The backend of a route and where it stands in its Ingress. */
export interface BackendReference {
  ingress: Ingress
  backend: IngressBackend
  /** Field path of the backend. */
  field: string
}

/** A backend that a proxy cannot use, and the object to look at. */
export interface Broken {
  problem: BrokenBackend
  blame: Blame | null
}

/** A pod or machine that took the proxy's connection. */
export type Reached = Exclude<Delivery, { outcome: string }>

export const isBroken = (result: Reached | Broken): result is Broken => 'problem' in result

/**
 * Connects a proxy with one endpoint of a backend. Proxies choose among the endpoints themselves and do not go through
 * the ClusterIP, so the pod sees the proxy as its client (R-PIPE-04, R-ING-02, R-ING-03, R-ING-41).
 */
export function reachBackend(journey: Journey, proxy: Origin, reference: BackendReference): Reached | Broken {
  const { cluster } = journey
  const { ingress, backend, field } = reference
  if (!backend.service)
    return { problem: 'no-service', blame: blame(ingress, `${field}.resource`, 'nobody here serves resource backends') }
  const { name, port: wanted } = backend.service
  const { namespace } = ingress.metadata
  const service = cluster.get('Service', namespace, name)
  if (!service) return missingService(journey, reference, name)
  const port = portOf(journey.laws, service, wanted)
  if (!port) return missingPort(journey, reference, service, wanted)
  if (service.spec.type === 'ExternalName') return reachExternalName(journey, proxy, service, port)
  return reachEndpoint(journey, proxy, service, port)
}

/** The port is the Service's own, by number or by name; never the container's (R-ING-03). */
function portOf(
  laws: Laws,
  service: Service,
  wanted: { number?: number; name?: string } | undefined,
): ServicePort | undefined {
  if (wanted?.number !== undefined) return laws.portOnService(service, wanted.number, 'TCP')
  return service.spec.ports?.find(({ name }) => name !== undefined && name === wanted?.name)
}

function missingService(journey: Journey, { ingress, field }: BackendReference, name: string): Broken {
  const { namespace } = ingress.metadata
  const elsewhere = journey.cluster.store
    .list('Namespace')
    .find(({ metadata }) => journey.cluster.get('Service', metadata.name, name) !== undefined)?.metadata.name
  const why = `there is no Service "${name}" in namespace ${namespace}${elsewhere === undefined ? '' : `; one is in ${elsewhere}, which an Ingress cannot use`}`
  journey.hop(
    'ingress-controller',
    `finds no Service ${brief(name, 22)} in ${brief(namespace ?? '', 15)}`,
    'brokenBackendStatus',
    `Ingress ${namespace}/${ingress.metadata.name} sends to Service "${name}"; backends are looked for in the Ingress's own namespace, and ${why}.`,
  )
  return { problem: 'no-service', blame: blame(ingress, `${field}.service.name`, why) }
}

function missingPort(
  journey: Journey,
  { ingress, field }: BackendReference,
  service: Service,
  wanted: { number?: number; name?: string } | undefined,
): Broken {
  const { name } = service.metadata
  const asked = wanted?.name ?? wanted?.number ?? 'none'
  const defined = (service.spec.ports ?? [])
    .map((port) => (port.name ? `${port.port} (${port.name})` : port.port))
    .join(', ')
  const part = wanted?.name === undefined ? 'number' : 'name'
  journey.hop(
    'ingress-controller',
    `finds no port ${asked} in Service ${brief(name, 22)}`,
    'brokenBackendStatus',
    `Ingress ${ingress.metadata.namespace}/${ingress.metadata.name} names port ${asked} of Service ${name}, which defines ${defined}. The port of a backend is the Service's own, not the container's.`,
  )
  return {
    problem: 'no-port',
    blame: blame(ingress, `${field}.service.port.${part}`, `Service ${name} has port ${defined}, not ${asked}`),
  }
}

function reachEndpoint(journey: Journey, proxy: Origin, service: Service, port: ServicePort): Reached | Broken {
  const { laws, cluster } = journey
  const name = `${service.metadata.namespace}/${service.metadata.name}`
  const all = laws.serviceEndpoints(cluster, service, port)
  const ready = all.filter((endpoint) => laws.endpointReceivesTraffic(endpoint))
  if (ready.length === 0) {
    journey.hop(
      'ingress-controller',
      `finds no ready endpoint of ${brief(service.metadata.name, 22)}`,
      'endpointReceivesTraffic',
      `Service "${name}" does not have any active Endpoint: ${all.length === 0 ? 'it has none at all' : `it has ${counted(all.length, 'endpoint')}, none of them ready`}.`,
    )
    return { problem: 'no-endpoints', blame: blameForNoEndpoints(cluster, service, port) }
  }
  const { address, port: number } = laws.chooseEndpoint(ready, journey.dice)
  journey.hop(
    'ingress-controller',
    `→ ${address}:${number}, ${among(ready.length)} of ${brief(service.metadata.name, 18)}`,
    'chooseEndpoint',
    `The controller takes ${address}:${number}, ${among(ready.length)} ready behind Service ${name}, and connects to it directly: the ClusterIP takes no part.`,
  )
  const pod = podAt(journey, address)
  const call = { port: number, protocol: port.protocol, sender: proxy }
  return judged(
    pod
      ? toPod(journey, { ...call, pod, clientIp: proxy.source, via: { service, port } })
      : deliver(journey, { ...call, address }),
  )
}

function reachExternalName(journey: Journey, proxy: Origin, service: Service, port: ServicePort): Reached | Broken {
  const host = service.spec.externalName ?? ''
  const { apps, cluster, laws } = journey
  const [address] = isIPv4(host)
    ? []
    : addressesIn(lookupWith(apps, cluster, { origin: proxy, name: `${host}.`, type: 'A', laws }))
  if (address === undefined) {
    journey.hop(
      'ingress-controller',
      `finds no address for ${brief(host, 30)}`,
      'namesInScope',
      `Service ${service.metadata.name} is an alias for ${host}, which has no address.`,
    )
    return { problem: 'no-endpoints', blame: blame(service, 'spec.externalName', `${host} has no address`) }
  }
  return judged(deliver(journey, { sender: proxy, address, port: port.port, protocol: port.protocol, host }))
}

const judged = (delivery: Delivery): Reached | Broken =>
  stopped(delivery)
    ? { problem: delivery.outcome === 'refused' ? 'refused' : 'too-slow', blame: delivery.blame }
    : delivery
