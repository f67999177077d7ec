import type { FieldError } from '../errors.ts'
import { ipErrors } from '../ip-validation.ts'
import { dnsLabelErrors, dnsSubdomainErrors, labelKeyErrors, labelValueErrors } from '../names.ts'
import type { Admission } from '../object.ts'
import { invalidValue, invalidValues, required, unsupported } from '../validation.ts'
import { validateAnnotations, validateLabels } from '../validation-metadata.ts'
import { validateContainers, validateInitContainers } from './container-validation.ts'
import type { Pod, PodSpec, PodTemplate, Toleration } from './pod.ts'
import { validatePodUpdate } from './pod-update-validation.ts'
import { validateVolumes } from './volume-validation.ts'

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never']
const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']
const MOST_NAME_SERVERS = 3
const MOST_SEARCH_PATHS = 32
const SEARCH_LIST_CHARACTERS = 2048

/** All problems of a pod together (R-POD-10, R-POD-11). */
export const validatePod = (pod: Pod, { previous }: Admission<Pod>): FieldError[] => [
  ...validatePodSpec(pod.spec, 'spec', true),
  ...(previous ? validatePodUpdate(pod.spec, previous.spec) : []),
]

/** All problems of the template of a workload. */
export const validatePodTemplate = ({ metadata = {}, spec }: PodTemplate, path: string): FieldError[] => [
  ...validateLabels(metadata.labels, `${path}.labels`),
  ...validateAnnotations(metadata.annotations, `${path}.annotations`),
  ...validatePodSpec(spec ?? ({} as PodSpec), `${path}.spec`, false),
]

function validatePodSpec(spec: PodSpec, path: string, isPod: boolean): FieldError[] {
  const { containers = [], initContainers = [], restartPolicy, dnsPolicy } = spec
  const { errors, names } = validateVolumes(spec.volumes ?? [], `${path}.volumes`)
  return [
    ...errors,
    ...validateContainers(containers, `${path}.containers`, names),
    ...validateInitContainers(initContainers, containers, `${path}.initContainers`, names),
    ...(spec.hostNetwork ? validateHostPorts(spec, `${path}.containers`, isPod) : []),
    ...oneOf(restartPolicy, RESTART_POLICIES, `${path}.restartPolicy`),
    ...oneOf(dnsPolicy, DNS_POLICIES, `${path}.dnsPolicy`),
    ...validateLabels(spec.nodeSelector, `${path}.nodeSelector`),
    ...validateDnsConfig(spec, `${path}.dnsConfig`),
    ...(spec.readinessGates ?? []).flatMap(({ conditionType = '' }, index) =>
      invalidValues(`${path}.readinessGates[${index}].conditionType`, conditionType, labelKeyErrors(conditionType)),
    ),
    ...validateNames(spec, path),
    ...validateTolerations(spec.tolerations ?? [], `${path}.tolerations`),
  ]
}

const oneOf = (value: string | undefined, supported: readonly string[], path: string): FieldError[] =>
  value === undefined || supported.includes(value) ? [] : [unsupported(path, value, supported)]

function validateNames(spec: PodSpec, path: string): FieldError[] {
  const { serviceAccountName, nodeName, hostname, subdomain } = spec
  const check = (field: string, value: string | undefined, errors: (name: string) => string[]): FieldError[] =>
    value === undefined ? [] : invalidValues(`${path}.${field}`, value, errors(value))
  return [
    ...check('serviceAccountName', serviceAccountName, dnsSubdomainErrors),
    ...check('nodeName', nodeName, dnsSubdomainErrors),
    ...check('hostname', hostname, dnsLabelErrors),
    ...check('subdomain', subdomain, dnsLabelErrors),
  ]
}

