import type { Cluster } from './cluster.ts'
import type { Pod } from './kinds/pod.ts'

// Nothing is attached between two commands, so that this is no part of the state that is kept.
const attached = new WeakMap<Cluster, Set<string>>()

/**
 * While somebody is attached to a pod from its start, its first process does what they see: it runs until `endProcess`
 * says how it ended, not until the kubelet has worked out its end. Returns what detaches again.
 */
export function attach(cluster: Cluster, { metadata: { uid } }: Pod): () => void {
  const pods = attached.get(cluster) ?? new Set()
  attached.set(cluster, pods.add(uid))
  return () => pods.delete(uid)
}

/** True while somebody is attached to the pod. */
export const isAttached = (cluster: Cluster, { metadata: { uid } }: Pod): boolean =>
  attached.get(cluster)?.has(uid) ?? false
