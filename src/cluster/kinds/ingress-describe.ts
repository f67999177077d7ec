import type { Cluster } from '../cluster.ts'
import type { Described } from '../object.ts'
import { loadBalancerCell } from './columns.ts'
import { annotationsLine, eventsBlock, labelsLine } from './describe-parts.ts'
import { slicesOf } from './endpoint-slice.ts'
import { describedEndpoints } from './endpoint-slice-describe.ts'
import type { Ingress, IngressBackend } from './ingress.ts'

/** The lines of `kubectl describe ingress` (R-ING-62). */
export function describeIngress(ingress: Ingress, cluster: Cluster): Described[] {
  const { metadata, spec, status } = ingress
  const backend = (given: IngressBackend): string => backendText(given, metadata.namespace, cluster)
  const defaultBackend = spec.defaultBackend ? backend(spec.defaultBackend) : '<default>'
  const rules = (spec.rules ?? []).flatMap(({ host, http }) =>
    http
      ? [`  ${host ?? '*'}\t`, ...http.paths.map((item) => `    \t${item.path ?? ''} \t${backend(item.backend)}`)]
      : [],
  )
  return [
    ['Name', metadata.name],
    labelsLine(metadata.labels),
    ['Namespace', metadata.namespace ?? ''],
    ['Address', loadBalancerCell(status.loadBalancer?.ingress)],
    ['Ingress Class', spec.ingressClassName ?? '<none>'],
    ['Default backend', defaultBackend],
    ...tlsBlock(spec.tls ?? []),
    { raw: ['Rules:', '  Host\tPath\tBackends', '  ----\t----\t--------'] },
    { raw: rules.length > 0 ? rules : [`  *\t*\t${defaultBackend}`] },
    annotationsLine(metadata.annotations),
    eventsBlock(ingress, cluster),
  ]
}

const tlsBlock = (tls: NonNullable<Ingress['spec']['tls']>): Described[] =>
  tls.length === 0
    ? []
    : [
        {
          key: 'TLS',
          lines: tls.map(({ hosts = [], secretName }) => ({
            raw: [secretName ? `${secretName} terminates ${hosts.join(',')}` : `SNI routes ${hosts.join(',')}`],
          })),
        },
      ]

/** `web:80 (10.244.1.2:8080)`, or why there is nothing behind it. */
function backendText({ service, resource }: IngressBackend, namespace: string | undefined, cluster: Cluster): string {
  if (resource) return `APIGroup: ${resource.apiGroup ?? '<none>'}, Kind: ${resource.kind}, Name: ${resource.name}`
  if (!service) return ''
  const { number, name } = service.port ?? {}
  const text = `${service.name}:${number ?? name ?? ''}`
  const found = cluster.get('Service', namespace, service.name)
  if (!found) return `${text} (<error: services "${service.name}" not found>)`
  const ports = (found.spec.ports ?? []).filter((port) => port.port === number || (name && port.name === name))
  return `${text} (${describedEndpoints(slicesOf(found, cluster), ports.at(-1)?.name ?? '')})`
}
