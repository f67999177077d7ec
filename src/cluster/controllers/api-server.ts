import { create } from '../api.ts'
import type { Cluster } from '../cluster.ts'
import type { Controller } from '../controller.ts'
import type { Kind } from '../kinds/index.ts'
import { type Key, type KubeObject, keyFor, keyOf } from '../object.ts'
import { apiServerObjects } from './api-server-objects.ts'
import { narrate } from './narrate.ts'

const keyOfManifest = ({ kind, metadata }: (typeof apiServerObjects)[number]): Key =>
  keyFor(kind as Kind, 'namespace' in metadata ? metadata.namespace : undefined, metadata.name)

const manifests = new Map(apiServerObjects.map((manifest) => [keyOfManifest(manifest), manifest]))

/** The API server creates its own Service, the endpoints of that and the system's namespaces anew when they are deleted. */
export const apiServer: Controller = {
  name: 'kube-apiserver',
  watches: { Namespace: whereMissing, Service: whereMissing, EndpointSlice: whereMissing },
  reconcile(cluster: Cluster, key: Key) {
    const manifest = manifests.get(key)
    if (!manifest || cluster.store.byKey(key)) return undefined
    const { object } = create(cluster, manifest)
    narrate(cluster, object, 'kube-apiserver', `created ${object.metadata.name} anew: it cannot do without`)
    return undefined
  },
}

function whereMissing(object: KubeObject, cluster: Cluster): Key[] {
  const key = keyOf(object)
  return manifests.has(key) && !cluster.store.byKey(key) ? [key] : []
}
