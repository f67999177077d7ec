import type { Behaviour } from '../../apps/behaviour.ts'
import { behaviourOf, type Reach } from '../../apps/process.ts'
import { takenPort } from '../../apps/taken-port.ts'
import type { Cluster } from '../../cluster.ts'
import { internalIP, type Node } from '../../kinds/node.ts'
import { type Container, type ContainerStatus, isReady, type Pod, type PodStatus } from '../../kinds/pod.ts'
import { instant, type Milliseconds, timestamp } from '../../object.ts'
import { hash } from '../../random.ts'
import { narrate } from '../narrate.ts'
import { allocateAddress } from './address.ts'
import { advance, isSidecar } from './containers.ts'
import { phaseOf, readyCondition } from './status.ts'

/** What a container takes from its turn until it runs: this, and up to five more steps. */
const START_TIME: Milliseconds = 1_400
const START_STEP: Milliseconds = 200
const START_STEPS = 6

const NO_ADDRESS_RETRY: Milliseconds = 60_000

interface KubeletEvent {
  reason: string
  message: string
  warning?: true
  /** The container that it is about; without one it is about the pod. */
  container?: Container
}

/**
 * One look of the kubelet at one pod: works out what its status is at this instant and when it will change next by
 * itself. All times follow from the stored status, so that a second look right after changes nothing.
 */
export class PodSync {
  readonly cluster: Cluster
  readonly pod: Pod
  readonly now: Milliseconds
  readonly #node: Node
  readonly #reach: Reach | undefined
  readonly #events: KubeletEvent[] = []
  readonly #stories: string[] = []
  /** How the containers are; those that have had their look, as they are after it. */
  readonly #statuses: Map<string, ContainerStatus>
  #next = Number.POSITIVE_INFINITY
  #address: string | undefined

  constructor(cluster: Cluster, pod: Pod, node: Node, reach: Reach | undefined) {
    this.cluster = cluster
    this.pod = pod
    this.now = cluster.now
    this.#node = node
    this.#reach = reach
    this.#address = pod.status.podIP
    const { initContainerStatuses = [], containerStatuses = [] } = pod.status
    this.#statuses = new Map([...initContainerStatuses, ...containerStatuses].map((status) => [status.name, status]))
  }

  /** The pod's address, as soon as it has one. */
  get address(): string {
    return this.#address ?? ''
  }

  run(): { requeueAfter: Milliseconds } | undefined {
    const { spec, status } = this.pod
    const startTime = status.startTime ?? timestamp(this.now)
    const isPlaced = this.#findAddress()
    const [initContainerStatuses, containerStatuses] = isPlaced
      ? this.#containers(instant(startTime))
      : [spec.initContainers?.map((each) => waiting(each)), spec.containers.map((each) => waiting(each))]
    const phase = phaseOf(spec, initContainerStatuses, containerStatuses)
    const conditions = [
      ...(status.conditions ?? []).filter(({ type }) => type !== 'Ready'),
      readyCondition(this.pod, phase, initContainerStatuses, containerStatuses, timestamp(this.now)),
    ]
    this.#store({
      phase,
      ...(this.#address !== undefined && { podIP: this.#address }),
      startTime,
      conditions,
      ...(initContainerStatuses && { initContainerStatuses }),
      containerStatuses,
    })
    return Number.isFinite(this.#next) ? { requeueAfter: Math.max(0, this.#next - this.now) } : undefined
  }

  /** Look again at this instant. */
  lookAt(at: Milliseconds): void {
    if (at > this.now) this.#next = Math.min(this.#next, at)
  }

  /** Does the work; what it wanted to look at is forgotten if its result says so. */
  tentatively<T>(work: () => T, isVoid: (result: T) => boolean): T {
    const next = this.#next
    const result = work()
    if (isVoid(result)) this.#next = next
    return result
  }

  announce(event: KubeletEvent): void {
    this.#events.push(event)
  }

  hasAnnounced(message: string): boolean {
    return this.#events.some((event) => event.message === message)
  }

  /** A sentence for the story. */
  tell(text: string): void {
    this.#stories.push(text)
  }

