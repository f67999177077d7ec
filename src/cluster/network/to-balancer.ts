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
  if (sender.zone === 'street' && !journey.laws.addressIsPublic(address)) {
    journey.hop(
      'the Internet',
      `does not route ${address}: it is private`,
      'addressIsPublic',
      `${address} means something only inside the network that uses it.`,
    )
    return journey.stop('timeout', blame(service, 'status.loadBalancer', `${address} is a private address`))
  }
  const nodes = entryNodes(journey, service, port, address)
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

const isSticky = ({ spec }: Service): boolean => spec.sessionAffinity === 'ClientIP'

/**
 * The nodes that may take a connection: for an externalIP the node that has the address, for a load balancer the ready
 * ones; with externalTrafficPolicy Local those that pass its health check, which are the ones with a ready endpoint.
 */
function entryNodes(journey: Journey, service: Service, port: ServicePort, address: string): string[] {
  const { cluster, laws } = journey
  const answers = (name: string) => laws.nodeAnswers(cluster.settings.down, name)
  if (service.spec.externalIPs?.includes(address))
    return cluster.store
      .list('Node', { index: ['address', address] })
      .map(({ metadata }) => metadata.name)
      .filter(answers)
  const ready = cluster.store
    .list('Node')
    .filter(isNodeReady)
    .map(({ metadata }) => metadata.name)
    .filter(answers)
  if (service.spec.externalTrafficPolicy !== 'Local') return ready
  const endpoints = laws.serviceEndpoints(cluster, service, port).filter(laws.endpointReceivesTraffic)
  const hosts = new Set(endpoints.map(({ node }) => node))
  const healthy = ready.filter((name) => hosts.has(name))
  // With no healthy node at all a balancer tries any of them, and kube-proxy there says why it fails.
  return healthy.length > 0 ? healthy : ready
}
