import type { ContainerState, ContainerStatus } from '../../kinds/pod.ts'
import { instant, type Milliseconds, timestamp } from '../../object.ts'

export type Termination = NonNullable<ContainerState['terminated']>

/** What making and starting a container again takes. */
export const RESTART_TIME: Milliseconds = 1_000

/** A container that ran so long starts with a clean record (R-POD-2). */
export const GOOD_RUN: Milliseconds = 600_000

/** Waiting times before a restart in seconds, after the first one that needs none (R-POD-2). */
const BACK_OFFS: readonly number[] = [0, 10, 20, 40, 80, 160, 300]
const LONGEST = 300

/** How long a container ran. */
const runOf = ({ startedAt, finishedAt }: Termination): Milliseconds =>
  instant(finishedAt) - instant(startedAt ?? finishedAt)

/**
 * Seconds to wait before a container that has just ended starts again: none the first time and after a good run, then
 * doubled from 10 to 300 (R-POD-2). How long it waited last time follows from the gap between its two last runs.
 */
export function backOffAfter(previous: Termination | undefined, ended: Termination): number {
  if (!previous || runOf(ended) >= GOOD_RUN) return 0
  const gap = (instant(ended.startedAt ?? ended.finishedAt) - instant(previous.finishedAt)) / 1000
  const last = BACK_OFFS.findLastIndex((seconds) => gap >= seconds)
  return BACK_OFFS[Math.min(last + 1, BACK_OFFS.length - 1)] ?? LONGEST
}

/** The kubelet's words for a container that waits before its next start. */
export const backOffMessage = (seconds: number, container: string, pod: string): string =>
  `back-off ${duration(seconds)} restarting failed container=${container} pod=${pod}`

/** The waiting time that a message tells of. */
export const backOffIn = (message: string | undefined): number =>
  BACK_OFFS.find((seconds) => message?.startsWith(`back-off ${duration(seconds)} `)) ?? LONGEST

/** `10s`, `1m20s`, `5m0s`: as Go writes a duration. */
const duration = (seconds: number): string =>
  seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`

export interface Restart {
  /** When the next run starts. */
  at: Milliseconds
  /** When to look again if that is still to come. */
  look: Milliseconds
  /** Restarts so far without the one at `at`, and how the run before it ended. */
  restartCount: number
  previous: Termination
}

/**
 * The next start of a container that has ended. Once a crash loop repeats at the longest waiting time (or good runs
 * end one after the other), the runs that have passed in the meantime are counted instead of played, and the kubelet
 * looks more and more rarely: time that passes at once costs no timer for each restart.
 */
export function nextRestart(
  { restartCount }: ContainerStatus,
  ended: Termination,
  backOff: number,
  now: Milliseconds,
): Restart {
  const first = instant(ended.finishedAt) + backOff * 1000 + RESTART_TIME
  const period = first - instant(ended.startedAt ?? ended.finishedAt)
  const isSteady = backOff === LONGEST || (restartCount > 0 && runOf(ended) >= GOOD_RUN)
  if (!isSteady) return { at: first, look: first, restartCount, previous: ended }
  const passed = Math.max(0, Math.floor((now - first) / period))
  return {
    at: first + passed * period,
    look: backOff === LONGEST ? first + rarely(restartCount) * period : first,
    restartCount: restartCount + passed,
    previous: passed === 0 ? ended : shifted(ended, passed * period),
  }
}

/** How many periods of a steady loop go by unseen. */
export const rarely = (restartCount: number): number => restartCount >> 3

const shifted = (ended: Termination, by: Milliseconds): Termination => ({
  ...ended,
  ...(ended.startedAt !== undefined && { startedAt: timestamp(instant(ended.startedAt) + by) }),
  finishedAt: timestamp(instant(ended.finishedAt) + by),
})
