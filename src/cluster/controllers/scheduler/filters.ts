import type { Cluster } from '../../cluster.ts'
import type { Node } from '../../kinds/node.ts'
import { hostPortsOf, type Pod } from '../../kinds/pod.ts'
import { matchesLabels } from '../../selector.ts'
import { tolerates, toleratesAll, UNSCHEDULABLE_TAINT } from '../taints.ts'

/** How many pods a kubelet accepts by default. */
const PODS_PER_NODE = 110

/** Why a node cannot take a pod. */
export interface Reason {
  text: string
  /** True if the removal of other pods from the node could help. */
  resolvable?: true
}

type Filter = (pod: Pod, node: Node, cluster: Cluster) => Reason | undefined

/** The hard constraints in the order of the scheduler's plugins; the first that fails is the node's reason (R-POD-13). */
const filters: readonly Filter[] = [
  (pod, { spec }) =>
    spec.unschedulable && !pod.spec.tolerations?.some((each) => tolerates(each, CORDONED))
      ? { text: 'node(s) were unschedulable' }
      : undefined,
  (pod, node) =>
    toleratesAll(pod, node, 'NoSchedule') && toleratesAll(pod, node, 'NoExecute')
      ? undefined
      : { text: 'node(s) had untolerated taint(s)' },
  (pod, node) =>
    matchesLabels(pod.spec.nodeSelector ?? {}, node.metadata.labels)
      ? undefined
      : { text: "node(s) didn't match Pod's node affinity/selector" },
  (pod, { metadata }, cluster) =>
    hostPortsOf(pod.spec).some((port) =>
      cluster.store.count('Pod', { index: ['hostPort', `${metadata.name} ${port}`] }),
    )
      ? { text: "node(s) didn't have free ports for the requested pod ports", resolvable: true }
      : undefined,
  (_pod, { metadata }, cluster) =>
    cluster.store.count('Pod', { index: ['placement', metadata.name] }) >= PODS_PER_NODE
      ? { text: 'Too many pods', resolvable: true }
      : undefined,
]

const CORDONED = { key: UNSCHEDULABLE_TAINT, effect: 'NoSchedule' } as const

export function reasonAgainst(cluster: Cluster, pod: Pod, node: Node): Reason | undefined {
  for (const filter of filters) {
    const reason = filter(pod, node, cluster)
    if (reason) return reason
  }
  return undefined
}

const NOT_HELPFUL = 'Preemption is not helpful for scheduling'
const NO_VICTIMS = 'No preemption victims found for incoming pod'

/** The scheduler's own words (R-POD-13): `0/3 nodes are available: 2 Too many pods, …`. */
export function failureMessage(nodes: number, reasons: readonly Reason[]): string {
  if (nodes === 0) return 'no nodes available to schedule pods'
  const available = `0/${nodes} nodes are available:`
  const preemption = tally(reasons.map(({ resolvable }) => (resolvable ? NO_VICTIMS : NOT_HELPFUL)))
  const texts = tally(reasons.map(({ text }) => text))
  return `${available} ${texts}. no new claims to deallocate, preemption: ${available} ${preemption}.`
}

/** `1 a, 2 b`, sorted as text. */
function tally(texts: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts]
    .map(([text, count]) => `${count} ${text}`)
    .sort()
    .join(', ')
}
