import { z } from 'zod'
import type { Cluster } from '../cluster/cluster.ts'
import type { Pod } from '../cluster/kinds/pod.ts'

const podFactSchema = z.strictObject({
  uid: z.string(),
  namespace: z.string(),
  name: z.string(),
  ip: z.string().optional(),
  node: z.string().optional(),
  restarts: z.number(),
  /** Name of the workload that owns the pod, else of the pod. */
  workload: z.string(),
})

/** What a step needs to remember of its start, to tell later what changed and what stayed. */
export const factsSchema = z.strictObject({
  pods: z.array(podFactSchema),
  /** UID and ClusterIP by `namespace/name`. */
  services: z.record(
    z.string(),
    z.strictObject({ uid: z.string(), clusterIP: z.string().optional(), behind: z.array(z.string()) }),
  ),
  /** UIDs by `namespace/name`. */
  deployments: z.record(z.string(), z.string()),
})

export type Facts = z.infer<typeof factsSchema>

/** Namespaces whose objects are the machinery of the cluster and no part of a story. */
export const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set([
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'lobby-system',
])

/** Takes down the facts of the present moment. */
export function takeFacts(cluster: Cluster): Facts {
  const pods = cluster.store.list('Pod').filter((pod) => !SYSTEM_NAMESPACES.has(pod.metadata.namespace!))
  const services = cluster.store
    .list('Service')
    .filter((service) => !SYSTEM_NAMESPACES.has(service.metadata.namespace!))
  const deployments = cluster.store
    .list('Deployment')
    .filter((object) => !SYSTEM_NAMESPACES.has(object.metadata.namespace!))
  return {
    pods: pods.map((pod) => ({
      uid: pod.metadata.uid,
      namespace: pod.metadata.namespace!,
      name: pod.metadata.name,
      ...(pod.status.podIP !== undefined && { ip: pod.status.podIP }),
      ...(pod.spec.nodeName !== undefined && { node: pod.spec.nodeName }),
      restarts: restartsOf(pod),
      workload: workloadOf(cluster, pod) ?? pod.metadata.name,
    })),
    services: Object.fromEntries(
      services.map(({ metadata, spec }) => [
        `${metadata.namespace}/${metadata.name}`,
        {
          uid: metadata.uid,
          ...(spec.clusterIP !== undefined && { clusterIP: spec.clusterIP }),
          behind: podsBehind(cluster, metadata.namespace!, metadata.name).map((pod) => pod.metadata.uid),
        },
      ]),
    ),
    deployments: Object.fromEntries(
      deployments.map(({ metadata }) => [`${metadata.namespace}/${metadata.name}`, metadata.uid]),
    ),
  }
}

export const restartsOf = (pod: Pod): number =>
  (pod.status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0)

/** The Deployment that owns the pod through its ReplicaSet. */
export function workloadOf(cluster: Cluster, pod: Pod): string | undefined {
  const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller)
  if (owner?.kind !== 'ReplicaSet') return owner?.name
  const replicaSet = cluster.get('ReplicaSet', pod.metadata.namespace, owner.name)
  return replicaSet?.metadata.ownerReferences?.find(({ controller }) => controller)?.name ?? owner.name
}

/** The pods that are ready endpoints of a Service (`kubectl get endpointslices`), in order of their names. */
export function podsBehind(cluster: Cluster, namespace: string, service: string): Pod[] {
  const slices = cluster.store.list('EndpointSlice', { namespace, labels: { 'kubernetes.io/service-name': service } })
  const names = new Set(
    slices.flatMap(({ endpoints }) =>
      endpoints.flatMap(({ conditions, targetRef }) =>
        (conditions?.ready ?? true) && targetRef?.kind === 'Pod' ? [targetRef.name] : [],
      ),
    ),
  )
  return [...names].sort().flatMap((name) => cluster.get('Pod', namespace, name) ?? [])
}
