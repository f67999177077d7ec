import type { KindDefinition, KubeObject, Timestamp } from '../object.ts'

/** Worked out from the cluster's event log when somebody asks. */
export interface Event extends KubeObject {
  involvedObject: { apiVersion: string; kind: string; namespace?: string; name: string; uid: string }
  type: 'Normal' | 'Warning'
  reason: string
  message: string
  source: { component: string }
  firstTimestamp: Timestamp
  lastTimestamp: Timestamp
  count: number
}

export const event: KindDefinition<Event> = {
  kind: 'Event',
  group: '',
  version: 'v1',
  plural: 'events',
  singular: 'event',
  shortNames: ['ev'],
  namespaced: true,
  message: 'core.v1.Event',
  modelled: [],
  columns: [],
  computed: () => [],
}
