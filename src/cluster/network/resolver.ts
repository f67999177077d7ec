import type { PodSpec } from '../kinds/pod.ts'
import type { Laws } from './laws.ts'
import type { Origin } from './origin.ts'
import { NODES_NAME_SERVER } from './place.ts'

/** The address that the kubelet writes into the resolv.conf of pods (R-DNS-8). */
const CLUSTER_NAME_SERVER = '10.96.0.10'

/** What a machine's /etc/resolv.conf says. */
export interface Resolver {
  servers: readonly string[]
  searches: readonly string[]
  ndots: number
  /** Further options, as written. */
  options: readonly string[]
}

const MOST_SERVERS = 3
const MOST_SEARCHES = 32
const MOST_NDOTS = 15

const nodeResolver: Resolver = { servers: [NODES_NAME_SERVER], searches: [], ndots: 1, options: [] }

/** The resolver of a sender: of a pod by its dnsPolicy and dnsConfig (R-DNS-8, R-DNS-9), else that of its machine. */
export function resolverOf(origin: Origin, laws: Laws, namespaces: () => readonly string[]): Resolver {
  const { pod, place } = origin
  if (place) return { ...nodeResolver, servers: [place.nameServer] }
  if (!pod) return nodeResolver
  return withConfig(basis(pod.spec, laws.searchPath(pod.metadata.namespace ?? '', namespaces)), pod.spec.dnsConfig)
}

function basis({ dnsPolicy = 'ClusterFirst', hostNetwork }: PodSpec, searches: readonly string[]): Resolver {
  if (dnsPolicy === 'None') return { servers: [], searches: [], ndots: 1, options: [] }
  // On the host network ClusterFirst falls back to the node's resolver; only ClusterFirstWithHostNet means it.
  if (dnsPolicy === 'Default' || (dnsPolicy === 'ClusterFirst' && hostNetwork)) return nodeResolver
  return { servers: [CLUSTER_NAME_SERVER], searches, ndots: 5, options: [] }
}

/** What dnsConfig says is appended; its options win. */
function withConfig(resolver: Resolver, config: PodSpec['dnsConfig']): Resolver {
  if (!config) return resolver
  const ndots = config.options?.findLast(({ name }) => name === 'ndots')?.value
  const others = (config.options ?? []).filter(({ name }) => name !== 'ndots')
  return {
    servers: [...new Set([...resolver.servers, ...(config.nameservers ?? [])])].slice(0, MOST_SERVERS),
    searches: [...new Set([...resolver.searches, ...(config.searches ?? [])])].slice(0, MOST_SEARCHES),
    ndots: ndots === undefined ? resolver.ndots : Math.min(MOST_NDOTS, Math.max(0, Number.parseInt(ndots, 10) || 0)),
    options: [
      ...resolver.options,
      ...others.map(({ name, value }) => (value === undefined ? name : `${name}:${value}`)),
    ],
  }
}

/** The text of /etc/resolv.conf. */
export function resolvConf({ servers, searches, ndots, options }: Resolver): string {
  const words = [...(ndots === 1 ? [] : [`ndots:${ndots}`]), ...options]
  return [
    ...(searches.length > 0 ? [`search ${searches.join(' ')}`] : []),
    ...servers.map((server) => `nameserver ${server}`),
    ...(words.length > 0 ? [`options ${words.join(' ')}`] : []),
    '',
  ].join('\n')
}
