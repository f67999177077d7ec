import type { Cluster } from '../../cluster.ts'
import type { Node } from '../../kinds/node.ts'

/** .0 is the network, .1 the bridge: the first pod gets .2 (R-POD-5). */
const FIRST_HOST = 2

/**
 * The next free address of the node's pod CIDR. It walks forward, so that an address that was given up is not used
 * again before the others have had their turn (R-POD-5). Undefined if none is left.
 */
export function allocateAddress(cluster: Cluster, { metadata, spec }: Node): string | undefined {
  const range = spec.podCIDR === undefined ? undefined : rangeOf(spec.podCIDR)
  if (!range) return undefined
  const { network, hosts } = range
  let host = cluster.ipam.get(metadata.name) ?? FIRST_HOST
  for (let tries = FIRST_HOST; tries < hosts; tries++) {
    if (host < FIRST_HOST || host >= hosts) host = FIRST_HOST
    const address = dotted(network + host)
    host += 1
    if (cluster.store.count('Pod', { index: ['ip', address] }) > 0) continue
    cluster.ipam.set(metadata.name, host)
    return address
  }
  return undefined
}

/** The host part of an address within a CIDR; undefined if it is not in it. */
export function hostPart(cidr: string, address: string): number | undefined {
  const range = rangeOf(cidr)
  const host = range ? numeric(address) - range.network : -1
  return range && host >= 0 && host <= range.hosts ? host : undefined
}

/** The network address as a number, and the host part of the broadcast address. */
function rangeOf(cidr: string): { network: number; hosts: number } | undefined {
  const [, address, length] = /^([0-9.]+)\/(\d+)$/.exec(cidr) ?? []
  if (address === undefined || length === undefined) return undefined
  return { network: numeric(address), hosts: 2 ** (32 - Number(length)) - 1 }
}

const numeric = (address: string): number => address.split('.').reduce((value, part) => value * 256 + Number(part), 0)

const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.')
