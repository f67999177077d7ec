import type { Cluster } from './cluster/cluster.ts'

export interface Channel {
  key: string
  cluster: Cluster
}
export interface Person {
  user: string
}
