import type { Cluster } from '../cluster.ts'
import type { Controller } from '../controller.ts'
import { instant, type Key, keyFor, keyOf, type Milliseconds, partsOf } from '../object.ts'
import { isHeld, releasePod } from '../pod-deletion.ts'
import { narrate } from './narrate.ts'
import { patience } from './patience.ts'

/** A node object may still come for a pod that names one that does not exist. */
const QUARANTINE: Milliseconds = 40_000

/** Removes the pods of nodes that do not exist any more: no kubelet will ever end them (R-NOD-6). */
export const podGarbageCollector: Controller = {
  name: 'pod-garbage-collector',
  watches: {
    Node: (node) => [keyOf(node)],
    Pod: ({ spec, status }) =>
      spec.nodeName !== undefined && status.startTime === undefined ? [keyFor('Node', undefined, spec.nodeName)] : [],
  },
  reconcile(cluster: Cluster, key: Key) {
    const { name } = partsOf(key)
    if (cluster.get('Node', undefined, name)) return undefined
    let next = Number.POSITIVE_INFINITY
    for (const pod of cluster.store.list('Pod', { index: ['node', name] })) {
      if (isHeld(pod)) continue
      const due = instant(pod.metadata.creationTimestamp) + patience(cluster, pod, QUARANTINE)
      if (due > cluster.now) {
        next = Math.min(next, due)
        continue
      }
      releasePod(cluster, pod)
      narrate(cluster, pod, 'pod-garbage-collector', `removed: its node ${name} does not exist`)
    }
    return Number.isFinite(next) ? { requeueAfter: next - cluster.now } : undefined
  },
}
