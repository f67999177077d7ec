import { Cluster } from '../../src/cluster/cluster.ts'
import type { KubeObject } from '../../src/cluster/object.ts'

/** A Monday morning. */
export const START = Date.parse('2026-11-23T08:00:00Z')

/** A cluster in which nobody but the API server acts, with these namespaces. */
export function quietCluster({ namespaces = ['default'], seed = 1 } = {}): Cluster {
  const objects = namespaces.map(
    (name) =>
      ({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, uid: name, creationTimestamp: '2026-11-23T07:00:00Z' },
        status: { phase: 'Active' },
      }) as KubeObject,
  )
  return new Cluster({ clock: START, random: seed, objects }, [])
}
