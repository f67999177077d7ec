import type { Cluster } from '../../cluster.ts'
import { isActive, isReady, type Pod } from '../../kinds/pod.ts'
import type { ReplicaSet } from '../../kinds/replica-set.ts'
import { controllerOf, instant, type Milliseconds, type Timestamp } from '../../object.ts'

const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost'

interface Candidate {
  pod: Pod
  /** What is compared first, in this order; the smaller value is deleted first. */
  ranks: readonly number[]
  readySince: Timestamp | undefined
  restarts: number
}

/**
 * The `count` pods that a scale-down deletes first (R-OWN-5): unscheduled, pending, unready, cheap to delete, doubled
 * up on a node, ready for a shorter time, restarted more often, newer. Ages are compared in powers of two; within one
 * of them the UID decides.
 */
export function victims(cluster: Cluster, set: ReplicaSet, pods: Pod[], count: number): Pod[] {
  if (count >= pods.length) return pods
  const crowd = siblingsByNode(cluster, set, pods)
  return pods
    .map((pod) => candidate(pod, crowd.get(pod.spec.nodeName ?? '') ?? 0))
    .sort((left, right) => compare(left, right, cluster.now))
    .slice(0, count)
    .map(({ pod }) => pod)
}

const PHASES = { Pending: 0, Unknown: 1, Running: 2, Succeeded: 3, Failed: 3 }

function candidate(pod: Pod, siblings: number): Candidate {
  const { nodeName } = pod.spec
  const ready = isReady(pod)
  const cost = Number(pod.metadata.annotations?.[DELETION_COST] ?? 0)
  return {
    pod,
    ranks: [
      nodeName === undefined ? 0 : 1,
      PHASES[pod.status.phase],
      ready ? 1 : 0,
      Number.isInteger(cost) ? cost : 0,
      -siblings,
    ],
    readySince: ready ? pod.status.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime : undefined,
    restarts: Math.max(0, ...(pod.status.containerStatuses ?? []).map(({ restartCount }) => restartCount)),
  }
}

function compare(left: Candidate, right: Candidate, now: Milliseconds): number {
  for (const [index, rank] of left.ranks.entries()) if (rank !== right.ranks[index]) return rank - right.ranks[index]!
  if (left.readySince !== undefined && right.readySince !== undefined && left.readySince !== right.readySince)
    return ageRank(left.readySince, now) - ageRank(right.readySince, now) || byUid(left.pod, right.pod)
  if (left.restarts !== right.restarts) return right.restarts - left.restarts
  const ages = [left, right].map(({ pod }) => ageRank(pod.metadata.creationTimestamp, now)) as [number, number]
  return ages[0] - ages[1] || byUid(left.pod, right.pod)
}

const byUid = (left: Pod, right: Pod): number => (left.metadata.uid < right.metadata.uid ? -1 : 1)

/** The power of two of an age, counted in nanoseconds as upstream does. */
const ageRank = (since: Timestamp, now: Milliseconds): number =>
  Math.floor(Math.log2(Math.max(now - instant(since), 1) * 1_000_000))

/** Active pods by node, of this ReplicaSet and of the others with the same owner. */
function siblingsByNode(cluster: Cluster, set: ReplicaSet, pods: Pod[]): Map<string, number> {
  const { namespace, uid } = set.metadata
  const owner = controllerOf(set)
  const others = owner ? cluster.store.list('ReplicaSet', { namespace, owner: owner.uid }) : []
  const related = others
    .filter((other) => other.metadata.uid !== uid)
    .flatMap((other) => cluster.store.list('Pod', { namespace, owner: other.metadata.uid }).filter(isActive))
  const counts = new Map<string, number>()
  for (const { spec } of [...pods, ...related])
    if (spec.nodeName !== undefined) counts.set(spec.nodeName, (counts.get(spec.nodeName) ?? 0) + 1)
  return counts
}
