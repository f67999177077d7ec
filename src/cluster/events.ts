import type { Kind } from './kinds/index.ts'
import type { KubeObject, Milliseconds } from './object.ts'

/** One thing that happened to an object. `message` is in the words of the real component; `story` says it and why. */
export interface EventRecord {
  first: Milliseconds
  last: Milliseconds
  count: number
  /** Absent for type Normal. */
  warning?: true
  /** Component that speaks, such as `default-scheduler`. */
  by: string
  kind: Kind
  namespace?: string
  name: string
  uid: string
  reason: string
  message: string
}

/** One line of what followed a command: who did what, when and why, in plain words. */
export interface StoryLine {
  at: Milliseconds
  /** Controller that acted, such as `replicaset`. */
  by: string
  kind: Kind
  namespace?: string
  name: string
  text: string
}

/**
 * The events of a cluster, oldest first. A real API server keeps them for an hour; here the number is bounded as well,
 * in proportion to the pods, so that a small cluster stays small on disk.
 */
export class EventLog {
  records: EventRecord[]

  constructor(records: EventRecord[] = []) {
    this.records = [...records]
  }

  /** Adds an event, or counts it up where the same one is already there. */
  add(event: Omit<EventRecord, 'first' | 'last' | 'count'>, at: Milliseconds): void {
    const same = this.records.findLast(
      (record) => record.uid === event.uid && record.reason === event.reason && record.message === event.message,
    )
    if (!same) {
      this.records.push({ first: at, last: at, count: 1, ...event })
      return
    }
    this.records = [...this.records.filter((record) => record !== same), { ...same, last: at, count: same.count + 1 }]
  }

  /** Drops what is older than an hour or beyond `limit`, oldest first. */
  trim(at: Milliseconds, limit: number): void {
    const fresh = this.records.filter((record) => record.last > at - EVENT_TTL)
    this.records = fresh.slice(-limit)
  }

  /** The events about one object, oldest first. */
  about(object: KubeObject): EventRecord[] {
    return this.records.filter((record) => record.uid === object.metadata.uid)
  }
}

const EVENT_TTL: Milliseconds = 3_600_000
