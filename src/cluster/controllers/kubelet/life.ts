import { isAttached } from '../../attachment.ts'
import type { Container, ContainerStatus } from '../../kinds/pod.ts'
import type { Milliseconds } from '../../object.ts'
import { DEFAULT_GRACE_SECONDS } from '../../pod-deletion.ts'
import type { PodSync } from './pod-sync.ts'
import { watchProbe } from './probes.ts'
import { GOOD_RUN, RESTART_TIME, rarely } from './restarts.ts'

/** A process that waits for the network is looked after again after this, later after an eighth of its age. */
const NETWORK_RETRY: Milliseconds = 2_000

/** How long a process tries to get a port that another one has. */
const BIND_PATIENCE: Milliseconds = 2_000

export interface Life {
  ready: boolean
  /** When and how the process ends, if it is known. */
  end?: { at: Milliseconds; exitCode: number; reason: string; message?: string }
}

/** What becomes of a running container: when it is ready, and when it ends by itself or by its probes (R-POD-7). */
export function lifeOf(sync: PodSync, container: Container, status: ContainerStatus, startedAt: Milliseconds): Life {
  const started = watchProbe(sync, container, container.startupProbe, startedAt, 'Startup')
  const alive = watchProbe(sync, container, container.livenessProbe, started.passedAt, 'Liveness')
  const serves = watchProbe(sync, container, container.readinessProbe, started.passedAt, 'Readiness')
  for (const at of [started.passedAt, serves.nextChange]) if (at !== undefined) sync.lookAt(at)
  const ready = isPast(started.passedAt, sync.now) && serves.passes
  const exit = exitOf(sync, container, status, startedAt)
  const failedAt = earliest(started.failedAt, alive.failedAt)
  const kill = failedAt === undefined ? undefined : killed(sync, container, failedAt)
  if (!kill || (exit && exit.at <= kill.at)) return { ready, ...(exit && { end: exit }) }
  if (kill.at <= sync.now) tellKill(sync, container, started.failedAt === failedAt ? 'startup' : 'liveness')
  return { ready, end: kill }
}

/** How the process ends by itself. */
function exitOf(
  sync: PodSync,
  container: Container,
  status: ContainerStatus,
  startedAt: Milliseconds,
): Life['end'] | undefined {
  if (status.restartCount === 0 && isAttached(sync.cluster, sync.pod)) return undefined
  if (sync.takenPort(container, startedAt) !== undefined) {
    const at = startedAt + BIND_PATIENCE
    sync.lookAt(at)
    return { at, exitCode: 1, reason: 'Error' }
  }
  const { exit, asksNetwork } = sync.behaviourOf(container)
  if (!exit) {
    if (asksNetwork) sync.lookAt(sync.now + Math.max(NETWORK_RETRY, Math.ceil((sync.now - startedAt) / 8)))
    return undefined
  }
  // What waited for the network ends when the network lets it.
  const at = Math.max(startedAt + exit.after * 1000, asksNetwork ? sync.now : 0)
  lookAtEnd(sync, status, startedAt, at)
  const reason = exit.code === 0 ? 'Completed' : 'Error'
  return { at, exitCode: exit.code, reason, ...(exit.message !== undefined && { message: exit.message }) }
}

const isPast = (at: Milliseconds | undefined, now: Milliseconds): boolean => at !== undefined && at <= now

const earliest = (...times: (Milliseconds | undefined)[]): Milliseconds | undefined => {
  const known = times.filter((time) => time !== undefined)
  return known.length > 0 ? Math.min(...known) : undefined
}

/** Long runs that follow one another are looked at more and more rarely: nothing else changes by their restarts. */
function lookAtEnd(sync: PodSync, { restartCount }: ContainerStatus, startedAt: Milliseconds, at: Milliseconds): void {
  const run = at - startedAt
  sync.lookAt(run >= GOOD_RUN ? at + rarely(restartCount) * (run + RESTART_TIME) : at)
}

/** The kubelet ends a container whose startup or liveness probe has failed often enough. */
function killed(sync: PodSync, container: Container, failedAt: Milliseconds): NonNullable<Life['end']> {
  const obeys = sync.behaviourOf(container).obeysTermination
  const grace = (sync.pod.spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS) * 1000
  const at = failedAt + (obeys ? 0 : grace)
  sync.lookAt(at)
  return { at, exitCode: obeys ? 0 : 137, reason: obeys ? 'Completed' : 'Error' }
}

function tellKill(sync: PodSync, container: Container, probe: string): void {
  const message = `Container ${container.name} failed ${probe} probe, will be restarted`
  sync.announce({ container, reason: 'Killing', message })
  sync.tell(`container ${container.name} failed its ${probe} probe: killed`)
}
