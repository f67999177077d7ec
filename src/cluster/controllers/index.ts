import type { Controller } from '../controller.ts'
import { apiServer } from './api-server.ts'
import { deployment } from './deployment.ts'
import { endpointSlice } from './endpoint-slice.ts'
import { garbageCollector } from './garbage-collector.ts'
import { ingressStatus } from './ingress.ts'
import { reachFrom } from './kubelet/reach.ts'
import { createKubelet } from './kubelet.ts'
import { loadBalancer } from './load-balancer.ts'
import { namespaceController } from './namespace.ts'
import { nodeLifecycle } from './node-lifecycle.ts'
import { podGarbageCollector } from './pod-garbage-collector.ts'
import { replicaSet } from './replica-set.ts'
import { scheduler } from './scheduler.ts'
import { taintEviction } from './taint-eviction.ts'

/** The control plane and the kubelets. The order decides who is woken first by a change. */
export const controllers: readonly Controller[] = [
  apiServer,
  namespaceController,
  garbageCollector,
  nodeLifecycle,
  taintEviction,
  podGarbageCollector,
  deployment,
  replicaSet,
  scheduler,
  createKubelet(reachFrom),
  endpointSlice,
  loadBalancer,
  ingressStatus,
]
