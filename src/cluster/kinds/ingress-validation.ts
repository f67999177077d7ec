import type { FieldError } from '../errors.ts'
import { isIPText } from '../ip-validation.ts'
import {
  dnsLabelErrors,
  dnsSubdomainErrors,
  portNameErrors,
  portNumberErrors,
  wildcardSubdomainErrors,
} from '../names.ts'
import type { Admission } from '../object.ts'
import { invalidValue, invalidValues, required, unsupported } from '../validation.ts'
import { CLASS_ANNOTATION, type Ingress, type IngressBackend, type IngressPath, type IngressRule } from './ingress.ts'

const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix']
const FORBIDDEN_SEQUENCES = ['//', '/./', '/../', '%2f', '%2F']
const FORBIDDEN_SUFFIXES = ['/..', '/.']

/** All problems of an Ingress together. References are not checked (R-ING-02, R-ERR-01). */
export function validateIngress({ metadata, spec }: Ingress, { previous }: Admission<Ingress>): FieldError[] {
  const { rules = [], defaultBackend, ingressClassName } = spec
  const errors: FieldError[] = []
  if (rules.length === 0 && !defaultBackend)
    errors.push(invalidValue('spec', null, 'either `defaultBackend` or `rules` must be specified'))
  if (defaultBackend) errors.push(...validateBackend(defaultBackend, 'spec.defaultBackend'))
  errors.push(...rules.flatMap(validateRule), ...validateTls(spec.tls ?? []))
  if (ingressClassName !== undefined)
    errors.push(...invalidValues('spec.ingressClassName', ingressClassName, dnsSubdomainErrors(ingressClassName)))
  const annotation = metadata.annotations?.[CLASS_ANNOTATION]
  if (!previous && annotation !== undefined && ingressClassName !== undefined && annotation !== ingressClassName)
    errors.push(
      invalidValue(
        `annotations.${CLASS_ANNOTATION}`,
        annotation,
        'must match `ingressClassName` when both are specified',
      ),
    )
  return errors
}

const hostErrors = (host: string): string[] =>
  host.includes('*') ? wildcardSubdomainErrors(host) : dnsSubdomainErrors(host)

function validateRule({ host, http }: IngressRule, index: number): FieldError[] {
  const path = `spec.rules[${index}]`
  const errors: FieldError[] = []
  if (host !== undefined) {
    if (isIPText(host)) errors.push(invalidValue(`${path}.host`, host, 'must be a DNS name, not an IP address'))
    errors.push(...invalidValues(`${path}.host`, host, hostErrors(host)))
  }
  if (!http) return errors
  if (!http.paths?.length) return [...errors, required(`${path}.http.paths`)]
  return [...errors, ...http.paths.flatMap((item, at) => validatePath(item, `${path}.http.paths[${at}]`))]
}

function validatePath({ path = '', pathType, backend }: IngressPath, at: string): FieldError[] {
  if (pathType === undefined) return [required(`${at}.pathType`, 'pathType must be specified')]
  const invalid = (detail: string): FieldError => invalidValue(`${at}.path`, path, detail)
  const errors: FieldError[] = []
  const isStrict = pathType === 'Exact' || pathType === 'Prefix'
  if (!PATH_TYPES.includes(pathType)) errors.push(unsupported(`${at}.pathType`, pathType, PATH_TYPES))
  else if (!path.startsWith('/') && (isStrict || path !== '')) errors.push(invalid('must be an absolute path'))
  if (isStrict) {
    for (const sequence of FORBIDDEN_SEQUENCES)
      if (path.includes(sequence)) errors.push(invalid(`must not contain '${sequence}'`))
    for (const suffix of FORBIDDEN_SUFFIXES)
      if (path.endsWith(suffix)) errors.push(invalid(`cannot end with '${suffix}'`))
  }
  return [...errors, ...validateBackend(backend ?? {}, `${at}.backend`)]
}

function validateBackend({ service, resource }: IngressBackend, path: string): FieldError[] {
  if (service && resource) return [invalidValue(path, '', 'cannot set both resource and service backends')]
  if (resource) return validateResource(resource, `${path}.resource`)
  if (!service) return [invalidValue(path, '', 'resource or service backend is required')]
  const { name = '', port: { number, name: portName } = {} } = service
  const errors =
    name === '' ? [required(`${path}.service.name`)] : invalidValues(`${path}.service.name`, name, dnsLabelErrors(name))
  if (portName !== undefined && number !== undefined)
    return [...errors, invalidValue(path, '', 'cannot set both port name & port number')]
  if (portName !== undefined)
    return [...errors, ...invalidValues(`${path}.service.port.name`, portName, portNameErrors(portName))]
  if (number !== undefined)
    return [...errors, ...invalidValues(`${path}.service.port.number`, number, portNumberErrors(number))]
  return [...errors, required(path, 'port name or number is required')]
}

/** What cannot be a part of the path of a URL. */
export function pathSegmentErrors(value: string): string[] {
  if (value === '.' || value === '..') return [`may not be '${value}'`]
  return ['/', '%']
    .filter((character) => value.includes(character))
    .map((character) => `may not contain '${character}'`)
}

function validateResource(
  { apiGroup, kind, name }: NonNullable<IngressBackend['resource']>,
  path: string,
): FieldError[] {
  const segment = (field: string, value: string | undefined): FieldError[] =>
    value === undefined
      ? [required(`${path}.${field}`)]
      : invalidValues(`${path}.${field}`, value, pathSegmentErrors(value))
  return [
    ...(apiGroup === undefined ? [] : invalidValues(`${path}.apiGroup`, apiGroup, dnsSubdomainErrors(apiGroup))),
    ...segment('kind', kind),
    ...segment('name', name),
  ]
}

const validateTls = (tls: NonNullable<Ingress['spec']['tls']>): FieldError[] =>
  tls.flatMap(({ hosts = [], secretName }, index) => [
    ...hosts.flatMap((host, at) => invalidValues(`spec.tls[${index}].hosts[${at}]`, host, hostErrors(host))),
    ...(secretName === undefined
      ? []
      : invalidValues(`spec.tls[${index}].secretName`, secretName, dnsSubdomainErrors(secretName))),
  ])
