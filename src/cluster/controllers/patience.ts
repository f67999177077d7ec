import type { Cluster } from '../cluster.ts'
import type { Pod } from '../kinds/pod.ts'
import { controllerOf, instant, type Milliseconds } from '../object.ts'

/**
 * How long a pod lives at least that must go and whose owner will create it anew in the same place. The older the
 * owner, the longer: a loop that never ends costs fewer and fewer steps, like the back-off of a container.
 */
export function patience(cluster: Cluster, pod: Pod, least: Milliseconds): Milliseconds {
  const owner = controllerOf(pod)
  const set = owner?.kind === 'ReplicaSet' && cluster.get('ReplicaSet', pod.metadata.namespace, owner.name)
  if (!set) return least
  const age = instant(pod.metadata.creationTimestamp) - instant(set.metadata.creationTimestamp)
  return Math.max(least, Math.ceil(age / 8))
}
