import type { Cluster } from '../cluster.ts'
import { age, rfc1123 } from '../duration.ts'
import { type Described, timestamp } from '../object.ts'
import { percentOf, sumQuantities } from '../quantity.ts'
import { annotationsLine, eventsBlock, labelsLine, sortedEntries } from './describe-parts.ts'
import { type Node, rolesOf, type Taint } from './node.ts'
import { presentNode } from './node-present.ts'
import { isFinished, type Pod } from './pod.ts'

/** The lines of `kubectl describe node`. */
export function describeNode(stored: Node, cluster: Cluster): Described[] {
  const node = presentNode(stored, cluster)
  const { metadata, spec, status } = node
  const { capacity, allocatable, nodeInfo } = status
  return [
    ['Name', metadata.name],
    ['Roles', rolesOf(node).join(',') || '<none>'],
    labelsLine(metadata.labels),
    annotationsLine(metadata.annotations),
    ['CreationTimestamp', rfc1123(metadata.creationTimestamp)],
    taintsLine(spec.taints ?? []),
    ['Unschedulable', String(spec.unschedulable ?? false)],
    leaseBlock(node, cluster),
    ...conditionsBlock(status.conditions ?? []),
    { key: 'Addresses', lines: status.addresses.map(({ type, address }): Described => [type, address]) },
    ...(capacity ? [{ key: 'Capacity', lines: amounts(capacity) }] : []),
    ...(allocatable ? [{ key: 'Allocatable', lines: amounts(allocatable) }] : []),
    {
      key: 'System Info',
      lines: [
        ['Machine ID', nodeInfo?.machineID ?? ''],
        ['System UUID', nodeInfo?.systemUUID ?? ''],
        ['Boot ID', nodeInfo?.bootID ?? ''],
        ['Kernel Version', nodeInfo?.kernelVersion ?? ''],
        ['OS Image', nodeInfo?.osImage ?? ''],
        ['Operating System', nodeInfo?.operatingSystem ?? ''],
        ['Architecture', nodeInfo?.architecture ?? ''],
        ['Container Runtime Version', nodeInfo?.containerRuntimeVersion ?? ''],
        ['Kubelet Version', nodeInfo?.kubeletVersion ?? ''],
      ],
    },
    ...(spec.podCIDR === undefined ? [] : [['PodCIDR', spec.podCIDR] as const]),
    ...(spec.podCIDRs ? [['PodCIDRs', spec.podCIDRs.join(',')] as const] : []),
    ...podBlocks(node, cluster, allocatable ?? {}),
    eventsBlock(stored, cluster),
  ]
}

const taintsLine = (taints: readonly Taint[]): Described => {
  const key = ({ effect, key: name }: Taint): string => `${effect},${name}`
  const lines = [...taints]
    .sort((left, right) => (key(left) < key(right) ? -1 : 1))
    .map(({ key: name, value, effect }) => `${name}${value ? `=${value}` : ''}:${effect}`)
  return ['Taints', lines.join('\n') || '<none>']
}

/** The kubelet renews its lease as long as it runs. */
function leaseBlock({ metadata, status }: Node, cluster: Cluster): Described {
  if (status.conditions.length === 0)
    return ['Lease', `Failed to get lease: leases.coordination.k8s.io "${metadata.name}" not found`]
  const down = Object.hasOwn(cluster.settings.down, metadata.name) ? cluster.settings.down[metadata.name] : undefined
  return {
    key: 'Lease',
    lines: [
      ['HolderIdentity', metadata.name],
      ['AcquireTime', '<unset>'],
      ['RenewTime', rfc1123(timestamp(down ?? cluster.now))],
    ],
  }
}

const conditionsBlock = (conditions: Node['status']['conditions']): Described[] =>
  conditions.length === 0
    ? []
    : [
        {
          key: 'Conditions',
          table: {
            header: ['Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message'],
            rows: conditions.map((condition) => [
              `${condition.type} `,
              `${condition.status} `,
              `${condition.lastHeartbeatTime === undefined ? '' : rfc1123(condition.lastHeartbeatTime)} `,
              `${condition.lastTransitionTime === undefined ? '' : rfc1123(condition.lastTransitionTime)} `,
              `${condition.reason ?? ''} `,
              condition.message ?? '',
            ]),
          },
        },
      ]

const amounts = (resources: Readonly<Record<string, string>>): Described[] =>
  sortedEntries(resources).map(([name, amount]): Described => [name, amount])

type Amounts = Readonly<Record<string, string>>
type Sort = 'requests' | 'limits'

/** How much of a resource the containers of a pod ask for, or may use at most. */
const amountOf = ({ spec }: Pod, sort: Sort, name: string): string =>
  sumQuantities(
    spec.containers.flatMap(({ resources = {} }) => {
      const amount = resources[sort]?.[name] ?? (sort === 'requests' ? resources.limits?.[name] : undefined)
      return amount === undefined ? [] : [amount]
    }),
  )

function podBlocks(node: Node, cluster: Cluster, allocatable: Amounts): Described[] {
  const pods = cluster.store.list('Pod', { index: ['node', node.metadata.name] }).filter((pod) => !isFinished(pod))
  const share = (amount: string, name: string): string => `${amount} (${percentOf(amount, allocatable[name] ?? '0')}%)`
  const cells = (pod: Pod): string[] =>
    ['cpu', 'memory'].flatMap((name) => [
      share(amountOf(pod, 'requests', name), name),
      share(amountOf(pod, 'limits', name), name),
    ])
  const rows = pods.map((pod) => {
    const { namespace = '', name, creationTimestamp } = pod.metadata
    return [namespace, name, '', ...cells(pod), age(creationTimestamp, cluster.now)]
  })
  const total = (name: string, sort: Sort): string =>
    share(sumQuantities(pods.map((pod) => amountOf(pod, sort, name)).filter((amount) => amount !== '0')), name)
  const header = ['Namespace', 'Name', '', 'CPU Requests', 'CPU Limits', 'Memory Requests', 'Memory Limits', 'Age']
  return [
    ['Non-terminated Pods', `(${pods.length} in total)`],
    { raw: [header, header.map((title) => '-'.repeat(title.length)), ...rows].map((row) => `  ${row.join('\t')}`) },
    {
      key: 'Allocated resources',
      lines: [
        { raw: ['(Total limits may be over 100 percent, i.e., overcommitted.)', 'Resource\tRequests\tLimits'] },
        { raw: ['--------\t--------\t------'] },
        ...['cpu', 'memory', 'ephemeral-storage'].map((name) => ({
          raw: [`${name}\t${total(name, 'requests')}\t${total(name, 'limits')}`],
        })),
        { raw: ['hugepages-2Mi\t0 (0%)\t0 (0%)'] },
      ],
    },
  ]
}
