import type { KindDefinition, KubeObject } from '../object.ts'
import type { Protocol } from './pod.ts'
import { selectorIndex } from './replica-set.ts'

export type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName'
export type TrafficPolicy = 'Cluster' | 'Local'

export interface ServicePort {
  name?: string
  protocol: Protocol
  port: number
  targetPort: number | string
  nodePort?: number
  appProtocol?: string
}

export interface Service extends KubeObject {
  spec: {
    type: ServiceType
    selector?: Record<string, string>
    ports?: ServicePort[]
    /** `None` for a headless Service; absent for ExternalName. */
    clusterIP?: string
    clusterIPs?: string[]
    externalName?: string
    externalIPs?: string[]
    sessionAffinity?: 'None' | 'ClientIP'
    sessionAffinityConfig?: { clientIP?: { timeoutSeconds?: number } }
    externalTrafficPolicy?: TrafficPolicy
    internalTrafficPolicy?: TrafficPolicy
    publishNotReadyAddresses?: boolean
    loadBalancerIP?: string
    loadBalancerSourceRanges?: string[]
    loadBalancerClass?: string
    allocateLoadBalancerNodePorts?: boolean
    healthCheckNodePort?: number
    ipFamilies?: string[]
    ipFamilyPolicy?: string
  }
  status: { loadBalancer?: { ingress?: { ip?: string; hostname?: string; ipMode?: string }[] } }
}

export const isHeadless = ({ spec }: Service): boolean => spec.clusterIP === 'None'

export const service: KindDefinition<Service> = {
  kind: 'Service',
  group: '',
  version: 'v1',
  plural: 'services',
  singular: 'service',
  shortNames: ['svc'],
  namespaced: true,
  categories: ['all'],
  message: 'core.v1.Service',
  modelled: [],
  indexes: {
    selector: ({ metadata, spec }) =>
      spec.selector && Object.keys(spec.selector).length > 0 ? selectorIndex(metadata.namespace, spec.selector) : [],
    clusterIP: ({ spec }) => (spec.clusterIP && spec.clusterIP !== 'None' ? [spec.clusterIP] : []),
    nodePort: ({ spec }) => (spec.ports ?? []).flatMap(({ nodePort }) => (nodePort ? [String(nodePort)] : [])),
    externalIP: ({ spec, status }) => [
      ...(status.loadBalancer?.ingress ?? []).flatMap(({ ip }) => (ip ? [ip] : [])),
      ...(spec.externalIPs ?? []),
    ],
    type: ({ spec }) => [spec.type],
  },
  columns: [],
}
