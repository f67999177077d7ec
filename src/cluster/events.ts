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
  /** The part of the object that the event is about, such as `spec.containers{web}`. */
  fieldPath?: string
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
  /** By object, reason and message, oldest occurrence first. */
  readonly #records: Map<string, EventRecord>

  constructor(records: EventRecord[] = []) {
    this.#records = new Map(records.map((record) => [identityOf(record), record]))
  }

  get records(): EventRecord[] {
    return [...this.#records.values()]
  }

  /** Adds an event, or counts it up where the same one is already there. */
  add(event: Omit<EventRecord, 'first' | 'last' | 'count'>, at: Milliseconds): void {
    const identity = identityOf(event)
    const same = this.#records.get(identity)
    // Deleted first, so that it moves to the end.
    if (same) this.#records.delete(identity)
    this.#records.set(
      identity,
      same ? { ...same, last: at, count: same.count + 1 } : { first: at, last: at, count: 1, ...event },
    )
  }

  /** Drops what is older than an hour or beyond `limit`, oldest first. */
  trim(at: Milliseconds, limit: number): void {
    for (const [identity, { last }] of this.#records)
      if (last <= at - EVENT_TTL || this.#records.size > limit) this.#records.delete(identity)
  }

  /** The events about one object, oldest first. */
  about(object: KubeObject): EventRecord[] {
    return this.records.filter((record) => record.uid === object.metadata.uid)
  }
}

const identityOf = ({ uid, reason, message }: Pick<EventRecord, 'uid' | 'reason' | 'message'>): string =>
  `${uid} ${reason} ${message}`

const EVENT_TTL: Milliseconds = 3_600_000
