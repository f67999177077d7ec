import type { Cluster } from '../cluster.ts'
import type { Described } from '../object.ts'
import { SHOWN } from './columns.ts'
import { eventsBlock, metadataLines } from './describe-parts.ts'
import type { Endpoint, EndpointSlice } from './endpoint-slice.ts'

const isReady = ({ conditions }: Endpoint): boolean => conditions?.ready !== false

/**
 * `ip:port,ip:port,ip:port + 2 more...` of the ready endpoints behind one port of a Service; `<none>` if there is no
 * slice at all, nothing if no endpoint is ready (R-ING-62). An unready endpoint behind the third shown one leads to
 * `+ 0 more...`, as it does upstream.
 */
export function describedEndpoints(slices: readonly EndpointSlice[], portName: string): string {
  if (slices.length === 0) return '<none>'
  const shown: string[] = []
  let count = 0
  let isCut = false
  const add = (endpoint: Endpoint, suffix: string): void => {
    if (shown.length === SHOWN) isCut = true
    if (!isReady(endpoint)) return
    if (!isCut) shown.push(`${endpoint.addresses[0]}${suffix}`)
    count += 1
  }
  for (const { ports = [], endpoints } of slices) {
    if (ports.length === 0) for (const endpoint of endpoints) add(endpoint, '')
    for (const { name = '', port } of ports)
      if (name === portName) for (const endpoint of endpoints) add(endpoint, `:${port ?? ''}`)
  }
  return `${shown.join(',')}${isCut ? ` + ${count - SHOWN} more...` : ''}`
}

/** The lines of `kubectl describe endpointslice`. */
export const describeEndpointSlice = (slice: EndpointSlice, cluster: Cluster): Described[] => [
  ...metadataLines(slice),
  ['AddressType', slice.addressType],
  portsBlock(slice),
  ...(slice.endpoints.length === 0
    ? [{ raw: ['Endpoints: <none>'] }]
    : [{ key: 'Endpoints', lines: slice.endpoints.map(endpointLines) }]),
  eventsBlock(slice, cluster),
]

function portsBlock({ ports = [] }: EndpointSlice): Described {
  if (ports.length === 0) return { raw: ['Ports: <unset>'] }
  const rows = ports.map(({ name, port, protocol = 'TCP' }) => [name || '<unset>', String(port ?? '<unset>'), protocol])
  return { key: 'Ports', table: { header: ['Name', 'Port', 'Protocol'], rows } }
}

const endpointLines = ({ addresses, conditions, hostname, targetRef, nodeName, zone }: Endpoint): Described => ({
  raw: [
    `- Addresses:\t${addresses.join(', ') || '<none>'}`,
    '  Conditions:',
    `    Ready:\t${conditions?.ready ?? '<unset>'}`,
    `  Hostname:\t${hostname ?? '<unset>'}`,
    ...(targetRef ? [`  TargetRef:\t${targetRef.kind}/${targetRef.name}`] : []),
    `  NodeName:\t${nodeName ?? '<unset>'}`,
    `  Zone:\t${zone ?? '<unset>'}`,
  ],
})
