import { equal } from '../delta.ts'
import type { FieldError } from '../errors.ts'
import { labelKeyErrors, labelValueErrors } from '../names.ts'
import { sortedMap } from '../quote.ts'
import { matchesLabelSelector } from '../selector.ts'
import { forbidden, IMMUTABLE, invalidValue, invalidValues, notNegative, required, unsupported } from '../validation.ts'
import { validateLabels } from '../validation-metadata.ts'
import type { PodTemplate } from './pod.ts'
import { validatePodTemplate } from './pod-validation.ts'
import type { LabelSelector, LabelSelectorRequirement } from './replica-set.ts'

/** What Deployments and ReplicaSets have in common. */
interface WorkloadSpec {
  replicas: number
  minReadySeconds?: number
  selector: LabelSelector
  template: PodTemplate
}

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist']

/** Replicas, selector and template of a workload (R-DEP-11, R-DEP-12, R-SLO-1…5). */
export function validateWorkload(spec: WorkloadSpec, before: WorkloadSpec | undefined): FieldError[] {
  const { selector, template = {} as PodTemplate } = spec
  const selectorErrors = selector ? validateLabelSelector(selector, 'spec.selector') : []
  const errors = [
    ...notNegative('spec.replicas', spec.replicas),
    ...(selector ? [] : [required('spec.selector')]),
    ...selectorErrors,
    ...notNegative('spec.minReadySeconds', spec.minReadySeconds),
  ]
  if (selector && isEmpty(selector))
    errors.push(invalidValue('spec.selector', selector, 'empty selector is invalid for deployment'))
  if (selectorErrors.length > 0) errors.push(invalidValue('spec.selector', shown(selector), 'invalid label selector'))
  else errors.push(...validateTemplate(template, selector))
  if (before && !equal(before.selector, selector))
    errors.push(invalidValue('spec.selector', shown(selector), IMMUTABLE))
  return errors
}

const isEmpty = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean =>
  Object.keys(matchLabels).length + matchExpressions.length === 0

/** As the API server prints it. */
function shown(selector: LabelSelector | undefined): unknown {
  if (!selector) return null
  const { matchLabels, matchExpressions } = selector
  const expressions = matchExpressions?.map(({ key = '', operator = '', values }) => ({
    key,
    operator,
    ...(values && { values }),
  }))
  return {
    ...(matchLabels && { matchLabels: sortedMap(matchLabels) }),
    ...(expressions && { matchExpressions: expressions }),
  }
}

/** A selector object (R-SLO-1, R-SLO-2). */
const validateLabelSelector = ({ matchLabels, matchExpressions = [] }: LabelSelector, path: string): FieldError[] => [
  ...validateLabels(matchLabels, `${path}.matchLabels`),
  ...matchExpressions.flatMap((expression, index) =>
    validateExpression(expression, `${path}.matchExpressions[${index}]`),
  ),
]

function validateExpression({ key = '', operator, values = [] }: LabelSelectorRequirement, path: string): FieldError[] {
  const errors: FieldError[] = []
  if (!OPERATORS.includes(operator))
    errors.push(invalidValue(`${path}.operator`, operator ?? '', 'not a valid selector operator'))
  else if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0)
      errors.push(required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'"))
  } else if (values.length > 0)
    errors.push(forbidden(`${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
  return [
    ...errors,
    ...invalidValues(`${path}.key`, key, labelKeyErrors(key)),
    ...values.flatMap((value, index) => invalidValues(`${path}.values[${index}]`, value, labelValueErrors(value))),
  ]
}

/** The selector must match the labels of the template; no selector at all matches nothing. */
function validateTemplate(template: PodTemplate, selector: LabelSelector | undefined): FieldError[] {
  const labels = template.metadata?.labels
  const matches = selector !== undefined && (isEmpty(selector) || matchesLabelSelector(selector, labels))
  const { restartPolicy = 'Always' } = template.spec ?? {}
  const { activeDeadlineSeconds } = (template.spec ?? {}) as { activeDeadlineSeconds?: number }
  const errors = matches
    ? []
    : [
        invalidValue(
          'spec.template.metadata.labels',
          labels ? sortedMap(labels) : null,
          '`selector` does not match template `labels`',
        ),
      ]
  errors.push(...validatePodTemplate(template, 'spec.template'))
  if (restartPolicy !== 'Always')
    errors.push(unsupported('spec.template.spec.restartPolicy', restartPolicy, ['Always']))
  if (activeDeadlineSeconds !== undefined)
    errors.push(
      forbidden('spec.template.spec.activeDeadlineSeconds', 'activeDeadlineSeconds in ReplicaSet is not Supported'),
    )
  return errors
}
