import type { KindDefinition } from '../object.ts'
import { type ConfigMap, configMap } from './config-map.ts'
import type { Deployment } from './deployment.ts'
import { deployment } from './deployment-kind.ts'
import { type EndpointSlice, endpointSlice } from './endpoint-slice.ts'
import { type Endpoints, endpoints } from './endpoints.ts'
import { type Event, event } from './event.ts'
import type { Ingress } from './ingress.ts'
import { type IngressClass, ingressClass } from './ingress-class.ts'
import { ingress } from './ingress-kind.ts'
import { type Namespace, namespace } from './namespace.ts'
import type { Node } from './node.ts'
import { node } from './node-kind.ts'
import type { Pod } from './pod.ts'
import { pod } from './pod-kind.ts'
import type { ReplicaSet } from './replica-set.ts'
import { replicaSet } from './replica-set-kind.ts'
import { type Secret, secret } from './secret.ts'
import type { Service } from './service.ts'
import { type ServiceAccount, serviceAccount } from './service-account.ts'
import { service } from './service-kind.ts'

/** Every modelled kind and the shape of its objects. */
export interface Kinds {
  Namespace: Namespace
  Node: Node
  Pod: Pod
  ReplicaSet: ReplicaSet
  Deployment: Deployment
  Service: Service
  EndpointSlice: EndpointSlice
  Endpoints: Endpoints
  ConfigMap: ConfigMap
  Secret: Secret
  ServiceAccount: ServiceAccount
  Ingress: Ingress
  IngressClass: IngressClass
  Event: Event
}

export type Kind = keyof Kinds

/** The registry of kinds, in the order of `kubectl api-resources`: core group first, each group by plural name. */
export const kinds = {
  ConfigMap: configMap,
  Endpoints: endpoints,
  Event: event,
  Namespace: namespace,
  Node: node,
  Pod: pod,
  Secret: secret,
  ServiceAccount: serviceAccount,
  Service: service,
  Deployment: deployment,
  ReplicaSet: replicaSet,
  EndpointSlice: endpointSlice,
  IngressClass: ingressClass,
  Ingress: ingress,
} as unknown as { readonly [K in Kind]: KindDefinition } // each definition knows its own object type; callers hold KubeObject
