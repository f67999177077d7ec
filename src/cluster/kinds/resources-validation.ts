import type { FieldError } from '../errors.ts'
import { labelKeyErrors } from '../names.ts'
import { compareQuantities, parseQuantity } from '../quantity.ts'
import { invalidValue, invalidValues, required } from '../validation.ts'

type Amounts = Readonly<Record<string, string>>

const STANDARD = ['cpu', 'memory', 'ephemeral-storage']
const HUGE_PAGES = 'hugepages-'
const WHOLE = 1_000_000_000n

/** What `spec.containers[].resources` may say: known resources, no negative amounts, requests within their limits. */
export const validateResources = (
  { requests = {}, limits = {} }: { requests?: Amounts; limits?: Amounts },
  path: string,
): FieldError[] => [
  ...Object.entries(limits).flatMap(([name, amount]) => validateAmount(name, amount, `${path}.limits[${name}]`)),
  ...Object.entries(requests).flatMap(([name, amount]) => [
    ...validateAmount(name, amount, `${path}.requests[${name}]`),
    ...validateAgainstLimit(name, amount, limits, path),
  ]),
]

const isExtended = (name: string): boolean => name.includes('/') && !name.includes('kubernetes.io/')

function validateAmount(name: string, amount: string, path: string): FieldError[] {
  const errors = validateName(name, path)
  const { nano } = parseQuantity(amount)
  if (nano < 0n) errors.push(invalidValue(path, amount, 'must be greater than or equal to 0'))
  if (isExtended(name) && nano % WHOLE !== 0n) errors.push(invalidValue(path, amount, 'must be an integer'))
  return errors
}

function validateName(name: string, path: string): FieldError[] {
  const errors = invalidValues(path, name, labelKeyErrors(name))
  if (errors.length > 0 || isExtended(name) || name.includes('/') || name.startsWith(HUGE_PAGES)) return errors
  if (STANDARD.includes(name)) return errors
  return [
    invalidValue(path, name, 'must be a standard resource type or fully qualified'),
    invalidValue(path, name, 'must be a standard resource for containers'),
  ]
}

function validateAgainstLimit(name: string, amount: string, limits: Amounts, path: string): FieldError[] {
  const limit = Object.hasOwn(limits, name) ? limits[name] : undefined
  const mustBeEqual = isExtended(name) || name.startsWith(HUGE_PAGES)
  if (limit === undefined)
    return mustBeEqual ? [required(`${path}.limits`, 'Limit must be set for non overcommitable resources')] : []
  const order = compareQuantities(amount, limit)
  if (mustBeEqual && order !== 0)
    return [invalidValue(`${path}.requests`, amount, `must be equal to ${name} limit of ${limit}`)]
  return order > 0
    ? [invalidValue(`${path}.requests`, amount, `must be less than or equal to ${name} limit of ${limit}`)]
    : []
}
