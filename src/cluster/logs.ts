import type { OutputLine } from './apps/behaviour.ts'
import { parseImage } from './apps/image.ts'
import { behaviourOf } from './apps/process.ts'
import { takenPort } from './apps/taken-port.ts'
import { environmentOf, surroundingsOf } from './apps.ts'
import type { Cluster } from './cluster.ts'
import { ApiError } from './errors.ts'
import { internalIP } from './kinds/node.ts'
import type { Container, ContainerStatus, Pod } from './kinds/pod.ts'
import { instant, type Milliseconds, timestamp } from './object.ts'

export interface LogOptions {
  /** The run before the last restart. */
  previous?: boolean
  /** Only so many lines from the end. */
  tailLines?: number
  /** Only lines of the last so many seconds. */
  sinceSeconds?: number
  timestamps?: boolean
  /** What comes of an order that this pod places at a URL now, in a few words; for the pods that keep ordering. */
  outcome?: (pod: Pod, url: string) => string
}

/** One run of a container's process. */
interface Run {
  startedAt: Milliseconds
  until: Milliseconds
}

/**
 * What a container has written, worked out at this moment: lines end with a newline. Throws ApiError in the API
 * server's words where there is nothing to read: no such container, not started yet, no earlier run, node down.
 *
 * @param name name of a container or init container
 */
export function logsOf(cluster: Cluster, pod: Pod, name: string, options: LogOptions = {}): string {
  const { spec, metadata } = pod
  const container = [...spec.containers, ...(spec.initContainers ?? [])].find((each) => each.name === name)
  if (!container) throw new ApiError('BadRequest', `container ${name} is not valid for pod ${metadata.name}`)
  refuseSilentNode(cluster, pod)
  const run = runOf(cluster, pod, container, options.previous ?? false)
  const seconds = (run.until - run.startedAt) / 1000
  const written = outputOf(cluster, pod, container, run)
  const since = options.sinceSeconds === undefined ? 0 : cluster.now - options.sinceSeconds * 1000
  const lines = [...written, ...orders(cluster, pod, container, seconds, options)]
    .map(({ at, text }) => ({ at: run.startedAt + at * 1000, text }))
    .filter(({ at }) => at >= since)
  return lines
    .slice(options.tailLines === undefined ? 0 : Math.max(0, lines.length - options.tailLines))
    .map(({ at, text }) => `${options.timestamps ? `${timestamp(at)} ` : ''}${text}\n`)
    .join('')
}

function refuseSilentNode(cluster: Cluster, { spec, metadata }: Pod): void {
  if (spec.nodeName === undefined)
    throw new ApiError('BadRequest', `pod ${metadata.name} does not have a host assigned`)
  if (!Object.hasOwn(cluster.settings.down, spec.nodeName)) return
  const node = cluster.get('Node', undefined, spec.nodeName)
  const address = `${node ? internalIP(node) : spec.nodeName}:10250`
  const url = `https://${address}/containerLogs/${metadata.namespace}/${metadata.name}`
  throw new ApiError('InternalError', `Get "${url}": dial tcp ${address}: connect: no route to host`)
}

function runOf(cluster: Cluster, pod: Pod, { name }: Container, previous: boolean): Run {
  const status = [...(pod.status.containerStatuses ?? []), ...(pod.status.initContainerStatuses ?? [])].find(
    (each) => each.name === name,
  )
  const last = status?.lastState?.terminated
  if (previous) {
    if (!last) {
      const message = `previous terminated container "${name}" in pod "${pod.metadata.name}" not found`
      throw new ApiError('BadRequest', message)
    }
    return { startedAt: instant(last.startedAt ?? last.finishedAt), until: instant(last.finishedAt) }
  }
  const { running, terminated = last } = status?.state ?? {}
  if (running) return { startedAt: instant(running.startedAt), until: cluster.now }
  if (terminated)
    return { startedAt: instant(terminated.startedAt ?? terminated.finishedAt), until: instant(terminated.finishedAt) }
  const message = `container "${name}" in pod "${pod.metadata.name}" is waiting to start: ${waitingReason(status)}`
  throw new ApiError('BadRequest', message)
}

const PULL_REASONS = ['ErrImagePull', 'ImagePullBackOff']

function waitingReason(status: ContainerStatus | undefined): string {
  const reason = status?.state.waiting?.reason ?? 'ContainerCreating'
  return PULL_REASONS.includes(reason) ? 'trying and failing to pull image' : reason
}

function outputOf(cluster: Cluster, pod: Pod, container: Container, { startedAt, until }: Run): OutputLine[] {
  const { containerStatuses = [], initContainerStatuses = [] } = pod.status
  const port = takenPort(pod, [...initContainerStatuses, ...containerStatuses], container, startedAt)
  if (port !== undefined) return [{ at: 0, text: `bind() to 0.0.0.0:${port} failed (98: Address already in use)` }]
  const { output } = behaviourOf(container)
  return output?.((until - startedAt) / 1000, surroundingsOf(cluster, pod, container)) ?? []
}

/** How often the café's regulars order, in seconds. */
const ORDER_INTERVAL = 10

/**
 * The regulars of the café order again and again from the address on their note. Only the newest order is told: what
 * came of earlier ones depends on what the cluster was like then.
 */
function orders(
  cluster: Cluster,
  pod: Pod,
  container: Container,
  seconds: number,
  { outcome, previous }: LogOptions,
): OutputLine[] {
  if (parseImage(container.image)?.repository !== 'cafe/regulars') return []
  const url = environmentOf(cluster, pod, container).COFFEE_URL
  const note = url ? `our note says ${url}; we order every ${ORDER_INTERVAL} s` : 'our note (COFFEE_URL) is empty'
  const start: OutputLine = { at: 0, text: note }
  if (!url || previous || !outcome) return [start]
  const count = Math.floor(seconds / ORDER_INTERVAL)
  return [start, { at: count * ORDER_INTERVAL, text: `order ${count + 1} at ${url}: ${outcome(pod, url)}` }]
}
