import type { Cluster } from '../../cluster.ts'

const MOST_NODES = 255

/** The first /24 of 10.244.0.0/16 that no node has, in order (R-NOD-1). 10.244.0.0/24 stays free. */
export function freePodCidr(cluster: Cluster): string {
  const taken = new Set(cluster.store.list('Node').map(({ spec }) => spec.podCIDR))
  for (let third = 1; third <= MOST_NODES; third++) {
    const cidr = `10.244.${third}.0/24`
    if (!taken.has(cidr)) return cidr
  }
  throw new Error('there is no pod CIDR left for another node')
}
