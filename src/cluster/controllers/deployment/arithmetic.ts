import type { Deployment } from '../../kinds/deployment.ts'

/** How far a rolling update may go over and under the wanted number of pods. */
export interface Bounds {
  surge: number
  unavailable: number
}

/** Surge rounds up, unavailable rounds down; if both come out as 0, one pod may be unavailable (R-DEP-1, R-DEP-4). */
export function boundsOf({ spec }: Pick<Deployment, 'spec'>): Bounds {
  if (spec.strategy?.type === 'Recreate') return { surge: 0, unavailable: 0 }
  const { maxSurge = '25%', maxUnavailable = '25%' } = spec.strategy?.rollingUpdate ?? {}
  const surge = resolve(maxSurge, spec.replicas, Math.ceil)
  const unavailable = Math.min(resolve(maxUnavailable, spec.replicas, Math.floor), spec.replicas)
  return surge === 0 && unavailable === 0 ? { surge, unavailable: 1 } : { surge, unavailable }
}

const resolve = (value: number | string, replicas: number, round: (value: number) => number): number =>
  typeof value === 'number' ? value : round((replicas * Number.parseInt(value, 10)) / 100)
