import type { Cluster } from '../cluster.ts'
import type { Controller } from '../controller.ts'
import { deleteObject, withoutOwner } from '../deletion.ts'
import { type Kind, kinds } from '../kinds/index.ts'
import { type Key, type KubeObject, keyFor, keyOf, type OwnerReference } from '../object.ts'
import { narrate } from './narrate.ts'

const stored = (Object.keys(kinds) as Kind[]).filter((kind) => !kinds[kind].computed)

/** Deletes what belonged to owners that are gone, whoever deleted them (R-DEP-13, R-EPS-1). */
export const garbageCollector: Controller = {
  name: 'garbage-collector',
  watches: Object.fromEntries(stored.map((kind) => [kind, toCollect])),
  reconcile(cluster: Cluster, key: Key) {
    const object = cluster.store.byKey(key)
    const owners = object?.metadata.ownerReferences
    if (!object || !owners || object.metadata.deletionTimestamp !== undefined) return undefined
    const gone = owners.filter((owner) => !exists(cluster, object, owner))
    if (gone.length === 0) return undefined
    if (gone.length < owners.length) {
      cluster.put(gone.reduce((rest, { uid }) => withoutOwner(rest, uid), object))
      return undefined
    }
    deleteObject(cluster, object)
    const [first] = gone
    if (object.kind !== 'EndpointSlice')
      narrate(cluster, object, 'garbage-collector', `deleted: its owner ${first?.kind} ${first?.name} is gone`)
    return undefined
  },
}

/** What may have to go when this object has changed: what a removed object owned, or itself if its owner is gone. */
function toCollect(object: KubeObject, cluster: Cluster): Key[] {
  const { uid, ownerReferences } = object.metadata
  const current = cluster.store.byKey(keyOf(object))
  if (current?.metadata.uid !== uid)
    return stored.flatMap((kind) => cluster.store.list(kind, { owner: uid }).map(keyOf))
  return ownerReferences?.some((owner) => !exists(cluster, object, owner)) ? [keyOf(object)] : []
}

function exists(cluster: Cluster, { metadata }: KubeObject, { kind, name, uid }: OwnerReference): boolean {
  const definition = Object.hasOwn(kinds, kind) ? kinds[kind as Kind] : undefined
  if (!definition) return false
  const key = keyFor(kind as Kind, definition.namespaced ? metadata.namespace : undefined, name)
  return cluster.store.byKey(key)?.metadata.uid === uid
}
