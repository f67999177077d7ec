import type { Service, ServicePort } from '../kinds/service.ts'
import { inRanges } from './address.ts'
import { pinnedEndpoint } from './affinity.ts'
import { blame } from './blame.ts'
import { blameForNoEndpoints } from './blame-endpoints.ts'
import { among, brief, counted } from './brief.ts'
import type { TrafficEndpoint } from './endpoints.ts'
import { type Journey, type Stop, stopped } from './journey.ts'
import { nodeAddress } from './node-address.ts'
import type { Origin } from './origin.ts'

/** A connection that has reached one port of a Service on one node, where kube-proxy's rules take it. */
export interface ServiceCall {
  service: Service
  port: ServicePort
  via: 'cluster-ip' | 'node-port' | 'external'
  /** The address that was called. */
  address: string
  /** The node whose rules decide. */
  node: string
  sender: Origin
}

/** Where a Service sends a connection, and the source address that the endpoint sees. */
export interface Translation {
  endpoint: TrafficEndpoint
  clientIp: string
}

const DEFAULT_AFFINITY_SECONDS = 10_800

/** What kube-proxy does with a connection to a Service (R-KPX-1…9). */
export function throughService(journey: Journey, call: ServiceCall): Translation | Stop {
  const { service, port, via, address, sender } = call
  const refused = dropBySourceRange(journey, call)
  if (refused) return refused
  const usable = usableEndpoints(journey, call)
  if (stopped(usable)) return usable
  const endpoint = choose(journey, call, usable.endpoints)
  const called = via === 'node-port' ? `nodePort ${port.nodePort}` : `${address}:${port.port}`
  const target = `${endpoint.address}:${endpoint.port}`
  journey.hop(
    call.node,
    `${called} → ${target}, ${among(usable.endpoints.length)}`,
    'chooseEndpoint',
    `kube-proxy's rules on ${call.node} rewrite ${called} of Service ${nameOf(service)}, called by ${sender.label}, to ${target}: ${howChosen(service, usable.endpoints.length)}.`,
  )
  return { endpoint, clientIp: clientAddress(journey, call, endpoint) }
}

const howChosen = (service: Service, usable: number): string => {
  if (usable === 1) return 'its only usable endpoint'
  const how = isSticky(service) ? 'the one that this client address stays with' : 'chosen at random for this connection'
  return `one of ${usable} usable endpoints, ${how}`
}

const nameOf = ({ metadata }: Service): string => `${metadata.namespace}/${metadata.name}`

const isSticky = ({ spec }: Service): boolean => spec.sessionAffinity === 'ClientIP'

/** Senders inside the cluster are not outside traffic: externalTrafficPolicy Local does not narrow them (R-KPX-6). */
const isInside = ({ sender, node }: ServiceCall): boolean =>
  sender.zone === 'pod' || (sender.zone === 'node' && sender.node === node)

const policyOf = (call: ServiceCall) =>
  (call.via === 'cluster-ip'
    ? call.service.spec.internalTrafficPolicy
    : isInside(call)
      ? 'Cluster'
      : call.service.spec.externalTrafficPolicy) ?? 'Cluster'

/** loadBalancerSourceRanges guards the balancer's address, not the node ports; others are dropped (R-SVC-13). */
function dropBySourceRange(journey: Journey, { service, via, sender, node, address }: ServiceCall): Stop | undefined {
  const { loadBalancerSourceRanges: ranges = [], externalIPs } = service.spec
  if (via !== 'external' || ranges.length === 0 || externalIPs?.includes(address)) return undefined
  if (sender.zone === 'node' || inRanges(sender.source, ranges)) return undefined
  journey.hop(
    node,
    `drops ${sender.source}: not in loadBalancerSourceRanges`,
    'servicesAt',
    `Service ${nameOf(service)} takes connections to ${address} from ${ranges.join(', ')} only. Others are dropped without a word.`,
  )
  return journey.stop(
    'timeout',
    blame(service, 'spec.loadBalancerSourceRanges', `${sender.source} is in none of its ranges`),
  )
}

