import type { Container, Probe } from '../../kinds/pod.ts'
import type { Milliseconds } from '../../object.ts'
import type { PodSync } from './pod-sync.ts'
import { type Outcome, probeOnce } from './probe-once.ts'

/** How many turns of a probe are worked out; what has not changed by then does not change any more. */
const MOST_TURNS = 64

type Purpose = 'Startup' | 'Liveness' | 'Readiness'

/** What a probe has told and will tell; without a probe everything passes from the start. */
export interface History {
  /** Whether it counts as passed now. */
  passes: boolean
  /** When it counts as passed for the first time; undefined for never. */
  passedAt: Milliseconds | undefined
  /** When it counts as failed after `failureThreshold` failures in a row; undefined for never. */
  failedAt: Milliseconds | undefined
  /** When `passes` changes next. */
  nextChange: Milliseconds | undefined
}

/**
 * Works out the turns of a probe from `from` on: period, initial delay and thresholds (R-POD-7). Readiness begins as
 * failed, liveness as passed. The first failure is told as the kubelet tells it.
 */
export function watchProbe(
  sync: PodSync,
  container: Container,
  probe: Probe | undefined,
  from: Milliseconds | undefined,
  purpose: Purpose,
): History {
  if (!probe || from === undefined)
    return { passes: from !== undefined, passedAt: from, failedAt: undefined, nextChange: undefined }
  const { initialDelaySeconds = 0, periodSeconds = 10, successThreshold = 1, failureThreshold = 3 } = probe
  const history: History = {
    passes: purpose === 'Liveness',
    passedAt: undefined,
    failedAt: undefined,
    nextChange: undefined,
  }
  let passes = history.passes
  let streak = 0
  let last: Outcome | undefined
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const at = from + (initialDelaySeconds + turn * periodSeconds) * 1000
    const outcome = probeOnce(sync, container, probe, (at - from) / 1000)
    streak = last?.ok === outcome.ok ? streak + 1 : 1
    last = outcome
    if (!outcome.ok) complain(sync, container, purpose, outcome.message, at, from)
    if (outcome.ok && streak === successThreshold) {
      history.passedAt ??= at
      if (!passes) change(history, sync.now, at)
      passes = true
    }
    if (!outcome.ok && streak === failureThreshold) {
      history.failedAt ??= at
      if (passes) change(history, sync.now, at)
      passes = false
    }
    // A startup probe has done its work with its first success.
    if (purpose === 'Startup' && passes) break
    const isSettled = streak > Math.max(successThreshold, failureThreshold)
    if (isSettled && outcome.isConstant) break
  }
  if (purpose !== 'Readiness' && history.failedAt !== undefined) sync.lookAt(history.failedAt)
  return history
}

function change(history: History, now: Milliseconds, at: Milliseconds): void {
  if (at <= now) history.passes = !history.passes
  else history.nextChange ??= at
}

/** Says once for each run of the container that a probe has failed, and looks again when the first failure is due. */
function complain(
  sync: PodSync,
  container: Container,
  purpose: Purpose,
  failure: string,
  at: Milliseconds,
  from: Milliseconds,
): void {
  if (at > sync.now) {
    sync.lookAt(at)
    return
  }
  const message = `${purpose} probe failed: ${failure}`
  const isKnown = sync.cluster.events
    .about(sync.pod)
    .some((event) => event.reason === 'Unhealthy' && event.message === message && event.last >= from)
  if (isKnown || sync.hasAnnounced(message)) return
  sync.announce({ container, reason: 'Unhealthy', message, warning: true })
  sync.tell(`${purpose.toLowerCase()} probe fails: ${failure}`)
}
