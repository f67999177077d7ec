import type { ReplicaSet } from '../../kinds/replica-set.ts'
import { DESIRED_REPLICAS, MAX_REPLICAS, type Rollout, sum } from './rollout.ts'

const isActiveSet = ({ spec }: ReplicaSet): boolean => spec.replicas > 0

/** True if the wanted number of pods has changed since the ReplicaSets were sized: that is no rollout (R-DEP-3). */
export const isScalingEvent = ({ sets, replicas }: Rollout): boolean =>
  sets.some((set) => {
    const desired = set.metadata.annotations?.[DESIRED_REPLICAS]
    return isActiveSet(set) && desired !== undefined && Number(desired) !== replicas
  })

/**
 * Follows a change of `spec.replicas`. In the middle of a rollout every ReplicaSet gets its share of the change, so
 * that neither revision is favoured.
 */
export function scale(rollout: Rollout): void {
  const active = rollout.sets.filter(isActiveSet)
  if (active.length <= 1) {
    const only = active[0] ?? rollout.newSet ?? rollout.oldSets.at(-1)
    if (only && (only.spec.replicas !== rollout.replicas || isScalingEvent(rollout)))
      rollout.resize(only, rollout.replicas)
    return
  }
  if (isSaturated(rollout)) {
    for (const set of rollout.oldSets.filter(isActiveSet)) rollout.resize(set, 0)
    return
  }
  if (rollout.object.spec.strategy?.type !== 'Recreate') scaleProportionally(rollout, active)
}

/** The new ReplicaSet alone has everything that is wanted. */
const isSaturated = ({ newSet, replicas }: Rollout): boolean =>
  newSet !== undefined &&
  newSet.spec.replicas === replicas &&
  Number(newSet.metadata.annotations?.[DESIRED_REPLICAS]) === replicas &&
  newSet.status.availableReplicas === replicas

function scaleProportionally(rollout: Rollout, active: ReplicaSet[]): void {
  const { replicas, bounds } = rollout
  const allowed = replicas > 0 ? replicas + bounds.surge : 0
  const toAdd = allowed - sum(active, ({ spec }) => spec.replicas)
  const sets = [...active].sort(toAdd > 0 ? bySizeNewest : bySizeOldest)
  let added = 0
  const sizes = sets.map((set) => {
    const share = clamp(shareOf(set, rollout), toAdd - added)
    added += share
    return set.spec.replicas + share
  })
  // What rounding left over goes to the largest.
  sizes[0] = Math.max(0, sizes[0]! + toAdd - added)
  for (const [index, set] of sets.entries()) rollout.resize(set, sizes[index]!)
}

/** How much a ReplicaSet's size changes if it keeps its part of the whole. */
function shareOf({ spec, metadata }: ReplicaSet, { replicas, bounds, object }: Rollout): number {
  if (replicas === 0) return -spec.replicas
  const before = Number(metadata.annotations?.[MAX_REPLICAS] ?? object.status.replicas ?? spec.replicas)
  return before === 0 ? 0 : Math.round((spec.replicas * (replicas + bounds.surge)) / before) - spec.replicas
}

/** A share never exceeds what is left to add or remove. */
const clamp = (share: number, left: number): number => (left > 0 ? Math.min(share, left) : Math.max(share, left))

const bySizeNewest = (left: ReplicaSet, right: ReplicaSet): number =>
  right.spec.replicas - left.spec.replicas ||
  (left.metadata.creationTimestamp < right.metadata.creationTimestamp ? 1 : -1)

const bySizeOldest = (left: ReplicaSet, right: ReplicaSet): number =>
  right.spec.replicas - left.spec.replicas ||
  (left.metadata.creationTimestamp < right.metadata.creationTimestamp ? -1 : 1)
