import type { FieldError } from '../errors.ts'
import {
  configKeyErrors,
  dnsLabelErrors,
  dnsSubdomainErrors,
  environmentNameErrors,
  labelKeyErrors,
  maskTrailingDash,
  portNameErrors,
  portNumberErrors,
} from '../names.ts'
import { duplicate, forbidden, invalidValue, invalidValues, required, unsupported } from '../validation.ts'
import type { Container, ContainerPort, EnvVar } from './pod.ts'
import { validateProbes } from './probe-validation.ts'
import { validateResources } from './resources-validation.ts'
import { validateMounts } from './volume-validation.ts'

const PROTOCOLS = ['SCTP', 'TCP', 'UDP']
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never']
const RESTART_POLICIES = ['Always', 'Never', 'OnFailure']
const FIELD_PATHS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]

/** The containers of a pod, which must have at least one (R-POD-11). */
export function validateContainers(
  containers: readonly Container[],
  path: string,
  volumes: ReadonlySet<string>,
): FieldError[] {
  if (containers.length === 0) return [required(path)]
  return [
    ...containers.flatMap((container, index) => {
      const at = `${path}[${index}]`
      return [
        ...validateContainer(container, at, volumes),
        ...(isRepeated(containers, container, index) ? [duplicate(`${at}.name`, container.name ?? '')] : []),
        ...validateProbes(container, at),
        ...validateRestartPolicy(container, at),
      ]
    }),
    ...hostPortConflicts(containers, path),
  ]
}

const isRepeated = (containers: readonly Container[], { name = '' }: Container, index: number): boolean =>
  containers.findIndex((other) => (other.name ?? '') === name) < index

/** Init containers share the names of the others; only sidecars have probes. */
export const validateInitContainers = (
  initContainers: readonly Container[],
  containers: readonly Container[],
  path: string,
  volumes: ReadonlySet<string>,
): FieldError[] =>
  initContainers.flatMap((container, index) => {
    const at = `${path}[${index}]`
    const { name = '' } = container
    const isTaken =
      containers.some((other) => (other.name ?? '') === name) || isRepeated(initContainers, container, index)
    return [
      ...validateContainer(container, at, volumes),
      ...validateRestartPolicy(container, at),
      ...(isTaken && name !== '' ? [duplicate(`${at}.name`, name)] : []),
      ...hostPortConflicts([container], path),
      ...(container.restartPolicy === 'Always' ? validateProbes(container, at) : withoutProbes(container, at)),
    ]
  })

const withoutProbes = (container: Container, path: string): FieldError[] =>
  (['livenessProbe', 'readinessProbe', 'startupProbe'] as const)
    .filter((probe) => container[probe] !== undefined)
    .map((probe) => forbidden(`${path}.${probe}`, 'may not be set for init containers without restartPolicy=Always'))

const validateRestartPolicy = ({ restartPolicy }: Container, path: string): FieldError[] =>
  restartPolicy === undefined || RESTART_POLICIES.includes(restartPolicy)
    ? []
    : [unsupported(`${path}.restartPolicy`, restartPolicy, RESTART_POLICIES)]

function validateContainer(container: Container, path: string, volumes: ReadonlySet<string>): FieldError[] {
  const { name = '', image = '', imagePullPolicy, ports = [], env = [], envFrom = [], volumeMounts = [] } = container
  return [
    ...(name === '' ? [required(`${path}.name`)] : invalidValues(`${path}.name`, name, dnsLabelErrors(name))),
    ...(image === '' ? [required(`${path}.image`)] : []),
    ...validatePorts(ports, `${path}.ports`),
    ...env.flatMap((variable, index) => validateVariable(variable, `${path}.env[${index}]`)),
    ...validateEnvFrom(envFrom, `${path}.envFrom`),
    ...validateMounts(volumeMounts, `${path}.volumeMounts`, volumes),
    ...(imagePullPolicy === undefined || PULL_POLICIES.includes(imagePullPolicy)
      ? []
      : [unsupported(`${path}.imagePullPolicy`, imagePullPolicy, PULL_POLICIES)]),
    ...validateResources(container.resources ?? {}, `${path}.resources`),
  ]
}

