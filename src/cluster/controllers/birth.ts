import type { Cluster } from '../cluster.ts'
import type { Kind } from '../kinds/index.ts'
import { type ObjectMeta, timestamp } from '../object.ts'

/** A generated name keeps at most this much of its base (R-NAM-6). */
const GENERATED_BASE = 58

/** Metadata of an object that a controller creates. */
export const newMetadata = (cluster: Cluster, given: Omit<ObjectMeta, 'uid' | 'creationTimestamp'>): ObjectMeta => ({
  ...given,
  uid: cluster.random.uuid(),
  creationTimestamp: timestamp(cluster.now),
})

/** A free name made of `base` and five random characters (R-NAM-6, R-NAM-7). */
export function generateName(cluster: Cluster, kind: Kind, namespace: string, base: string): string {
  for (;;) {
    const name = base.slice(0, GENERATED_BASE) + cluster.random.suffix()
    if (!cluster.get(kind, namespace, name)) return name
  }
}
