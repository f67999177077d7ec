import { missingConfiguration } from '../../apps/environment.ts'
import { pullProblem } from '../../apps/process.ts'
import type { Container, ContainerState, ContainerStatus } from '../../kinds/pod.ts'
import { instant, type Milliseconds, timestamp } from '../../object.ts'
import { type Life, lifeOf } from './life.ts'
import type { PodSync } from './pod-sync.ts'
import { backOffAfter, backOffIn, backOffMessage, nextRestart, type Termination } from './restarts.ts'

/** How long a failed pull is shown as such before the kubelet backs off. */
const PULL_RETRY: Milliseconds = 1_000

/** Always-restarting init containers run beside the others (sidecars). */
export const isSidecar = ({ restartPolicy }: Container): boolean => restartPolicy === 'Always'

/** The kubelet's work on one container: all changes that are due by now, one after the other. */
export function advance(
  sync: PodSync,
  container: Container,
  before: ContainerStatus | undefined,
  startAt: Milliseconds,
  isInit: boolean,
): ContainerStatus {
  let status: ContainerStatus = before ?? {
    name: container.name,
    image: container.image,
    ready: false,
    restartCount: 0,
    state: { waiting: { reason: 'ContainerCreating' } },
  }
  for (;;) {
    const next = step(sync, container, status, startAt, isInit)
    if (next === status) return status
    status = next
  }
}

function step(
  sync: PodSync,
  container: Container,
  status: ContainerStatus,
  startAt: Milliseconds,
  isInit: boolean,
): ContainerStatus {
  const { waiting, running, terminated } = status.state
  if (running) return whileRunning(sync, container, status, running.startedAt)
  if (terminated) return afterExit(sync, container, status, terminated, isInit)
  return whileWaiting(sync, container, status, startAt, waiting)
}

function whileWaiting(
  sync: PodSync,
  container: Container,
  status: ContainerStatus,
  startAt: Milliseconds,
  waiting: ContainerState['waiting'],
): ContainerStatus {
  const isSameImage = status.image === undefined || status.image === container.image
  switch (waiting?.reason) {
    case 'CrashLoopBackOff':
      if (!isSameImage) return start(sync, container, status, sync.now)
      return restart(sync, container, status, status.lastState?.terminated, backOffIn(waiting.message))
    case 'ErrImagePull':
      if (!isSameImage) return start(sync, container, status, sync.now)
      return sync.now < startAt + PULL_RETRY
        ? later(sync, status, startAt + PULL_RETRY)
        : backOffPull(sync, container, status)
    case 'ImagePullBackOff':
    case 'ErrImageNeverPull':
    case 'InvalidImageName':
      return isSameImage ? status : start(sync, container, status, sync.now)
    case 'CreateContainerConfigError':
      return start(sync, container, status, sync.now)
    default:
      return sync.now < startAt ? later(sync, status, startAt) : start(sync, container, status, startAt)
  }
}

function later(sync: PodSync, status: ContainerStatus, at: Milliseconds): ContainerStatus {
  sync.lookAt(at)
  return status
}

/** What a registry does not have now it will not have later: the kubelet keeps trying, and nothing changes by that. */
function backOffPull(sync: PodSync, container: Container, status: ContainerStatus): ContainerStatus {
  const message = `Back-off pulling image "${status.image}"`
  sync.announce({ container, reason: 'BackOff', message })
  sync.announce({ container, reason: 'Failed', message: 'Error: ImagePullBackOff', warning: true })
  const failure = status.state.waiting?.message
  return {
    ...status,
    state: {
      waiting: { reason: 'ImagePullBackOff', message: failure ? `${message}: ErrImagePull: ${failure}` : message },
    },
  }
}

/** Image, configuration, process: the first that fails is where the container waits. */
function start(sync: PodSync, container: Container, status: ContainerStatus, at: Milliseconds): ContainerStatus {
  const { image } = container
  const problem = pullProblem(container)
  if (problem) return failPull(sync, container, { ...status, image }, problem)
  const missing = missingConfiguration(sync.cluster, sync.pod, container)
  if (missing !== undefined) {
    const waiting = { reason: 'CreateContainerConfigError', message: missing }
    if (status.state.waiting?.message === missing) return status
    sync.announce({ container, reason: 'Failed', message: `Error: ${missing}`, warning: true })
    sync.tell(`cannot set up container ${container.name}: ${missing}`)
    return { ...status, image, state: { waiting } }
  }
  const message = `Container image "${image}" already present on machine and can be accessed by the pod`
  sync.announce({ container, reason: 'Pulled', message })
  sync.announce({ container, reason: 'Created', message: 'Container created' })
  const { startError } = sync.behaviourOf(container)
  const restarts = status.lastState ? { restartCount: status.restartCount + 1, lastState: status.lastState } : {}
  const begun: ContainerStatus = { ...status, image, ready: false, ...restarts }
  if (startError !== undefined) {
    sync.announce({ container, reason: 'Failed', message: `Error: ${startError}`, warning: true })
    return exited(sync, begun, { exitCode: 128, reason: 'StartError', message: startError, finishedAt: timestamp(at) })
  }
  sync.announce({ container, reason: 'Started', message: 'Container started' })
  return { ...begun, state: { running: { startedAt: timestamp(at) } } }
}