function validatePorts(ports: readonly ContainerPort[], path: string): FieldError[] {
  const names = new Set<string>()
  return ports.flatMap(({ name, containerPort = 0, hostPort, protocol = 'TCP' }, index) => {
    const at = `${path}[${index}]`
    const nameErrors = name === undefined ? [] : invalidValues(`${at}.name`, name, portNameErrors(name))
    if (name !== undefined && nameErrors.length === 0) {
      if (names.has(name)) nameErrors.push(duplicate(`${at}.name`, name))
      names.add(name)
    }
    return [
      ...nameErrors,
      ...(containerPort === 0
        ? [required(`${at}.containerPort`)]
        : invalidValues(`${at}.containerPort`, containerPort, portNumberErrors(containerPort))),
      ...(hostPort === undefined ? [] : invalidValues(`${at}.hostPort`, hostPort, portNumberErrors(hostPort))),
      ...(PROTOCOLS.includes(protocol) ? [] : [unsupported(`${at}.protocol`, protocol, PROTOCOLS)]),
    ]
  })
}

/** No two containers of a pod may take the same port of the node. */
function hostPortConflicts(containers: readonly Container[], path: string): FieldError[] {
  const taken = new Set<string>()
  return containers.flatMap(({ ports = [] }, index) =>
    ports.flatMap(({ hostPort, hostIP = '', protocol = 'TCP' }, at) => {
      if (hostPort === undefined) return []
      const key = `${protocol}/${hostIP}/${hostPort}`
      if (taken.has(key)) return [duplicate(`${path}[${index}].ports[${at}].hostPort`, key)]
      taken.add(key)
      return []
    }),
  )
}

function validateVariable({ name = '', value = '', valueFrom }: EnvVar, path: string): FieldError[] {
  const errors =
    name === '' ? [required(`${path}.name`)] : invalidValues(`${path}.name`, name, environmentNameErrors(name))
  if (!valueFrom) return errors
  const at = `${path}.valueFrom`
  const sources = Object.keys(valueFrom).length
  if (valueFrom.fieldRef) errors.push(...validateFieldRef(valueFrom.fieldRef, `${at}.fieldRef`))
  for (const key of ['configMapKeyRef', 'secretKeyRef'] as const) {
    const reference = valueFrom[key]
    if (reference) errors.push(...validateKeyRef(reference, `${at}.${key}`))
  }
  if (sources === 0)
    errors.push(
      invalidValue(
        at,
        '',
        'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
      ),
    )
  else if (value !== '') errors.push(invalidValue(at, '', 'may not be specified when `value` is not empty'))
  else if (sources > 1) errors.push(invalidValue(at, '', 'may not have more than one field specified at a time'))
  return errors
}

function validateKeyRef({ name = '', key = '' }: { name?: string; key?: string }, path: string): FieldError[] {
  return [
    ...invalidValues(`${path}.name`, name, dnsSubdomainErrors(name)),
    ...(key === '' ? [required(`${path}.key`)] : invalidValues(`${path}.key`, key, configKeyErrors(key))),
  ]
}

function validateFieldRef({ fieldPath = '' }: { fieldPath?: string }, path: string): FieldError[] {
  if (fieldPath === '') return [required(`${path}.fieldPath`)]
  const [, base, subscript = ''] = /^(metadata\.(?:labels|annotations))\['(.*)'\]$/.exec(fieldPath) ?? []
  if (base !== undefined) {
    const key = base === 'metadata.annotations' ? subscript.toLowerCase() : subscript
    return invalidValues(path, key, labelKeyErrors(key))
  }
  if (FIELD_PATHS.includes(fieldPath)) return []
  if (KNOWN_PATHS.includes(fieldPath)) return [unsupported(`${path}.fieldPath`, fieldPath, FIELD_PATHS)]
  const why = `error converting fieldPath: field label not supported: ${fieldPath}`
  return [invalidValue(`${path}.fieldPath`, fieldPath, why)]
}

/** Paths that the API server knows although no environment variable may show them. */
const KNOWN_PATHS = [
  'metadata.annotations',
  'metadata.labels',
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
]

const validateEnvFrom = (sources: NonNullable<Container['envFrom']>, path: string): FieldError[] =>
  sources.flatMap(({ prefix, configMapRef, secretRef }, index) => {
    const at = `${path}[${index}]`
    const references = Object.entries({ configMapRef, secretRef }).flatMap(([key, reference]) =>
      reference ? [[`${at}.${key}.name`, reference.name ?? ''] as const] : [],
    )
    const errors = prefix === undefined ? [] : invalidValues(`${at}.prefix`, prefix, environmentNameErrors(prefix))
    for (const [where, name] of references)
      errors.push(
        ...(name === '' ? [required(where)] : invalidValues(where, name, dnsSubdomainErrors(maskTrailingDash(name)))),
      )
    // The path without index is upstream's.
    if (references.length === 0)
      errors.push(invalidValue(path, '', 'must specify one of: `configMapRef` or `secretRef`'))
    if (references.length > 1)
      errors.push(invalidValue(path, '', 'may not have more than one field specified at a time'))
    return errors
  })
