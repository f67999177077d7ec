import type { FieldError } from '../errors.ts'
import { percentErrors } from '../names.ts'
import type { Admission } from '../object.ts'
import { forbidden, invalidValue, invalidValues, notNegative, unsupported } from '../validation.ts'
import type { Deployment } from './deployment.ts'
import { validateWorkload } from './workload-validation.ts'

type Amount = number | string
type Strategy = NonNullable<Deployment['spec']['strategy']>

/** All problems of a Deployment together (R-DEP-11, R-DEP-12). */
export function validateDeployment({ spec }: Deployment, { previous }: Admission<Deployment>): FieldError[] {
  const { strategy, revisionHistoryLimit, progressDeadlineSeconds, minReadySeconds = 0 } = spec
  return [
    ...validateWorkload(spec, previous?.spec),
    ...(strategy ? validateStrategy(strategy) : []),
    ...notNegative('spec.revisionHistoryLimit', revisionHistoryLimit),
    ...notNegative('spec.progressDeadlineSeconds', progressDeadlineSeconds),
    ...(progressDeadlineSeconds !== undefined && progressDeadlineSeconds <= minReadySeconds
      ? [invalidValue('spec.progressDeadlineSeconds', progressDeadlineSeconds, 'must be greater than minReadySeconds')]
      : []),
  ]
}

function validateStrategy({ type, rollingUpdate }: Strategy): FieldError[] {
  const path = 'spec.strategy.rollingUpdate'
  if (type === 'Recreate')
    return rollingUpdate ? [forbidden(path, "may not be specified when strategy `type` is 'Recreate'")] : []
  if (type !== 'RollingUpdate')
    return [unsupported('spec.strategy', internalStrategy(type, rollingUpdate), ['Recreate', 'RollingUpdate'])]
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate ?? {}
  const errors = [
    ...validateAmount(maxUnavailable, `${path}.maxUnavailable`),
    ...validateAmount(maxSurge, `${path}.maxSurge`),
  ]
  if (numberOf(maxUnavailable) === 0 && numberOf(maxSurge) === 0)
    errors.push(invalidValue(`${path}.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0'))
  if (isPercent(maxUnavailable) && numberOf(maxUnavailable) > 100)
    errors.push(invalidValue(`${path}.maxUnavailable`, maxUnavailable, 'must not be greater than 100%'))
  return errors
}

/** The API server prints the strategy under its internal names. */
const internalStrategy = (type: string, rollingUpdate: Strategy['rollingUpdate']) => ({
  Type: type,
  RollingUpdate: rollingUpdate
    ? { MaxUnavailable: rollingUpdate.maxUnavailable ?? 0, MaxSurge: rollingUpdate.maxSurge ?? 0 }
    : null,
})

const validateAmount = (amount: Amount, path: string): FieldError[] =>
  typeof amount === 'string' ? invalidValues(path, amount, percentErrors(amount)) : notNegative(path, amount)

const isPercent = (amount: Amount): amount is string => typeof amount === 'string' && percentErrors(amount).length === 0

/** The number; a text that is neither a number nor a percentage counts as 0. */
function numberOf(amount: Amount): number {
  if (typeof amount === 'number') return amount
  const digits = isPercent(amount) ? amount.slice(0, -1) : amount
  return /^[+-]?[0-9]+$/.test(digits) ? Number(digits) : 0
}
