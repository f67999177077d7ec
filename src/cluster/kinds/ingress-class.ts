import type { Cluster } from '../cluster.ts'
import type { FieldError } from '../errors.ts'
import { dnsLabelErrors, dnsSubdomainErrors } from '../names.ts'
import type { Admission, Described, KindDefinition, KubeObject } from '../object.ts'
import { forbidden, IMMUTABLE, invalidValue, invalidValues, required, tooLong, unsupported } from '../validation.ts'
import { ageColumn } from './columns.ts'
import { annotationsLine, eventsBlock, labelsLine } from './describe-parts.ts'
import { pathSegmentErrors } from './ingress-validation.ts'

export interface IngressClass extends KubeObject {
  spec: {
    controller: string
    parameters?: { apiGroup?: string; kind: string; name: string; scope?: string; namespace?: string }
  }
}

/** True if an Ingress without class gets this one (R-ING-05). */
export const isDefaultClass = ({ metadata }: IngressClass): boolean =>
  metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true'

const CONTROLLER_BYTES = 250
const SCOPES = ['Cluster', 'Namespace']
const HTTP_PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+"

/** All problems of an IngressClass; the controller is fixed (R-ING-04). */
function validate({ spec }: IngressClass, { previous }: Admission<IngressClass>): FieldError[] {
  const { controller = '', parameters } = spec
  const errors: FieldError[] = []
  if (previous && previous.spec.controller !== controller)
    errors.push(invalidValue('spec.controller', controller, IMMUTABLE))
  if (new TextEncoder().encode(controller).length > CONTROLLER_BYTES)
    errors.push(tooLong('spec.controller', CONTROLLER_BYTES))
  errors.push(...validateController(controller))
  return parameters ? [...errors, ...validateParameters(parameters)] : errors
}

function validateController(controller: string): FieldError[] {
  const path = 'spec.controller'
  if (controller === '') return [required(path)]
  const [, host = '', rest = ''] = /^([^/]*)\/(.*)$/s.exec(controller) ?? []
  if (host === '' || rest === '')
    return [invalidValue(path, controller, 'must be a domain-prefixed path (such as "acme.io/foo")')]
  const errors = invalidValues(path, host, dnsSubdomainErrors(host))
  return new RegExp(`^${HTTP_PATH}$`).test(rest)
    ? errors
    : [...errors, invalidValue(path, rest, `Invalid path (regex used for validation is '${HTTP_PATH}')`)]
}

function validateParameters(parameters: NonNullable<IngressClass['spec']['parameters']>): FieldError[] {
  const path = 'spec.parameters'
  const { apiGroup, kind, name, scope = 'Cluster', namespace } = parameters
  const errors: FieldError[] = []
  if (apiGroup !== undefined) errors.push(...invalidValues(`${path}.apiGroup`, apiGroup, dnsSubdomainErrors(apiGroup)))
  for (const [field, value] of Object.entries({ kind, name }))
    if (value === undefined) errors.push(required(`${path}.${field}`))
    else errors.push(...invalidValues(`${path}.${field}`, value, pathSegmentErrors(value)))
  if (!SCOPES.includes(scope)) return [...errors, unsupported(`${path}.scope`, scope, SCOPES)]
  if (scope === 'Cluster')
    return namespace === undefined
      ? errors
      : [...errors, forbidden(`${path}.namespace`, "`parameters.scope` is set to 'Cluster'")]
  return namespace === undefined
    ? [...errors, required(`${path}.namespace`, "`parameters.scope` is set to 'Namespace'")]
    : [...errors, ...invalidValues(`${path}.namespace`, namespace, dnsLabelErrors(namespace))]
}

function parametersCell({ spec: { parameters } }: IngressClass): string {
  if (!parameters) return '<none>'
  const group = parameters.apiGroup === undefined ? '' : `.${parameters.apiGroup}`
  return `${parameters.kind}${group}/${parameters.name}`
}

const describe = (object: IngressClass, cluster: Cluster): Described[] => {
  const { metadata, spec } = object
  const { parameters } = spec
  const lines: Described[] = parameters
    ? [
        ...(parameters.apiGroup === undefined ? [] : [['APIGroup', parameters.apiGroup] as const]),
        ['Kind', parameters.kind],
        ['Name', parameters.name],
      ]
    : []
  return [
    ['Name', metadata.name],
    labelsLine(metadata.labels),
    annotationsLine(metadata.annotations),
    ['Controller', spec.controller],
    ...(lines.length > 0 ? [{ key: 'Parameters', lines }] : []),
    eventsBlock(object, cluster),
  ]
}

export const ingressClass: KindDefinition<IngressClass> = {
  kind: 'IngressClass',
  group: 'networking.k8s.io',
  version: 'v1',
  plural: 'ingressclasses',
  singular: 'ingressclass',
  shortNames: [],
  namespaced: false,
  message: 'networking.v1.IngressClass',
  modelled: ['spec.controller'],
  prepare: (object) => {
    const { spec = {} as IngressClass['spec'] } = object
    const { parameters } = spec
    return { ...object, spec: parameters ? { ...spec, parameters: { scope: 'Cluster', ...parameters } } : spec }
  },
  validate,
  generation: ({ spec }) => spec,
  indexes: { controller: ({ spec }) => [spec.controller] },
  columns: [
    { name: 'NAME', cell: (object) => `${object.metadata.name}${isDefaultClass(object) ? ' (default)' : ''}` },
    { name: 'CONTROLLER', cell: ({ spec }) => spec.controller },
    { name: 'PARAMETERS', cell: parametersCell },
    ageColumn,
  ],
  describe,
  explain: {
    '': 'A sort of Ingress, and the controller that serves it.',
    metadata:
      'The annotation ingressclass.kubernetes.io/is-default-class: "true" makes it the default for new Ingresses.',
    spec: 'Which controller serves the class.',
    'spec.controller': 'The controller by its name, such as example.com/ingress-controller; fixed.',
    'spec.parameters': 'An object with settings for the controller.',
  },
}
