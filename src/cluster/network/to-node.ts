import { internalIP, type Node } from '../kinds/node.ts'
import type { Pod, Protocol } from '../kinds/pod.ts'
import type { Service, ServicePort } from '../kinds/service.ts'
import { blame, blameOutside } from './blame.ts'
import type { Journey, Stop } from './journey.ts'
import type { Origin } from './origin.ts'
import { type Arrival, toPod } from './to-pod.ts'

/** A connection that has reached a program of the node or the control plane, which is no pod here. */
export interface MachineArrival {
  at: 'machine'
  machine: 'kubelet' | 'kube-apiserver' | 'kube-proxy'
  clientIp: string
  /** What kube-proxy tells about a Service: how many of its ready endpoints are on the node that was asked. */
  health?: { service: Service; localEndpoints: number }
}

const KUBELET_PORT = 10250

/** What takes a connection to a node's own address: a Service by its nodePort, or something that ends right there. */
export type NodeDoor = { service: Service; port: ServicePort } | Arrival | MachineArrival | Stop

/** What a port of a node leads to, once the packet is there (R-KPX-8, R-SVC-11, R-POD-6). */
export function throughNode(journey: Journey, sender: Origin, node: Node, port: number, protocol: Protocol): NodeDoor {
  const name = node.metadata.name
  const door = nodePortService(journey, port, protocol)
  if (door) return door
  const inside = podOnHost(journey, name, port, protocol)
  if (inside) return toPod(journey, { pod: inside.pod, port: inside.port, protocol, sender, clientIp: sender.source })
  const health = protocol === 'TCP' ? healthCheck(journey, name, port) : undefined
  if (health) return { at: 'machine', machine: 'kube-proxy', clientIp: sender.source, health }
  if (port === KUBELET_PORT && protocol === 'TCP') return { at: 'machine', machine: 'kubelet', clientIp: sender.source }
  journey.ms += 1
  journey.hop(
    name,
    `refuses: nothing on the node listens on port ${port}`,
    'portOnService',
    `No Service has the nodePort ${port}/${protocol}, and no program of ${name} listens there. A Service's own port is not open on nodes.`,
  )
  return journey.stop('refused', blameForClosedNode(journey, node, port, protocol))
}

/** What keeps a packet from getting to a node: the firewall on the street, or a node without power. */
export function lostBeforeNode(
  journey: Journey,
  sender: Origin,
  node: Node,
  port: number,
  protocol: Protocol,
): Stop | undefined {
  const { laws, cluster } = journey
  const name = node.metadata.name
  if (sender.zone === 'street') {
    const allowed = laws.firewallAdmits(cluster.settings.firewall, port, protocol)
    journey.hop(
      'firewall',
      allowed ? `lets ${port}/${protocol} in to the nodes` : `drops ${port}/${protocol}: not on its list`,
      'firewallAdmits',
      allowed
        ? `The cloud firewall in front of the nodes has a rule for ${port}/${protocol}; ${name} is reached under its public address.`
        : `The cloud firewall in front of the nodes lets in ${cluster.settings.firewall.join(', ') || 'nothing'}. The packet is dropped without a word.`,
    )
    if (!allowed)
      return journey.stop(
        'timeout',
        blameOutside(
          'Firewall',
          'firewall',
          `allow ${port}/${protocol}`,
          `it does not let ${port}/${protocol} in from the street`,
        ),
      )
  }
  if (laws.nodeAnswers(cluster.settings.down, name)) return undefined
  journey.hop(name, 'does not answer: the node is down', 'nodeAnswers', `${name} (${internalIP(node)}) is down.`)
  return journey.stop('timeout', blame(node, 'status.conditions', 'the node is down'))
}

/** The Service that a port of every node belongs to. */
export function nodePortService(
  { cluster }: Journey,
  number: number,
  protocol: Protocol,
): { service: Service; port: ServicePort } | undefined {
  for (const service of cluster.store.list('Service', { index: ['nodePort', String(number)] })) {
    const port = service.spec.ports?.find(
      (candidate) => candidate.nodePort === number && candidate.protocol === protocol,
    )
    if (port) return { service, port }
  }
  return undefined
}

/** kube-proxy's answer on a healthCheckNodePort, by which balancers find the nodes with an endpoint (R-LB-05). */
function healthCheck({ cluster, laws }: Journey, node: string, port: number): MachineArrival['health'] {
  const [service] = cluster.store.list('Service', { index: ['healthCheckNodePort', String(port)] })
  if (!service) return undefined
  const local = (service.spec.ports ?? [])
    .flatMap((each) => laws.serviceEndpoints(cluster, service, each))
    .filter((endpoint) => endpoint.node === node && laws.endpointReceivesTraffic(endpoint))
  return { service, localEndpoints: new Set(local.map(({ address }) => address)).size }
}

/** A pod that listens on the node's own address, by hostNetwork or by hostPort. */
function podOnHost(
  { cluster, apps, laws }: Journey,
  node: string,
  port: number,
  protocol: Protocol,
): { pod: Pod; port: number } | undefined {
  for (const pod of cluster.store.list('Pod', { index: ['node', node] })) {
    if (pod.status.phase !== 'Running') continue
    if (pod.spec.hostNetwork) {
      if (laws.listens(pod, apps.listenersOf(pod), port, protocol)) return { pod, port }
      continue
    }
    const hostPort = pod.spec.containers
      .flatMap(({ ports }) => ports ?? [])
      .find((candidate) => candidate.hostPort === port && (candidate.protocol ?? 'TCP') === protocol)
    if (hostPort) return { pod, port: hostPort.containerPort }
  }
  return undefined
}

/** A Service with that number as its own port is what the caller had in mind most likely. */
function blameForClosedNode({ cluster }: Journey, node: Node, port: number, protocol: Protocol) {
  const meant = cluster.store
    .list('Service', { index: ['type', 'NodePort'] })
    .find(({ spec }) => spec.ports?.some((candidate) => candidate.port === port && candidate.protocol === protocol))
  const open = meant?.spec.ports?.find((candidate) => candidate.port === port)?.nodePort
  return meant
    ? blame(meant, 'spec.ports[0].nodePort', `nodes open ${open}, not the Service's port ${port}`)
    : blame(node, 'status.addresses', `nothing on the node listens on ${port}`)
}
