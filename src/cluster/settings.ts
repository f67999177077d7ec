import type { Milliseconds } from './object.ts'

/** Things that can be switched on in a cluster; each is made of real objects or of a controller's readiness to act. */
export type Addon = 'ingress' | 'policy'

/**
 * What a cluster is like beside its objects: the ground it stands on and the street in front of it. Immutable like an
 * object, so that undo keeps the old one.
 */
export interface Settings {
  /** Name of the world that the cluster was made from. */
  world: string
  /** `cloud`: Services of type LoadBalancer get an address. `none`: nothing gives them one (R-LB-01). */
  provider: 'cloud' | 'none'
  addons: Readonly<Partial<Record<Addon, true>>>
  /** Public DNS: host name in lower case without final dot -> IPv4 address. */
  publicDns: Readonly<Record<string, string>>
  /** Ports of the nodes that the cloud firewall lets in from the street, as `30080/TCP` or `30000-32767/TCP`. */
  firewall: readonly string[]
  /** `fast` settles ahead of time; `real` lets the cluster keep pace with the wall clock. */
  pace: 'fast' | 'real'
  /** Nodes whose kubelet has stopped reporting, and since when. */
  down: Readonly<Record<string, Milliseconds>>
  /** Room numbers that the world's story fixes, by pod IP; all others follow from floor and address. */
  rooms: Readonly<Record<string, number>>
}

export const defaultSettings: Settings = {
  world: 'default',
  provider: 'none',
  addons: { policy: true },
  publicDns: {},
  firewall: [],
  pace: 'fast',
  down: {},
  rooms: {},
}
