import { createFlags } from '../../change/flags.ts'
import { createGenerated, type Generated, nameOf } from '../../change/generate.ts'
import { KubectlError } from '../../errors.ts'
import { array, text } from '../../flags.ts'
import { defineVerb } from '../../verb.ts'

/** Create an ingress with the specified name. */
export const createIngress = defineVerb({
  name: 'ingress',
  aliases: ['ing'],
  summary: 'Create an ingress with the specified name.',
  usage: 'NAME --rule=host/path=service:port[,tls[=secret]]',
  flags: {
    ...createFlags,
    annotation: array('Annotation to insert in the ingress object, in the format annotation=value'),
    class: text('Ingress Class to be used'),
    'default-backend': text('Default service for backend, in format of svcname:port'),
    rule: array(
      "Rule in format host/path=service:port[,tls=secretname]. Paths containing the leading character '*' are considered pathType=Prefix. tls argument is optional.",
    ),
  },
  run(invocation) {
    const { flags } = invocation
    const name = nameOf(invocation)
    const options = {
      annotations: flags.annotation,
      className: flags.class,
      defaultBackend: flags['default-backend'],
      rules: flags.rule,
    }
    refuseMalformed(options)
    createGenerated(invocation, ingress(name, options), { failed: 'failed to create ingress:' })
  },
})

interface Options {
  annotations: readonly string[]
  className: string
  defaultBackend: string
  rules: readonly string[]
}

/** R-ING-63: `host/path[*]=service:port[,tls[=secret]]`; what stands behind is not looked at. */
const RULE = /^[\w*.-]*\/.*=[\w-]+:[\w-]+(,tls=?([\w-]+)?)?/

function refuseMalformed({ annotations, defaultBackend, rules }: Options): void {
  if (defaultBackend === '' && rules.length === 0)
    throw new KubectlError(
      'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
    )
  for (const rule of rules)
    if (!RULE.test(rule))
      throw new KubectlError(`rule ${rule} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`)
  for (const annotation of annotations)
    if (!annotation.includes('='))
      throw new KubectlError(`annotation ${annotation} is invalid and should be in format key=[value]`)
  if (defaultBackend !== '' && defaultBackend.split(':').length !== 2)
    throw new KubectlError('default-backend should be in format servicename:serviceport')
}

function ingress(name: string, { annotations, className, defaultBackend, rules }: Options): Generated {
  const pairs = annotations.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])
  const tls = tlsOf(rules)
  const paths = rulesOf(rules)
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { ...(pairs.length > 0 && { annotations: Object.fromEntries(pairs) }), name },
    spec: {
      ...(defaultBackend !== '' && { defaultBackend: backend(defaultBackend) }),
      ...(className !== '' && { ingressClassName: className }),
      ...(paths.length > 0 && { rules: paths }),
      ...(tls.length > 0 && { tls }),
    },
    status: { loadBalancer: {} },
  }
}

interface Tls {
  hosts?: string[]
  secretName?: string
}

/** One entry for each secret; a host is taken once. */
function tlsOf(rules: readonly string[]): Tls[] {
  const entries: Tls[] = []
  const hosts = new Set<string>()
  for (const rule of rules) {
    const parts = rule.split(',')
    const host = rule.split('/')[0]!
    if (parts.length !== 2 || hosts.has(host)) continue
    hosts.add(host)
    const secret = parts[1]!.split('=')[1] ?? ''
    const same = entries.find((entry) => (entry.secretName ?? '') === secret)
    if (same) same.hosts = [...(same.hosts ?? []), host]
    else if (host !== '' || secret !== '')
      entries.push({ ...(host !== '' && { hosts: [host] }), ...(secret !== '' && { secretName: secret }) })
  }
  return entries
}

/** One rule for each host, its paths in the order in which they were given. */
function rulesOf(rules: readonly string[]): { host?: string; http: { paths: object[] } }[] {
  const byHost = new Map<string, object[]>()
  for (const rule of rules) {
    const place = rule.split(',')[0]!
    const at = place.indexOf('/')
    const host = place.slice(0, at)
    byHost.set(host, [...(byHost.get(host) ?? []), pathOf(place.slice(at + 1))])
  }
  return [...byHost].map(([host, paths]) => ({ ...(host !== '' && { host }), http: { paths } }))
}

/** `path*=service:port`: a star at the end means Prefix and is taken off, otherwise the path is Exact. */
function pathOf(text: string): object {
  const [given, service] = text.split('=') as [string, string]
  const path = `/${given}`
  return path.endsWith('*')
    ? { backend: backend(service), path: path.slice(0, -1), pathType: 'Prefix' }
    : { backend: backend(service), path, pathType: 'Exact' }
}

function backend(text: string): object {
  const [name, port] = text.split(':') as [string, string]
  const number = /^[+-]?\d+$/.test(port)
  return { service: { name, port: number ? { number: Number(port) } : { name: port } } }
}
