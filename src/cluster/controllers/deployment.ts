import type { Cluster } from '../cluster.ts'
import type { Controller } from '../controller.ts'
import type { Deployment } from '../kinds/deployment.ts'
import { controllerOf, type Key, type KubeObject, keyFor, keyOf, partsOf } from '../object.ts'
import { matchesLabelSelector } from '../selector.ts'
import { dropOldRevisions, isComplete, Rollout } from './deployment/rollout.ts'
import { isScalingEvent, scale } from './deployment/scaling.ts'
import { deadlineIn, writeStatus } from './deployment/status.ts'
import { recreate, rollingUpdate } from './deployment/strategies.ts'

/** Turns the wanted pod template into ReplicaSets and moves the replicas from the old ones to the new one (R-DEP-1…13). */
export const deployment: Controller = {
  name: 'deployment',
  watches: {
    Deployment: (object) => [keyOf(object)],
    ReplicaSet: (set, cluster) => ownerKey(set) ?? adoptersOf(cluster, set),
    // Recreate waits until the last old pod is gone (R-DEP-7); nothing else depends on single pods.
    Pod: (pod, cluster) => {
      const owner = pod.metadata.deletionTimestamp === undefined ? undefined : controllerOf(pod)
      if (owner?.kind !== 'ReplicaSet') return []
      const set = cluster.get('ReplicaSet', pod.metadata.namespace, owner.name)
      return (set && ownerKey(set)) ?? []
    },
  },
  reconcile(cluster: Cluster, key: Key) {
    const { namespace, name } = partsOf(key)
    const object = cluster.get('Deployment', namespace, name)
    if (!object || object.metadata.deletionTimestamp !== undefined) return undefined
    const rollout = new Rollout(cluster, object)
    const { strategy, paused } = object.spec
    if (paused) scale(rollout)
    else if (strategy?.type === 'Recreate') recreate(rollout)
    else if (isScalingEvent(rollout)) scale(rollout)
    else rollingUpdate(rollout)
    const status = writeStatus(rollout)
    if (isComplete(object, status)) dropOldRevisions(rollout)
    const requeueAfter = deadlineIn(rollout, status)
    return requeueAfter === undefined ? undefined : { requeueAfter }
  },
}

function ownerKey(object: KubeObject): Key[] | undefined {
  const owner = controllerOf(object)
  if (!owner) return undefined
  return owner.kind === 'Deployment' ? [keyFor('Deployment', object.metadata.namespace, owner.name)] : []
}

const adoptersOf = (cluster: Cluster, { metadata }: KubeObject): Key[] =>
  cluster.store
    .list('Deployment', { namespace: metadata.namespace })
    .filter(({ spec }: Deployment) => matchesLabelSelector(spec.selector, metadata.labels))
    .map(keyOf)
