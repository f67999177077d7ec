import type { Cluster } from '../cluster.ts'
import { timestamp } from '../object.ts'
import { hash } from '../random.ts'
import { KUBERNETES_VERSION } from '../version.ts'
import type { Node, NodeCondition } from './node.ts'

const CAPACITY = {
  cpu: '4',
  'ephemeral-storage': '61255492Ki',
  'hugepages-2Mi': '0',
  memory: '8025424Ki',
  pods: '110',
}

/** What every node has, beside its identity. */
export const systemInfo = {
  architecture: 'amd64',
  containerRuntimeVersion: 'containerd://2.1.4',
  kernelVersion: '6.8.0-79-generic',
  kubeletVersion: KUBERNETES_VERSION,
  operatingSystem: 'linux',
  osImage: 'Ubuntu 24.04.3 LTS',
} as const

const PRESSURES = [
  { type: 'MemoryPressure', reason: 'KubeletHasSufficientMemory', message: 'kubelet has sufficient memory available' },
  { type: 'DiskPressure', reason: 'KubeletHasNoDiskPressure', message: 'kubelet has no disk pressure' },
  { type: 'PIDPressure', reason: 'KubeletHasSufficientPID', message: 'kubelet has sufficient PID available' },
] as const

interface FullStatus {
  allocatable: typeof CAPACITY
  capacity: typeof CAPACITY
  nodeInfo: typeof systemInfo & { bootID: string; machineID: string; systemUUID: string }
  conditions: NodeCondition[]
}

const hex = (seed: string, words: number): string =>
  Array.from({ length: words }, (_, index) => hash(`${index}${seed}`).toString(16).padStart(8, '0')).join('')

const uuid = (seed: string): string => hex(seed, 4).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** A node as `get -o yaml` shows it. A Node object behind which no kubelet has reported has no capacity. */
export function presentNode(node: Node, cluster: Cluster): Node & { status: Partial<FullStatus> } {
  if (node.status.conditions.length === 0) return node
  const { uid } = node.metadata
  const nodeInfo = { ...systemInfo, bootID: uuid(`boot ${uid}`), machineID: hex(uid, 4), systemUUID: uuid(uid) }
  const status = {
    ...node.status,
    capacity: CAPACITY,
    allocatable: CAPACITY,
    nodeInfo,
    conditions: conditionsOf(node, cluster),
  }
  return { ...node, status }
}

/** Memory, disk and process numbers never run out here; they are unknown while the kubelet is silent. */
function conditionsOf({ metadata, status }: Node, cluster: Cluster): NodeCondition[] {
  const ready = status.conditions.find(({ type }) => type === 'Ready')
  const isSilent = ready?.status === 'Unknown'
  const since = Object.hasOwn(cluster.settings.down, metadata.name) ? cluster.settings.down[metadata.name] : undefined
  const lastHeartbeatTime = timestamp(since ?? cluster.now)
  const created = metadata.creationTimestamp
  const pressures = PRESSURES.map(({ type, reason, message }): NodeCondition => {
    if (!isSilent) return { type, status: 'False', reason, message, lastHeartbeatTime, lastTransitionTime: created }
    const { lastTransitionTime = created } = ready
    const silence = { reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' }
    return { type, status: 'Unknown', ...silence, lastHeartbeatTime, lastTransitionTime }
  })
  const others = status.conditions.filter(({ type }) => !PRESSURES.some((pressure) => pressure.type === type))
  return [
    ...pressures,
    ...others.map((condition) => ({ lastHeartbeatTime, lastTransitionTime: created, ...condition })),
  ]
}
