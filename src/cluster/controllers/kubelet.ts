import type { Reach } from '../apps/process.ts'
import type { Cluster } from '../cluster.ts'
import type { Controller } from '../controller.ts'
import { isFinished, type Pod } from '../kinds/pod.ts'
import { type Key, type KubeObject, keyOf, partsOf } from '../object.ts'
import { isHeld } from '../pod-deletion.ts'
import { PodSync } from './kubelet/pod-sync.ts'
import { terminate } from './kubelet/termination.ts'
import { isReporting } from './node-lifecycle/heartbeat.ts'

/**
 * Runs the pods of every node: address, images, configuration, init containers, containers with their probes and
 * restarts, and their end. A pod on a node whose kubelet is silent stays as it is.
 *
 * @param reach tells what a command of a container gets from the network
 */
export const createKubelet = (reach?: (cluster: Cluster, pod: Pod) => Reach): Controller => ({
  name: 'kubelet',
  watches: {
    Pod: (pod) => (pod.spec.nodeName === undefined ? [] : [keyOf(pod)]),
    Node: ({ metadata }, cluster) => keysOf(cluster.store.list('Pod', { index: ['node', metadata.name] })),
    ConfigMap: (object, cluster) => configuredBy(cluster, object),
    Secret: (object, cluster) => configuredBy(cluster, object),
    Service: (_service, cluster) => initializing(cluster),
    EndpointSlice: (_slice, cluster) => initializing(cluster),
  },
  reconcile(cluster: Cluster, key: Key) {
    const { namespace, name } = partsOf(key)
    const pod = cluster.get('Pod', namespace, name)
    if (!pod || pod.spec.nodeName === undefined) return undefined
    const node = cluster.get('Node', undefined, pod.spec.nodeName)
    if (!node || !isReporting(cluster, node)) return undefined
    if (isHeld(pod)) return undefined
    if (pod.metadata.deletionTimestamp !== undefined) return terminate(cluster, pod)
    return isFinished(pod) ? undefined : new PodSync(cluster, pod, node, reach?.(cluster, pod)).run()
  },
})

const keysOf = (pods: readonly Pod[]): Key[] => pods.map(keyOf)

const configuredBy = (cluster: Cluster, { kind, metadata }: KubeObject): Key[] =>
  keysOf(
    cluster.store.list('Pod', { namespace: metadata.namespace, index: ['configuration', `${kind} ${metadata.name}`] }),
  )

/** Init containers often wait for a Service; whoever waits looks again when one changes. */
const initializing = (cluster: Cluster): Key[] => keysOf(cluster.store.list('Pod', { index: ['initializing', ''] }))
