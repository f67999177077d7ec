import type { Cluster } from '../cluster.ts'
import { internalIP, isNodeReady, type Node } from '../kinds/node.ts'
import type { Pod } from '../kinds/pod.ts'
import { timestamp } from '../object.ts'
import { addressAt, isIPv4 } from './address.ts'
import { PLACES, type Place } from './place.ts'

/**
 * What a sender's packets can reach. `pod`, `node`: the whole cluster. `routed`: the nodes' network with a route to the
 * pods. `lan`: the nodes' network. `street`: what the Internet reaches.
 */
export type Zone = 'pod' | 'node' | 'routed' | Place['zone']

/** Where traffic starts. */
export interface Origin {
  /** As the protocol's `from` names it: `default/client`, `node/node-1`, `office`. */
  label: string
  zone: Zone
  /** The sender's own address. */
  ip: string
  /** The address that the cluster sees; differs from `ip` behind address translation. */
  source: string
  /** The node that the sender runs on. */
  node: string | undefined
  pod: Pod | undefined
  place: Place | undefined
}

/** A vantage point that does not exist or cannot send; `candidates` are the names that would do. */
export class OriginError extends Error {
  override readonly name = 'OriginError'
  readonly candidates: readonly string[]

  constructor(message: string, candidates: readonly string[]) {
    super(message)
    this.candidates = candidates
  }
}

/** Name of the throw-away pod that traffic starts from by default. */
const CLIENT = 'client'

/**
 * The vantage point that `from` names: `POD`, `NAMESPACE/POD` (also the name of a workload, for its first running pod),
 * `node/NAME`, `office`, `laptop`, `internet`, `home`, `browser`, `ip/A.B.C.D`. Without a name it is a throw-away pod
 * in `namespace`; nothing is stored for it. Throws OriginError.
 */
export function parseOrigin(cluster: Cluster, from: string | undefined, namespace: string): Origin {
  if (from === undefined) return throwAwayPod(cluster, namespace)
  const place = PLACES.find(({ name }) => name === from)
  if (place) return placeOrigin(place)
  const [first = '', second, third] = from.split('/')
  if (third !== undefined || first === '' || second === '')
    throw refusal(cluster, namespace, `"${from}" is no vantage point.`)
  if (second === undefined) return podNamed(cluster, namespace, first, namespace)
  if (first === 'node') return nodeNamed(cluster, second, namespace)
  if (first === 'ip') return host(cluster, second, namespace)
  return podNamed(cluster, first, second, namespace)
}

/** The names that `parseOrigin` takes, those of `namespace` first; at most `limit` pods. */
export function originNames(cluster: Cluster, namespace: string, limit = 20): string[] {
  const pods = cluster.store.list('Pod', { namespace }).filter((pod) => canSend(cluster, pod))
  return [
    ...pods.slice(0, limit).map(({ metadata }) => metadata.name),
    ...PLACES.map(({ name }) => name),
    ...cluster.store.list('Node').map(({ metadata }) => `node/${metadata.name}`),
  ]
}

/** A pod of the cluster as a sender. On the host network it sends as its node does (R-POD-6). */
export function podOrigin(cluster: Cluster, pod: Pod): Origin {
  const node = pod.spec.nodeName
  const nodeIP = node === undefined ? undefined : internalIPOf(cluster, node)
  const ip = pod.spec.hostNetwork ? (nodeIP ?? pod.status.podIP ?? '') : (pod.status.podIP ?? '')
  const label = `${pod.metadata.namespace}/${pod.metadata.name}`
  return { label, zone: pod.spec.hostNetwork ? 'node' : 'pod', ip, source: ip, node, pod, place: undefined }
}

/** A node as a sender. */
export const nodeOrigin = (node: Node): Origin => {
  const ip = internalIP(node)
  const name = node.metadata.name
  return { label: `node/${name}`, zone: 'node', ip, source: ip, node: name, pod: undefined, place: undefined }
}

/** True if some container of the pod runs on a node that has power. */
export const canSend = (cluster: Cluster, { spec, status }: Pod): boolean =>
  status.phase === 'Running' &&
  status.podIP !== undefined &&
  spec.nodeName !== undefined &&
  !Object.hasOwn(cluster.settings.down, spec.nodeName) &&
  (status.containerStatuses?.some(({ state }) => state.running !== undefined) ?? true)

const internalIPOf = (cluster: Cluster, name: string): string | undefined => {
  const node = cluster.get('Node', undefined, name)
  return node && internalIP(node)
}

const placeOrigin = (place: Place): Origin => ({
  label: place.name,
  zone: place.zone,
  ip: place.ip,
  source: place.source,
  node: undefined,
  pod: undefined,
  place,
})

