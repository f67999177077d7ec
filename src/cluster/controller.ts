import type { Cluster } from './cluster.ts'
import type { Kind, Kinds } from './kinds/index.ts'
import type { Key, Milliseconds } from './object.ts'

/**
 * controller-runtime in miniature: level-based and idempotent. `reconcile` compares what the objects of `key` are with
 * what they should be and writes the difference; a second call right after changes nothing.
 */
export interface Controller {
  readonly name: string
  /** Which keys a changed object wakes; called with the old and with the new version. */
  readonly watches: { readonly [K in Kind]?: (object: Kinds[K], cluster: Cluster) => readonly Key[] }
  reconcile(cluster: Cluster, key: Key): { requeueAfter?: Milliseconds } | undefined
}
