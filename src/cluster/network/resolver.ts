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
  /** The options as written, that of ndots among them where there is one. */
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
  return { servers: [CLUSTER_NAME_SERVER], searches, ndots: 5, options: ['ndots:5'] }
}

/** What dnsConfig says is appended; its options win. */
function withConfig(resolver: Resolver, config: PodSpec['dnsConfig']): Resolver {
  if (!config) return resolver
  const given = config.options ?? []
  const ndots = given.findLast(({ name }) => name === 'ndots')?.value
  return {
    servers: [...new Set([...resolver.servers, ...(config.nameservers ?? [])])].slice(0, MOST_SERVERS),
    searches: [...new Set([...resolver.searches, ...(config.searches ?? [])])].slice(0, MOST_SEARCHES),
    ndots: ndots === undefined ? resolver.ndots : Math.min(MOST_NDOTS, Math.max(0, Number.parseInt(ndots, 10) || 0)),
    options: [
      ...resolver.options.filter((option) => !given.some(({ name }) => option.split(':')[0] === name)),
      ...given.map(({ name, value }) => (value === undefined ? name : `${name}:${value}`)),
    ],
  }
}

/** The text of /etc/resolv.conf. */
export function resolvConf({ servers, searches, options }: Resolver): string {
  return [
    ...(searches.length > 0 ? [`search ${searches.join(' ')}`] : []),
    ...servers.map((server) => `nameserver ${server}`),
    ...(options.length > 0 ? [`options ${options.join(' ')}`] : []),
    '',
  ].join('\n')
}
