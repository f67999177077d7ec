import { listenersOf, respond } from '../apps.ts'
import type { Cluster } from '../cluster.ts'
import type { Attempt } from './attempt.ts'
import { type ConnectRequest, connectWith } from './connect.ts'

/**
 * Sends one connection from a vantage point and says how it ended, with every decision on the way. `dice` is the chance
 * of this question alone: the cluster's own stays as it is.
 */
export const connect = (cluster: Cluster, request: ConnectRequest): Attempt =>
  connectWith({ listenersOf, respond }, cluster, request)