/** The endpoints that a connection may go to, or why there are none. Never an empty list. */
function usableEndpoints(journey: Journey, call: ServiceCall): { endpoints: readonly TrafficEndpoint[] } | Stop {
  const { laws, cluster } = journey
  const { service, port, via, node } = call
  const all = laws.serviceEndpoints(cluster, service, port)
  const policy = policyOf(call)
  const reach = laws.endpointsInReach(all, { via, node, policy })
  const usable = trafficTakers(journey, reach)
  if (usable.length > 0) return { endpoints: usable }
  const elsewhere = trafficTakers(journey, all)
  if (elsewhere.length === 0) return rejectForNobody(journey, call, all)
  const field = via === 'cluster-ip' ? 'spec.internalTrafficPolicy' : 'spec.externalTrafficPolicy'
  journey.hop(
    node,
    `drops it: no endpoint of ${brief(service.metadata.name, 20)} on this node`,
    'endpointsInReach',
    `Service ${nameOf(service)} has ${field} ${policy}, so ${node} may use its own endpoints only; it has none, and the others stand on other nodes. The packet is dropped.`,
  )
  return journey.stop('timeout', blame(service, field, `Local, and no ready endpoint is on ${node}`))
}

/** Ready endpoints; where there is none, those that still serve while they terminate (R-KPX-4). */
function trafficTakers(journey: Journey, endpoints: readonly TrafficEndpoint[]): readonly TrafficEndpoint[] {
  const ready = endpoints.filter((endpoint) => journey.laws.endpointReceivesTraffic(endpoint))
  return ready.length > 0 ? ready : endpoints.filter(({ serving, terminating }) => serving && terminating)
}

/** Nobody to send to anywhere: the connection is refused at once, on every way in (R-KPX-5, R-LB-07). */
function rejectForNobody(journey: Journey, call: ServiceCall, all: readonly TrafficEndpoint[]): Stop {
  const { service, port, node } = call
  const name = brief(service.metadata.name, 20)
  journey.hop(
    node,
    all.length === 0 ? `refuses: Service ${name} has no endpoints` : `refuses: no ready endpoint behind ${name}`,
    'endpointReceivesTraffic',
    `Service ${nameOf(service)} has ${all.length === 0 ? 'no endpoints' : `${counted(all.length, 'endpoint')}, none of them ready`} for port ${port.port}, so kube-proxy's rules on ${node} reject the connection.`,
  )
  return journey.stop('refused', blameForNoEndpoints(journey.cluster, service, port))
}

function choose(journey: Journey, call: ServiceCall, usable: readonly TrafficEndpoint[]): TrafficEndpoint {
  const { service, port, node, sender } = call
  const anyOf = () => journey.laws.chooseEndpoint(usable, journey.dice)
  if (!isSticky(service)) return anyOf()
  const seconds = service.spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? DEFAULT_AFFINITY_SECONDS
  // Each node remembers for itself, and each port of a Service has its own list.
  const client = `${service.metadata.uid} ${port.protocol} ${port.port} ${node} ${sender.source}`
  return pinnedEndpoint(journey.cluster, client, usable, seconds * 1000, anyOf)
}

/** The source address that the endpoint sees (R-KPX-7, R-LB-05). */
function clientAddress(journey: Journey, call: ServiceCall, endpoint: TrafficEndpoint): string {
  const { service, via, node, sender } = call
  const address = nodeAddress(journey.cluster, node)
  if (via === 'cluster-ip') {
    // A pod that meets itself again would not recognise the answer: the bridge stands in as the sender.
    if (endpoint.address === sender.ip) return address.bridge ?? sender.source
    return sender.zone === 'pod' || sender.zone === 'node' ? sender.source : (address.internal ?? sender.source)
  }
  if (service.spec.externalTrafficPolicy === 'Local') return sender.source
  return address.internal ?? sender.source
}
