import type { Cluster } from '../cluster.ts'
import { humanDuration } from '../duration.ts'
import type { EventRecord } from '../events.ts'
import type { Described, KubeObject } from '../object.ts'

/** The annotation in which `kubectl apply` keeps what it sent last; `describe` hides it. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** Longest line of an annotation. */
const WIDTH = 140

/** The pairs of a map, sorted by key. */
export const sortedEntries = (map: Readonly<Record<string, string>> | undefined): [string, string][] =>
  Object.entries(map ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))

/** `Labels:` with one label a line. */
export const labelsLine = (labels: Readonly<Record<string, string>> | undefined, key = 'Labels'): Described => [
  key,
  sortedEntries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n') || '<none>',
]

/** `Annotations:` with one annotation a line; long values and values of several lines stand below their key. */
export const annotationsLine = (
  annotations: Readonly<Record<string, string>> | undefined,
  key = 'Annotations',
): Described => {
  const shown = sortedEntries(annotations).filter(([name]) => name !== LAST_APPLIED)
  return [key, shown.map(([name, value]) => annotationText(name, value.replace(/\n$/, ''))).join('\n') || '<none>']
}

function annotationText(name: string, value: string): string {
  if (name.length + value.length + 2 <= WIDTH && !value.includes('\n')) return `${name}: ${value}`
  const most = WIDTH - 2
  const lines = value.split('\n').map((line) => `  ${line.length > most ? `${line.slice(0, most)}...` : line}`)
  return [`${name}:`, ...lines].join('\n')
}

/** The rule below `Age` is longer than its title, as it is upstream. */
const EVENTS_HEADER = ['Type\tReason\tAge\tFrom\tMessage', '----\t------\t----\t----\t-------']

/** `Events:` about one object, the oldest first. */
export function eventsBlock(object: KubeObject, cluster: Cluster): Described {
  const records = [...cluster.events.about(object)].sort((left, right) => left.last - right.last)
  if (records.length === 0) return ['Events', '<none>']
  const rows = records.map((record) => [
    record.warning ? 'Warning' : 'Normal',
    record.reason,
    interval(record, cluster),
    record.by,
    `${record.fieldPath === undefined ? '' : `${record.fieldPath}: `}${record.message.trim()}`,
  ])
  return { key: 'Events', lines: [{ raw: [...EVENTS_HEADER, ...rows.map((cells) => cells.join('\t'))] }] }
}

/** `5s`, or `2m (x5 over 10m)` for what happened several times. */
function interval({ first, last, count }: EventRecord, { now }: Cluster): string {
  const since = humanDuration(now - first)
  return count > 1 ? `${humanDuration(now - last)} (x${count} over ${since})` : since
}

/** Labels and annotations, as most kinds begin after their name. */
export const metadataLines = ({ metadata }: KubeObject): Described[] => [
  ['Name', metadata.name],
  ...(metadata.namespace === undefined ? [] : [['Namespace', metadata.namespace] as const]),
  labelsLine(metadata.labels),
  annotationsLine(metadata.annotations),
]
