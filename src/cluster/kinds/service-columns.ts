import type { Column } from '../object.ts'
import { ageColumn, formatLabels, loadBalancerCell, nameColumn } from './columns.ts'
import type { Service } from './service.ts'

/** `80/TCP`, `80:30080/TCP`, or `<none>` (R-SVC-20). */
const portsCell = ({ spec }: Service): string =>
  (spec.ports ?? [])
    .map(({ port, nodePort, protocol }) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`)
    .join(',') || '<none>'

/** Where a Service can be reached from outside (R-SVC-13, R-SVC-20, R-LB-01). */
function externalCell({ spec, status }: Service): string {
  const external = spec.externalIPs ?? []
  switch (spec.type) {
    case 'ExternalName':
      return spec.externalName ?? ''
    case 'LoadBalancer': {
      const addresses = loadBalancerCell(status.loadBalancer?.ingress)
      return [...(addresses === '' ? [] : [addresses]), ...external].join(',') || '<pending>'
    }
    default:
      return external.join(',') || '<none>'
  }
}

export const serviceColumns: readonly Column<Service>[] = [
  nameColumn,
  { name: 'TYPE', cell: ({ spec }) => spec.type },
  { name: 'CLUSTER-IP', cell: ({ spec }) => spec.clusterIP ?? '<none>' },
  { name: 'EXTERNAL-IP', cell: externalCell },
  { name: 'PORT(S)', cell: portsCell },
  ageColumn,
  { name: 'SELECTOR', wide: true, cell: ({ spec }) => formatLabels(spec.selector) },
]
