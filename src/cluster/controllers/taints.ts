import type { Node, Taint } from '../kinds/node.ts'
import type { Pod, Toleration } from '../kinds/pod.ts'

/** Taints that the control plane sets by itself (R-NOD-3, R-NOD-5). */
export const UNSCHEDULABLE_TAINT = 'node.kubernetes.io/unschedulable'
export const NOT_READY_TAINT = 'node.kubernetes.io/not-ready'
export const UNREACHABLE_TAINT = 'node.kubernetes.io/unreachable'

/** True if this toleration lets a pod stand the taint (R-NOD-7). */
export function tolerates({ key, operator, value, effect }: Toleration, taint: Taint): boolean {
  if (effect !== undefined && effect !== taint.effect) return false
  if (key !== undefined && key !== '' && key !== taint.key) return false
  if (operator === 'Exists') return true
  return key !== undefined && (value ?? '') === (taint.value ?? '')
}

/** True if the pod stands every taint of the node that has this effect. */
export const toleratesAll = (pod: Pod, node: Node, effect: Taint['effect']): boolean =>
  untolerated(pod, node.spec.taints, effect) === undefined

/** The first taint with this effect that the pod does not stand. */
const untolerated = (pod: Pod, taints: Taint[] | undefined, effect: Taint['effect']): Taint | undefined =>
  taints?.find((taint) => taint.effect === effect && !pod.spec.tolerations?.some((each) => tolerates(each, taint)))
