import type { Cluster } from '../../cluster.ts'
import {
  type Endpoint,
  type EndpointPort,
  type EndpointSlice,
  MANAGED_BY_LABEL,
  SERVICE_NAME_LABEL,
  SLICE_CONTROLLER,
} from '../../kinds/endpoint-slice.ts'
import { isHeadless, type Service } from '../../kinds/service.ts'
import { keyOf, ownedBy, withMetadata } from '../../object.ts'
import { generateName, newMetadata } from '../birth.ts'
import type { Member } from './members.ts'

const HEADLESS_LABEL = 'service.kubernetes.io/headless'

/** Upstream's default; the API would allow 1000 (R-EPS-5). */
const MOST_ENDPOINTS = 100

/**
 * Stores the members in slices, one set for each distinct list of ports (R-EPS-5). Endpoints keep their slice; new ones
 * fill up what has room. Each slice is in the order of its pods' names, so that it follows from its members alone. A
 * Service without members keeps one empty slice (R-EPS-6).
 */
export function writeSlices(cluster: Cluster, service: Service, before: EndpointSlice[], members: Member[]): void {
  const groups = groupByPorts(members)
  const unused = new Set(before)
  for (const [key, { ports, endpoints }] of groups) {
    const slices = before.filter((slice) => keyOfPorts(slice.ports ?? []) === key)
    for (const slice of slices) unused.delete(slice)
    writeGroup(cluster, service, ports, endpoints, slices)
  }
  for (const slice of unused) cluster.remove(keyOf(slice))
}

interface Group {
  ports: EndpointPort[]
  endpoints: Endpoint[]
}

function groupByPorts(members: Member[]): Map<string, Group> {
  const groups = new Map<string, Group>()
  let last: Group | undefined
  for (const { endpoint, ports } of members) {
    if (last?.ports !== ports) {
      const key = keyOfPorts(ports)
      last = groups.get(key) ?? { ports, endpoints: [] }
      groups.set(key, last)
    }
    last.endpoints.push(endpoint)
  }
  return groups.size > 0 ? groups : new Map([['', { ports: [], endpoints: [] }]])
}

/** The same text for the same ports, whatever the order of their members. */
const keyOfPorts = (ports: readonly EndpointPort[]): string =>
  ports
    .map(({ name = '', protocol = 'TCP', port = 0, appProtocol = '' }) => `${name} ${protocol} ${port} ${appProtocol}`)
    .join()

function writeGroup(
  cluster: Cluster,
  service: Service,
  ports: EndpointPort[],
  endpoints: Endpoint[],
  slices: EndpointSlice[],
): void {
  const wanted = new Map(endpoints.map((endpoint) => [addressOf(endpoint), endpoint]))
  const lists = slices.map((slice) =>
    slice.endpoints.flatMap((endpoint) => {
      const current = wanted.get(addressOf(endpoint))
      wanted.delete(addressOf(endpoint))
      return current ? [current] : []
    }),
  )
  const added = [...wanted.values()]
  for (const list of lists) list.push(...added.splice(0, Math.max(0, MOST_ENDPOINTS - list.length)))
  while (added.length > 0) lists.push(added.splice(0, MOST_ENDPOINTS))
  if (lists.length === 0) lists.push([])
  const isOnly = lists.every((list) => list.length === 0)
  for (const [index, list] of lists.entries()) {
    const slice = slices[index]
    if (list.length === 0 && !(isOnly && index === 0)) {
      if (slice) cluster.remove(keyOf(slice))
    } else {
      const sorted = list.sort(byName)
      if (slice) cluster.put({ ...withMetadata(slice, { labels: labelsOf(service) }), endpoints: sorted })
      else create(cluster, service, ports, sorted)
    }
  }
}

const byName = (left: Endpoint, right: Endpoint): number =>
  (left.targetRef?.name ?? '') < (right.targetRef?.name ?? '') ? -1 : 1

const addressOf = ({ targetRef, addresses }: Endpoint): string => targetRef?.uid ?? addresses[0] ?? ''

function create(cluster: Cluster, service: Service, ports: EndpointPort[], endpoints: Endpoint[]): void {
  const { name, namespace = '' } = service.metadata
  cluster.put<EndpointSlice>({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: newMetadata(cluster, {
      name: generateName(cluster, 'EndpointSlice', namespace, `${name}-`),
      generateName: `${name}-`,
      namespace,
      labels: labelsOf(service),
      ownerReferences: [ownedBy(service)],
    }),
    addressType: 'IPv4',
    endpoints,
    ports,
  })
}

/** The Service's own labels and those that tie the slice to it (R-EPS-1). */
const labelsOf = (service: Service): Record<string, string> => ({
  ...service.metadata.labels,
  [MANAGED_BY_LABEL]: SLICE_CONTROLLER,
  [SERVICE_NAME_LABEL]: service.metadata.name,
  ...(isHeadless(service) && { [HEADLESS_LABEL]: '' }),
})
