import type { Cluster } from '../cluster.ts'
import { isHeadless, type Service, type ServicePort } from '../kinds/service.ts'
import { isIPv4, isIPv6 } from './address.ts'
import type { DnsRecord, Query, RecordType } from './attempt.ts'
import { CLUSTER_DOMAIN, fullName, labelsOf } from './dns-name.ts'
import { addressesOfSlice, slicesOf, type TrafficEndpoint } from './endpoints.ts'
import type { Laws } from './laws.ts'

/** What CoreDNS finds under a name before it is cast into records. `port` is absent where a Service has none. */
interface Found {
  /** Address, or the target of an ExternalName. */
  host: string
  port: number | undefined
  /** Full name of what was found. */
  name: string
}

/** A name as the schema reads it; undefined where it does not fit the schema. */
interface Question {
  kind: 'svc' | 'pod' | undefined
  namespace: string | undefined
  service: string | undefined
  endpoint: string | undefined
  port: string | undefined
  protocol: string | undefined
}

/** Value of `dns-version.cluster.local` (R-DNS-11). */
const SCHEMA_VERSION = '1.1.0'

type Answer = Pick<Query, 'rcode'> & { answers: DnsRecord[] }

/**
 * What CoreDNS answers about a name of the cluster's own domain (R-DNS-1…4, R-DNS-6, R-DNS-7, R-DNS-10, R-DNS-11).
 * A CNAME's target is not followed here.
 */
export function answerInCluster(cluster: Cluster, laws: Laws, name: string, type: RecordType): Answer {
  const version = type === 'TXT' ? versionText(name) : []
  if (version.length > 0) return found(version)
  const everything = find(cluster, laws, name)
  // Asked for a text, CoreDNS denies also the names that only lead to others.
  if (!everything || (type === 'TXT' && everything.length === 0)) return { rcode: 'NXDOMAIN', answers: [] }
  return found(recordsOf(name, type, everything))
}

const found = (answers: DnsRecord[]): Answer => ({ rcode: 'NOERROR', answers })

const versionText = (name: string): DnsRecord[] =>
  name === `dns-version.${CLUSTER_DOMAIN}.` ? [{ name, type: 'TXT', value: SCHEMA_VERSION }] : []

function recordsOf(name: string, type: RecordType, everything: readonly Found[]): DnsRecord[] {
  switch (type) {
    case 'A':
    case 'AAAA': {
      const fits = type === 'A' ? isIPv4 : isIPv6
      const alias = everything.filter(isAlias).slice(0, 1)
      if (alias.length > 0) return aliasRecords(name, alias)
      return [...new Set(everything.map(({ host }) => host))].filter(fits).map((value) => ({ name, type, value }))
    }
    case 'CNAME':
      return aliasRecords(name, everything.filter(isAlias).slice(0, 1))
    case 'SRV':
      return serviceRecords(
        name,
        everything.filter((item) => !isAlias(item)),
      )
    default:
      return []
  }
}

const isAlias = ({ host }: Found): boolean => !isIPv4(host) && !isIPv6(host)

const aliasRecords = (name: string, aliases: readonly Found[]): DnsRecord[] =>
  aliases.map(({ host }) => ({ name, type: 'CNAME', value: fullName(host) }))

/** Priority is always 0; the weights of all records make about 100 (R-DNS-4). */
function serviceRecords(name: string, items: readonly Found[]): DnsRecord[] {
  const weight = Math.max(1, Math.floor(100 / items.length))
  const values = items.flatMap((item) => (item.port === undefined ? [] : [`0 ${weight} ${item.port} ${item.name}`]))
  return [...new Set(values)].map((value) => ({ name, type: 'SRV', value }))
}

/** What stands under a name: undefined for NXDOMAIN, nothing for a name that only leads to others. */
function find(cluster: Cluster, laws: Laws, name: string): Found[] | undefined {
  const question = parse(name)
  if (!question) return undefined
  const { kind, namespace, service } = question
  if (kind === undefined || namespace === undefined) return []
  if (!cluster.get('Namespace', undefined, namespace)) return undefined
  if (service === undefined) return []
  return kind === 'pod' ? findPod(name, service) : findService(cluster, laws, namespace, service, question)
}

