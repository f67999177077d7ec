import type { KindDefinition, KubeObject } from '../object.ts'
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

export const endpointSlice: KindDefinition<EndpointSlice> = {
  kind: 'EndpointSlice',
  group: 'discovery.k8s.io',
  version: 'v1',
  plural: 'endpointslices',
  singular: 'endpointslice',
  shortNames: [],
  namespaced: true,
  message: 'discovery.v1.EndpointSlice',
  modelled: [],
  columns: [],
}