/** With hostNetwork a port of the pod is the port of its node (R-POD-6). */
const validateHostPorts = ({ containers = [] }: PodSpec, path: string, isPod: boolean): FieldError[] =>
  containers.flatMap(({ ports = [] }, index) =>
    ports.flatMap(({ containerPort = 0, hostPort }, at) => {
      const actual = hostPort ?? (isPod ? containerPort : 0)
      return actual !== containerPort && (isPod || actual !== 0)
        ? [
            invalidValue(
              `${path}[${index}].ports[${at}].hostPort`,
              actual,
              'must match `containerPort` when `hostNetwork` is true',
            ),
          ]
        : []
    }),
  )

function validateDnsConfig({ dnsPolicy, dnsConfig }: PodSpec, path: string): FieldError[] {
  if (dnsPolicy === 'None' && !dnsConfig) return [required(path, 'must provide `dnsConfig` when `dnsPolicy` is None')]
  if (dnsPolicy === 'None' && !dnsConfig?.nameservers?.length)
    return [required(`${path}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None')]
  const { nameservers = [], searches = [], options = [] } = dnsConfig ?? {}
  const errors: FieldError[] = []
  if (nameservers.length > MOST_NAME_SERVERS)
    errors.push(
      invalidValue(`${path}.nameservers`, nameservers, `must not have more than ${MOST_NAME_SERVERS} nameservers`),
    )
  errors.push(...nameservers.flatMap((server, index) => ipErrors(`${path}.nameservers[${index}]`, server)))
  if (searches.length > MOST_SEARCH_PATHS)
    errors.push(invalidValue(`${path}.searches`, searches, `must not have more than ${MOST_SEARCH_PATHS} search paths`))
  if (searches.join(' ').length > SEARCH_LIST_CHARACTERS) {
    const most = `must not have more than ${SEARCH_LIST_CHARACTERS} characters (including spaces) in the search list`
    errors.push(invalidValue(`${path}.searches`, searches, most))
  }
  errors.push(...searches.flatMap((search, index) => validateSearch(search, `${path}.searches[${index}]`)))
  options.forEach(({ name }, index) => {
    if (!name) errors.push(required(`${path}.options[${index}]`, 'must not be empty'))
  })
  return errors
}

/** Search domains may hold underscores, a final dot, or be the root alone. */
function validateSearch(given: string, path: string): FieldError[] {
  if (given === '.') return []
  const search = given.replace(/\.$/, '')
  const label = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?'
  const pattern = `${label}(\\.${label})*`
  const errors = search.length > 253 ? [invalidValue(path, search, 'must be no more than 253 characters')] : []
  if (new RegExp(`^${pattern}$`).test(search)) return errors
  const message =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character"
  const detail = `${message} (e.g. 'example.com', regex used for validation is '${pattern}')`
  return [...errors, invalidValue(path, search, detail)]
}

/** What a toleration may say (R-NOD-7). */
const validateTolerations = (tolerations: readonly Toleration[], path: string): FieldError[] =>
  tolerations.flatMap((toleration, index) => validateToleration(toleration, `${path}[${index}]`))

function validateToleration(
  { key = '', operator, value = '', effect, tolerationSeconds }: Toleration,
  path: string,
): FieldError[] {
  const errors = key === '' ? [] : invalidValues(`${path}.key`, key, labelKeyErrors(key))
  if (key === '' && operator !== 'Exists') {
    const detail = 'operator must be Exists when `key` is empty, which means "match all values and all keys"'
    errors.push(invalidValue(`${path}.operator`, operator ?? '', detail))
  }
  if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
    const detail = "effect must be 'NoExecute' when `tolerationSeconds` is set"
    errors.push(invalidValue(`${path}.effect`, effect ?? '', detail))
  }
  if (operator === undefined || operator === 'Equal') {
    const problems = labelValueErrors(value)
    if (problems.length > 0) errors.push(invalidValue(`${path}.operator`, value, problems.join(';')))
  } else if (operator === 'Exists') {
    if (value !== '')
      errors.push(invalidValue(`${path}.operator`, value, "value must be empty when `operator` is 'Exists'"))
  } else errors.push(unsupported(`${path}.operator`, operator, ['Equal', 'Exists']))
  return effect === undefined ? errors : [...errors, ...oneOf(effect, EFFECTS, `${path}.effect`)]
}
