import type { Cluster } from '../cluster.ts'
import { addressAt } from '../network/address.ts'

/** Where ClusterIPs come from. */
const SERVICE_CIDR = '10.96.0.0/16'

/** Where node ports come from, both ends included (R-SVC-11). */
const NODE_PORTS = { first: 30_000, last: 32_767 } as const

/** How much of a pool is kept for values that people choose (R-SVC-7, R-SVC-11). */
export function bandOffset(size: number, { step, most }: { step: number; most: number }): number {
  const least = 16
  return size <= least ? 0 : Math.min(Math.max(least, Math.floor(size / step)), most)
}

const SERVICE_SIZE = 2 ** (32 - Number(SERVICE_CIDR.split('/')[1]))
const SERVICE_OFFSET = bandOffset(SERVICE_SIZE, { step: 16, most: 256 })
const PORT_COUNT = NODE_PORTS.last - NODE_PORTS.first + 1
const PORT_OFFSET = bandOffset(PORT_COUNT, { step: 32, most: 128 })

/** The addresses of the Service network without network and broadcast address (R-SVC-6), by their offset from the first. */
const clusterIPAt = (offset: number): string => addressAt(SERVICE_CIDR, offset + 1)
const CLUSTER_IPS = SERVICE_SIZE - 2

/** Why a chosen ClusterIP cannot be had (R-SVC-8); undefined if it can. */
export function clusterIPFault(cluster: Cluster, ip: string): string | undefined {
  const offset = offsetOf(ip)
  if (offset === undefined) return 'the provided network does not match the current range'
  if (offset < 0 || offset >= CLUSTER_IPS)
    return `the provided IP (${ip}) is not in the valid range. The range of valid IPs is ${SERVICE_CIDR}`
  return isTaken(cluster, 'clusterIP', ip) ? 'provided IP is already allocated' : undefined
}

function offsetOf(ip: string): number | undefined {
  const number = (text: string): number => text.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0)
  const network = number(SERVICE_CIDR.split('/')[0] ?? '')
  const offset = number(ip) - network
  return offset >= 0 && offset < SERVICE_SIZE ? offset - 1 : undefined
}

/** A free ClusterIP: at random from the dynamic band, from the static one only if that is full (R-SVC-7). */
export function allocateClusterIP(cluster: Cluster): string | undefined {
  const isFree = (offset: number): boolean => !isTaken(cluster, 'clusterIP', clusterIPAt(offset))
  const offset = allocate(cluster, CLUSTER_IPS, SERVICE_OFFSET, isFree)
  return offset === undefined ? undefined : clusterIPAt(offset)
}

/** Why a chosen node port cannot be had (R-SVC-11); undefined if it can. `taken` are ports of the same request. */
export function nodePortFault(cluster: Cluster, port: number, taken: ReadonlySet<number>): string | undefined {
  if (port < NODE_PORTS.first || port > NODE_PORTS.last)
    return `provided port is not in the valid range. The range of valid ports is ${NODE_PORTS.first}-${NODE_PORTS.last}`
  return taken.has(port) || isPortTaken(cluster, port) ? 'provided port is already allocated' : undefined
}

/** A free node port: at random from the dynamic band, from the static one only if that is full (R-SVC-11). */
export function allocateNodePort(cluster: Cluster, taken: ReadonlySet<number>): number | undefined {
  const isFree = (offset: number): boolean => {
    const port = NODE_PORTS.first + offset
    return !taken.has(port) && !isPortTaken(cluster, port)
  }
  const offset = allocate(cluster, PORT_COUNT, PORT_OFFSET, isFree)
  return offset === undefined ? undefined : NODE_PORTS.first + offset
}

function allocate(
  cluster: Cluster,
  size: number,
  band: number,
  isFree: (offset: number) => boolean,
): number | undefined {
  return from(cluster, band, size - band, isFree) ?? from(cluster, 0, band, isFree)
}

/** Starts somewhere in the band and takes the first free place behind it, going round. */
function from(cluster: Cluster, first: number, count: number, isFree: (offset: number) => boolean): number | undefined {
  if (count === 0) return undefined
  const start = cluster.random.below(count)
  for (let i = 0; i < count; i++) {
    const offset = first + ((start + i) % count)
    if (isFree(offset)) return offset
  }
  return undefined
}

const isTaken = (cluster: Cluster, index: string, value: string): boolean =>
  cluster.store.count('Service', { index: [index, value] }) > 0

const isPortTaken = (cluster: Cluster, port: number): boolean =>
  isTaken(cluster, 'nodePort', String(port)) || isTaken(cluster, 'healthCheckNodePort', String(port))
