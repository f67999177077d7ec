import type { Cluster } from '../cluster.ts'
import type { Controller } from '../controller.ts'
import type { Node, Taint } from '../kinds/node.ts'
import { isActive, type Pod, type Toleration } from '../kinds/pod.ts'
import { instant, type Key, keyFor, keyOf, type Milliseconds, partsOf } from '../object.ts'
import { deletePod } from '../pod-deletion.ts'
import { patience } from './patience.ts'
import { NOT_READY_TAINT, tolerates, UNREACHABLE_TAINT } from './taints.ts'

/** Every pod stands an absent node for five minutes unless it says otherwise (R-NOD-5). */
const DEFAULT_SECONDS = 300

/** A pod that was put on such a node by name lives so long. */
const LEAST: Milliseconds = 5_000

/** Deletes the pods of nodes with a NoExecute taint once they have stood it for as long as they tolerate (R-NOD-7). */
export const taintEviction: Controller = {
  name: 'taint-eviction',
  watches: {
    Node: (node) => [keyOf(node)],
    // A pod that has just been bound; later changes of a pod do not change what it tolerates.
    Pod: ({ spec, status }) =>
      spec.nodeName !== undefined && status.startTime === undefined ? [keyFor('Node', undefined, spec.nodeName)] : [],
  },
  reconcile(cluster: Cluster, key: Key) {
    const node = cluster.get('Node', undefined, partsOf(key).name)
    const taints = node?.spec.taints?.filter(({ effect }) => effect === 'NoExecute') ?? []
    if (!node || taints.length === 0) return undefined
    let next = Number.POSITIVE_INFINITY
    for (const pod of cluster.store.list('Pod', { index: ['node', node.metadata.name] }).filter(isActive)) {
      const bornAt = instant(pod.metadata.creationTimestamp)
      const at = Math.max(
        bornAt + patience(cluster, pod, LEAST),
        Math.min(...taints.map((taint) => standsUntil(pod, taint))),
      )
      if (at <= cluster.now) evict(cluster, pod, node)
      else next = Math.min(next, at)
    }
    return Number.isFinite(next) ? { requeueAfter: next - cluster.now } : undefined
  },
}

function standsUntil({ spec }: Pod, taint: Taint): Milliseconds {
  const since = taint.timeAdded === undefined ? 0 : instant(taint.timeAdded)
  const matching = [...(spec.tolerations ?? []), ...defaultsFor(spec.tolerations)].filter((each) =>
    tolerates(each, taint),
  )
  if (matching.length === 0) return since
  const limits = matching.flatMap(({ tolerationSeconds }) =>
    tolerationSeconds === undefined ? [] : [tolerationSeconds],
  )
  return limits.length === 0 ? Number.POSITIVE_INFINITY : since + Math.max(0, Math.min(...limits)) * 1000
}

/** What admission adds to a pod that says nothing about absent nodes. */
const defaultsFor = (tolerations: Toleration[] = []): Toleration[] =>
  [NOT_READY_TAINT, UNREACHABLE_TAINT]
    .filter((key) => !tolerations.some((each) => tolerates(each, { key, effect: 'NoExecute' })))
    .map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: DEFAULT_SECONDS }))

function evict(cluster: Cluster, pod: Pod, { metadata }: Node): void {
  const { name, namespace } = pod.metadata
  cluster.tell(pod, {
    by: 'taint-eviction-controller',
    reason: 'TaintManagerEviction',
    message: `Marking for deletion Pod ${namespace}/${name}`,
    story: {
      by: 'taint-eviction',
      text: `evicted: ${metadata.name} has a taint that the pod does not stand any longer`,
    },
  })
  deletePod(cluster, pod)
}
