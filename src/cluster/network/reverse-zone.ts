import type { Cluster } from '../cluster.ts'
import type { Service } from '../kinds/service.ts'
import type { DnsRecord } from './attempt.ts'
import { addressOfReverse, CLUSTER_DOMAIN } from './dns-name.ts'
import { addressesOfSlice, slicesOf } from './endpoints.ts'
import type { Laws } from './laws.ts'

/**
 * The names of an address: the Service of a ClusterIP, else the endpoint names that a ready endpoint has under its
 * Services (R-DNS-5). Undefined for addresses that the cluster does not name.
 */
export function answerInReverse(cluster: Cluster, laws: Laws, name: string): DnsRecord[] | undefined {
  const address = addressOfReverse(name)
  if (address === undefined) return undefined
  const [service] = cluster.store.list('Service', { index: ['clusterIP', address] })
  const targets = service ? [nameOf(service)] : endpointNames(cluster, laws, address)
  return targets.length > 0 ? targets.map((value) => ({ name, type: 'PTR', value })) : undefined
}

const nameOf = ({ metadata }: Service): string => `${metadata.name}.${metadata.namespace}.svc.${CLUSTER_DOMAIN}.`

function endpointNames(cluster: Cluster, laws: Laws, address: string): string[] {
  const names = servicesAround(cluster, address).flatMap((service) =>
    slicesOf(cluster, service)
      .flatMap((slice) => addressesOfSlice(slice, 0))
      .filter((endpoint) => endpoint.address === address && laws.endpointReceivesTraffic(endpoint))
      .map(({ hostname }) => `${hostname ?? address.replaceAll('.', '-')}.${nameOf(service)}`),
  )
  return [...new Set(names)]
}

/** The Services whose slices may hold the address: those that could select its pod, and those without a selector. */
function servicesAround(cluster: Cluster, address: string): Service[] {
  const [pod] = cluster.store.list('Pod', { index: ['ip', address] })
  if (!pod) return cluster.store.list('Service').filter(({ spec }) => Object.keys(spec.selector ?? {}).length === 0)
  const pairs = Object.entries(pod.metadata.labels ?? {})
  return pairs.flatMap(([key, value]) =>
    cluster.store.list('Service', { index: ['selector', `${pod.metadata.namespace} ${key}=${value}`] }),
  )
}
