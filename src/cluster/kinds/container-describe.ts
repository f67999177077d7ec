import { rfc1123 } from '../duration.ts'
import type { Described } from '../object.ts'
import { quote } from '../quote.ts'
import { sortedEntries } from './describe-parts.ts'
import type { Container, ContainerState, ContainerStatus, EnvVar, Probe, Volume } from './pod.ts'

/** The value of a field of the pod, for `valueFrom.fieldRef`. */
type FieldReader = (fieldPath: string) => string

/** The block of containers in `kubectl describe`. */
export const describeContainers = (
  key: string,
  containers: readonly Container[],
  { statuses = [], read }: { statuses?: readonly ContainerStatus[]; read?: FieldReader },
): Described => ({
  key,
  lines: containers.map((container) => ({
    key: container.name,
    lines: containerLines(
      container,
      statuses.find(({ name }) => name === container.name),
      read,
    ),
  })),
})

function containerLines(
  container: Container,
  status: ContainerStatus | undefined,
  read: FieldReader | undefined,
): Described[] {
  const identity = status as (ContainerStatus & { containerID?: string; imageID?: string }) | undefined
  return [
    ...(identity ? [['Container ID', identity.containerID ?? ''] as const] : []),
    ['Image', container.image],
    ...(identity ? [['Image ID', identity.imageID ?? ''] as const] : []),
    ...portLines(container),
    ...listBlock('Command', container.command),
    ...listBlock('Args', container.args),
    ...(status ? stateLines(status) : []),
    ...resourceBlocks(container),
    ...probeLines(container),
    ...environmentBlocks(container, read),
    mountsBlock(container),
  ]
}

function portLines({ ports = [] }: Container): Described[] {
  const line = (key: string, numberOf: (port: (typeof ports)[number]) => number): Described => {
    const text = ports
      .map((port) => `${numberOf(port)}/${port.protocol ?? 'TCP'}${port.name === undefined ? '' : ` (${port.name})`}`)
      .join(', ')
    return [text.includes(',') ? `${key}s` : key, text || '<none>']
  }
  return [line('Port', ({ containerPort }) => containerPort), line('Host Port', ({ hostPort = 0 }) => hostPort)]
}

const listBlock = (key: string, words: readonly string[] | undefined): Described[] =>
  words?.length ? [{ key, lines: [{ raw: words.flatMap((word) => word.split('\n')) }] }] : []

const stateLines = ({ state, lastState, ready, restartCount }: ContainerStatus): Described[] => [
  ...stateBlock('State', state),
  ...(lastState?.terminated ? stateBlock('Last State', lastState) : []),
  ['Ready', ready ? 'True' : 'False'],
  ['Restart Count', String(restartCount)],
]

function stateBlock(key: string, { running, waiting, terminated }: ContainerState): Described[] {
  if (running) return [[key, 'Running'], { raw: [`  Started:\t${rfc1123(running.startedAt)}`] }]
  if (!terminated) return [[key, 'Waiting'], { raw: waiting?.reason ? [`  Reason:\t${waiting.reason}`] : [] }]
  const { reason, message, exitCode, startedAt, finishedAt } = terminated
  const lines = [
    ...(reason ? [`  Reason:\t${reason}`] : []),
    ...(message ? [`  Message:\t${message}`] : []),
    `  Exit Code:\t${exitCode}`,
    `  Started:\t${startedAt === undefined ? UNKNOWN_TIME : rfc1123(startedAt)}`,
    `  Finished:\t${rfc1123(finishedAt)}`,
  ]
  return [[key, 'Terminated'], { raw: lines }]
}

/** Go's zero time, which stands for a process that never started. */
const UNKNOWN_TIME = 'Mon, 01 Jan 0001 00:00:00 +0000'

const resourceBlocks = ({ resources = {} }: Container): Described[] =>
  (['limits', 'requests'] as const).flatMap((name) => {
    const amounts = sortedEntries(resources[name])
    const key = name === 'limits' ? 'Limits' : 'Requests'
    return amounts.length === 0
      ? []
      : [{ key, lines: amounts.map(([resource, amount]): Described => [resource, amount]) }]
  })

const probeLines = ({ livenessProbe, readinessProbe, startupProbe }: Container): Described[] =>
  Object.entries({ Liveness: livenessProbe, Readiness: readinessProbe, Startup: startupProbe }).flatMap(
    ([key, probe]): Described[] => (probe ? [[key, probeText(probe)]] : []),
  )