function podNamed(cluster: Cluster, namespace: string, name: string, current: string): Origin {
  if (!cluster.get('Namespace', undefined, namespace))
    throw refusal(cluster, current, `There is no namespace "${namespace}".`)
  const pod = cluster.get('Pod', namespace, name) ?? firstPodOf(cluster, namespace, name)
  if (!pod) throw refusal(cluster, current, `There is no pod "${name}" in namespace ${namespace}.`)
  if (!canSend(cluster, pod))
    throw refusal(cluster, current, `Pod "${pod.metadata.name}" cannot send: ${silence(cluster, pod)}.`)
  return podOrigin(cluster, pod)
}

/** The first pod of a workload that can send, else its first pod. */
function firstPodOf(cluster: Cluster, namespace: string, name: string): Pod | undefined {
  const deployment = cluster.get('Deployment', namespace, name)
  const replicaSets = deployment
    ? cluster.store.list('ReplicaSet', { namespace, owner: deployment.metadata.uid })
    : [cluster.get('ReplicaSet', namespace, name)]
  const pods = replicaSets.flatMap((owner) =>
    owner ? cluster.store.list('Pod', { namespace, owner: owner.metadata.uid }) : [],
  )
  return pods.find((pod) => canSend(cluster, pod)) ?? pods[0]
}

function silence(cluster: Cluster, { spec, status }: Pod): string {
  if (spec.nodeName === undefined) return 'it is not scheduled to a node yet'
  if (Object.hasOwn(cluster.settings.down, spec.nodeName)) return `its node ${spec.nodeName} is down`
  if (status.phase === 'Succeeded' || status.phase === 'Failed') return `it has finished (${status.phase})`
  const waiting = status.containerStatuses?.find(({ state }) => state.waiting)?.state.waiting?.reason
  return `none of its containers runs${waiting === undefined ? '' : ` (${waiting})`}`
}

function nodeNamed(cluster: Cluster, name: string, current: string): Origin {
  const node = cluster.get('Node', undefined, name)
  if (!node) throw refusal(cluster, current, `There is no node "${name}".`)
  if (Object.hasOwn(cluster.settings.down, name)) throw refusal(cluster, current, `Node "${name}" is down.`)
  return nodeOrigin(node)
}

function host(cluster: Cluster, address: string, current: string): Origin {
  if (!isIPv4(address)) throw refusal(cluster, current, `"${address}" is no IPv4 address, such as ip/192.168.49.50.`)
  return {
    label: `ip/${address}`,
    zone: 'routed',
    ip: address,
    source: address,
    node: undefined,
    pod: undefined,
    place: undefined,
  }
}

function throwAwayPod(cluster: Cluster, namespace: string): Origin {
  if (!cluster.get('Namespace', undefined, namespace))
    throw refusal(cluster, namespace, `There is no namespace "${namespace}".`)
  const ready = cluster.store
    .list('Node')
    .filter((node) => isNodeReady(node) && !Object.hasOwn(cluster.settings.down, node.metadata.name))
  const node = ready.find(({ spec }) => spec.unschedulable !== true) ?? ready[0]
  const ip = node && nextFreeAddress(cluster, node)
  if (!node || ip === undefined)
    throw refusal(cluster, namespace, 'No node is ready to run the throw-away pod that the call would start from.')
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: CLIENT, namespace, uid: '', creationTimestamp: timestamp(cluster.now) },
    spec: { containers: [{ name: CLIENT, image: 'curlimages/curl' }], nodeName: node.metadata.name },
    status: { phase: 'Running', podIP: ip, containerStatuses: [] },
  }
  return podOrigin(cluster, pod)
}

const FIRST_HOST = 2
const LAST_HOST = 254

/** The address that the node would give to the next pod. */
function nextFreeAddress(cluster: Cluster, { metadata, spec }: Node): string | undefined {
  if (spec.podCIDR === undefined) return undefined
  const hosts = LAST_HOST - FIRST_HOST + 1
  const start = Math.max(FIRST_HOST, cluster.ipam.get(metadata.name) ?? FIRST_HOST) - FIRST_HOST
  for (let step = 0; step < hosts; step++) {
    const address = addressAt(spec.podCIDR, FIRST_HOST + ((start + step) % hosts))
    if (cluster.store.count('Pod', { index: ['ip', address] }) === 0) return address
  }
  return undefined
}

function refusal(cluster: Cluster, namespace: string, message: string): OriginError {
  const candidates = originNames(cluster, namespace)
  const shown = candidates.slice(0, 12).join(', ')
  return new OriginError(
    `${message} Traffic can start at: ${shown}, or at NAMESPACE/POD, node/NAME, ip/A.B.C.D.`,
    candidates,
  )
}
