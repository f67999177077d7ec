import { isFinished } from '../../kinds/pod.ts'
import { type Rollout, sum } from './rollout.ts'

/**
 * One step of a rolling update (R-DEP-4…6): the new ReplicaSet grows as far as the surge allows; then the old ones
 * shrink as far as enough pods stay available. What must still happen follows when ReplicaSets report.
 */
export function rollingUpdate(rollout: Rollout): void {
  if (!rollout.newSet) {
    rollout.create(grown(rollout, 0))
    return
  }
  if (!rollout.isSettled) return
  const { newSet, replicas } = rollout
  const wanted = newSet.spec.replicas > replicas ? replicas : grown(rollout, newSet.spec.replicas)
  if (newSet.spec.replicas !== wanted) rollout.resize(newSet, wanted)
  else shrinkOld(rollout)
}

/** Size of the new ReplicaSet after the next step: `current` and as many more as fit below replicas + surge (R-DEP-5). */
function grown({ total, replicas, bounds }: Rollout, current: number): number {
  const room = replicas + bounds.surge - total
  return room <= 0 ? current : current + Math.max(0, Math.min(room, replicas - current))
}

function shrinkOld(rollout: Rollout): void {
  const { newSet, replicas, bounds } = rollout
  const minAvailable = replicas - bounds.unavailable
  const newUnavailable = newSet ? newSet.spec.replicas - (newSet.status.availableReplicas ?? 0) : 0
  const most = rollout.total - minAvailable - newUnavailable
  if (most <= 0) return
  dropUnhealthy(rollout, most)
  let surplus = rollout.available - minAvailable
  for (const set of rollout.oldSets) {
    if (surplus <= 0) return
    const fewer = Math.min(set.spec.replicas, surplus)
    if (fewer > 0) rollout.resize(set, set.spec.replicas - fewer)
    surplus -= fewer
  }
}

/** Old pods that serve nobody go first: their going costs no availability (R-DEP-5). */
function dropUnhealthy(rollout: Rollout, most: number): void {
  let left = most
  for (const set of rollout.oldSets) {
    const unhealthy = set.spec.replicas - (set.status.availableReplicas ?? 0)
    const fewer = Math.min(left, unhealthy)
    if (fewer <= 0) continue
    rollout.resize(set, set.spec.replicas - fewer)
    left -= fewer
  }
}

/** All old pods are gone before the first new one starts (R-DEP-7). */
export function recreate(rollout: Rollout): void {
  const old = rollout.oldSets.filter(({ spec }) => spec.replicas > 0)
  if (old.length > 0) {
    for (const set of old) rollout.resize(set, 0)
    return
  }
  if (!rollout.isSettled || oldPodsLeft(rollout) > 0) return
  if (!rollout.newSet) rollout.create(rollout.replicas)
  else rollout.resize(rollout.newSet, rollout.replicas)
}

const oldPodsLeft = ({ cluster, object, oldSets }: Rollout): number =>
  sum(
    oldSets,
    (set) =>
      cluster.store
        .list('Pod', { namespace: object.metadata.namespace, owner: set.metadata.uid })
        .filter((pod) => !isFinished(pod)).length,
  )
