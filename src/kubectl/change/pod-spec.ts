import { messageOf } from '../../cluster/fields.ts'
import type { PodSpec } from '../../cluster/kinds/pod.ts'
import type { KindDefinition, KubeObject } from '../../cluster/object.ts'
import { isObject, type JsonObject } from '../patch/json.ts'

/** Where the pod spec stands in objects of a kind: `spec` of a pod, `spec.template.spec` of a workload. */
function podSpecPath(definition: KindDefinition): readonly string[] | undefined {
  const spec = messageOf(definition.message)?.get('spec')?.type
  if (spec?.form !== 'message') return undefined
  if (spec.message === 'core.PodSpec') return ['spec']
  const template = messageOf(spec.message)?.get('template')?.type
  const isTemplate = template?.form === 'message' && template.message === 'core.PodTemplateSpec'
  return isTemplate ? ['spec', 'template', 'spec'] : undefined
}

/** True if the kind has a scale: a number of replicas of a pod template. */
export function isScalable(definition: KindDefinition): boolean {
  const spec = messageOf(definition.message)?.get('spec')?.type
  return spec?.form === 'message' && messageOf(spec.message)?.has('replicas') === true
}

/** The object with its pod spec changed; undefined for a kind that has none. */
export function mapPodSpec(
  definition: KindDefinition,
  object: KubeObject,
  change: (spec: PodSpec) => PodSpec,
): KubeObject | undefined {
  const path = podSpecPath(definition)
  if (!path) return undefined
  const walk = (value: unknown, [name, ...rest]: readonly string[]): unknown => {
    if (name === undefined) return change(value as PodSpec)
    const members: JsonObject = isObject(value) ? value : {}
    return { ...members, [name]: walk(members[name], rest) }
  }
  return walk(object, path) as KubeObject
}
