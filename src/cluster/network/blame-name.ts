import type { Cluster } from '../cluster.ts'
import { isHeadless, type Service } from '../kinds/service.ts'
import type { Blame, Lookup } from './attempt.ts'
import { blame, blameOutside, isSlip } from './blame.ts'
import { blameForNoEndpoints } from './blame-endpoints.ts'
import { plainName } from './dns.ts'
import { CLUSTER_DOMAIN, labelsOf } from './dns-name.ts'
import type { Journey } from './journey.ts'
import type { Origin } from './origin.ts'
import { isOutsideNameServer } from './place.ts'

/** How many namespaces are looked through for a Service that was meant. */
const NAMESPACES_LOOKED_AT = 50

/** Why a lookup found no address, and where to look first. */
export function blameForName({ cluster }: Pick<Journey, 'cluster'>, origin: Origin, lookup: Lookup): Blame | null {
  if (lookup.problem !== null) return blameOutside('name', lookup.name, '', lookup.problem)
  if (lookup.rcode === 'TIMEOUT') return blameForSilence(cluster, lookup)
  const labels = labelsOf(plainName(lookup.name))
  if (isOutsideNameServer(lookup.server)) return fromOutside(cluster, labels, origin)
  const namespace = origin.pod?.metadata.namespace ?? 'default'
  return existing(cluster, labels, namespace) ?? meant(cluster, labels, namespace)
}

function blameForSilence(cluster: Cluster, { server }: Lookup): Blame {
  const [service] = cluster.store.list('Service', { index: ['clusterIP', server] })
  const port = service?.spec.ports?.find(({ protocol }) => protocol === 'UDP')
  if (service && port) return blameForNoEndpoints(cluster, service, port)
  return blameOutside('name server', server, '', 'it does not answer')
}

/** A cluster name asked from a machine whose resolver knows nothing of the cluster (R-DNS-9). */
function fromOutside(cluster: Cluster, labels: readonly string[], origin: Origin): Blame | null {
  const [name = '', namespace = 'default'] = labels
  const service = cluster.get('Service', namespace, name)
  return service
    ? blame(
        service,
        'metadata.name',
        `names of Services are known to the cluster's own DNS only, which ${origin.label} does not ask`,
      )
    : null
}

/** The name is that of a Service after all, in another place, in another order, or without an address. */
function existing(cluster: Cluster, labels: readonly string[], namespace: string): Blame | undefined {
  const [first = '', second] = labels
  const inside = second !== undefined && cluster.get('Namespace', undefined, second) ? second : namespace
  const own = cluster.get('Service', inside, first)
  if (own) return blameForService(cluster, own)
  if (second !== undefined && cluster.get('Service', first, second))
    return blame(cluster.get('Service', first, second)!, 'metadata.name', `the Service comes first: ${second}.${first}`)
  const elsewhere = namespacesOf(cluster).find((other) => cluster.get('Service', other, first))
  if (elsewhere === undefined) return undefined
  const service = cluster.get('Service', elsewhere, first)!
  const why = `it is in namespace ${elsewhere}; from ${namespace} its name is ${first}.${elsewhere}`
  return blame(service, 'metadata.namespace', why)
}

function blameForService(cluster: Cluster, service: Service): Blame {
  const { ports, type } = service.spec
  if (type === 'ExternalName') return blame(service, 'spec.externalName', problemOfAlias(cluster, service))
  const [port] = ports ?? []
  if (isHeadless(service) && port) return blameForNoEndpoints(cluster, service, port)
  const full = `${service.metadata.name}.${service.metadata.namespace}.svc.${CLUSTER_DOMAIN}`
  return blame(service, 'metadata.name', `its name is ${full}`)
}

/** Why an ExternalName leads to no address: it may end where it began. */
function problemOfAlias(cluster: Cluster, service: Service): string {
  const passed = new Set<Service>()
  let current: Service | undefined = service
  while (current && !passed.has(current)) {
    passed.add(current)
    const name: string = current.spec.type === 'ExternalName' ? plainName(current.spec.externalName ?? '') : ''
    const [first = '', namespace = '']: string[] = name.endsWith(`.svc.${CLUSTER_DOMAIN}`) ? labelsOf(name) : []
    current = cluster.get('Service', namespace, first)
  }
  const { externalName } = service.spec
  return current
    ? `it names ${externalName}, which leads round in a circle`
    : `it names ${externalName}, which has no address`
}

/** Something else has that name, or a Service nearly has it. */
function meant(cluster: Cluster, labels: readonly string[], namespace: string): Blame | null {
  const [first = ''] = labels
  const near = cluster.store.list('Service', { namespace }).find(({ metadata }) => isSlip(metadata.name, first))
  if (near) return blame(near, 'metadata.name', `the Service is called ${near.metadata.name}`)
  const deployment = cluster.get('Deployment', namespace, first)
  if (deployment) return blame(deployment, 'metadata.name', 'a Deployment has no name in DNS; it needs a Service')
  const pod = cluster.get('Pod', namespace, first)
  return pod ? blame(pod, 'metadata.name', 'pods have no name of their own in DNS; Services do') : null
}

const namespacesOf = (cluster: Cluster): string[] =>
  cluster.store
    .list('Namespace')
    .slice(0, NAMESPACES_LOOKED_AT)
    .map(({ metadata }) => metadata.name)
