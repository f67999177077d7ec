import type { Cluster } from '../cluster.ts'
import type { Controller } from '../controller.ts'
import { isActive, isReady, type Pod } from '../kinds/pod.ts'
import type { ReplicaSet } from '../kinds/replica-set.ts'
import { controllerOf, instant, type Key, keyFor, keyOf, type Milliseconds, ownedBy, partsOf } from '../object.ts'
import { deletePod } from '../pod-deletion.ts'
import { matchesLabels } from '../selector.ts'
import { generateName, newMetadata } from './birth.ts'
import { enumerate, narrate } from './narrate.ts'
import { claimPods, replicaSetsFor } from './replica-set/membership.ts'
import { victims } from './replica-set/victims.ts'

const COMPONENT = 'replicaset-controller'

/** Keeps as many active pods as the spec wants: creates what is missing, deletes what is too much (R-OWN-1). */
export const replicaSet: Controller = {
  name: 'replicaset',
  watches: {
    ReplicaSet: (set) => [keyOf(set)],
    Pod: (pod, cluster) => {
      const owner = controllerOf(pod)
      if (owner) return owner.kind === 'ReplicaSet' ? [keyFor('ReplicaSet', pod.metadata.namespace, owner.name)] : []
      return replicaSetsFor(cluster, pod).map(keyOf)
    },
  },
  reconcile(cluster: Cluster, key: Key) {
    const { namespace, name } = partsOf(key)
    const set = cluster.get('ReplicaSet', namespace, name)
    if (!set) return undefined
    const pods = claimPods(cluster, set).filter(isActive)
    const kept = set.metadata.deletionTimestamp === undefined ? scale(cluster, set, pods) : pods
    return writeStatus(cluster, set, kept)
  },
}

/** Brings the number of pods to what is wanted; returns the pods that are active afterwards. */
function scale(cluster: Cluster, set: ReplicaSet, pods: Pod[]): Pod[] {
  const missing = set.spec.replicas - pods.length
  if (missing === 0) return pods
  const wanted = `wanted ${set.spec.replicas}, had ${pods.length}`
  if (missing > 0) {
    const created = Array.from({ length: missing }, () => createPod(cluster, set))
    narrate(cluster, set, 'replicaset', `${wanted}: created ${enumerate(created.map(({ metadata }) => metadata.name))}`)
    return [...pods, ...created]
  }
  const chosen = new Set(victims(cluster, set, pods, -missing))
  for (const pod of chosen) {
    deletePod(cluster, pod)
    const message = `Deleted pod: ${pod.metadata.name}`
    cluster.tell(set, { by: COMPONENT, reason: 'SuccessfulDelete', message })
  }
  const names = enumerate([...chosen].map(({ metadata }) => metadata.name))
  narrate(cluster, set, 'replicaset', `${wanted}: deleted ${names}`)
  return pods.filter((pod) => !chosen.has(pod))
}

function createPod(cluster: Cluster, set: ReplicaSet): Pod {
  const { namespace = '', name } = set.metadata
  const { metadata = {}, spec } = set.spec.template
  const pod = cluster.put<Pod>({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: newMetadata(cluster, {
      name: generateName(cluster, 'Pod', namespace, `${name}-`),
      generateName: `${name}-`,
      namespace,
      ...(metadata.labels && { labels: metadata.labels }),
      ...(metadata.annotations && { annotations: metadata.annotations }),
      ownerReferences: [ownedBy(set)],
    }),
    spec,
    status: { phase: 'Pending' },
  })
  cluster.tell(set, { by: COMPONENT, reason: 'SuccessfulCreate', message: `Created pod: ${pod.metadata.name}` })
  return pod
}

/** When a pod becomes available: ready for `minReadySeconds`; undefined if it is not ready. */
function availableAt(pod: Pod, minReadySeconds = 0): Milliseconds | undefined {
  if (!isReady(pod)) return undefined
  if (minReadySeconds === 0) return 0
  const since = pod.status.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime
  return (since === undefined ? 0 : instant(since)) + minReadySeconds * 1000
}

function writeStatus(cluster: Cluster, set: ReplicaSet, pods: Pod[]): { requeueAfter?: Milliseconds } | undefined {
  const labels = set.spec.template.metadata?.labels ?? {}
  let [ready, available, labelled] = [0, 0, 0]
  let next = Number.POSITIVE_INFINITY
  for (const pod of pods) {
    if (matchesLabels(labels, pod.metadata.labels)) labelled += 1
    const at = availableAt(pod, set.spec.minReadySeconds)
    if (at === undefined) continue
    ready += 1
    if (at <= cluster.now) available += 1
    else next = Math.min(next, at)
  }
  cluster.put<ReplicaSet>({
    ...set,
    status: {
      replicas: pods.length,
      ...(labelled > 0 && { fullyLabeledReplicas: labelled }),
      ...(ready > 0 && { readyReplicas: ready }),
      ...(available > 0 && { availableReplicas: available }),
      observedGeneration: set.metadata.generation ?? 1,
    },
  })
  return next === Number.POSITIVE_INFINITY ? undefined : { requeueAfter: next - cluster.now }
}
