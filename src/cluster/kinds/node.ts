import type { KubeObject, Timestamp } from '../object.ts'

export interface Taint {
  key: string
  value?: string
  effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute'
  timeAdded?: Timestamp
}

export interface NodeCondition {
  type: string
  status: 'True' | 'False' | 'Unknown'
  reason?: string
  message?: string
  lastHeartbeatTime?: Timestamp
  lastTransitionTime?: Timestamp
}

/** What is stored of a node. Capacity, system info and the pressure conditions are the same for all and filled in by `present`. */
export interface Node extends KubeObject {
  spec: { podCIDR?: string; podCIDRs?: string[]; unschedulable?: boolean; taints?: Taint[] }
  status: {
    addresses: { type: 'InternalIP' | 'ExternalIP' | 'Hostname'; address: string }[]
    conditions: NodeCondition[]
  }
}

export const isNodeReady = (node: Node): boolean =>
  node.status.conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True')

export const internalIP = (node: Node): string =>
  node.status.addresses.find((address) => address.type === 'InternalIP')?.address ?? ''

/** Roles by the labels `node-role.kubernetes.io/ROLE`, sorted. */
export function rolesOf({ metadata }: Node): string[] {
  const prefix = 'node-role.kubernetes.io/'
  const roles = Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => {
    if (key.startsWith(prefix)) return key.length > prefix.length ? [key.slice(prefix.length)] : []
    return key === 'kubernetes.io/role' && value !== '' ? [value] : []
  })
  return [...new Set(roles)].sort()
}
