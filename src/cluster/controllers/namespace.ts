import type { Cluster } from '../cluster.ts'
import type { Controller } from '../controller.ts'
import { deleteObject } from '../deletion.ts'
import { type Kind, kinds } from '../kinds/index.ts'
import { type Key, type KubeObject, keyFor, keyOf, partsOf } from '../object.ts'
import { narrate, plural } from './narrate.ts'

/** Namespaced kinds; owners go before what they own, so that nothing is created anew. */
const content = (Object.keys(kinds) as Kind[])
  .filter((kind) => kinds[kind].namespaced && !kinds[kind].computed)
  .sort((left, right) => Number(left === 'Pod') - Number(right === 'Pod'))

/** What took its time to leave may be the last that its namespace waited for. */
const leaving = ({ metadata: { namespace = '', deletionTimestamp } }: KubeObject): Key[] =>
  deletionTimestamp === undefined ? [] : [keyFor('Namespace', undefined, namespace)]

/** Empties a namespace that is being deleted; when nothing is left the namespace itself goes (R-NSP-5). */
export const namespaceController: Controller = {
  name: 'namespace',
  watches: {
    ...Object.fromEntries(content.map((kind) => [kind, leaving])),
    Namespace: (namespace) => [keyOf(namespace)],
  },
  reconcile(cluster: Cluster, key: Key) {
    const { name } = partsOf(key)
    const namespace = cluster.get('Namespace', undefined, name)
    if (namespace?.metadata.deletionTimestamp === undefined) return undefined
    const objects = content.flatMap((kind) => cluster.store.list(kind, { namespace: name }))
    const fresh = objects.filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    for (const object of fresh) deleteObject(cluster, object)
    const left = content.reduce((total, kind) => total + cluster.store.count(kind, { namespace: name }), 0)
    if (fresh.length > 0)
      narrate(cluster, namespace, 'namespace', `deleting all it holds: ${plural(fresh.length, 'object')}`)
    if (left > 0) return undefined
    cluster.remove(keyOf(namespace))
    narrate(cluster, namespace, 'namespace', 'empty: gone')
    return undefined
  },
}
