import type { ContainerStatus, Pod, PodCondition, PodSpec, PodStatus } from '../../kinds/pod.ts'
import type { Timestamp } from '../../object.ts'
import { isSidecar } from './containers.ts'

type Phase = PodStatus['phase']

/** The phase that the states of the containers amount to (R-POD-1). */
export function phaseOf(spec: PodSpec, init: ContainerStatus[] | undefined, main: ContainerStatus[]): Phase {
  const policy = spec.restartPolicy ?? 'Always'
  const initStates = (init ?? []).map(({ state }, index) => ({
    state,
    sidecar: isSidecar(spec.initContainers![index]!),
  }))
  const initFailed = initStates.some(({ state, sidecar }) => !sidecar && isFailure(state) && policy === 'Never')
  if (initFailed) return 'Failed'
  const isInitialized = initStates.every(({ state, sidecar }) =>
    sidecar ? state.running !== undefined || state.terminated !== undefined : state.terminated?.exitCode === 0,
  )
  const started = main.some(({ state, lastState }) => state.running || state.terminated || lastState)
  if (!isInitialized && !started) return 'Pending'
  if (main.some(({ state, lastState }) => state.waiting && !lastState)) return 'Pending'
  if (policy === 'Always' || main.some(({ state }) => !state.terminated)) return 'Running'
  const hasFailure = main.some(({ state }) => isFailure(state))
  if (!hasFailure) return 'Succeeded'
  return policy === 'Never' ? 'Failed' : 'Running'
}

const isFailure = ({ terminated }: ContainerStatus['state']): boolean =>
  terminated !== undefined && terminated.exitCode !== 0

/** The condition Ready: every container ready and every readiness gate true (R-POD-7). */
export function readyCondition(
  pod: Pod,
  phase: Phase,
  init: ContainerStatus[] | undefined,
  main: ContainerStatus[],
  now: Timestamp,
): PodCondition {
  const before = pod.status.conditions?.find(({ type }) => type === 'Ready')
  const problem = problemOf(pod, phase, init, main)
  const status = problem ? 'False' : 'True'
  const lastTransitionTime = before?.status === status ? (before.lastTransitionTime ?? now) : now
  return { type: 'Ready', status, ...problem, lastTransitionTime }
}

function problemOf(
  { spec, status }: Pod,
  phase: Phase,
  init: ContainerStatus[] | undefined,
  main: ContainerStatus[],
): { reason: string; message?: string } | undefined {
  if (phase === 'Succeeded' || phase === 'Failed') return { reason: phase === 'Failed' ? 'PodFailed' : 'PodCompleted' }
  const sidecars = (init ?? []).filter((_status, index) => isSidecar(spec.initContainers![index]!))
  const unready = [...sidecars, ...main].filter(({ ready }) => !ready).map(({ name }) => name)
  if (unready.length > 0)
    return { reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]` }
  const gate = spec.readinessGates?.find(
    ({ conditionType }) => !status.conditions?.some(({ type, status: is }) => type === conditionType && is === 'True'),
  )
  if (!gate) return undefined
  const message = `corresponding condition of pod readiness gate "${gate.conditionType}" does not exist.`
  return { reason: 'ReadinessGatesNotReady', message }
}
