import type { Deployment } from '../../cluster/kinds/deployment.ts'
import type { Pod, PodSpec, Protocol } from '../../cluster/kinds/pod.ts'
import type { LabelSelector, ReplicaSet } from '../../cluster/kinds/replica-set.ts'
import type { Service } from '../../cluster/kinds/service.ts'
import { isKind, type KindDefinition, type KubeObject } from '../../cluster/object.ts'
import { KubectlError } from '../errors.ts'

/** What can stand behind a Service: it says which pods are meant and on which ports they serve. */
export type Exposable = Pod | Service | Deployment | ReplicaSet

const EXPOSABLE = ['Pod', 'Service', 'Deployment', 'ReplicaSet']

/** Throws `KubectlError` for a kind that cannot be exposed. */
export function exposable({ kind, group }: KindDefinition, object: KubeObject): Exposable {
  if (EXPOSABLE.includes(kind)) return object as Exposable
  throw new KubectlError(`cannot expose a ${kind}${group === '' ? '' : `.${group}`}`)
}

type Labels = Readonly<Record<string, string>>

/** The labels of the pods that the object means. Throws `KubectlError` where there are none. */
export function exposedSelector(object: Exposable): Labels {
  if (isKind(object, 'Pod')) {
    const { labels = {} } = object.metadata
    if (Object.keys(labels).length === 0) throw new KubectlError('the pod has no labels and cannot be exposed')
    return labels
  }
  if (isKind(object, 'Service')) {
    if (object.spec.selector === undefined) throw new KubectlError('the service has no pod selector set')
    return object.spec.selector
  }
  const { selector } = (object as Deployment | ReplicaSet).spec as { selector?: LabelSelector }
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {}
  if (Object.keys(matchLabels).length === 0)
    throw new KubectlError(`invalid ${object.kind.toLowerCase()}: no selectors, therefore cannot be exposed`)
  if (matchExpressions.length > 0) {
    const shown = matchExpressions.map(
      ({ key, operator, values = [] }) => `{Key:${key} Operator:${operator} Values:[${values.join(' ')}]}`,
    )
    throw new KubectlError(`couldn't convert expressions - "[${shown.join(' ')}]" to map-based selector format`)
  }
  return matchLabels
}

/** The ports on which the object serves, each with its protocols, in their order. */
export function exposedPorts(object: Exposable): Map<number, Protocol[]> {
  const ports = new Map<number, Protocol[]>()
  const add = (port: number, protocol: Protocol = 'TCP') => ports.set(port, [...(ports.get(port) ?? []), protocol])
  if (isKind(object, 'Service')) for (const { port, protocol } of object.spec.ports ?? []) add(port, protocol)
  else
    for (const container of podSpecOf(object).containers)
      for (const { containerPort, protocol } of container.ports ?? []) add(containerPort, protocol)
  return ports
}

const podSpecOf = (object: Exclude<Exposable, Service>): PodSpec =>
  isKind(object, 'Pod') ? object.spec : (object as Deployment | ReplicaSet).spec.template.spec
