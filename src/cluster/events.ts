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
 * Events as they are stored: each object that they are about once, then the events as rows
 * `[object, first, last - first, count, by, reason, message, warning, fieldPath]`; the two last ones may be missing.
 */
export interface StoredEvents {
  about: (readonly [uid: string, kind: Kind, name: string, namespace?: string])[]
  log: (readonly [number, number, number, number, string, string, string, (0 | 1)?, string?])[]
}

/**
 * The events of a cluster, oldest first. A real API server keeps them for an hour; here the number is bounded as well,
 * in proportion to the pods, so that a small cluster stays small on disk.
 */
export class EventLog {
  /** As they came from storage, until somebody needs them. */
  #unread: StoredEvents | undefined
  /** By object, part, reason and message, oldest occurrence first. */
  readonly #byIdentity = new Map<string, EventRecord>()

  constructor(stored?: StoredEvents) {
    this.#unread = stored
  }

  get #records(): Map<string, EventRecord> {
    if (this.#unread) {
      for (const record of recordsIn(this.#unread)) this.#byIdentity.set(identityOf(record), record)
      this.#unread = undefined
    }
    return this.#byIdentity
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

  /**
   * Drops what is older than an hour, and what is beyond `limit`: first what is about objects that are gone, then the
   * rest, oldest first.
   */
  trim(at: Milliseconds, limit: number, isGone: (event: EventRecord) => boolean): void {
    for (const [identity, { last }] of this.#records) if (last <= at - EVENT_TTL) this.#records.delete(identity)
    if (this.#records.size <= limit) return
    for (const [identity, record] of this.#records) {
      if (this.#records.size <= limit) return
      if (isGone(record)) this.#records.delete(identity)
    }
    for (const identity of this.#records.keys()) {
      if (this.#records.size <= limit) return
      this.#records.delete(identity)
    }
  }

  /** The events about one object, oldest first. */
  about(object: KubeObject): EventRecord[] {
    return this.records.filter((record) => record.uid === object.metadata.uid)
  }

  stored(): StoredEvents {
    if (this.#unread) return this.#unread
    const positions = new Map<string, number>()
    const about: StoredEvents['about'] = []
    const log = this.records.map((record): StoredEvents['log'][number] => {
      const { uid, kind, name, namespace, first, last, count, by, reason, message, warning, fieldPath } = record
      const position = positions.get(uid) ?? about.push([uid, kind, name, ...optional(namespace)]) - 1
      positions.set(uid, position)
      const rest = fieldPath ? ([warning ? 1 : 0, fieldPath] as const) : warning ? ([1] as const) : ([] as const)
      return [position, first, last - first, count, by, reason, message, ...rest]
    })
    return { about, log }
  }
}

const recordsIn = ({ about, log }: StoredEvents): EventRecord[] =>
  log.map(([index, first, length, count, by, reason, message, warning, fieldPath]) => {
    const [uid, kind, name, namespace] = about[index]!
    return {
      first,
      last: first + length,
      count,
      by,
      kind,
      ...(namespace !== undefined && { namespace }),
      name,
      uid,
      reason,
      message,
      ...(fieldPath && { fieldPath }),
      ...(warning === 1 && { warning: true as const }),
    }
  })

const optional = (value: string | undefined): [string?] => (value === undefined ? [] : [value])

const identityOf = ({
  uid,
  fieldPath = '',
  reason,
  message,
}: Pick<EventRecord, 'uid' | 'fieldPath' | 'reason' | 'message'>): string => `${uid} ${fieldPath} ${reason} ${message}`

const EVENT_TTL: Milliseconds = 3_600_000
