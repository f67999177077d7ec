import type { Cluster } from '../cluster.ts'
import type { Controller } from '../controller.ts'
import { isNodeReady, type Node, type NodeCondition, type Taint } from '../kinds/node.ts'
import { isReady, type Pod } from '../kinds/pod.ts'
import { type Key, keyOf, type Milliseconds, partsOf, timestamp } from '../object.ts'
import { narrate, plural } from './narrate.ts'
import { isReporting, NEVER_UPDATED } from './node-lifecycle/heartbeat.ts'
import { freePodCidr } from './node-lifecycle/pod-cidr.ts'
import { NOT_READY_TAINT, UNREACHABLE_TAINT, UNSCHEDULABLE_TAINT } from './taints.ts'

/** How long a kubelet may be silent before its node counts as unreachable (R-NOD-5). */
const GRACE: Milliseconds = 40_000

const COMPONENT = 'node-controller'

/** Gives nodes their pod CIDR, judges whether they are there, and taints them by that (R-NOD-1, R-NOD-3, R-NOD-5). */
export const nodeLifecycle: Controller = {
  name: 'node-lifecycle',
  watches: { Node: (node) => [keyOf(node)] },
  reconcile(cluster: Cluster, key: Key) {
    const node = cluster.get('Node', undefined, partsOf(key).name)
    if (!node) return undefined
    const { podCIDR = freePodCidr(cluster) } = node.spec
    const silentUntil = (cluster.settings.down[node.metadata.name] ?? 0) + GRACE
    const conditions = judged(cluster, node, silentUntil)
    const judgedNode: Node = { ...node, status: { ...node.status, conditions } }
    const taints = taintsOf(cluster, judgedNode)
    const { taints: _before, ...spec } = node.spec
    const stored = cluster.put<Node>({
      ...judgedNode,
      spec: { ...spec, podCIDR, podCIDRs: [podCIDR], ...(taints.length > 0 && { taints }) },
    })
    tellChange(cluster, node, stored)
    if (!isNodeReady(stored)) markPodsUnready(cluster, stored)
    return isDown(cluster, node) && cluster.now < silentUntil ? { requeueAfter: silentUntil - cluster.now } : undefined
  },
}

const isDown = (cluster: Cluster, { metadata }: Node): boolean => Object.hasOwn(cluster.settings.down, metadata.name)

/** The node's conditions as the control plane sees them at this instant. */
function judged(cluster: Cluster, node: Node, silentUntil: Milliseconds): NodeCondition[] {
  const { conditions = [] } = node.status
  const ready = conditions.find(({ type }) => type === 'Ready')
  if (!ready)
    return [...conditions, readyCondition(cluster, 'Unknown', NEVER_UPDATED, 'Kubelet never posted node status.')]
  const next = isReporting(cluster, node)
    ? readyCondition(cluster, 'True', 'KubeletReady', 'kubelet is posting ready status')
    : isDown(cluster, node) && cluster.now >= silentUntil
      ? readyCondition(cluster, 'Unknown', 'NodeStatusUnknown', 'Kubelet stopped posting node status.')
      : ready
  return ready.status === next.status ? conditions : conditions.map((each) => (each === ready ? next : each))
}

const readyCondition = (
  cluster: Cluster,
  status: NodeCondition['status'],
  reason: string,
  message: string,
): NodeCondition => ({ type: 'Ready', status, reason, message, lastTransitionTime: timestamp(cluster.now) })

const OWN_TAINTS = [UNSCHEDULABLE_TAINT, NOT_READY_TAINT, UNREACHABLE_TAINT]

/** The taints that follow from the node's state, after those that people set; a taint that was there keeps its time. */
function taintsOf(cluster: Cluster, { spec, status }: Node): Taint[] {
  const ready = status.conditions.find(({ type }) => type === 'Ready')?.status
  const absence = ready === 'Unknown' ? UNREACHABLE_TAINT : ready === 'False' ? NOT_READY_TAINT : undefined
  const wanted: Taint[] = [
    ...(spec.unschedulable ? [{ key: UNSCHEDULABLE_TAINT, effect: 'NoSchedule' as const }] : []),
    ...(absence === undefined
      ? []
      : [
          { key: absence, effect: 'NoSchedule' as const },
          { key: absence, effect: 'NoExecute' as const },
        ]),
  ]
  const before = spec.taints ?? []
  const kept = before.filter(({ key }) => !OWN_TAINTS.includes(key))
  const own = wanted.map(
    (taint) => before.find(({ key, effect }) => key === taint.key && effect === taint.effect) ?? taint,
  )
  const timeAdded = timestamp(cluster.now)
  return [...kept, ...own].map((taint) =>
    taint.timeAdded === undefined && (taint.effect === 'NoExecute' || OWN_TAINTS.includes(taint.key))
      ? { ...taint, timeAdded }
      : taint,
  )
}

function tellChange(cluster: Cluster, before: Node, after: Node): void {
  const { name } = after.metadata
  if (isNodeReady(before) !== isNodeReady(after)) {
    const state = isNodeReady(after) ? 'NodeReady' : 'NodeNotReady'
    const text = isNodeReady(after)
      ? `${name} reports again: Ready`
      : `no word from ${name} for ${GRACE / 1000} s: NotReady. Its pods leave the endpoints; they are replaced in about five minutes`
    const message = `Node ${name} status is now: ${state}`
    cluster.tell(after, { by: COMPONENT, reason: state, message, story: { by: 'node-lifecycle', text } })
  }
  if ((before.spec.podCIDR ?? '') === '')
    narrate(cluster, after, 'node-lifecycle', `got pod addresses ${after.spec.podCIDR}`)
}

/** A node that is not ready cannot vouch for its pods: they leave the ready endpoints at once (R-NOD-5). */
function markPodsUnready(cluster: Cluster, { metadata }: Node): void {
  const pods = cluster.store.list('Pod', { index: ['node', metadata.name] }).filter(isReady)
  for (const pod of pods) {
    const conditions = (pod.status.conditions ?? []).map((condition) =>
      condition.type === 'Ready'
        ? { type: 'Ready', status: 'False' as const, lastTransitionTime: timestamp(cluster.now) }
        : condition,
    )
    const marked = cluster.put<Pod>({ ...pod, status: { ...pod.status, conditions } })
    cluster.tell(marked, { by: COMPONENT, reason: 'NodeNotReady', message: 'Node is not ready', warning: true })
  }
  if (pods.length > 0)
    narrate(cluster, pods[0]!, 'node-lifecycle', `${plural(pods.length, 'pod')} on ${metadata.name} marked not ready`)
}
