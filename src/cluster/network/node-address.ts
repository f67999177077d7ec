import type { Cluster } from '../cluster.ts'
import { internalIP, type Node } from '../kinds/node.ts'
import { gatewayOf } from './address.ts'

/** The addresses that a node itself has: in the nodes' network, and on the bridge to its pods (R-POD-5). */
export function nodeAddress(
  cluster: Cluster,
  name: string,
): { internal: string | undefined; bridge: string | undefined } {
  const node = cluster.get('Node', undefined, name)
  if (!node) return { internal: undefined, bridge: undefined }
  return { internal: internalIP(node), bridge: node.spec.podCIDR && gatewayOf(node.spec.podCIDR) }
}

/**
 * The node that holds an address: in the nodes' network, or on the bridge to its pods, which only those can name who
 * have a route to the pods (R-POD-5).
 */
export function nodeAt(cluster: Cluster, address: string, hasRouteToPods: boolean): Node | undefined {
  const [node] = cluster.store.list('Node', { index: ['address', address] })
  if (node || !hasRouteToPods) return node
  return cluster.store
    .list('Node')
    .find(({ spec: { podCIDR } }) => podCIDR !== undefined && gatewayOf(podCIDR) === address)
}
