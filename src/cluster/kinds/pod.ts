import { controllerOf, type KindDefinition, type KubeObject, type Timestamp } from '../object.ts'

export type Protocol = 'TCP' | 'UDP' | 'SCTP'

export interface ContainerPort {
  name?: string
  containerPort: number
  protocol?: Protocol
  hostPort?: number
  hostIP?: string
}

export interface EnvVar {
  name: string
  value?: string
  valueFrom?: {
    configMapKeyRef?: { name: string; key: string; optional?: boolean }
    secretKeyRef?: { name: string; key: string; optional?: boolean }
    fieldRef?: { fieldPath: string }
  }
}

export interface Probe {
  httpGet?: {
    path?: string
    port: number | string
    scheme?: string
    host?: string
    httpHeaders?: { name: string; value: string }[]
  }
  tcpSocket?: { port: number | string; host?: string }
  exec?: { command?: string[] }
  grpc?: { port: number; service?: string }
  initialDelaySeconds?: number
  periodSeconds?: number
  timeoutSeconds?: number
  successThreshold?: number
  failureThreshold?: number
}

export interface Container {
  name: string
  image: string
  imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never'
  command?: string[]
  args?: string[]
  ports?: ContainerPort[]
  env?: EnvVar[]
  envFrom?: {
    prefix?: string
    configMapRef?: { name: string; optional?: boolean }
    secretRef?: { name: string; optional?: boolean }
  }[]
  readinessProbe?: Probe
  livenessProbe?: Probe
  startupProbe?: Probe
  /** `Always` on an init container makes it a sidecar. */
  restartPolicy?: 'Always'
  volumeMounts?: { name: string; mountPath: string; subPath?: string; readOnly?: boolean }[]
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> }
}

export interface Toleration {
  key?: string
  operator?: 'Exists' | 'Equal'
  value?: string
  effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute'
  tolerationSeconds?: number
}

export interface Volume {
  name: string
  emptyDir?: { medium?: string; sizeLimit?: string }
  configMap?: { name: string; optional?: boolean; items?: { key: string; path: string }[] }
  secret?: { secretName: string; optional?: boolean; items?: { key: string; path: string }[] }
  hostPath?: { path: string; type?: string }
  projected?: { sources?: Record<string, unknown>[] }
  downwardAPI?: { items?: Record<string, unknown>[] }
  persistentVolumeClaim?: { claimName: string; readOnly?: boolean }
}

export interface PodSpec {
  containers: Container[]
  initContainers?: Container[]
  restartPolicy?: 'Always' | 'OnFailure' | 'Never'
  nodeName?: string
  nodeSelector?: Record<string, string>
  tolerations?: Toleration[]
  hostNetwork?: boolean
  hostname?: string
  subdomain?: string
  dnsPolicy?: 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None'
  dnsConfig?: { nameservers?: string[]; searches?: string[]; options?: { name: string; value?: string }[] }
  terminationGracePeriodSeconds?: number
  serviceAccountName?: string
  volumes?: Volume[]
  readinessGates?: { conditionType: string }[]
}

export interface ContainerState {
  waiting?: { reason: string; message?: string }
  running?: { startedAt: Timestamp }
  terminated?: { exitCode: number; reason: string; message?: string; startedAt?: Timestamp; finishedAt: Timestamp }
}

export interface ContainerStatus {
  name: string
  /** The image that the container was made from; differs from the spec until an in-place change is carried out (R-POD-10). */
  image?: string
  ready: boolean
  restartCount: number
  state: ContainerState
  lastState?: ContainerState
}

export interface PodCondition {
  type: string
  status: 'True' | 'False' | 'Unknown'
  reason?: string
  message?: string
  lastTransitionTime?: Timestamp
}

/**
 * What is stored of a pod's status. `hostIP`, `podIPs` and the conditions other than Ready follow from the rest and
 * are filled in for output by `present`.
 */
export interface PodStatus {
  phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown'
  reason?: string
  message?: string
  podIP?: string
  startTime?: Timestamp
  /** `Ready`, and `PodScheduled` while it is False. */
  conditions?: PodCondition[]
  initContainerStatuses?: ContainerStatus[]
  containerStatuses?: ContainerStatus[]
}

