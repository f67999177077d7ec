import type { Cluster } from '../cluster.ts'
import type { Timestamp } from '../object.ts'
import { parseQuantity } from '../quantity.ts'
import { hash } from '../random.ts'
import { internalIP } from './node.ts'
import type { Container, ContainerStatus, Pod, PodCondition, PodSpec, PodStatus } from './pod.ts'
import { fullPodSpec } from './pod-defaults.ts'
import { withInjected } from './pod-injected.ts'

/** A pod as `get -o yaml` shows it: with all that follows from what is stored. */
export function presentPod(pod: Pod, cluster: Cluster): Pod {
  const { metadata, spec, status } = pod
  const full = withInjected(fullPodSpec(spec, true), metadata.uid)
  return {
    ...pod,
    metadata: { ...metadata, generation: metadata.generation ?? 1 },
    spec: full,
    status: presentStatus(pod, full, hostIPOf(spec, cluster), status),
  }
}

export const hostIPOf = ({ nodeName }: PodSpec, cluster: Cluster): string | undefined => {
  const node = nodeName === undefined ? undefined : cluster.get('Node', undefined, nodeName)
  return node && internalIP(node)
}

function presentStatus(pod: Pod, spec: PodSpec, hostIP: string | undefined, status: PodStatus): PodStatus {
  const { podIP, containerStatuses, initContainerStatuses } = status
  const present = (each: ContainerStatus): ContainerStatus => presentContainer(each, pod)
  return {
    ...status,
    conditions: conditionsOf(pod),
    qosClass: qosClassOf(spec),
    ...(hostIP !== undefined && status.startTime !== undefined && { hostIP, hostIPs: [{ ip: hostIP }] }),
    ...(podIP !== undefined && { podIPs: [{ ip: podIP }] }),
    ...(initContainerStatuses && { initContainerStatuses: initContainerStatuses.map(present) }),
    ...(containerStatuses && { containerStatuses: containerStatuses.map(present) }),
  } as PodStatus
}

const hex = (seed: string): string =>
  Array.from({ length: 8 }, (_, index) => hash(`${index}${seed}`).toString(16).padStart(8, '0')).join('')

/** `nginx` is short for `docker.io/library/nginx:latest`. */
export function fullImageName(image: string): { repository: string; name: string } {
  const [path = '', digest] = image.split('@')
  const slash = path.lastIndexOf('/')
  const colon = path.indexOf(':', slash + 1)
  const [base, tag] = colon < 0 ? [path, 'latest'] : [path.slice(0, colon), path.slice(colon + 1)]
  const [first = ''] = base.split('/')
  const hasRegistry = base.includes('/') && (/[.:]/.test(first) || first === 'localhost')
  const repository = hasRegistry ? base : `docker.io/${base.includes('/') ? base : `library/${base}`}`
  return { repository, name: digest === undefined ? `${repository}:${tag}` : `${repository}@${digest}` }
}

function presentContainer(status: ContainerStatus, { spec, metadata }: Pod): ContainerStatus {
  const all = [...(spec.initContainers ?? []), ...spec.containers]
  const image = status.image ?? all.find(({ name }) => name === status.name)?.image ?? ''
  const { repository, name } = fullImageName(image)
  const { running, terminated } = status.state
  const hasRun = running !== undefined || terminated !== undefined || status.lastState !== undefined
  return {
    ...status,
    image: hasRun ? name : image,
    imageID: hasRun ? `${repository}@sha256:${hex(name)}` : '',
    ...(hasRun && { containerID: `containerd://${hex(`${metadata.uid} ${status.name} ${status.restartCount}`)}` }),
    started: running !== undefined,
    lastState: status.lastState ?? {},
  } as ContainerStatus
}

/** The conditions of a pod in their usual order; all but Ready and readiness gates follow from the rest. */
export function conditionsOf(pod: Pod): PodCondition[] {
  const { spec, status, metadata } = pod
  const stored = status.conditions ?? []
  const scheduledAt = status.startTime ?? metadata.creationTimestamp
  const scheduled = stored.find(({ type }) => type === 'PodScheduled')
  if (spec.nodeName === undefined) return scheduled ? [scheduled] : []
  const isTrue = (type: string, lastTransitionTime: Timestamp): PodCondition => ({
    type,
    status: 'True',
    lastTransitionTime,
  })
  const extra = stored.filter(({ type }) => type !== 'Ready' && type !== 'PodScheduled')
  if (status.startTime === undefined) return [...extra, isTrue('PodScheduled', scheduledAt)]
  const ready = stored.find(({ type }) => type === 'Ready')
  const startable: PodCondition = {
    type: 'PodReadyToStartContainers',
    status: status.podIP !== undefined ? 'True' : 'False',
    lastTransitionTime: scheduledAt,
  }
  return [
    startable,
    initializedCondition(pod, scheduledAt),
    ...(ready ? [ready, containersReady(pod, ready)] : []),
    isTrue('PodScheduled', scheduledAt),
    ...extra,
  ]
}

function initializedCondition({ spec, status }: Pod, at: Timestamp): PodCondition {
  const done = (container: Container): boolean => {
    const state = status.initContainerStatuses?.find(({ name }) => name === container.name)?.state
    return container.restartPolicy === 'Always' ? state?.running !== undefined : state?.terminated?.exitCode === 0
  }
  const waiting = (spec.initContainers ?? []).filter((container) => !done(container)).map(({ name }) => name)
  if (waiting.length === 0) return { type: 'Initialized', status: 'True', lastTransitionTime: at }
  return {
    type: 'Initialized',
    status: 'False',
    reason: 'ContainersNotInitialized',
    message: `containers with incomplete status: [${waiting.join(' ')}]`,
    lastTransitionTime: at,
  }
}

/** As Ready, but without the readiness gates and without the loss of the node. */
function containersReady({ status }: Pod, ready: PodCondition): PodCondition {
  const unready = (status.containerStatuses ?? []).filter((container) => !container.ready)
  const { lastTransitionTime } = ready
  const since = lastTransitionTime === undefined ? {} : { lastTransitionTime }
  if (unready.length === 0) return { type: 'ContainersReady', status: 'True', ...since }
  return { ...ready, type: 'ContainersReady', status: 'False' }
}

type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort'

/** How sure a pod may be of its resources. */
export function qosClassOf({ containers, initContainers = [] }: PodSpec): QosClass {
  const all = [...containers, ...initContainers].map(({ resources = {} }) => resources)
  const amounts = all.flatMap(({ requests = {}, limits = {} }) => [
    ...Object.values(requests),
    ...Object.values(limits),
  ])
  if (amounts.every((amount) => parseQuantity(amount).nano === 0n)) return 'BestEffort'
  const isGuaranteed = all.every(({ requests = {}, limits = {} }) =>
    ['cpu', 'memory'].every((name) => limits[name] !== undefined && (requests[name] ?? limits[name]) === limits[name]),
  )
  return isGuaranteed ? 'Guaranteed' : 'Burstable'
}
