import type { Cluster } from './cluster.ts'
import { ApiError } from './errors.ts'
import { type Kind, kinds } from './kinds/index.ts'
import type { Namespace } from './kinds/namespace.ts'
import type { Pod } from './kinds/pod.ts'
import { type KubeObject, keyOf, timestamp, withMetadata } from './object.ts'
import { deletePod } from './pod-deletion.ts'

/** Kinds whose objects do not go at once; each says how its deletion begins. */
const beginnings: Partial<Record<Kind, (cluster: Cluster, object: KubeObject, graceSeconds?: number) => void>> = {
  Pod: (cluster, object, graceSeconds) => deletePod(cluster, object as Pod, graceSeconds),
  Namespace: (cluster, object) => terminate(cluster, object as Namespace),
}

/** Namespaces that may not be deleted (R-NSP-4). */
const PROTECTED = ['default', 'kube-system', 'kube-public']

/** A namespace stays, Terminating, until its content is gone (R-NSP-5). */
function terminate(cluster: Cluster, namespace: Namespace): void {
  if (namespace.metadata.deletionTimestamp !== undefined) return
  const marked = withMetadata(namespace, { deletionTimestamp: timestamp(cluster.now) })
  cluster.put({ ...marked, status: { ...marked.status, phase: 'Terminating' } })
}

/** Throws ApiError if the object may not be deleted at all. */
export function checkDeletion({ kind, metadata }: KubeObject): void {
  if (kind === 'Namespace' && PROTECTED.includes(metadata.name))
    throw new ApiError('Forbidden', `namespaces "${metadata.name}" is forbidden: this namespace may not be deleted`)
}

/**
 * Deletes an object as the API server does: at once, unless its kind has a way of its own or a finalizer holds it.
 *
 * @param graceSeconds time to stop, where the kind knows one
 */
export function deleteObject(cluster: Cluster, object: KubeObject, graceSeconds?: number): void {
  const begin = beginnings[object.kind as Kind]
  const { deletionTimestamp, finalizers = [] } = object.metadata
  if (begin) begin(cluster, object, graceSeconds)
  else if (finalizers.length === 0) cluster.remove(keyOf(object))
  else if (deletionTimestamp === undefined)
    cluster.put(withMetadata(object, { deletionTimestamp: timestamp(cluster.now), deletionGracePeriodSeconds: 0 }))
}

/** Takes the owner away from everything that it owns, so that it is not collected (R-DEP-13). */
export function orphanDependants(cluster: Cluster, owner: KubeObject): void {
  const { uid } = owner.metadata
  for (const kind of Object.keys(kinds) as Kind[])
    for (const object of cluster.store.list(kind, { owner: uid })) cluster.put(withoutOwner(object, uid))
}

/** The same object without the owner reference to `uid`. */
export function withoutOwner<T extends KubeObject>(object: T, uid: string): T {
  const { ownerReferences, ...metadata } = object.metadata
  const others = ownerReferences?.filter((owner) => owner.uid !== uid) ?? []
  return { ...object, metadata: { ...metadata, ...(others.length > 0 && { ownerReferences: others }) } }
}
