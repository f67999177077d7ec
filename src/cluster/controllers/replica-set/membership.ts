import type { Cluster } from '../../cluster.ts'
import { isActive, type Pod } from '../../kinds/pod.ts'
import type { ReplicaSet } from '../../kinds/replica-set.ts'
import { ownedBy, withMetadata } from '../../object.ts'
import { matchesLabelSelector } from '../../selector.ts'
import { narrate } from '../narrate.ts'

/**
 * The pods of a ReplicaSet, after it has let go of those whose labels fit no longer and taken in those without a
 * controller whose labels do (R-OWN-2).
 */
export function claimPods(cluster: Cluster, set: ReplicaSet): Pod[] {
  const { namespace, uid, deletionTimestamp } = set.metadata
  const { selector } = set.spec
  const owned = cluster.store.list('Pod', { namespace, owner: uid })
  const kept = owned.filter((pod) => matchesLabelSelector(selector, pod.metadata.labels))
  if (deletionTimestamp !== undefined) return kept
  if (kept.length < owned.length)
    for (const pod of owned) if (!matchesLabelSelector(selector, pod.metadata.labels)) release(cluster, set, pod)
  const orphans = cluster.store.list('Pod', { index: ['orphan', namespace ?? ''], labels: selector.matchLabels })
  const adopted = orphans
    .filter((pod) => isActive(pod) && matchesLabelSelector(selector, pod.metadata.labels))
    .map((pod) => adopt(cluster, set, pod))
  return adopted.length === 0 ? kept : [...kept, ...adopted]
}

function adopt(cluster: Cluster, set: ReplicaSet, pod: Pod): Pod {
  const ownerReferences = [...(pod.metadata.ownerReferences ?? []), ownedBy(set)]
  const adopted = cluster.put(withMetadata(pod, { ownerReferences }))
  narrate(cluster, pod, 'replicaset', `${set.metadata.name} adopted it: it has no controller and its labels match`)
  return adopted
}

function release(cluster: Cluster, set: ReplicaSet, pod: Pod): void {
  const { ownerReferences = [], ...metadata } = pod.metadata
  const others = ownerReferences.filter(({ uid }) => uid !== set.metadata.uid)
  cluster.put<Pod>({ ...pod, metadata: { ...metadata, ...(others.length > 0 && { ownerReferences: others }) } })
  narrate(cluster, pod, 'replicaset', `${set.metadata.name} released it: its labels no longer match the selector`)
}

/** The ReplicaSets of the pod's namespace whose selector fits its labels. */
export function replicaSetsFor(cluster: Cluster, pod: Pod): ReplicaSet[] {
  const { namespace = '', labels = {} } = pod.metadata
  const pairs = [...Object.entries(labels).map(([key, value]) => `${key}=${value}`), '*']
  return pairs
    .flatMap((pair) => cluster.store.list('ReplicaSet', { index: ['selector', `${namespace} ${pair}`] }))
    .filter((set) => matchesLabelSelector(set.spec.selector, labels))
}
