import type { Cluster } from '../cluster.ts'
import { describedLines } from '../described.ts'
import { age, rfc1123 } from '../duration.ts'
import { controllerOf, type Described, type KubeObject } from '../object.ts'
import { describeContainers, describeVolumes } from './container-describe.ts'
import { annotationsLine, eventsBlock, labelsLine } from './describe-parts.ts'
import type { Pod, PodTemplate, Toleration } from './pod.ts'
import { fullPodSpec } from './pod-defaults.ts'
import { hostIPOf, presentPod, qosClassOf } from './pod-present.ts'

/** `ReplicaSet/web-5d9c4b6f7`: what manages an object, if anything does. */
export const controlledByLine = (object: KubeObject): Described[] => {
  const owner = controllerOf(object)
  return owner ? [['Controlled By', `${owner.kind}/${owner.name}`]] : []
}

/** The lines of `kubectl describe pod`. */
export function describePod(stored: Pod, cluster: Cluster): Described[] {
  const pod = presentPod(stored, cluster)
  const { metadata, spec, status } = pod
  const read = (path: string): string => fieldOf(pod, path)
  const conditions = status.conditions ?? []
  const gates = spec.readinessGates ?? []
  return [
    ['Name', metadata.name],
    ['Namespace', metadata.namespace ?? ''],
    ['Priority', '0'],
    ['Service Account', spec.serviceAccountName ?? 'default'],
    ['Node', spec.nodeName === undefined ? '<none>' : `${spec.nodeName}/${hostIPOf(spec, cluster) ?? ''}`],
    ...(status.startTime === undefined ? [] : [['Start Time', rfc1123(status.startTime)] as const]),
    labelsLine(metadata.labels),
    annotationsLine(metadata.annotations),
    ...statusLines(pod, cluster),
    ['IP', status.podIP ?? ''],
    status.podIP === undefined ? ['IPs', '<none>'] : { key: 'IPs', lines: [['IP', status.podIP]] },
    ...controlledByLine(pod),
    ...(spec.initContainers
      ? [
          describeContainers('Init Containers', spec.initContainers, {
            statuses: status.initContainerStatuses ?? [],
            read,
          }),
        ]
      : []),
    describeContainers('Containers', spec.containers, { statuses: status.containerStatuses ?? [], read }),
    ...(gates.length > 0 ? [gatesBlock(gates, conditions)] : []),
    ...(conditions.length > 0 ? [conditionsBlock(conditions)] : []),
    describeVolumes(spec.volumes ?? []),
    ['QoS Class', qosClassOf(spec)],
    labelsLine(spec.nodeSelector, 'Node-Selectors'),
    tolerationsLine(spec.tolerations ?? []),
    eventsBlock(stored, cluster),
  ]
}

function statusLines({ metadata, status }: Pod, cluster: Cluster): Described[] {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = metadata
  const isEnded = status.phase === 'Succeeded' || status.phase === 'Failed'
  const lines: Described[] =
    deletionTimestamp !== undefined && !isEnded
      ? [
          ['Status', `Terminating (lasts ${age(deletionTimestamp, cluster.now)})`],
          ['Termination Grace Period', `${deletionGracePeriodSeconds}s`],
        ]
      : [['Status', status.phase]]
  if (status.reason) lines.push(['Reason', status.reason])
  if (status.message) lines.push(['Message', status.message])
  return lines
}

type Conditions = NonNullable<Pod['status']['conditions']>

const conditionsBlock = (conditions: Conditions): Described => ({
  key: 'Conditions',
  table: {
    header: ['Type', 'Status'],
    rows: conditions.map(({ type, status }) => [`${type} `, `${status} `]),
    bare: true,
  },
})

const gatesBlock = (gates: readonly { conditionType: string }[], conditions: Conditions): Described => ({
  key: 'Readiness Gates',
  table: {
    header: ['Type', 'Status'],
    rows: gates.map(({ conditionType }) => [
      `${conditionType} `,
      `${conditions.find(({ type }) => type === conditionType)?.status ?? '<none>'} `,
    ]),
    bare: true,
  },
})

/** `node.kubernetes.io/not-ready:NoExecute op=Exists for 300s`, one a line, sorted by key. */
function tolerationsLine(tolerations: readonly Toleration[]): Described {
  const lines = [...tolerations]
    .sort((left, right) => ((left.key ?? '') < (right.key ?? '') ? -1 : (left.key ?? '') > (right.key ?? '') ? 1 : 0))
    .map(({ key = '', value, effect, operator, tolerationSeconds }) => {
      const what = `${key}${value ? `=${value}` : ''}${effect ? `:${effect}` : ''}`
      const exists = operator === 'Exists' && !value ? (what === '' ? 'op=Exists' : ' op=Exists') : ''
      return `${what}${exists}${tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`}`
    })
  return ['Tolerations', lines.join('\n') || '<none>']
}

/** The block `Pod Template` of workloads. */
export function describeTemplate({ metadata = {}, spec }: PodTemplate): Described {
  const full = fullPodSpec(spec, false)
  const hasAnnotations = Object.keys(metadata.annotations ?? {}).length > 0
  const blocks: Described[] = [
    labelsLine(metadata.labels),
    ...(hasAnnotations ? [annotationsLine(metadata.annotations)] : []),
    ...(full.serviceAccountName ? [['Service Account', full.serviceAccountName] as const] : []),
    ...(full.initContainers ? [describeContainers('Init Containers', full.initContainers, {})] : []),
    describeContainers('Containers', full.containers, {}),
    describeVolumes(full.volumes ?? []),
    labelsLine(full.nodeSelector, 'Node-Selectors'),
    tolerationsLine(full.tolerations ?? []),
  ]
  return { raw: ['Pod Template:', ...describedLines(blocks).map(templateLine)] }
}

/**
 * Below a template kubectl moves the first level by two blanks and the second (names of containers and volumes) by one;
 * what is deeper stays where it is in a pod.
 */
const templateLine = (line: string): string => {
  const [blanks = ''] = /^ */.exec(line) ?? []
  return `${blanks.length === 0 ? '  ' : blanks.length === 2 ? ' ' : ''}${line}`
}

/** The value of a field that `fieldRef` may name. */
function fieldOf({ metadata, spec, status }: Pod, path: string): string {
  const [, map, key = ''] = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path) ?? []
  if (map === 'labels' || map === 'annotations') return metadata[map]?.[key] ?? ''
  const { hostIP = '' } = status as { hostIP?: string }
  const values: Readonly<Record<string, string | undefined>> = {
    'metadata.name': metadata.name,
    'metadata.namespace': metadata.namespace,
    'metadata.uid': metadata.uid,
    'spec.nodeName': spec.nodeName,
    'spec.serviceAccountName': spec.serviceAccountName,
    'status.hostIP': hostIP,
    'status.hostIPs': hostIP,
    'status.podIP': status.podIP,
    'status.podIPs': status.podIP,
  }
  return values[path] ?? ''
}
