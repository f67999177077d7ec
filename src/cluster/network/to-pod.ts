import type { Pod, Protocol } from '../kinds/pod.ts'
import { blame } from './blame.ts'
import { blameForRefusal, type Via } from './blame-listener.ts'
import { brief } from './brief.ts'
import type { Journey, Stop } from './journey.ts'
import type { Origin } from './origin.ts'

/** A connection that has reached a process in a pod. */
export interface Arrival {
  at: 'pod'
  pod: Pod
  port: number
  /** The source address that the pod sees. */
  clientIp: string
}

/** A packet for a port of a pod. */
export interface PodCall {
  pod: Pod
  port: number
  protocol: Protocol
  sender: Origin
  clientIp: string
  /** The Service port that led here. */
  via?: Via
}

/** The alive pod that owns an address; finished pods keep theirs in their status but do not answer. */
export const podAt = (journey: Journey, address: string): Pod | undefined =>
  journey.cluster.store
    .list('Pod', { index: ['ip', address] })
    .find(({ status }) => status.phase !== 'Succeeded' && status.phase !== 'Failed')

/** Carries a packet over the pod network to a listener (R-KPX-11, R-POD-8). */
export function toPod(journey: Journey, call: PodCall): Arrival | Stop {
  const { pod, port, protocol, sender, clientIp, via } = call
  const lost = lostOnTheWay(journey, pod, sender)
  if (lost) return lost
  const listeners = journey.apps.listenersOf(pod)
  const listener = journey.laws.listens(pod, listeners, port, protocol)
  journey.ms += sender.node === pod.spec.nodeName ? 1 : 2
  if (listener?.address === 'any') return { at: 'pod', pod, port, clientIp }
  const name = brief(pod.metadata.name, 20)
  journey.hop(
    pod.metadata.name,
    listener ? `refuses: port ${port} listens on 127.0.0.1 only` : `refuses: nothing listens on port ${port}`,
    'listens',
    listener
      ? `A program in pod ${name} listens on 127.0.0.1:${port}. Only the pod's own containers reach that address.`
      : `Pod ${name} got the connection, but none of its running containers listens on ${protocol} port ${port}. What containerPort declares does not matter.`,
  )
  return journey.stop('refused', blameForRefusal(journey.cluster, pod, listeners, port, protocol, via))
}

/** What keeps a packet from getting to a pod that exists. */
function lostOnTheWay(journey: Journey, pod: Pod, sender: Origin): Stop | undefined {
  const { laws, cluster } = journey
  const { nodeName } = pod.spec
  if (nodeName !== undefined && !laws.nodeAnswers(cluster.settings.down, nodeName)) {
    journey.hop(
      nodeName,
      'does not answer: the node is down',
      'nodeAnswers',
      `Pod ${pod.metadata.name} is on ${nodeName}, which is down. Nobody takes the packet.`,
    )
    const node = cluster.get('Node', undefined, nodeName)
    return journey.stop('timeout', blame(node ?? pod, 'status.conditions', `${nodeName} is down, with all its pods`))
  }
  if (!laws.podKeepsAddress(pod)) {
    journey.hop(
      'the network',
      `nobody owns ${pod.status.podIP} any more`,
      'podKeepsAddress',
      'The address was given up.',
    )
    return journey.stop('timeout', blame(pod, 'status.podIP', 'it has another address'))
  }
  const from = sender.pod?.metadata.namespace
  const to = pod.metadata.namespace ?? ''
  if (laws.namespaceAdmits(from, to)) return undefined
  journey.hop('the network', `drops it between ${from} and ${to}`, 'namespaceAdmits', 'The namespaces are kept apart.')
  return journey.stop('timeout', blame(pod, 'metadata.namespace', `traffic from namespace ${from} does not get in`))
}

/** A sender calls its own machine (R-POD-4). */
export function toLoopback(journey: Journey, sender: Origin, port: number, protocol: Protocol): Arrival | Stop {
  for (const pod of loopbackPods(journey, sender)) {
    const listeners = journey.apps.listenersOf(pod)
    if (!journey.laws.listens(pod, listeners, port, protocol)) continue
    journey.ms += 1
    return { at: 'pod', pod, port, clientIp: '127.0.0.1' }
  }
  journey.hop(
    sender.label,
    `refuses: nothing here listens on port ${port}`,
    'localhostIs',
    `localhost is ${sender.label} itself, and nothing in there listens on ${protocol} port ${port}.`,
  )
  const why = `localhost is the caller itself, and nothing there listens on ${port}`
  return journey.stop('refused', sender.pod && sender.pod.metadata.uid !== '' ? blame(sender.pod, '', why) : null)
}

function loopbackPods(journey: Journey, { zone, pod, node }: Origin): readonly Pod[] {
  if (zone === 'pod' && pod) return journey.laws.localhostIs(journey.cluster, pod)
  return zone === 'node' && node !== undefined ? hostNetworkPods(journey, node) : []
}

/** The pods that share the network of their node. */
const hostNetworkPods = (journey: Journey, node: string): Pod[] =>
  journey.cluster.store.list('Pod', { index: ['node', node] }).filter(({ spec }) => spec.hostNetwork === true)