/** `http-get http://:8080/healthz delay=0s timeout=1s period=10s #success=1 #failure=3`. */
function probeText(probe: Probe): string {
  const {
    initialDelaySeconds = 0,
    timeoutSeconds = 1,
    periodSeconds = 10,
    successThreshold = 1,
    failureThreshold = 3,
  } = probe
  const attributes = `delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s #success=${successThreshold} #failure=${failureThreshold}`
  const { exec, httpGet, tcpSocket, grpc } = probe
  if (exec) return `exec [${(exec.command ?? []).join(' ')}] ${attributes}`
  if (httpGet) {
    const { scheme = 'HTTP', host = '', port, path = '/' } = httpGet
    return `http-get ${scheme.toLowerCase()}://${host}:${port}${path.startsWith('/') ? '' : '/'}${path} ${attributes}`
  }
  if (tcpSocket) return `tcp-socket ${tcpSocket.host ?? ''}:${tcpSocket.port} ${attributes}`
  return `grpc <pod>:${grpc?.port} ${grpc?.service ?? ''} ${attributes}`
}

function environmentBlocks({ env = [], envFrom = [] }: Container, read: FieldReader | undefined): Described[] {
  const sources = envFrom.map(({ prefix, configMapRef, secretRef }) => {
    const { name = '', optional = false } = configMapRef ?? secretRef ?? {}
    const kind = `${configMapRef ? 'ConfigMap' : 'Secret'}${prefix ? ` with prefix '${prefix}'` : ''}`
    return `${name}\t${kind}\tOptional: ${optional}`
  })
  const from: Described[] = sources.length > 0 ? [{ key: 'Environment Variables from', lines: [{ raw: sources }] }] : []
  if (env.length === 0) return [...from, ['Environment', '<none>']]
  return [...from, { key: 'Environment', lines: env.map((variable) => variableLine(variable, read)) }]
}

function variableLine({ name, value = '', valueFrom }: EnvVar, read: FieldReader | undefined): Described {
  const { fieldRef, secretKeyRef, configMapKeyRef } = valueFrom ?? {}
  if (fieldRef) return [name, `${read?.(fieldRef.fieldPath) ?? ''} (v1:${fieldRef.fieldPath})`]
  const optional = (secretKeyRef ?? configMapKeyRef)?.optional ?? false
  if (secretKeyRef)
    return [name, `<set to the key '${secretKeyRef.key}' in secret '${secretKeyRef.name}'>\tOptional: ${optional}`]
  if (configMapKeyRef)
    return [
      name,
      `<set to the key '${configMapKeyRef.key}' of config map '${configMapKeyRef.name}'>\tOptional: ${optional}`,
    ]
  return [name, value]
}

function mountsBlock({ volumeMounts = [] }: Container): Described {
  if (volumeMounts.length === 0) return ['Mounts', '<none>']
  const lines = [...volumeMounts]
    .sort((left, right) => (left.mountPath < right.mountPath ? -1 : 1))
    .map(({ mountPath, name, readOnly, subPath }) => {
      const path = subPath ? `,path=${quote(subPath)}` : ''
      return `${mountPath} from ${name} (${readOnly ? 'ro' : 'rw'}${path})`
    })
  return { key: 'Mounts', lines: [{ raw: lines }] }
}

/** The block of volumes. */
export function describeVolumes(volumes: readonly Volume[]): Described {
  if (volumes.length === 0) return ['Volumes', '<none>']
  return { key: 'Volumes', lines: volumes.map((volume) => ({ key: volume.name, lines: volumeLines(volume) })) }
}

type Source = { name?: string; optional?: boolean; expirationSeconds?: number }

function volumeLines({ emptyDir, configMap, secret, hostPath, projected }: Volume): Described[] {
  if (hostPath)
    return [
      ['Type', 'HostPath (bare host directory volume)'],
      ['Path', hostPath.path],
      ['HostPathType', hostPath.type ?? ''],
    ]
  if (emptyDir)
    return [
      ['Type', "EmptyDir (a temporary directory that shares a pod's lifetime)"],
      ['Medium', emptyDir.medium ?? ''],
      ['SizeLimit', emptyDir.sizeLimit ?? '<unset>'],
    ]
  if (secret)
    return [
      ['Type', 'Secret (a volume populated by a Secret)'],
      ['SecretName', secret.secretName],
      ['Optional', String(secret.optional ?? false)],
    ]
  if (configMap)
    return [
      ['Type', 'ConfigMap (a volume populated by a ConfigMap)'],
      ['Name', configMap.name],
      ['Optional', String(configMap.optional ?? false)],
    ]
  if (!projected) return [{ raw: ['<unknown>'] }]
  const type = 'Projected (a volume that contains injected data from multiple sources)'
  return [
    ['Type', type],
    ...(projected.sources ?? []).flatMap((source) => projectedLines(source as Record<string, Source>)),
  ]
}

function projectedLines({ secret, downwardAPI, configMap, serviceAccountToken }: Record<string, Source>): Described[] {
  const optional = (source: Source): Described => ['Optional', String(source.optional ?? false)]
  if (secret) return [['SecretName', secret.name ?? ''], optional(secret)]
  if (downwardAPI) return [['DownwardAPI', 'true']]
  if (configMap) return [['ConfigMapName', configMap.name ?? ''], optional(configMap)]
  return serviceAccountToken ? [['TokenExpirationSeconds', String(serviceAccountToken.expirationSeconds ?? 3600)]] : []
}
