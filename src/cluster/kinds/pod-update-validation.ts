import { equal } from '../delta.ts'
import type { FieldError } from '../errors.ts'
import { lineDiff } from '../line-diff.ts'
import { sortedMap } from '../quote.ts'
import { forbidden, invalidValue } from '../validation.ts'
import type { Container, PodSpec, Toleration } from './pod.ts'
import { fullPodSpec, minimalPodSpec } from './pod-defaults.ts'
import { withoutInjected } from './pod-injected.ts'

const UPDATABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',')

/** What may not change in a pod that exists (R-POD-10). A pod from a template may spell out what follows from the rest. */
export function validatePodUpdate(next: PodSpec, stored: PodSpec): FieldError[] {
  const before = withoutInjected(minimalPodSpec(stored, true))
  for (const list of ['containers', 'initContainers'] as const) {
    const [now, then] = [next[list] ?? [], before[list] ?? []]
    if (now.length !== then.length) return [forbidden(`spec.${list}`, 'pod updates may not add or remove containers')]
    const blank = now.findIndex(({ image = '' }) => image !== image.trim())
    if (blank >= 0) {
      const detail = 'must not have leading or trailing whitespace'
      return [invalidValue(`spec.${list}[${blank}].image`, now[blank]?.image, detail)]
    }
  }
  return [...validateTolerationsUpdate(next.tolerations ?? [], before.tolerations ?? []), ...validateRest(next, before)]
}

function validateTolerationsUpdate(next: readonly Toleration[], before: readonly Toleration[]): FieldError[] {
  const isKept = ({ tolerationSeconds: _, ...old }: Toleration): boolean =>
    next.some(({ tolerationSeconds: __, ...toleration }) => equal(toleration, old))
  return before.every(isKept)
    ? []
    : [forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')]
}

function validateRest(next: PodSpec, before: PodSpec): FieldError[] {
  const old = fullPodSpec(before, true)
  const changed = withUpdatable(fullPodSpec(next, true), old)
  if (equal(changed, old)) return []
  const diff = lineDiff(rendered(old), rendered(changed))
  return [forbidden('spec', `pod updates may not change fields other than ${UPDATABLE}\n${diff}`)]
}

/** The new spec with everything that may change put back, so that the rest can be compared. */
function withUpdatable(next: PodSpec, before: PodSpec): PodSpec {
  const images = (list: Container[] | undefined, old: Container[] | undefined): Container[] | undefined =>
    list?.map((container, index) => ({ ...container, image: old?.[index]?.image ?? container.image }))
  const { tolerations: _, ...rest } = next
  const wasNegative = (before.terminationGracePeriodSeconds ?? 0) < 0 && next.terminationGracePeriodSeconds === 1
  return {
    ...rest,
    containers: images(next.containers, before.containers) ?? [],
    ...(next.initContainers && { initContainers: images(next.initContainers, before.initContainers) ?? [] }),
    ...(before.tolerations && { tolerations: before.tolerations }),
    ...(wasNegative && { terminationGracePeriodSeconds: before.terminationGracePeriodSeconds ?? 0 }),
  }
}

const rendered = (spec: PodSpec): string =>
  JSON.stringify(spec, (_, value: unknown) => (isMap(value) ? sortedMap(value) : value), 1)

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
