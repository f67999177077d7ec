import type { Cluster } from '../cluster.ts'
import type { Milliseconds } from '../object.ts'
import { hash } from '../random.ts'
import type { TrafficEndpoint } from './endpoints.ts'

/** Most clients that are remembered; the one that has been silent longest is forgotten first. */
const PINS_KEPT = 64

/**
 * The endpoint of a client under sessionAffinity ClientIP (R-KPX-9). The nodes remember which endpoint a client has, as
 * the kernel does for kube-proxy: it stays with it until it has been silent for `timeout` or the endpoint is gone;
 * then `choose` gives it another. A client that is not remembered gets the endpoint that its address hashes to, a choice
 * that depends on nothing else.
 */
export function pinnedEndpoint(
  cluster: Cluster,
  client: string,
  endpoints: readonly TrafficEndpoint[],
  timeout: Milliseconds,
  choose: () => TrafficEndpoint,
): TrafficEndpoint {
  const pin = cluster.affinity.get(client)
  const kept =
    pin && cluster.now - pin.at <= timeout ? endpoints.find(({ address }) => address === pin.address) : undefined
  const endpoint = kept ?? (pin ? choose() : endpointByHash(client, endpoints))
  cluster.affinity.delete(client)
  cluster.affinity.set(client, { address: endpoint.address, at: cluster.now })
  const [oldest] = cluster.affinity.keys()
  if (cluster.affinity.size > PINS_KEPT && oldest !== undefined) cluster.affinity.delete(oldest)
  return endpoint
}

/** The highest of the hashes of client and endpoint: other endpoints may come and go without moving the client. */
function endpointByHash(client: string, endpoints: readonly TrafficEndpoint[]): TrafficEndpoint {
  let best = endpoints[0]!
  let highest = -1
  for (const endpoint of endpoints) {
    const weight = scatter(hash(`${client} ${endpoint.address}`))
    if (weight <= highest) continue
    best = endpoint
    highest = weight
  }
  return best
}

/** Spreads a hash over all bits, so that neighbouring addresses do not get neighbouring weights. */
function scatter(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
