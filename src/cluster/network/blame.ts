import type { Cluster } from '../cluster.ts'
import { controllerOf, type KubeObject } from '../object.ts'
import type { Blame } from './attempt.ts'

/** Points at a field of an object. */
export const blame = (object: KubeObject, field: string, why: string): Blame => ({
  kind: object.kind,
  name: object.metadata.name,
  namespace: object.metadata.namespace ?? null,
  field,
  why,
})

/** Points at something that is no object of the API: the firewall, public DNS. */
export const blameOutside = (kind: string, name: string, field: string, why: string): Blame => ({
  kind,
  name,
  namespace: null,
  field,
  why,
})

/** The object whose template makes an object: the Deployment of a pod, the pod itself where nobody manages it. */
export function workloadOf(cluster: Cluster, object: KubeObject): KubeObject {
  let current = object
  // Owners of owners: pod, ReplicaSet, Deployment. The bound keeps references in a circle from holding us.
  for (let depth = 0; depth < 4; depth++) {
    const reference = controllerOf(current)
    if (!reference) return current
    const { namespace } = current.metadata
    const owner =
      reference.kind === 'ReplicaSet'
        ? cluster.get('ReplicaSet', namespace, reference.name)
        : reference.kind === 'Deployment'
          ? cluster.get('Deployment', namespace, reference.name)
          : undefined
    if (!owner) return current
    current = owner
  }
  return current
}

/** True if one text is a slip of the other: one letter more, less, other or two neighbours swapped. */
export function isSlip(left: string, right: string): boolean {
  if (left === right || Math.abs(left.length - right.length) > 1) return false
  let from = 0
  while (from < left.length && left[from] === right[from]) from++
  const rest = (text: string, skip: number) => text.slice(from + skip)
  return (
    rest(left, 1) === rest(right, 1) ||
    rest(left, 1) === rest(right, 0) ||
    rest(left, 0) === rest(right, 1) ||
    (left[from] === right[from + 1] && left[from + 1] === right[from] && rest(left, 2) === rest(right, 2))
  )
}
