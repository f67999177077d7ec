import type { KubeObject } from '../object.ts'
import type { Protocol } from './pod.ts'

type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName'
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
    trafficDistribution?: string
  }
  status: { loadBalancer?: { ingress?: { ip?: string; hostname?: string; ipMode?: string }[] } }
}

export const isHeadless = ({ spec }: Service): boolean => spec.clusterIP === 'None'
