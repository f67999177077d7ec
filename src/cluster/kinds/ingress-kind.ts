import type { Cluster } from '../cluster.ts'
import { ApiError, type FieldError } from '../errors.ts'
import { nginxDenial } from '../network/nginx-webhook.ts'
import type { Admission, KindDefinition } from '../object.ts'
import { ageColumn, loadBalancerCell, nameColumn, SHOWN } from './columns.ts'
import { CLASS_ANNOTATION, type Ingress } from './ingress.ts'
import { isDefaultClass } from './ingress-class.ts'
import { describeIngress } from './ingress-describe.ts'
import { validateIngress } from './ingress-validation.ts'

/** A new Ingress that names no class gets the default class, the newest one if there are several (R-ING-05, R-ING-06). */
function prepare(object: Ingress, { cluster, previous }: Admission<Ingress>): Ingress {
  const { spec = {} } = object as Partial<Ingress>
  const status = previous?.status ?? { loadBalancer: {} }
  const named = spec.ingressClassName !== undefined || object.metadata.annotations?.[CLASS_ANNOTATION] !== undefined
  const className = previous || named ? undefined : defaultClass(cluster)
  return { ...object, spec: { ...spec, ...(className !== undefined && { ingressClassName: className }) }, status }
}

function defaultClass(cluster: Cluster): string | undefined {
  const [newest] = cluster.store
    .list('IngressClass')
    .filter(isDefaultClass)
    .sort(({ metadata: left }, { metadata: right }) => {
      if (left.creationTimestamp !== right.creationTimestamp)
        return left.creationTimestamp > right.creationTimestamp ? -1 : 1
      return left.name < right.name ? -1 : 1
    })
  return newest?.metadata.name
}

/** The first three hosts; the number behind counts all rules, as upstream does (R-ING-61). */
function hostsCell({ spec: { rules = [] } }: Ingress): string {
  const hosts: string[] = []
  let isCut = false
  for (const { host } of rules) {
    if (hosts.length === SHOWN) isCut = true
    else if (host) hosts.push(host)
  }
  if (hosts.length === 0) return '*'
  return `${hosts.join(',')}${isCut ? ` + ${rules.length - SHOWN} more...` : ''}`
}

/** What has no field errors is shown to the webhook of ingress-nginx where that controller runs; a denial throws. */
function validate(object: Ingress, admission: Admission<Ingress>): FieldError[] {
  const errors = validateIngress(object, admission)
  const denial = errors.length === 0 ? nginxDenial(admission.cluster, object) : undefined
  if (denial !== undefined) throw new ApiError('BadRequest', denial)
  return errors
}

export const ingress: KindDefinition<Ingress> = {
  kind: 'Ingress',
  group: 'networking.k8s.io',
  version: 'v1',
  plural: 'ingresses',
  singular: 'ingress',
  shortNames: ['ing'],
  namespaced: true,
  message: 'networking.v1.Ingress',
  modelled: ['spec'],
  prepare,
  validate,
  warnings: ({ metadata, spec }, { previous }) =>
    previous || metadata.annotations?.[CLASS_ANNOTATION] === undefined || spec.ingressClassName !== undefined
      ? []
      : [`annotation "${CLASS_ANNOTATION}" is deprecated, please use 'spec.ingressClassName' instead`],
  generation: ({ spec }) => spec,
  indexes: {
    class: ({ metadata, spec }) => [spec.ingressClassName ?? metadata.annotations?.[CLASS_ANNOTATION] ?? ''],
    /** By the hosts of its rules; what is for every host, as a default backend is, under `*`. */
    host: ({ spec }) => [
      ...new Set([...(spec.rules ?? []).map(({ host }) => host ?? '*'), ...(spec.defaultBackend ? ['*'] : [])]),
    ],
  },
  columns: [
    nameColumn,
    { name: 'CLASS', cell: ({ spec }) => spec.ingressClassName ?? '<none>' },
    { name: 'HOSTS', cell: hostsCell },
    { name: 'ADDRESS', cell: ({ status }) => loadBalancerCell(status.loadBalancer?.ingress) },
    { name: 'PORTS', cell: ({ spec }) => (spec.tls?.length ? '80, 443' : '80') },
    ageColumn,
  ],
  describe: describeIngress,
  explain: {
    '': 'Rules by which an ingress controller sends HTTP requests from outside to Services. Without a controller of its class it does nothing.',
    metadata: 'Name, namespace, labels, annotations and what else every object has.',
    spec: 'Hosts, paths and the Services behind them.',
    'spec.ingressClassName': 'Which IngressClass, and so which controller, the rules are for.',
    'spec.defaultBackend': 'Where requests go that fit no rule.',
    'spec.rules': 'One rule a host.',
    'spec.rules.host': 'The host of the request, or *.example.com for exactly one more label; every host if omitted.',
    'spec.rules.http': 'The paths of the host.',
    'spec.rules.http.paths': 'Paths and their backends; the longest path that fits wins, whatever the order.',
    'spec.rules.http.paths.path': 'The path that is compared with the path of the request.',
    'spec.rules.http.paths.pathType':
      'Exact: the same characters. Prefix: the same elements between slashes. ImplementationSpecific: up to the controller.',
    'spec.rules.http.paths.backend':
      'Where requests that fit are sent: a Service of the same namespace, or another resource.',
    'spec.rules.http.paths.backend.service': 'Name and port of a Service of the same namespace.',
    'spec.rules.http.paths.backend.service.port':
      'The port of the Service, by number or by name; never the port of the container.',
    'spec.tls': 'Hosts that are served with a certificate.',
    'spec.tls.hosts': 'Hosts that the certificate is for; they should be the hosts of rules.',
    'spec.tls.secretName': 'A Secret of type kubernetes.io/tls in the same namespace.',
    status: 'What the controller reports.',
    'status.loadBalancer': 'Addresses under which the controller is reached.',
  },
}