/** `[_port._protocol. | endpoint.]service.namespace.svc|pod.cluster.local` */
function parse(name: string): Question | undefined {
  const labels = labelsOf(name).slice(0, -CLUSTER_DOMAIN.split('.').length)
  const [kind, namespace, service, ...rest] = labels.reverse()
  if (kind !== undefined && kind !== 'svc' && kind !== 'pod') return undefined
  if (rest.length > 2) return undefined
  const underscored = rest.length === 2
  return {
    kind,
    namespace,
    service,
    endpoint: rest.length === 1 ? rest[0] : undefined,
    protocol: underscored ? withoutUnderscore(rest[0]!) : undefined,
    port: underscored ? withoutUnderscore(rest[1]!) : undefined,
  }
}

const withoutUnderscore = (label: string): string => label.replace(/^_/, '')

/** An address with dashes is taken at its word; whether such a pod exists is not checked (R-DNS-7). */
function findPod(name: string, dashed: string): Found[] | undefined {
  const address = dashed.replaceAll('-', '.')
  return isIPv4(address) ? [{ host: address, port: undefined, name }] : undefined
}

function findService(
  cluster: Cluster,
  laws: Laws,
  namespace: string,
  name: string,
  question: Question,
): Found[] | undefined {
  const service = cluster.get('Service', namespace, name)
  if (!service) return undefined
  const full = `${name}.${namespace}.svc.${CLUSTER_DOMAIN}.`
  const { type, externalName, clusterIP, ports } = service.spec
  if (type === 'ExternalName') {
    // Nothing stands below an alias (R-DNS-6), and an address is no alias (R-SVC-14).
    const below = question.endpoint ?? question.port
    return externalName !== undefined && below === undefined && !isIPv4(externalName)
      ? [{ host: externalName, port: undefined, name: full }]
      : undefined
  }
  if (isHeadless(service) || question.endpoint !== undefined)
    return someOrNone(findEndpoints(cluster, laws, service, full, question))
  if (clusterIP === undefined) return undefined
  const wanted = (ports ?? []).filter(({ name: port = '', protocol }) => fits(question, port, protocol))
  return someOrNone(wanted.map(({ port }) => ({ host: clusterIP, port, name: full })))
}

/** A headless Service, and any name below a Service, stands for ready endpoints only (R-DNS-2, R-DNS-3). */
function findEndpoints(cluster: Cluster, laws: Laws, service: Service, full: string, question: Question): Found[] {
  const ports = portsOf(cluster, service)
  if (ports.length === 0 && question.port === undefined)
    return slicesOf(cluster, service).flatMap((slice) => some(addressesOfSlice(slice, 0), undefined))
  return ports
    .filter(({ name = '', protocol }) => fits(question, name, protocol))
    .flatMap((port) => some(laws.serviceEndpoints(cluster, service, port), port))

  function some(endpoints: readonly TrafficEndpoint[], port: ServicePort | undefined): Found[] {
    return endpoints
      .filter((endpoint) => laws.endpointReceivesTraffic(endpoint))
      .map((endpoint) => ({ endpoint, label: endpointName(endpoint) }))
      .filter(({ label }) => question.endpoint === undefined || question.endpoint === label)
      .map(({ endpoint, label }) => ({
        host: endpoint.address,
        port: port && endpoint.port,
        name: `${label}.${full}`,
      }))
  }
}

/** The ports of a Service, and those that only its slices know because somebody wrote them by hand. */
function portsOf(cluster: Cluster, service: Service): ServicePort[] {
  const ports = service.spec.ports ?? []
  const known = new Set(ports.map(({ name, protocol }) => `${protocol} ${name ?? ''}`))
  const others = slicesOf(cluster, service)
    .flatMap((slice) => slice.ports ?? [])
    .flatMap(({ name = '', protocol = 'TCP', port }) => {
      if (port === undefined || known.has(`${protocol} ${name}`)) return []
      known.add(`${protocol} ${name}`)
      return [{ name, protocol, port, targetPort: port }]
    })
  return [...ports, ...others]
}

const endpointName = ({ hostname, address }: TrafficEndpoint): string =>
  (hostname ?? address.replaceAll('.', '-')).toLowerCase()

const fits = ({ port, protocol }: Question, name: string, ofProtocol: string): boolean =>
  (port === undefined || port === name) && (protocol === undefined || protocol === ofProtocol.toLowerCase())

const someOrNone = (items: Found[]): Found[] | undefined => (items.length > 0 ? items : undefined)