export interface Pod extends KubeObject {
  spec: PodSpec
  status: PodStatus
}

export interface PodTemplate {
  metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> }
  spec: PodSpec
}

/** True if the pod has run to its end and will not start again. */
export const isFinished = ({ status }: Pod): boolean => status.phase === 'Succeeded' || status.phase === 'Failed'

/** Where the scheduler counts the pod: on its node, and there among the pods of its owner. */
export const placementOf = (node: string, owner: string | undefined): string =>
  owner === undefined ? node : `${node} ${owner}`

const placements = (pod: Pod): string[] => {
  const { nodeName } = pod.spec
  if (nodeName === undefined || isFinished(pod)) return []
  // A pod on its way out still fills its node, but it is no sibling to keep away from.
  const owner = pod.metadata.deletionTimestamp === undefined ? controllerOf(pod)?.uid : undefined
  return owner === undefined ? [nodeName] : [nodeName, placementOf(nodeName, owner)]
}

/** `NODE PORT/PROTOCOL` of each port that the pod takes from its node. */
const hostPorts = (pod: Pod): string[] =>
  pod.spec.nodeName === undefined || isFinished(pod)
    ? []
    : hostPortsOf(pod.spec).map((port) => `${pod.spec.nodeName} ${port}`)

/** `PORT/PROTOCOL` of each port that a pod takes from its node: host ports, and all declared ones with hostNetwork (R-POD-6). */
export const hostPortsOf = ({ containers, hostNetwork }: PodSpec): string[] =>
  containers.flatMap(({ ports = [] }) =>
    ports.flatMap(({ containerPort, hostPort, protocol = 'TCP' }) => {
      const port = hostPort ?? (hostNetwork ? containerPort : undefined)
      return port === undefined ? [] : [`${port}/${protocol}`]
    }),
  )

/** A first, cheap look: only pods with such an image can be ingress controllers. */
export const mayControlIngress = ({ spec }: Pod): boolean =>
  spec.containers.some(({ image }) => image.includes('ingress'))

/** `ConfigMap NAME` and `Secret NAME` of everything that the pod's containers are set up from. */
function configurationOf({ containers, initContainers = [], volumes = [] }: PodSpec): string[] {
  const names = new Set<string>()
  for (const { env = [], envFrom = [] } of [...initContainers, ...containers]) {
    for (const { valueFrom } of env) {
      if (valueFrom?.configMapKeyRef) names.add(`ConfigMap ${valueFrom.configMapKeyRef.name}`)
      if (valueFrom?.secretKeyRef) names.add(`Secret ${valueFrom.secretKeyRef.name}`)
    }
    for (const { configMapRef, secretRef } of envFrom) {
      if (configMapRef) names.add(`ConfigMap ${configMapRef.name}`)
      if (secretRef) names.add(`Secret ${secretRef.name}`)
    }
  }
  for (const { configMap, secret } of volumes) {
    if (configMap) names.add(`ConfigMap ${configMap.name}`)
    if (secret) names.add(`Secret ${secret.secretName}`)
  }
  return [...names]
}

/** Ready as the API means it: the condition Ready is True (R-POD-7). */
export const isReady = (pod: Pod): boolean =>
  pod.status.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false

/** Neither finished nor on its way out (R-OWN-1). */
export const isActive = (pod: Pod): boolean =>
  pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed' && pod.metadata.deletionTimestamp === undefined

/** The values under which the store finds a pod. */
export const podIndexes: NonNullable<KindDefinition<Pod>['indexes']> = {
  /** By node; pods that wait for the scheduler under the empty name. */
  node: ({ spec }) => [spec.nodeName ?? ''],
  placement: placements,
  hostPort: hostPorts,
  configuration: ({ spec }) => configurationOf(spec),
  ingress: (object) => (mayControlIngress(object) ? [''] : []),
  /** Pods whose init containers may be waiting for something in the cluster. */
  initializing: ({ spec, status }) =>
    spec.initContainers && spec.nodeName !== undefined && status.phase === 'Pending' ? [''] : [],
  ip: ({ status, spec }) => (status.podIP === undefined || spec.hostNetwork ? [] : [status.podIP]),
  orphan: (object) => (controllerOf(object) ? [] : [object.metadata.namespace ?? '']),
}