  behaviourOf(container: Container): Behaviour {
    return behaviourOf(container, this.#reach)
  }

  /** The port that a process cannot have because another container of the pod has it (R-POD-4). */
  takenPort(container: Container, startedAt: Milliseconds): number | undefined {
    return takenPort(this.pod, [...this.#statuses.values()], container, startedAt)
  }

  /**
   * When a container's turn leads to a running process. How long that takes is a matter of its image, so that pods of
   * one kind that begin together are ready together.
   */
  startOf({ image }: Container, turn: Milliseconds): Milliseconds {
    return turn + START_TIME + (hash(image) % START_STEPS) * START_STEP
  }

  /** The sandbox with its address comes before any container, and the volumes before the sandbox (R-POD-4). */
  #findAddress(): boolean {
    if (this.#address !== undefined) return true
    const missing = this.#missingVolume()
    if (missing !== undefined) {
      if (this.pod.status.startTime === undefined)
        this.announce({ reason: 'FailedMount', message: missing, warning: true })
      return false
    }
    const { hostNetwork } = this.pod.spec
    this.#address = hostNetwork ? internalIP(this.#node) : allocateAddress(this.cluster, this.#node)
    if (this.#address === undefined) this.lookAt(this.now + NO_ADDRESS_RETRY)
    return this.#address !== undefined
  }

  #missingVolume(): string | undefined {
    const { namespace } = this.pod.metadata
    for (const { name, configMap, secret } of this.pod.spec.volumes ?? []) {
      const failed = `MountVolume.SetUp failed for volume "${name}" :`
      if (configMap && !configMap.optional && !this.cluster.get('ConfigMap', namespace, configMap.name))
        return `${failed} configmap "${configMap.name}" not found`
      if (secret && !secret.optional && !this.cluster.get('Secret', namespace, secret.secretName))
        return `${failed} secret "${secret.secretName}" not found`
    }
    return undefined
  }

  /** Init containers one after the other, then all others at once. */
  #containers(startTime: Milliseconds): [ContainerStatus[] | undefined, ContainerStatus[]] {
    const { spec, status } = this.pod
    let turn: Milliseconds | undefined = startTime
    const init = spec.initContainers?.map((container, index) => {
      const before = status.initContainerStatuses?.[index]
      if (turn === undefined && !hasStarted(before)) return before ?? waiting(container)
      const after = this.#advance(container, before, this.startOf(container, turn ?? 0), true)
      turn = turn === undefined ? undefined : turnAfter(container, after)
      return after
    })
    const others = spec.containers.map((container, index) => {
      const before = status.containerStatuses?.[index]
      if (turn === undefined && !hasStarted(before)) return before ?? waiting(container, 'PodInitializing')
      return this.#advance(container, before, this.startOf(container, turn ?? 0), false)
    })
    return [init, others]
  }

  #advance(container: Container, before: ContainerStatus | undefined, startAt: Milliseconds, isInit: boolean) {
    const after = advance(this, container, before, startAt, isInit)
    this.#statuses.set(container.name, after)
    return after
  }

  #fieldPath(container: Container): string {
    return `spec.${this.pod.spec.containers.includes(container) ? 'containers' : 'initContainers'}{${container.name}}`
  }

  #store(status: PodStatus): void {
    const wasReady = isReady(this.pod)
    const stored = this.cluster.put<Pod>({ ...this.pod, status })
    for (const { container, ...event } of this.#events)
      this.cluster.tell(stored, {
        by: 'kubelet',
        ...event,
        ...(container && { fieldPath: this.#fieldPath(container) }),
      })
    if (!wasReady && isReady(stored)) {
      const seconds = Math.round((this.now - instant(stored.metadata.creationTimestamp)) / 1000)
      const restarts = (status.containerStatuses ?? []).some(({ restartCount }) => restartCount > 0)
      this.tell(restarts ? `ready again, still at ${this.address}` : `ready after ${seconds} s at ${this.address}`)
    }
    for (const text of this.#stories) narrate(this.cluster, stored, 'kubelet', text)
  }
}

const waiting = ({ name, image }: Container, reason = 'ContainerCreating'): ContainerStatus => ({
  name,
  image,
  ready: false,
  restartCount: 0,
  state: { waiting: { reason } },
})

/** True if the container has run before: then it goes on whatever the others do. */
const hasStarted = (status: ContainerStatus | undefined): boolean =>
  status !== undefined && (status.state.waiting === undefined || status.lastState !== undefined)

/** When the container after this init container has its turn; undefined while it has not. */
function turnAfter(container: Container, { ready, state }: ContainerStatus): Milliseconds | undefined {
  if (isSidecar(container)) {
    return state.running && (ready || !container.startupProbe) ? instant(state.running.startedAt) : undefined
  }
  return state.terminated?.exitCode === 0 ? instant(state.terminated.finishedAt) : undefined
}
