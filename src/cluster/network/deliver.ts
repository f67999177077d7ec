import { isNodeReady } from '../kinds/node.ts'
import type { Protocol } from '../kinds/pod.ts'
import type { Service } from '../kinds/service.ts'
import { isIPv4, isLoopback } from './address.ts'
import { isApiServer } from './api-server.ts'
import { blame } from './blame.ts'
import type { TrafficEndpoint } from './endpoints.ts'
import { type Journey, type Stop, stopped } from './journey.ts'
import { nodeAt } from './node-address.ts'
import type { Delivery, Packet } from './packet.ts'
import { type ServiceCall, throughService } from './service.ts'
import { isExternalIP, throughBalancer } from './to-balancer.ts'
import { toNobody } from './to-nobody.ts'
import { lostBeforeNode, nodePortService, throughNode } from './to-node.ts'
import { podAt, toLoopback, toPod } from './to-pod.ts'

/**
 * Carries a packet from its sender to whoever takes it: finds the owner of the address, judges whether it can be
 * reached from there, and follows a Service to one of its endpoints.
 */
export function deliver(journey: Journey, packet: Packet): Delivery {
  const { sender, address, port, protocol } = packet
  if (isLoopback(address)) return toOwnNodePort(journey, packet) ?? toLoopback(journey, sender, port, protocol)
  if (!isIPv4(address)) return unrouted(journey, address)
  return (
    toClusterIP(journey, packet) ??
    toPodAddress(journey, packet) ??
    toExternalAddress(journey, packet) ??
    toNodeAddress(journey, packet) ??
    toNobody(journey, packet)
  )
}

function unrouted(journey: Journey, address: string): Stop {
  journey.hop(
    'the network',
    'has no route: IPv6 is not modelled here',
    'podIPReachableFrom',
    `${address} is an IPv6 address. This cluster is IPv4 only; a dual-stack cluster would route it.`,
  )
  return journey.stop('timeout', null)
}

function toClusterIP(journey: Journey, { sender, address, port, protocol }: Packet): Delivery | undefined {
  const [service] = journey.cluster.store.list('Service', { index: ['clusterIP', address] })
  if (!service) return undefined
  const name = `${service.metadata.namespace}/${service.metadata.name}`
  if (!journey.laws.clusterIPReachableFrom(sender.zone)) {
    journey.hop(
      sender.label,
      `has no route to ${address}, a ClusterIP`,
      'clusterIPReachableFrom',
      `${address} is the ClusterIP of Service ${name}. It exists only as a rule on the cluster's nodes; outside of them nobody knows a way.`,
    )
    return journey.stop('timeout', blame(service, 'spec.type', 'a ClusterIP works only inside the cluster'))
  }
  const node = sender.node ?? anyNode(journey)
  const servicePort = journey.laws.portOnService(service, port, protocol)
  if (!servicePort) return toUndefinedPort(journey, service, node, address, port, protocol)
  return viaService(journey, { service, port: servicePort, via: 'cluster-ip', address, node, sender })
}

/** No rule matches a port that the Service does not define, so nobody answers (R-KPX-1). */
function toUndefinedPort(
  journey: Journey,
  service: Service,
  node: string,
  address: string,
  port: number,
  protocol: Protocol,
): Stop {
  const defined = (service.spec.ports ?? []).map((known) => `${known.port}/${known.protocol}`).join(', ')
  journey.hop(
    node,
    `has no rule for ${address}:${port}`,
    'portOnService',
    `Service ${service.metadata.namespace}/${service.metadata.name} defines ${defined}, not ${port}/${protocol}. kube-proxy has no rule for it, and no machine owns the address. (In nftables mode the node would refuse at once.)`,
  )
  return journey.stop('timeout', blame(service, 'spec.ports', `it defines ${defined}, not ${port}/${protocol}`))
}

function viaService(journey: Journey, call: ServiceCall): Delivery {
  const translation = throughService(journey, call)
  if (stopped(translation)) return translation
  return toEndpoint(journey, call, translation.endpoint, translation.clientIp)
}

