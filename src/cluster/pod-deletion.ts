import type { Cluster } from './cluster.ts'
import { type ContainerStatus, isFinished, type Pod, type PodStatus } from './kinds/pod.ts'
import { controllerOf, instant, keyOf, type Milliseconds, timestamp, withMetadata } from './object.ts'

/** How long a pod may take to stop if its spec does not say (R-POD-9). */
export const DEFAULT_GRACE_SECONDS = 30

/** The label by which a ReplicaSet of a Deployment and its pods differ from those of other revisions (R-DEP-2). */
export const TEMPLATE_HASH_LABEL = 'pod-template-hash'

/**
 * Deletes a pod as the API server does (R-POD-9): a pod that a kubelet looks after is marked and leaves once its
 * processes have stopped; one without node, one that has finished, and grace 0 go at once. A pod that is on its way
 * out can only be hurried.
 *
 * @param graceSeconds time to stop; the pod's own grace period by default
 */
export function deletePod(
  cluster: Cluster,
  pod: Pod,
  graceSeconds = pod.spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS,
): void {
  if (graceSeconds <= 0 || pod.spec.nodeName === undefined || isFinished(pod)) {
    releasePod(cluster, pod)
    return
  }
  const deletionTimestamp = timestamp(cluster.now + graceSeconds * 1000)
  const marked = pod.metadata.deletionTimestamp
  if (marked !== undefined && instant(marked) <= instant(deletionTimestamp)) return
  cluster.put(withMetadata(pod, { deletionTimestamp, deletionGracePeriodSeconds: graceSeconds }))
}

/**
 * Lets a pod go whose processes have ended, and remembers whose address it had. A finalizer keeps the object until
 * somebody takes the finalizer away; nothing runs in it any more.
 */
export function releasePod(cluster: Cluster, pod: Pod): void {
  if (isHeld(pod)) return
  const { podIP } = pod.status
  if (podIP !== undefined && !pod.spec.hostNetwork) {
    const { name, namespace = '' } = pod.metadata
    cluster.retire({ ip: podIP, pod: name, namespace, workload: workloadOf(pod) })
  }
  if (pod.metadata.finalizers?.length) hold(cluster, pod)
  else cluster.remove(keyOf(pod))
}

/** True for a pod that has ended and is kept only by a finalizer. */
export const isHeld = ({ metadata }: Pod): boolean =>
  metadata.deletionTimestamp !== undefined && metadata.deletionGracePeriodSeconds === 0

function hold(cluster: Cluster, pod: Pod): void {
  const { deletionTimestamp = timestamp(cluster.now) } = pod.metadata
  const marked = withMetadata(pod, { deletionTimestamp, deletionGracePeriodSeconds: 0 })
  cluster.put<Pod>(pod.spec.nodeName === undefined ? marked : { ...marked, status: ended(cluster, pod) })
}

/** What the kubelet reports of a pod that it has stopped. */
function ended(cluster: Cluster, { status }: Pod): PodStatus {
  const stop = (container: ContainerStatus): ContainerStatus => {
    const { running } = container.state
    if (!running) return { ...container, ready: false }
    const terminated = { exitCode: 0, reason: 'Completed', ...running, finishedAt: timestamp(cluster.now) }
    return { ...container, ready: false, state: { terminated } }
  }
  const { initContainerStatuses: init, containerStatuses = [] } = status
  const conditions = status.conditions?.map((condition) =>
    condition.type === 'Ready' ? { ...condition, status: 'False' as const, reason: 'PodCompleted' } : condition,
  )
  return {
    ...status,
    phase: 'Succeeded',
    ...(conditions && { conditions }),
    ...(init && { initContainerStatuses: init.map(stop) }),
    containerStatuses: containerStatuses.map(stop),
  }
}

/** When somebody asked for the deletion; undefined if nobody has. Whole seconds. */
export function deletionRequestedAt({ metadata }: Pod): Milliseconds | undefined {
  if (metadata.deletionTimestamp === undefined) return undefined
  return instant(metadata.deletionTimestamp) - (metadata.deletionGracePeriodSeconds ?? 0) * 1000
}

/** Name of the workload that a pod belongs to: its Deployment, else its controller, else the pod itself. */
function workloadOf(pod: Pod): string {
  const owner = controllerOf(pod)
  if (!owner) return pod.metadata.name
  const suffix = `-${pod.metadata.labels?.[TEMPLATE_HASH_LABEL] ?? ''}`
  return suffix !== '-' && owner.name.endsWith(suffix) ? owner.name.slice(0, -suffix.length) : owner.name
}
