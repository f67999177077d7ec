import { equal } from '../delta.ts'
import { dnsLabelErrors } from '../names.ts'
import type { Admission, KubeObject } from '../object.ts'
import type { PodSpec, PodTemplate } from './pod.ts'
import { fullPodSpec, minimalPodSpec } from './pod-defaults.ts'
import { podSpecWarnings } from './pod-warnings.ts'

interface Workload extends KubeObject {
  spec: { template: PodTemplate }
}

/** The template as it is stored: without what is the default anyway. */
export const minimalTemplate = (template: PodTemplate | undefined): PodTemplate => {
  const spec = template?.spec ?? ({} as PodSpec)
  return { ...template, spec: minimalPodSpec({ ...spec, containers: spec.containers ?? [] }, false) }
}

/** The workload with its template as it is shown. */
export const presentTemplate = <T extends Workload>(object: T): T => ({
  ...object,
  spec: {
    ...object.spec,
    template: { ...object.spec.template, spec: fullPodSpec(object.spec.template.spec, false) },
  },
})

/** What the API server warns of in workloads: names that make bad host names, and what it warns of in their templates. */
export function workloadWarnings<T extends Workload>(object: T, { previous }: Admission<T>): string[] {
  const problems = previous ? [] : dnsLabelErrors(object.metadata.name)
  const used = 'this is used in Pod names and hostnames, which can result in surprising behavior'
  const changed = !previous || !equal(object.spec, previous.spec)
  return [
    ...(problems.length > 0 ? [`metadata.name: ${used}; a DNS label is recommended: [${problems.join(' ')}]`] : []),
    ...(changed ? podSpecWarnings(object.spec.template.spec, 'spec.template.') : []),
  ]
}

/** `Conditions` of a workload in `kubectl describe`. */
export const conditionRows = (conditions: readonly { type: string; status: string; reason?: string }[]): string[][] =>
  conditions.map(({ type, status, reason = '' }) => [`${type} `, status, reason])
