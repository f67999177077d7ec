import type { Cluster } from '../cluster.ts'
import type { Described } from '../object.ts'
import { formatLabels } from './columns.ts'
import { eventsBlock, metadataLines } from './describe-parts.ts'
import { slicesOf } from './endpoint-slice.ts'
import { describedEndpoints } from './endpoint-slice-describe.ts'
import type { Service, ServicePort } from './service.ts'

/** A line that is there only if its value is. */
const optional = (key: string, value: string | undefined): Described[] =>
  value === undefined || value === '' ? [] : [[key, value]]

/** The lines of `kubectl describe service`. */
export function describeService(service: Service, cluster: Cluster): Described[] {
  const { spec, status } = service
  const slices = slicesOf(service, cluster)
  const portLines = (port: ServicePort): Described[] => {
    const name = port.name ?? '<unset>'
    return [
      ['Port', `${name}\t${port.port}/${port.protocol}`],
      ['TargetPort', `${port.targetPort}/${port.protocol}`],
      ...optional('AppProtocol', port.appProtocol),
      ...optional('NodePort', port.nodePort ? `${name}\t${port.nodePort}/${port.protocol}` : undefined),
      ['Endpoints', describedEndpoints(slices, port.name ?? '')],
    ]
  }
  return [
    ...metadataLines(service),
    ['Selector', formatLabels(spec.selector)],
    ['Type', spec.type],
    ...optional('IP Family Policy', spec.ipFamilyPolicy),
    ['IP Families', spec.ipFamilies?.join(',') || '<none>'],
    ['IP', spec.clusterIP ?? ''],
    ['IPs', spec.clusterIPs?.join(',') || '<none>'],
    ...optional('External IPs', spec.externalIPs?.join(',')),
    ...optional('Desired LoadBalancer IP', spec.loadBalancerIP),
    ...optional('External Name', spec.externalName),
    ...optional('LoadBalancer Ingress', addressesOf(status)),
    ...(spec.ports ?? []).flatMap(portLines),
    ['Session Affinity', spec.sessionAffinity ?? 'None'],
    ...optional('External Traffic Policy', spec.externalTrafficPolicy),
    ...optional('Internal Traffic Policy', spec.internalTrafficPolicy),
    ...optional('HealthCheck NodePort', spec.healthCheckNodePort?.toString()),
    ...optional('LoadBalancer Source Ranges', spec.loadBalancerSourceRanges?.join(',')),
    ...optional('Traffic Distribution', spec.trafficDistribution),
    eventsBlock(service, cluster),
  ]
}

const addressesOf = ({ loadBalancer }: Service['status']): string | undefined =>
  loadBalancer?.ingress?.map(({ ip, hostname, ipMode }) => (ip ? `${ip} (${ipMode ?? 'VIP'})` : hostname)).join(', ')