/** From a Service to the endpoint that was chosen. A chosen address is final: it is never taken for a Service again. */
function toEndpoint(journey: Journey, call: ServiceCall, endpoint: TrafficEndpoint, clientIp: string): Delivery {
  const { service, port, sender } = call
  const { cluster } = journey
  const named = endpoint.pod && cluster.get('Pod', endpoint.pod.namespace, endpoint.pod.name)
  const pod = named?.status.podIP === endpoint.address ? named : podAt(journey, endpoint.address)
  const { protocol } = port
  const via = { service, port }
  if (pod) return toPod(journey, { pod, port: endpoint.port, protocol, sender, clientIp, via })
  if (isApiServer(cluster, endpoint.address, endpoint.port))
    return { at: 'machine', machine: 'kube-apiserver', clientIp }
  const packet = { sender, address: endpoint.address, port: endpoint.port, protocol }
  return toNodeAddress(journey, packet) ?? toNobody(journey, packet)
}

/** Straight to a pod, without any Service (R-KPX-11). */
function toPodAddress(journey: Journey, { sender, address, port, protocol }: Packet): Delivery | undefined {
  const pod = podAt(journey, address)
  if (!pod) return undefined
  const name = `${pod.metadata.namespace}/${pod.metadata.name}`
  if (!journey.laws.podIPReachableFrom(sender.zone)) {
    journey.hop(
      sender.label,
      `has no route to ${address}, a pod's address`,
      'podIPReachableFrom',
      `${address} belongs to pod ${name}. Addresses of pods are known inside the cluster only.`,
    )
    return journey.stop('timeout', blame(pod, 'status.podIP', "a pod's address works only inside the cluster"))
  }
  const across = sender.node !== undefined && sender.node !== pod.spec.nodeName
  journey.hop(
    sender.label,
    `sends to ${address}:${port}, a pod's own address`,
    'podIPReachableFrom',
    `${address} is pod ${name}${across ? ` on ${pod.spec.nodeName}; the nodes route it there` : ''}. No Service takes part.`,
  )
  return toPod(journey, { pod, port, protocol, sender, clientIp: sender.source })
}

/** An address that Services have from outside: of a load balancer, or an externalIP. */
function toExternalAddress(journey: Journey, packet: Packet): Delivery | undefined {
  const { sender, address, port, protocol } = packet
  const services = journey.laws.servicesAt(journey.cluster, address)
  if (services.length === 0) return undefined
  const [node] = journey.cluster.store.list('Node', { index: ['address', address] })
  if (node && sender.node === undefined) {
    const lost = lostBeforeNode(journey, sender, node, port, protocol)
    if (lost) return lost
  }
  const entry = throughBalancer(journey, sender, services, address, port, protocol)
  if (entry === undefined) {
    const balanced = node ? undefined : services.find((service) => !isExternalIP(service, address))
    return balanced && toClosedBalancer(journey, balanced, address, port, protocol)
  }
  if (stopped(entry)) return entry
  return viaService(journey, { ...entry, via: 'external', address, sender })
}

function toClosedBalancer(journey: Journey, service: Service, address: string, port: number, protocol: Protocol): Stop {
  const defined = (service.spec.ports ?? []).map((known) => `${known.port}/${known.protocol}`).join(', ')
  journey.hop(
    'load balancer',
    `${address} does not listen on ${port}`,
    'portOnService',
    `${address} is an address of Service ${service.metadata.namespace}/${service.metadata.name}, which defines ${defined}. Packets for other ports are dropped.`,
  )
  return journey.stop('timeout', blame(service, 'spec.ports', `it defines ${defined}, not ${port}/${protocol}`))
}

function toNodeAddress(journey: Journey, packet: Packet): Delivery | undefined {
  const { sender, address, port, protocol } = packet
  const { cluster, laws } = journey
  const node = nodeAt(cluster, address, laws.podIPReachableFrom(sender.zone))
  if (!node) return undefined
  const lost = lostBeforeNode(journey, sender, node, port, protocol)
  if (lost) return lost
  if (protocol === 'TCP' && isApiServer(cluster, address, port))
    return { at: 'machine', machine: 'kube-apiserver', clientIp: sender.source }
  const door = throughNode(journey, sender, node, port, protocol)
  if (!('service' in door)) return door
  return viaService(journey, { ...door, via: 'node-port', address, node: node.metadata.name, sender })
}

/** In iptables mode a node port is open on the node's own localhost as well (R-KPX-8). */
function toOwnNodePort(journey: Journey, { sender, address, port, protocol }: Packet): Delivery | undefined {
  const door = sender.zone === 'node' ? nodePortService(journey, port, protocol) : undefined
  if (!door || sender.node === undefined) return undefined
  return viaService(journey, { ...door, via: 'node-port', address, node: sender.node, sender })
}

/** Where the rules would be if a sender outside could use them. */
const anyNode = ({ cluster }: Journey): string => cluster.store.list('Node').find(isNodeReady)?.metadata.name ?? 'node'
