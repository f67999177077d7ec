import { create, update } from '../../../src/cluster/api.ts'
import { renderErrors, withSource } from '../../../src/kubectl/errors.ts'
import { quietCluster } from '../world.ts'

export type Input = Record<string, unknown>

const FILE = 'f.yaml'
const READY = [
  service({ type: 'NodePort', clusterIP: '10.96.0.10', ports: [{ port: 80, nodePort: 30080 }] }, 'taken'),
  service({ ports: [{ port: 80 }], clusterIP: '10.96.0.8' }, 'there'),
  deployment({}, 'there'),
  pod({ nodeName: 'node-1', containers: [{ name: 'c', image: 'nginx:1.26' }] }, 'there'),
  ingressClass('example.com/one', 'there'),
]

/** What kubectl prints when it creates the object from a file, or replaces the one that is there. */
export function printed(input: Input): string {
  const cluster = quietCluster()
  for (const object of READY) create(cluster, object)
  const { name } = input.metadata as { name?: string }
  const replaces = name === 'there'
  try {
    if (replaces) update(cluster, input)
    else create(cluster, input)
    return 'accepted\n'
  } catch (error) {
    const isValidation = error instanceof Error && 'invalid' in error && error.invalid !== undefined
    return renderErrors([isValidation || replaces ? error : withSource(error, 'creating', FILE)]).text
  }
}

export function service(spec: unknown, name = 'web', metadata: object = {}): Input {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, ...metadata }, spec }
}
export function pod(spec: object, name = 'p', metadata: object = {}): Input {
  const containers = [{ name: 'c', image: 'nginx' }]
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, ...metadata }, spec: { containers, ...spec } }
}
export function deployment(spec: object, name = 'web', podSpec: object = {}): Input {
  const template = {
    metadata: { labels: { app: 'web' } },
    spec: { containers: [{ name: 'c', image: 'nginx' }], ...podSpec },
  }
  const selector = { matchLabels: { app: 'web' } }
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec: { selector, template, ...spec } }
}
export function ingress(spec: object, metadata: object = {}): Input {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'v', ...metadata }, spec }
}
export function path(fields: object): Input {
  const backend = { service: { name: 'web', port: { number: 80 } } }
  return ingress({
    rules: [{ host: 'a.test', http: { paths: [{ path: '/', pathType: 'Prefix', backend, ...fields }] } }],
  })
}
export function host(name: string): Input {
  const backend = { service: { name: 'web', port: { number: 80 } } }
  return ingress({ rules: [{ host: name, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] })
}
export function ingressClass(controller: string, name = 'ic'): Input {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name }, spec: { controller } }
}

export const one = (kind: string, name: string, ...causes: string[]): string => {
  const frame = `The ${kind} "${name}" is invalid: `
  return causes.length === 1 ? `${frame}${causes[0]}\n` : [frame, ...causes.map((cause) => `* ${cause}`), ''].join('\n')
}
export const S = (...causes: string[]): string => one('Service', 'web', ...causes)
export const D = (...causes: string[]): string => one('Deployment', 'web', ...causes)
export const P = (...causes: string[]): string => one('Pod', 'p', ...causes)
export const I = (...causes: string[]): string => one('Ingress', 'v', ...causes)
export const refused = (reason: string, message: string): string =>
  `Error from server (${reason}): error when creating "${FILE}": ${message}\n`

export const DNS_LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
export const DNS_SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
export const DNS_WILDCARD =
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
export const LABEL_VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
export const NO_IP = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'
export const NODE_PORT_RANGE = 'provided port is not in the valid range. The range of valid ports is 30000-32767'
export const PORT = { port: 80 }
