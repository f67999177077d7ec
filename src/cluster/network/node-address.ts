import type { Cluster } from '../cluster.ts'
import { internalIP } from '../kinds/node.ts'
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
