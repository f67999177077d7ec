import type { Cluster } from '../cluster/cluster.ts'
import type { Milliseconds } from '../cluster/object.ts'

/** The cluster as somebody sees it who looks at another time: everything is the same but `now`. */
export const clusterAt = (cluster: Cluster, now: Milliseconds): Cluster =>
  new Proxy(cluster, {
    get(target, property) {
      if (property === 'now') return now
      const value: unknown = Reflect.get(target, property, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
