import type { Cluster } from '../cluster.ts'
import { age, humanDuration } from '../duration.ts'
import type { EventRecord } from '../events.ts'
import { instant, type KindDefinition, type KubeObject, type Timestamp, timestamp } from '../object.ts'
import { hash } from '../random.ts'

/** Worked out from the cluster's event log when somebody asks. */
export interface Event extends KubeObject {
  involvedObject: {
    apiVersion: string
    kind: string
    namespace?: string
    name: string
    uid: string
    fieldPath?: string
  }
  type: 'Normal' | 'Warning'
  reason: string
  message: string
  source: { component: string }
  firstTimestamp: Timestamp
  lastTimestamp: Timestamp
  count: number
}

const hex = (text: string): string => hash(text).toString(16).padStart(8, '0')

/** What happens to a pod within one millisecond happens in this order. */
const ORDER = ['Scheduled', 'Pulling', 'Pulled', 'Created', 'Started', 'Failed', 'BackOff']

/** The nanosecond that the name of an event is made of, so that names sort as things happened. */
function moment({ first, reason, message }: EventRecord, identity: string): bigint {
  const isLast = !ORDER.includes(reason) || message.startsWith('Error:')
  const rank = 100 + (isLast ? ORDER.length : ORDER.indexOf(reason))
  return BigInt(first) * 1_000_000n + BigInt(rank * 1_000 + (hash(identity) % 1_000))
}

/** Events about objects without a namespace live in `default`. */
function eventOf(record: EventRecord, apiVersionOf: (kind: string) => string): Event {
  const { kind, name, namespace = 'default', uid, reason, message, fieldPath } = record
  const identity = `${uid} ${reason} ${message}`
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: `${name}.${moment(record, identity).toString(16)}`,
      namespace,
      uid: `${hex(identity)}-0000-4000-8000-${hex(name)}${hex(reason).slice(0, 4)}`,
      creationTimestamp: timestamp(record.first),
    },
    involvedObject: {
      apiVersion: apiVersionOf(kind),
      kind,
      ...(record.namespace !== undefined && { namespace }),
      name,
      uid,
      ...(fieldPath !== undefined && { fieldPath }),
    },
    type: record.warning ? 'Warning' : 'Normal',
    reason,
    message,
    source: { component: record.by },
    firstTimestamp: timestamp(record.first),
    lastTimestamp: timestamp(record.last),
    count: record.count,
  }
}

const GROUPS: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  ReplicaSet: 'apps/v1',
  EndpointSlice: 'discovery.k8s.io/v1',
  Ingress: 'networking.k8s.io/v1',
  IngressClass: 'networking.k8s.io/v1',
}

const computed = (cluster: Cluster): Event[] =>
  cluster.events.records
    .map((record) => eventOf(record, (kind) => GROUPS[kind] ?? 'v1'))
    .sort((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1))

const sortKey = ({ metadata }: Event): string => `${metadata.namespace} ${metadata.name}`

const since = (at: Timestamp, { now }: Cluster): string => humanDuration(now - instant(at))

export const event: KindDefinition<Event> = {
  kind: 'Event',
  group: '',
  version: 'v1',
  plural: 'events',
  singular: 'event',
  shortNames: ['ev'],
  namespaced: true,
  message: 'core.v1.Event',
  modelled: [''],
  fieldLabels: {
    'involvedObject.kind': ({ involvedObject }) => involvedObject.kind,
    'involvedObject.namespace': ({ involvedObject }) => involvedObject.namespace ?? '',
    'involvedObject.name': ({ involvedObject }) => involvedObject.name,
    'involvedObject.uid': ({ involvedObject }) => involvedObject.uid,
    'involvedObject.apiVersion': ({ involvedObject }) => involvedObject.apiVersion,
    'involvedObject.fieldPath': ({ involvedObject }) => involvedObject.fieldPath ?? '',
    reason: ({ reason }) => reason,
    reportingComponent: ({ source }) => source.component,
    source: ({ source }) => source.component,
    type: ({ type }) => type,
  },
  columns: [
    { name: 'LAST SEEN', cell: ({ lastTimestamp }, cluster) => since(lastTimestamp, cluster) },
    { name: 'TYPE', cell: ({ type }) => type },
    { name: 'REASON', cell: ({ reason }) => reason },
    { name: 'OBJECT', cell: ({ involvedObject: { kind, name } }) => `${kind.toLowerCase()}/${name}` },
    { name: 'SUBOBJECT', wide: true, cell: ({ involvedObject }) => involvedObject.fieldPath ?? '' },
    { name: 'SOURCE', wide: true, cell: ({ source }) => source.component },
    { name: 'MESSAGE', cell: ({ message }) => message.trim() },
    { name: 'FIRST SEEN', wide: true, cell: ({ firstTimestamp }, cluster) => age(firstTimestamp, cluster.now) },
    { name: 'COUNT', wide: true, cell: ({ count }) => String(count) },
    { name: 'NAME', wide: true, cell: ({ metadata }) => metadata.name },
  ],
  computed,
  explain: {
    '': 'Something that happened to an object, told by the component that did it or saw it.',
    involvedObject: 'What the event is about.',
    type: 'Normal or Warning.',
    reason: 'One word for what happened.',
    message: 'What happened, for people.',
    source: 'Which component tells it.',
    count: 'How often it has happened.',
    firstTimestamp: 'When it happened first.',
    lastTimestamp: 'When it happened last.',
  },
}
