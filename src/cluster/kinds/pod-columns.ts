import type { Cluster } from '../cluster.ts'
import { humanDuration } from '../duration.ts'
import { type Column, instant, type Timestamp } from '../object.ts'
import { ageColumn, nameColumn } from './columns.ts'
import type { Container, ContainerState, ContainerStatus, Pod } from './pod.ts'

/** What the columns READY, STATUS and RESTARTS show (R-POD-1, R-POD-7). */
export interface PodSummary {
  ready: number
  total: number
  /** A word that is not always the phase: `CrashLoopBackOff`, `Init:0/2`, `Terminating` … */
  status: string
  restarts: number
  /** When a container was restarted last. */
  lastRestart?: Timestamp | undefined
}

const NODE_LOST = 'NodeLost'

/** Sums up a pod as the API server's printer does. */
export function summaryOf(pod: Pod): PodSummary {
  const { spec, status, metadata } = pod
  const sidecars = new Set((spec.initContainers ?? []).filter(isSidecar).map(({ name }) => name))
  const init = summariseInit(status.initContainerStatuses ?? [], sidecars, spec.initContainers?.length ?? 0)
  const main =
    init.status === undefined ? summariseMain(status.containerStatuses ?? [], pod) : { ready: 0, status: undefined }
  const counted = init.status === undefined ? [...init.sidecars, ...(status.containerStatuses ?? [])] : init.seen
  const isEnded = status.phase === 'Succeeded' || status.phase === 'Failed'
  let word = init.status ?? main.status ?? status.reason ?? status.phase
  if (status.conditions?.some(({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated'))
    word = init.status ?? main.status ?? 'SchedulingGated'
  if (metadata.deletionTimestamp !== undefined) {
    if (status.reason === NODE_LOST) word = 'Unknown'
    else if (!isEnded) word = 'Terminating'
  }
  return {
    ready: init.ready + main.ready,
    total: spec.containers.length + sidecars.size,
    status: word,
    restarts: counted.reduce((sum, { restartCount }) => sum + restartCount, 0),
    lastRestart: latest(counted.flatMap(({ lastState }) => lastState?.terminated?.finishedAt ?? [])),
  }
}

const isSidecar = ({ restartPolicy }: Container): boolean => restartPolicy === 'Always'

const latest = (times: readonly Timestamp[]): Timestamp | undefined => [...times].sort().at(-1)

interface InitSummary {
  /** Absent once the init containers are through. */
  status?: string
  ready: number
  seen: ContainerStatus[]
  sidecars: ContainerStatus[]
}

/** The first init container that is not through decides. */
function summariseInit(
  statuses: readonly ContainerStatus[],
  sidecars: ReadonlySet<string>,
  total: number,
): InitSummary {
  const summary: InitSummary = { ready: 0, seen: [], sidecars: [] }
  for (const [index, status] of statuses.entries()) {
    const { state, ready, name } = status
    summary.seen.push(status)
    if (sidecars.has(name)) summary.sidecars.push(status)
    if (state.terminated?.exitCode === 0) continue
    if (sidecars.has(name) && state.running) {
      if (ready) summary.ready += 1
      continue
    }
    return { ...summary, status: `Init:${initWord(state) ?? `${index}/${total}`}` }
  }
  return summary
}

function initWord({ waiting, terminated }: ContainerState): string | undefined {
  if (terminated) return terminated.reason || `ExitCode:${terminated.exitCode}`
  return waiting?.reason && waiting.reason !== 'PodInitializing' ? waiting.reason : undefined
}

/** From the last container to the first, so that the first one with something to say has the last word. */
function summariseMain(statuses: readonly ContainerStatus[], { status }: Pod): { ready: number; status?: string } {
  let [word, error]: (string | undefined)[] = []
  let ready = 0
  for (const { state, ready: isReady } of [...statuses].reverse()) {
    if (state.waiting?.reason) word = state.waiting.reason
    else if (state.terminated) {
      word = state.terminated.reason || `ExitCode:${state.terminated.exitCode}`
      if (state.terminated.exitCode !== 0) error = word
    } else if (isReady && state.running) ready += 1
  }
  if ((word ?? status.reason) === 'Completed') {
    const isReady = status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True')
    if (ready > 0 && isReady) word = 'Running'
    else if (error !== undefined) word = error
    else if (ready > 0) word = 'NotReady'
  }
  return { ready, ...(word !== undefined && { status: word }) }
}

/** `3`, or `3 (5m ago)` where the last restart is known. */
function restartsCell(pod: Pod, { now }: Cluster): string {
  const { restarts, lastRestart } = summaryOf(pod)
  if (restarts === 0 || lastRestart === undefined) return String(restarts)
  return `${restarts} (${humanDuration(now - instant(lastRestart))} ago)`
}

function gatesCell({ spec, status }: Pod): string {
  const gates = spec.readinessGates ?? []
  if (gates.length === 0) return '<none>'
  const met = gates.filter(({ conditionType }) =>
    status.conditions?.some(({ type, status: is }) => type === conditionType && is === 'True'),
  )
  return `${met.length}/${gates.length}`
}

export const podColumns: readonly Column<Pod>[] = [
  nameColumn,
  {
    name: 'READY',
    cell: (pod) => {
      const { ready, total } = summaryOf(pod)
      return `${ready}/${total}`
    },
  },
  { name: 'STATUS', cell: (pod) => summaryOf(pod).status },
  { name: 'RESTARTS', cell: restartsCell },
  ageColumn,
  { name: 'IP', wide: true, cell: ({ status }) => status.podIP ?? '<none>' },
  { name: 'NODE', wide: true, cell: ({ spec }) => spec.nodeName ?? '<none>' },
  { name: 'NOMINATED NODE', wide: true, cell: () => '<none>' },
  { name: 'READINESS GATES', wide: true, cell: gatesCell },
]
