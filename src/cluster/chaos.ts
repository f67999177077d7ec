import type { Cluster } from './cluster.ts'
import { hostPart } from './controllers/kubelet/address.ts'
import { endProcess } from './end-process.ts'
import type { Pod } from './kinds/pod.ts'
import { deletePod } from './pod-deletion.ts'

/** What cannot be broken like this; the message is for the person who asked. */
export class ChaosError extends Error {
  override readonly name = 'ChaosError'
}

/** Exit code of a program that has crashed. */
const CRASHED = 1

/**
 * The first running container of a pod crashes; its kubelet starts it again in place (R-POD-3).
 *
 * @param target `POD`, `NAMESPACE/POD`, or a workload that has one pod
 */
export function crash(cluster: Cluster, target: string, namespace = 'default'): string {
  const pod = podFor(cluster, target, namespace)
  const container = pod.status.containerStatuses?.find(({ state }) => state.running)
  if (!container) throw new ChaosError(`No container of ${pod.metadata.name} runs at the moment.`)
  endProcess(cluster, pod, container.name, CRASHED)
  return `The process of container ${container.name} in ${pod.metadata.name} has crashed (exit code ${CRASHED}).`
}

/** A pod is lost at once, with everything in it. */
export function killPod(cluster: Cluster, target: string, namespace = 'default'): string {
  const pod = podFor(cluster, target, namespace)
  deletePod(cluster, pod, 0)
  return `Pod ${pod.metadata.name} is gone${pod.status.podIP ? `, and its address ${pod.status.podIP} with it` : ''}.`
}

/** A node loses its power: its kubelet falls silent and its pods answer no more (R-NOD-5). */
export function nodeDown(cluster: Cluster, name: string): string {
  const node = nodeFor(cluster, name)
  const { down } = cluster.settings
  if (Object.hasOwn(down, node)) throw new ChaosError(`${node} is down already.`)
  cluster.configure({ down: { ...down, [node]: cluster.now } })
  return `${node} is without power. Its kubelet is silent.`
}

/** A node that was down has power again; its kubelet reports at once. */
export function nodeUp(cluster: Cluster, name: string): string {
  const node = nodeFor(cluster, name)
  const { down } = cluster.settings
  if (!Object.hasOwn(down, node)) throw new ChaosError(`${node} is not down.`)
  cluster.configure({ down: Object.fromEntries(Object.entries(down).filter(([other]) => other !== node)) })
  return `${node} has power again. Its kubelet reports.`
}

/**
 * The next pod on a node gets an address that was given up a moment ago, instead of one that walks forward.
 *
 * @param target the address, or the node, workload or pod that had it last
 */
export function reuseAddress(cluster: Cluster, target: string): string {
  const candidates = [...cluster.retired].reverse().flatMap(({ ip, pod, workload }) => {
    const node = nodeOf(cluster, ip)
    return node && [ip, pod, workload, node].includes(target) ? [{ ip, node, workload }] : []
  })
  const [found] = candidates
  if (!found) throw new ChaosError(`No address of ${target} has been given up lately.`)
  const { ip, node, workload } = found
  if (cluster.store.count('Pod', { index: ['ip', ip] }) > 0)
    throw new ChaosError(`${ip} belongs to another pod already.`)
  cluster.handOutNext(node, hostPart(cluster.get('Node', undefined, node)?.spec.podCIDR ?? '', ip) ?? 0)
  return `The next pod on ${node} gets ${ip}, which was an address of ${workload}.`
}

const nodeOf = (cluster: Cluster, ip: string): string | undefined =>
  cluster.store.list('Node').find(({ spec }) => hostPart(spec.podCIDR ?? '', ip) !== undefined)?.metadata.name

function nodeFor(cluster: Cluster, target: string): string {
  const name = target.replace(/^nodes?\//, '')
  if (cluster.get('Node', undefined, name)) return name
  const names = cluster.store.list('Node').map(({ metadata }) => metadata.name)
  throw new ChaosError(`There is no node "${name}". There are: ${names.join(', ')}.`)
}

/** The pod that is meant: by its own name, or the only one of a workload. */
function podFor(cluster: Cluster, target: string, current: string): Pod {
  const [first = '', second] = target.replace(/^(?:pods?|po|deploy|deployments?|rs|replicasets?)\//, '').split('/')
  const [namespace, name] = second === undefined ? [current, first] : [first, second]
  const pod = cluster.get('Pod', namespace, name)
  if (pod) return pod
  const owners = [cluster.get('Deployment', namespace, name), cluster.get('ReplicaSet', namespace, name)]
  const pods = owners.flatMap((owner) => (owner ? podsBelow(cluster, namespace, owner.metadata.uid) : []))
  const living = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined)
  if (living.length === 1) return living[0]!
  if (living.length === 0) throw new ChaosError(`There is no pod "${name}" in namespace ${namespace}.`)
  throw new ChaosError(
    `${name} has ${living.length} pods. Name one: ${living.map((each) => each.metadata.name).join(', ')}.`,
  )
}

/** The pods that a workload owns, directly or through its ReplicaSets. */
const podsBelow = (cluster: Cluster, namespace: string, uid: string): Pod[] => [
  ...cluster.store.list('Pod', { namespace, owner: uid }),
  ...cluster.store
    .list('ReplicaSet', { namespace, owner: uid })
    .flatMap((set) => cluster.store.list('Pod', { namespace, owner: set.metadata.uid })),
]
