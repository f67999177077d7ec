import type { Cluster } from '../cluster.ts'
import type { KindDefinition, KubeObject } from '../object.ts'
import { ageColumn, listed, nameColumn } from './columns.ts'
import { describeEndpointSlice } from './endpoint-slice-describe.ts'
import { endpointSliceWarnings, validateEndpointSlice } from './endpoint-slice-validation.ts'
import type { Protocol } from './pod.ts'

export interface Endpoint {
  addresses: string[]
  /** `ready` omitted means ready (R-EPS-9). */
  conditions?: { ready?: boolean; serving?: boolean; terminating?: boolean }
  hostname?: string
  nodeName?: string
  zone?: string
  targetRef?: { kind: string; namespace?: string; name: string; uid?: string }
}

export interface EndpointPort {
  name?: string
  protocol?: Protocol
  port?: number
  appProtocol?: string
}

export interface EndpointSlice extends KubeObject {
  addressType: 'IPv4' | 'IPv6' | 'FQDN'
  endpoints: Endpoint[]
  ports?: EndpointPort[]
}

/** Label that ties a slice to its Service (R-EPS-1). */
export const SERVICE_NAME_LABEL = 'kubernetes.io/service-name'

export const MANAGED_BY_LABEL = 'endpointslice.kubernetes.io/managed-by'

/** Value of the label on slices that follow from a Service's selector (R-EPS-1). */
export const SLICE_CONTROLLER = 'endpointslice-controller.k8s.io'

export const isManaged = ({ metadata }: KubeObject): boolean => metadata.labels?.[MANAGED_BY_LABEL] === SLICE_CONTROLLER

/** What the controller leaves out because it follows from `ready`. */
const fullEndpoint = (endpoint: Endpoint): Endpoint => {
  const { ready = true, serving = ready, terminating = false } = endpoint.conditions ?? {}
  return { ...endpoint, conditions: { ready, serving, terminating } }
}

/** The same endpoint as the controller writes it. */
function shortEndpoint(endpoint: Endpoint): Endpoint {
  const { ready = true, serving = ready, terminating = false } = endpoint.conditions ?? {}
  const conditions = { ready, ...(serving !== ready && { serving }), ...(terminating && { terminating }) }
  return { ...endpoint, conditions }
}

/** The slices of a Service, whoever made them. */
export const slicesOf = ({ metadata: { name, namespace } }: KubeObject, cluster: Cluster): EndpointSlice[] =>
  cluster.store.list('EndpointSlice', { namespace, labels: { [SERVICE_NAME_LABEL]: name } })

const PORT_DEFAULTS = { name: '', protocol: 'TCP' } as const

function prepareEndpointSlice(object: EndpointSlice): EndpointSlice {
  const { endpoints = [], ports = isManaged(object) ? [] : undefined } = object
  return {
    ...object,
    endpoints: isManaged(object) ? endpoints.map(shortEndpoint) : endpoints,
    ...(ports && { ports: ports.map((port) => ({ ...PORT_DEFAULTS, ...port })) }),
  }
}

export const endpointSlice: KindDefinition<EndpointSlice> = {
  kind: 'EndpointSlice',
  group: 'discovery.k8s.io',
  version: 'v1',
  plural: 'endpointslices',
  singular: 'endpointslice',
  shortNames: [],
  namespaced: true,
  message: 'discovery.v1.EndpointSlice',
  modelled: [
    'addressType',
    'endpoints[].addresses',
    'endpoints[].conditions',
    'endpoints[].hostname',
    'endpoints[].nodeName',
    'endpoints[].targetRef',
    'endpoints[].zone',
    'ports[].name',
    'ports[].port',
    'ports[].protocol',
  ],
  prepare: prepareEndpointSlice,
  validate: validateEndpointSlice,
  present: (object) => (isManaged(object) ? { ...object, endpoints: object.endpoints.map(fullEndpoint) } : object),
  derived: isManaged,
  warnings: endpointSliceWarnings,
  generation: ({ metadata: { labels }, addressType, endpoints, ports }) => [
    labels ?? {},
    addressType,
    endpoints,
    ports ?? [],
  ],
  columns: [
    nameColumn,
    { name: 'ADDRESSTYPE', cell: ({ addressType }) => addressType },
    {
      name: 'PORTS',
      cell: ({ ports = [] }) =>
        listed(
          ports.map(({ port, name }) => String(port ?? name ?? '*')),
          '<unset>',
        ),
    },
    {
      name: 'ENDPOINTS',
      cell: ({ endpoints }) =>
        listed(
          endpoints.flatMap(({ addresses }) => addresses),
          '<unset>',
        ),
    },
    ageColumn,
  ],
  describe: describeEndpointSlice,
  explain: {
    '': 'A part of the addresses behind a Service. Controllers write it; for a Service without selector people may.',
    metadata: 'The label kubernetes.io/service-name says which Service the slice belongs to.',
    addressType: 'IPv4, IPv6 or FQDN; fixed.',
    endpoints: 'The addresses, at most 1000.',
    'endpoints.addresses': 'Addresses of one endpoint; consumers use the first.',
    'endpoints.conditions':
      'ready: gets traffic (also if omitted); serving: would answer; terminating: on its way out.',
    'endpoints.hostname': 'Gives the endpoint a DNS name of its own below the Service.',
    'endpoints.nodeName': 'The node where the endpoint runs.',
    'endpoints.targetRef': 'The object behind the endpoint, mostly a Pod.',
    'endpoints.zone': 'The zone where the endpoint runs.',
    ports: 'The ports of all endpoints of this slice.',
    'ports.name': 'Name of the port of the Service.',
    'ports.port': 'The number at the endpoint: the targetPort of the Service.',
    'ports.protocol': 'TCP (default), UDP or SCTP.',
  },
}
