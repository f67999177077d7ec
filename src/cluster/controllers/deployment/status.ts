import { equal } from '../../delta.ts'
import type { Deployment, DeploymentCondition } from '../../kinds/deployment.ts'
import { instant, type Milliseconds, timestamp } from '../../object.ts'
import { narrate, plural } from '../narrate.ts'
import { isComplete, REVISION, type Rollout, sum } from './rollout.ts'

type Status = Deployment['status']

/** Writes the counts, the conditions and the revision; returns the new status. */
export function writeStatus(rollout: Rollout): Status {
  const { cluster, object, newSet } = rollout
  const status = countsOf(rollout)
  const conditions = conditionsOf(rollout, status)
  const revision = newSet?.metadata.annotations?.[REVISION]
  const annotations = { ...object.metadata.annotations, ...(revision !== undefined && { [REVISION]: revision }) }
  const next = { ...status, ...(conditions.length > 0 && { conditions }) }
  const renamed = equal(annotations, object.metadata.annotations ?? {})
    ? object.metadata
    : { ...object.metadata, annotations }
  cluster.put<Deployment>({ ...object, metadata: renamed, status: next })
  tellProgress(rollout, next)
  return next
}

function countsOf({ object, sets, newSet, total, available }: Rollout): Status {
  const counts: Status = {
    replicas: sum(sets, ({ status }) => status.replicas),
    updatedReplicas: newSet?.status.replicas ?? 0,
    readyReplicas: sum(sets, ({ status }) => status.readyReplicas ?? 0),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, total - available),
  }
  // Zeros are left out, as upstream leaves them out of its JSON.
  const shown = Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0))
  return { observedGeneration: object.metadata.generation ?? 1, ...shown }
}

function conditionsOf(rollout: Rollout, status: Status): DeploymentCondition[] {
  const { object, replicas, bounds, cluster } = rollout
  const now = timestamp(cluster.now)
  const before = object.status.conditions ?? []
  const enough = (status.availableReplicas ?? 0) >= replicas - bounds.unavailable
  const available: DeploymentCondition = {
    type: 'Available',
    status: enough ? 'True' : 'False',
    reason: enough ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
    message: enough ? 'Deployment has minimum availability.' : 'Deployment does not have minimum availability.',
    lastUpdateTime: now,
    lastTransitionTime: now,
  }
  const progressing = progressOf(rollout, status)
  const next = [merged(before, available), ...(progressing ? [progressing] : [])]
  // A condition keeps its place in the list.
  return next.sort((left, right) => place(before, left) - place(before, right))
}

const place = (conditions: readonly DeploymentCondition[], { type }: DeploymentCondition): number => {
  const index = conditions.findIndex((condition) => condition.type === type)
  return index < 0 ? conditions.length : index
}

/** The new condition, unless status and reason are as before; the time of the last transition is kept with the status. */
function merged(before: readonly DeploymentCondition[], condition: DeploymentCondition): DeploymentCondition {
  const old = before.find(({ type }) => type === condition.type)
  if (old?.status !== condition.status) return condition
  if (old.reason === condition.reason) return old
  return { ...condition, ...(old.lastTransitionTime && { lastTransitionTime: old.lastTransitionTime }) }
}

/** The condition Progressing (R-DEP-6): progress renews it; without progress for the deadline it becomes False. */
function progressOf(rollout: Rollout, status: Status): DeploymentCondition | undefined {
  const { object, newSet, found } = rollout
  const before = object.status.conditions ?? []
  const old = before.find(({ type }) => type === 'Progressing')
  const set = `ReplicaSet "${newSet?.metadata.name ?? object.metadata.name}"`
  const become = (state: DeploymentCondition['status'], reason: string, message: string) =>
    merged(before, condition(rollout, state, reason, message))
  if (object.spec.paused)
    return old?.reason === TIMED_OUT ? old : become('Unknown', 'DeploymentPaused', 'Deployment is paused')
  if (old?.reason === 'DeploymentPaused') return become('Unknown', 'DeploymentResumed', 'Deployment is resumed')
  if (found === 'created')
    return become('True', 'NewReplicaSetCreated', `Created new replica set "${newSet?.metadata.name}"`)
  if (found === 'reused' && !old)
    return become('True', 'FoundNewReplicaSet', `Found new replica set "${newSet?.metadata.name}"`)
  if (old?.reason === AVAILABLE && status.replicas === status.updatedReplicas) return old
  if (isComplete(object, status)) return become('True', AVAILABLE, `${set} has successfully progressed.`)
  if (hasProgressed(object.status, status)) {
    const renewed = condition(rollout, 'True', 'ReplicaSetUpdated', `${set} is progressing.`)
    const since = old?.status === 'True' ? old.lastTransitionTime : undefined
    return { ...renewed, ...(since !== undefined && { lastTransitionTime: since }) }
  }
  if (isTimedOut(rollout, old)) return become('False', TIMED_OUT, `${set} has timed out progressing.`)
  return old
}

const AVAILABLE = 'NewReplicaSetAvailable'
const TIMED_OUT = 'ProgressDeadlineExceeded'

function condition(
  { cluster }: Rollout,
  status: DeploymentCondition['status'],
  reason: string,
  message: string,
): DeploymentCondition {
  const now = timestamp(cluster.now)
  return { type: 'Progressing', status, reason, message, lastUpdateTime: now, lastTransitionTime: now }
}

/** More pods updated, ready or available than before, or fewer old ones. */
const hasProgressed = (before: Status, after: Status): boolean =>
  (after.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
  old(after) < old(before) ||
  (after.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
  (after.availableReplicas ?? 0) > (before.availableReplicas ?? 0)

const old = ({ replicas = 0, updatedReplicas = 0 }: Status): number => replicas - updatedReplicas

function isTimedOut(rollout: Rollout, progressing: DeploymentCondition | undefined): boolean {
  if (!progressing || progressing.reason === AVAILABLE) return false
  return progressing.reason === TIMED_OUT || deadline(rollout, progressing) <= rollout.cluster.now
}

const deadline = ({ object }: Rollout, { lastUpdateTime }: DeploymentCondition): Milliseconds =>
  instant(lastUpdateTime ?? object.metadata.creationTimestamp) + (object.spec.progressDeadlineSeconds ?? 600) * 1000

/** How long until the rollout counts as stuck; undefined if it is complete, stuck already or paused. */
export function deadlineIn(rollout: Rollout, { conditions }: Status): Milliseconds | undefined {
  const progressing = conditions?.find(({ type }) => type === 'Progressing')
  if (progressing?.status !== 'True' || progressing.reason === AVAILABLE) return undefined
  return Math.max(0, deadline(rollout, progressing) - rollout.cluster.now)
}

function tellProgress({ cluster, object, newSet }: Rollout, { conditions = [] }: Status): void {
  const reasonIn = (list: readonly DeploymentCondition[] = []) =>
    list.find(({ type }) => type === 'Progressing')?.reason
  const reason = reasonIn(conditions)
  if (reason === reasonIn(object.status.conditions)) return
  const { name } = newSet?.metadata ?? object.metadata
  if (reason === AVAILABLE)
    narrate(
      cluster,
      object,
      'deployment',
      `complete: ${plural(object.spec.replicas, 'pod')} of ${name} wanted and available`,
    )
  if (reason === TIMED_OUT)
    narrate(
      cluster,
      object,
      'deployment',
      `no progress for ${object.spec.progressDeadlineSeconds ?? 600} s: the rollout counts as failed. Nothing is rolled back by itself`,
    )
}