function failPull(
  sync: PodSync,
  container: Container,
  status: ContainerStatus,
  { reason, message }: { reason: string; message: string },
): ContainerStatus {
  const isRegistry = reason === 'ErrImagePull'
  sync.announce({
    container,
    reason: isRegistry ? 'Failed' : reason === 'InvalidImageName' ? 'InspectFailed' : reason,
    message: isRegistry ? `Failed to pull image "${status.image}": ${message}` : message,
    warning: true,
  })
  sync.announce({ container, reason: 'Failed', message: `Error: ${reason}`, warning: true })
  sync.tell(`cannot pull image ${status.image}: ${reason}`)
  return { ...status, ready: false, state: { waiting: { reason, message } } }
}

function whileRunning(
  sync: PodSync,
  container: Container,
  status: ContainerStatus,
  startedAt: string,
): ContainerStatus {
  if (status.image !== undefined && status.image !== container.image)
    return replaceImage(sync, container, status, startedAt)
  const hasEnded = ({ end }: Life) => end !== undefined && end.at <= sync.now
  const life = sync.tentatively(() => lifeOf(sync, container, status, instant(startedAt)), hasEnded)
  if (life.end && hasEnded(life)) {
    const { at, ...end } = life.end
    return exited(sync, status, { ...end, startedAt, finishedAt: timestamp(at) })
  }
  return life.ready === status.ready ? status : { ...status, ready: life.ready }
}

/** A new image in the spec of a running pod: the container is made anew, the pod and its address stay (R-POD-10). */
function replaceImage(
  sync: PodSync,
  container: Container,
  status: ContainerStatus,
  startedAt: string,
): ContainerStatus {
  const message = `Container ${container.name} definition changed, will be restarted`
  sync.announce({ container, reason: 'Killing', message })
  sync.tell(`image of container ${container.name} changed: restarted in place, same pod, same IP`)
  const terminated = { exitCode: 0, reason: 'Completed', startedAt, finishedAt: timestamp(sync.now) }
  const ended: ContainerStatus = { ...status, ready: false, lastState: { terminated } }
  return start(sync, container, ended, sync.now)
}

function exited(sync: PodSync, status: ContainerStatus, terminated: Termination): ContainerStatus {
  const how =
    terminated.reason === 'StartError' ? 'could not be started' : `ended with exit code ${terminated.exitCode}`
  sync.tell(`container ${status.name} ${how}`)
  return { ...status, ready: false, state: { terminated } }
}

function afterExit(
  sync: PodSync,
  container: Container,
  status: ContainerStatus,
  ended: Termination,
  isInit: boolean,
): ContainerStatus {
  if (!restarts(sync, container, ended, isInit)) return status
  const seconds = backOffAfter(status.lastState?.terminated, ended)
  if (seconds === 0) return restart(sync, container, status, ended, seconds)
  const { name, namespace, uid } = sync.pod.metadata
  const pod = `${name}_${namespace}(${uid})`
  const message = `Back-off restarting failed container ${container.name} in pod ${pod}`
  sync.announce({ container, reason: 'BackOff', message, warning: true })
  sync.tell(`container ${container.name} keeps ending: next start after a back-off of ${seconds} s`)
  return {
    ...status,
    state: { waiting: { reason: 'CrashLoopBackOff', message: backOffMessage(seconds, container.name, pod) } },
    lastState: { terminated: ended },
  }
}

/** Whether a container that has ended starts again (R-POD-2). */
function restarts(sync: PodSync, container: Container, { exitCode }: Termination, isInit: boolean): boolean {
  const policy = sync.pod.spec.restartPolicy ?? 'Always'
  if (isSidecar(container)) return true
  if (exitCode === 0) return !isInit && policy === 'Always'
  return policy !== 'Never'
}

function restart(
  sync: PodSync,
  container: Container,
  status: ContainerStatus,
  ended: Termination | undefined,
  seconds: number,
): ContainerStatus {
  if (!ended) return start(sync, container, status, sync.now)
  const { at, look, restartCount, previous } = nextRestart(status, ended, seconds, sync.now)
  if (sync.now < at) return later(sync, status, look)
  const begun = start(sync, container, { ...status, restartCount, lastState: { terminated: previous } }, at)
  if (begun.state.running)
    sync.tell(`container ${container.name} restarted in place (restart ${begun.restartCount}): same pod, same IP`)
  return begun
}
