import type { KindDefinition, KubeObject } from '../object.ts'

interface EndpointAddress {
  ip: string
  nodeName?: string
  targetRef?: { kind: string; namespace?: string; name: string; uid?: string }
}

/** The legacy list, worked out from the EndpointSlices; deprecated since 1.33 (R-EPS-7). */
export interface Endpoints extends KubeObject {
  subsets?: {
    addresses?: EndpointAddress[]
    notReadyAddresses?: EndpointAddress[]
    ports?: { name?: string; port: number; protocol: string }[]
  }[]
}

export const endpoints: KindDefinition<Endpoints> = {
  kind: 'Endpoints',
  group: '',
  version: 'v1',
  plural: 'endpoints',
  singular: 'endpoints',
  shortNames: ['ep'],
  namespaced: true,
  message: 'core.v1.Endpoints',
  modelled: [],
  columns: [],
  computed: () => [],
  warning: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
}
