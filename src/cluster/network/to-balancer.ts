import { isNodeReady } from '../kinds/node.ts'
import type { Protocol } from '../kinds/pod.ts'
import type { Service, ServicePort } from '../kinds/service.ts'
import { hash } from '../random.ts'
import { blame } from './blame.ts'
import { brief } from './brief.ts'
import type { Journey, Stop } from './journey.ts'
import type { Origin } from './origin.ts'

/** The Service port behind an address from outside, and the node on which it enters the cluster. */
export interface Entry {
  service: Service
  port: ServicePort
  node: string
}

/**
 * How a connection to a load balancer's address or an externalIP gets to a node (R-LB-01, R-LB-03, R-LB-05).
 * Undefined: none of the Services has the port, and the address may mean something else.
 */
export function throughBalancer(
  journey: Journey,
  sender: Origin,
  services: readonly Service[],
  address: string,
  port: number,
  protocol: Protocol,
): Entry | Stop | undefined {
  for (const service of services) {
    const servicePort = journey.laws.portOnService(service, port, protocol)
    if (!servicePort) continue
    // Pods and nodes do not leave the cluster for it: kube-proxy knows the address on every node.
    if (sender.node !== undefined) return { service, port: servicePort, node: sender.node }
    return enter(journey, sender, service, servicePort, address)
  }
  return undefined
}

function enter(journey: Journey, sender: Origin, service: Service, port: ServicePort, address: string): Entry | Stop {
  if (isExternalIP(service, address)) return enterByExternalIP(journey, service, port, address)
  if (sender.zone === 'street' && !journey.laws.addressIsPublic(address)) {
    journey.hop(
      'the Internet',
      `does not route ${address}: it is private`,
      'addressIsPublic',
      `${address} means something only inside the network that uses it.`,
    )
    return journey.stop('timeout', blame(service, 'status.loadBalancer', `${address} is a private address`))
  }
  const nodes = balancedNodes(journey, service, port)
  const node = isSticky(service) ? nodes[hash(sender.source) % Math.max(1, nodes.length)] : journey.dice.pick(nodes)
  journey.ms += 1
  const name = brief(service.metadata.name, 20)
  if (node === undefined) {
    journey.hop(
      'load balancer',
      `has no node to send to for Service ${name}`,
      'servicesAt',
      `${address} belongs to Service ${service.metadata.namespace}/${service.metadata.name}, and no node can take its traffic.`,
    )
    return journey.stop('timeout', blame(service, 'spec.externalTrafficPolicy', 'no node can take its traffic'))
  }
  journey.hop(
    'load balancer',
    `${address}:${port.port} → ${node} for Service ${name}`,
    'servicesAt',
    `${address} is an address of Service ${service.metadata.namespace}/${service.metadata.name}; the connection enters the cluster on ${node}.`,
  )
  return { service, port, node }
}

/**
 * Nobody in Kubernetes brings an externalIP to a node: it works where a node has the address itself, and whether the
 * node is reached at all has been judged before.
 * https://kubernetes.io/docs/concepts/services-networking/service/#external-ips
 */
function enterByExternalIP(journey: Journey, service: Service, port: ServicePort, address: string): Entry | Stop {
  const [node] = journey.cluster.store.list('Node', { index: ['address', address] })
  if (node) return { service, port, node: node.metadata.name }
  journey.hop(
    'the network',
    `brings ${address} to no node`,
    'servicesAt',
    `${address} is an externalIP of Service ${service.metadata.namespace}/${service.metadata.name}. The nodes would take its packets, but Kubernetes brings none to them: a node must have the address, or a router must send it there. Neither is so here.`,
  )
  return journey.stop(
    'timeout',
    blame(service, 'spec.externalIPs', `no node has ${address}, and nothing routes it to one`),
  )
}

export const isExternalIP = ({ spec }: Service, address: string): boolean =>
  spec.externalIPs?.includes(address) ?? false

const isSticky = ({ spec }: Service): boolean => spec.sessionAffinity === 'ClientIP'

/**
 * The nodes that a balancer sends to: the ready ones; with externalTrafficPolicy Local those that pass its health check,
 * which are the ones with a ready endpoint.
 */
function balancedNodes({ cluster, laws }: Journey, service: Service, port: ServicePort): string[] {
  const ready = cluster.store
    .list('Node')
    .filter(isNodeReady)
    .map(({ metadata }) => metadata.name)
    .filter((name) => laws.nodeAnswers(cluster.settings.down, name))
  if (service.spec.externalTrafficPolicy !== 'Local') return ready
  const endpoints = laws.serviceEndpoints(cluster, service, port).filter(laws.endpointReceivesTraffic)
  const hosts = new Set(endpoints.map(({ node }) => node))
  const healthy = ready.filter((name) => hosts.has(name))
  // With no healthy node at all a balancer tries any of them, and kube-proxy there says why it fails.
  return healthy.length > 0 ? healthy : ready
}
