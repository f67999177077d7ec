import type { FieldError } from '../errors.ts'
import { ipErrors, isIPv6Text } from '../ip-validation.ts'
import { duplicate, invalidValue, required, unsupported } from '../validation.ts'
import type { Service } from './service.ts'

type Spec = Service['spec']

const FAMILIES = ['IPv4', 'IPv6']
const POLICIES = ['PreferDualStack', 'RequireDualStack', 'SingleStack']

const isHeadless = ({ clusterIPs = [] }: Spec): boolean => clusterIPs.length === 1 && clusterIPs[0] === 'None'

/** `clusterIP`, `clusterIPs`, `ipFamilies` and `ipFamilyPolicy` must make sense together (R-SVC-8…10). */
export function validateClusterIPs(spec: Spec, before: Spec | undefined): FieldError[] {
  if (spec.type === 'ExternalName') return []
  const { clusterIPs = [] } = spec
  const errors = [...validatePair(spec), ...validateFamilies(spec)]
  const faults = clusterIPs.flatMap((ip, index) => {
    if (index > 0 || ip !== 'None') return ipErrors(`spec.clusterIPs[${index}]`, ip, before?.clusterIPs)
    return clusterIPs.length > 1
      ? [invalidValue('spec.clusterIPs', clusterIPs, "'None' must be the first and only value")]
      : []
  })
  errors.push(...faults)
  if (clusterIPs.length > 2) errors.push(invalidValue('spec.clusterIPs', clusterIPs, 'may only hold up to 2 values'))
  if (faults.length > 0) return errors
  if (clusterIPs.length > 1 && !isDualStack(clusterIPs))
    errors.push(invalidValue('spec.clusterIPs', clusterIPs, 'may specify no more than one IP for each IP family'))
  return isHeadless(spec) ? errors : [...errors, ...validateFamilyOfEach(spec)]
}

function validatePair({ clusterIP, clusterIPs = [] }: Spec): FieldError[] {
  if (clusterIP === undefined)
    return clusterIPs.length > 0
      ? [invalidValue('spec.clusterIPs', clusterIPs, 'must be empty when `clusterIP` is not specified')]
      : []
  if (clusterIPs.length === 0) return [required('spec.clusterIPs')]
  return clusterIPs[0] === clusterIP
    ? []
    : [invalidValue('spec.clusterIPs', clusterIPs, 'first value must match `clusterIP`')]
}

function validateFamilies({ ipFamilies = [], ipFamilyPolicy }: Spec): FieldError[] {
  const errors = ipFamilies.flatMap((family, index) => {
    const path = `spec.ipFamilies[${index}]`
    return [
      ...(FAMILIES.includes(family) ? [] : [unsupported(path, family, FAMILIES)]),
      ...(ipFamilies.indexOf(family) < index ? [duplicate(path, family)] : []),
    ]
  })
  return ipFamilyPolicy === undefined || POLICIES.includes(ipFamilyPolicy)
    ? errors
    : [...errors, unsupported('spec.ipFamilyPolicy', ipFamilyPolicy, POLICIES)]
}

const isDualStack = (ips: readonly string[]): boolean => ips.some(isIPv6Text) && !ips.every(isIPv6Text)

const validateFamilyOfEach = ({ clusterIPs = [], ipFamilies = [] }: Spec): FieldError[] =>
  clusterIPs.flatMap((ip, index) => {
    const family = ipFamilies[index]
    if (family === undefined || !FAMILIES.includes(family) || isIPv6Text(ip) === (family === 'IPv6')) return []
    const article = `expected an ${family} value as indicated by \`ipFamilies[${index}]\``
    return [invalidValue(`spec.clusterIPs[${index}]`, ip, article)]
  })

/** The ClusterIP is fixed for the life of a Service (R-SVC-9). */
export function validateClusterIPsUpdate(spec: Spec, before: Spec): FieldError[] {
  if (spec.type === 'ExternalName' || before.type === 'ExternalName') return []
  if (isHeadless(spec) && isHeadless(before)) return []
  const [next = [], old = []] = [spec.clusterIPs, before.clusterIPs]
  const changed = (index: number): FieldError =>
    invalidValue(`spec.clusterIPs[${index}]`, next, 'may not change once set')
  if (next.length === old.length) return old.flatMap((ip, index) => (ip === next[index] ? [] : [changed(index)]))
  if (next.length < old.length && next.length === 0)
    return [invalidValue('spec.clusterIPs[0]', null, 'primary clusterIP can not be unset')]
  return old.length > 0 && next[0] !== old[0] ? [changed(0)] : []
}

/** The address families are fixed like the addresses. */
export function validateFamiliesUpdate(spec: Spec, before: Spec): FieldError[] {
  if (spec.type === 'ExternalName' || before.type === 'ExternalName' || isHeadless(spec) || isHeadless(before))
    return []
  const [next = [], old = []] = [spec.ipFamilies, before.ipFamilies]
  return next.length === old.length && next[0] !== old[0]
    ? [invalidValue('spec.ipFamilies[0]', next, 'may not change once set')]
    : []
}
