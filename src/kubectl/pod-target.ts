import type { Cluster } from '../cluster/cluster.ts'
import { type Container, isReady, type Pod } from '../cluster/kinds/pod.ts'
import { instant, isKind, type KindDefinition, type KubeObject } from '../cluster/object.ts'
import { quote } from '../cluster/quote.ts'
import { matchesLabelSelector, matchesLabels } from '../cluster/selector.ts'
import { KubectlError } from './errors.ts'
import { readObject } from './find-objects.ts'
import { parseResourceName, resolveKind } from './resources.ts'
import type { Invocation } from './verb.ts'

/** What `POD` or `TYPE/NAME` stands for in exec, logs and port-forward. */
export interface PodTarget {
  definition: KindDefinition
  object: KubeObject
  /** The pods behind the object, the one that is taken first. */
  pods: Pod[]
}

/**
 * The pods that a word of exec, logs or port-forward means: a pod itself, or those that a Service or workload selects.
 * Throws `ApiError` NotFound, and `KubectlError` for kinds that select no pods.
 */
export function podTarget(invocation: Invocation, word: string): PodTarget {
  const { cluster } = invocation
  const request = word.includes('/')
    ? parseResourceName(cluster, word)
    : { definition: resolveKind(cluster, 'pods'), names: [word] }
  const object = readObject(invocation, request.definition, request.names[0]!)
  return { definition: request.definition, object, pods: podsOf(cluster, object) }
}

function podsOf(cluster: Cluster, object: KubeObject): Pod[] {
  if (isKind(object, 'Pod')) return [object]
  const namespace = object.metadata.namespace
  if (isKind(object, 'Service')) {
    const { selector } = object.spec
    if (selector === undefined || Object.keys(selector).length === 0)
      throw new KubectlError(`invalid service '${object.metadata.name}': Service is defined without a selector`)
    const pods = cluster.store.list('Pod', { namespace, labels: selector })
    return pods.filter(({ metadata }) => matchesLabels(selector, metadata.labels)).sort(byPreference)
  }
  if (!isKind(object, 'Deployment') && !isKind(object, 'ReplicaSet'))
    throw new KubectlError(`selector for ${object.kind} not implemented`)
  const { selector } = object.spec
  return cluster.store
    .list('Pod', { namespace, labels: selector.matchLabels })
    .filter(({ metadata }) => matchesLabelSelector(selector, metadata.labels))
    .sort(byPreference)
}

/** Running before pending, ready before not ready, fewer restarts, older ones first. */
function byPreference(left: Pod, right: Pod): number {
  const [a, b] = [rankOf(left), rankOf(right)]
  const at = a.findIndex((key, index) => key !== b[index])
  return at < 0 ? 0 : a[at]! - b[at]!
}

const rankOf = (pod: Pod): number[] => [
  pod.spec.nodeName === undefined ? 1 : 0,
  pod.status.phase === 'Running' ? 0 : pod.status.phase === 'Unknown' ? 1 : 2,
  isReady(pod) ? 0 : 1,
  (pod.status.containerStatuses ?? []).reduce((total, { restartCount }) => total + restartCount, 0),
  instant(pod.metadata.creationTimestamp),
]

/** The pod that is taken. Throws where there is none. */
export function firstPod({ pods }: PodTarget): Pod {
  const [pod] = pods
  if (!pod) throw new KubectlError('timed out waiting for the condition')
  return pod
}

const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container'

/**
 * The container of a pod that is meant: the named one, the pod's default, or its first, which is then said on stderr. Throws
 * `KubectlError` for a name that the pod does not have.
 */
export function containerOf({ streams }: Invocation, pod: Pod, typed: string, quiet = false): Container {
  const { containers, initContainers = [] } = pod.spec
  const name = typed === '' ? (pod.metadata.annotations?.[DEFAULT_CONTAINER] ?? '') : typed
  if (name !== '') {
    const found = [...containers, ...initContainers].find((container) => container.name === name)
    if (found) return found
    throw new KubectlError(
      `container ${name} is not valid for pod ${pod.metadata.name} out of: ${allContainerNames(pod)}`,
      { wrong: { word: name, candidates: [...containers, ...initContainers].map((container) => container.name) } },
    )
  }
  const first = containers[0]!
  if (!quiet && containers.length + initContainers.length > 1)
    streams.warn(`Defaulted container ${quote(first.name)} out of: ${allContainerNames(pod)}`)
  return first
}

/** `web, proxy, prepare (init)` */
const allContainerNames = ({ spec }: Pod): string =>
  [...spec.containers.map(({ name }) => name), ...(spec.initContainers ?? []).map(({ name }) => `${name} (init)`)].join(
    ', ',
  )
