import type { Cluster } from '../cluster.ts'
import type { Described, KindDefinition, KubeObject } from '../object.ts'
import { ageColumn, listed, nameColumn } from './columns.ts'
import { eventsBlock, metadataLines } from './describe-parts.ts'
import { type Endpoint, type EndpointPort, slicesOf } from './endpoint-slice.ts'
import { isHeadless, type Service } from './service.ts'

interface EndpointAddress {
  ip: string
  nodeName?: string
  targetRef?: { kind: string; namespace?: string; name: string; uid?: string }
}

interface Subset {
  addresses?: EndpointAddress[]
  notReadyAddresses?: EndpointAddress[]
  ports?: { name?: string; port: number; protocol: string }[]
}

/** The legacy list, worked out from the EndpointSlices; deprecated since 1.33 (R-EPS-7). */
export interface Endpoints extends KubeObject {
  subsets?: Subset[]
}

const addressOf = ({ addresses: [ip = ''], nodeName, targetRef }: Endpoint): EndpointAddress => ({
  ip,
  ...(nodeName !== undefined && { nodeName }),
  ...(targetRef && { targetRef }),
})

const byIp = (left: EndpointAddress, right: EndpointAddress): number => (left.ip < right.ip ? -1 : 1)

function subsetOf(ports: EndpointPort[], endpoints: Endpoint[]): Subset {
  const staying = endpoints.filter(({ conditions }) => conditions?.ready || !conditions?.terminating)
  const ready = staying.filter(({ conditions }) => conditions?.ready !== false).map(addressOf)
  const unready = staying.filter(({ conditions }) => conditions?.ready === false).map(addressOf)
  return {
    ...(ready.length > 0 && { addresses: ready.sort(byIp) }),
    ...(unready.length > 0 && { notReadyAddresses: unready.sort(byIp) }),
    ...(ports.length > 0 && {
      ports: ports.map(({ name, port = 0, protocol = 'TCP' }) => ({ ...(name && { name }), port, protocol })),
    }),
  }
}

/** Slices with the same ports make one subset. */
function endpointsOf(service: Service, cluster: Cluster): Endpoints {
  const groups = new Map<string, { ports: EndpointPort[]; endpoints: Endpoint[] }>()
  for (const { ports = [], endpoints } of slicesOf(service, cluster)) {
    const key = JSON.stringify(ports)
    groups.set(key, { ports, endpoints: [...(groups.get(key)?.endpoints ?? []), ...endpoints] })
  }
  const subsets = [...groups.values()]
    .map(({ ports, endpoints }) => subsetOf(ports, endpoints))
    .filter(({ addresses, notReadyAddresses }) => addresses || notReadyAddresses)
  const { name, namespace, uid, creationTimestamp, labels } = service.metadata
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      uid: `${uid.slice(0, -4)}0000`,
      creationTimestamp,
      labels: {
        ...labels,
        ...(isHeadless(service) && { 'service.kubernetes.io/headless': '' }),
        'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
      },
    },
    ...(subsets.length > 0 && { subsets }),
  }
}

/** The API server keeps the endpoints of its own Service itself. */
const hasEndpoints = ({ metadata, spec }: Service): boolean =>
  Object.keys(spec.selector ?? {}).length > 0
    ? spec.type !== 'ExternalName'
    : metadata.name === 'kubernetes' && metadata.namespace === 'default'

const endpointsCell = ({ subsets = [] }: Endpoints): string =>
  subsets.length === 0
    ? '<none>'
    : listed(
        subsets.flatMap(({ addresses = [], ports }) =>
          ports
            ? ports.flatMap(({ port }) => addresses.map(({ ip }) => `${ip}:${port}`))
            : addresses.map(({ ip }) => ip),
        ),
        '',
      )

function describe(object: Endpoints, cluster: Cluster): Described[] {
  const joined = (addresses: EndpointAddress[] | undefined): string =>
    addresses?.map(({ ip }) => ip).join(',') || '<none>'
  const lines = (object.subsets ?? []).flatMap(({ addresses, notReadyAddresses, ports = [] }): Described[] => [
    ['Addresses', joined(addresses)],
    ['NotReadyAddresses', joined(notReadyAddresses)],
    ...(ports.length > 0 ? [portsTable(ports)] : []),
    { raw: [''] },
  ])
  return [...metadataLines(object), { key: 'Subsets', lines }, eventsBlock(object, cluster)]
}

const portsTable = (ports: NonNullable<Subset['ports']>): Described => ({
  key: 'Ports',
  table: {
    header: ['Name', 'Port', 'Protocol'],
    rows: ports.map(({ name, port, protocol }) => [name ?? '<unset>', String(port), protocol]),
  },
})

export const endpoints: KindDefinition<Endpoints> = {
  kind: 'Endpoints',
  group: '',
  version: 'v1',
  plural: 'endpoints',
  singular: 'endpoints',
  shortNames: ['ep'],
  namespaced: true,
  message: 'core.v1.Endpoints',
  modelled: [''],
  columns: [nameColumn, { name: 'ENDPOINTS', cell: endpointsCell }, ageColumn],
  describe,
  computed: (cluster) =>
    cluster.store
      .list('Service')
      .filter(hasEndpoints)
      .map((service) => endpointsOf(service, cluster)),
  warning: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  explain: {
    '': 'The old list of the addresses behind a Service; EndpointSlices have taken its place.',
    subsets: 'Addresses that share the same ports.',
  },
}
