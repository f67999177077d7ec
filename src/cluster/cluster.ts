import type { Controller } from './controller.ts'
import { equal } from './delta.ts'
import { EventLog, type StoredEvents, type StoryLine } from './events.ts'
import { type Kind, type Kinds, kinds } from './kinds/index.ts'
import { type Key, type KubeObject, keyOf, type Milliseconds, partsOf, withMetadata } from './object.ts'
import { Random } from './random.ts'
import { defaultSettings, type Settings } from './settings.ts'
import { Store } from './store.ts'
import { UndoLog, type UndoStep } from './undo.ts'

/** How far ahead a command looks for its consequences. */
const SETTLE_HORIZON: Milliseconds = 60_000

/** An address that a pod has given up, so that a trace can say who owned it. */
export interface RetiredAddress {
  ip: string
  pod: string
  namespace: string
  /** Name of the workload that owned the pod, else of the pod itself. */
  workload: string
  at: Milliseconds
}

/** Everything that a cluster is, as JSON. */
export interface Snapshot {
  clock: Milliseconds
  /** The wall clock when the cluster followed it last; absent where its own clock is not ahead. */
  wall?: Milliseconds
  /** State of the generator of names, addresses and delays. */
  random: number
  /** Counter behind `resourceVersion`. */
  version: number
  settings: Settings
  objects: KubeObject[]
  /** Due time of each waiting key, `controller key` -> instant. */
  timers: Record<string, Milliseconds>
  /** Next host part that each node hands out to a pod. */
  ipam: Record<string, number>
  events: StoredEvents
  retired: RetiredAddress[]
  /** Clients that stay with an endpoint; absent where there are none. */
  affinity?: Record<string, AffinityPin>
  undo: UndoStep[]
}

/** A client address that stays with an endpoint, and when it was last seen (sessionAffinity ClientIP). */
export interface AffinityPin {
  address: string
  at: Milliseconds
}

/** One version of an object as a watcher would see it. */
export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  at: Milliseconds
  object: KubeObject
  /** The version that it replaced; absent where it was added. */
  before?: KubeObject
}

/** What a component says of something it did: in its own words for the events, in plain words for the story. */
export interface Announcement {
  /** Component name in events, such as `default-scheduler`. */
  by: string
  /** The part of the object that it is about, such as `spec.containers{web}`. */
  fieldPath?: string
  reason: string
  message: string
  warning?: true
  /** Controller name and plain sentence; without it the event alone is kept. */
  story?: { by: string; text: string }
}

/** The cluster holds as many objects as it may. */
export class LimitError extends Error {
  override readonly name = 'LimitError'
}

const RETIRED_KEPT = 20
const WATCH_KEPT = 400
const EVENTS_BASE = 24

/**
 * Store, virtual clock and work queue: the API server and every component around it in one process. Controllers and
 * commands change objects through `put` and `remove`; whoever watches them is woken.
 */
export class Cluster {
  readonly store: Store
  readonly random: Random
  readonly ipam: Map<string, number>
  readonly events: EventLog
  /** Addresses that pods have given up, oldest first. */
  retired: RetiredAddress[]
  /** What the nodes remember for Services with client affinity. No part of the history: undo leaves it alone. */
  readonly affinity: Map<string, AffinityPin>
  /** What happened in the newest step of the history. */
  story: StoryLine[] = []
  /** Object versions of the newest step; kept in memory only. */
  changes: WatchEvent[] = []
  /** How many objects there may be; a `put` beyond it throws `LimitError`. */
  limit = Number.POSITIVE_INFINITY
  #now: Milliseconds
  /** The wall clock that was followed last. The cluster's own clock may be ahead of it, never behind. */
  #wall: Milliseconds
  #version: number
  #settings: Settings
  readonly #controllers: ReadonlyMap<string, Controller>
  /** Who watches which kind, in the order of the controllers. */
  readonly #watchers: ReadonlyMap<string, readonly Watcher[]>
  readonly #queue = new Map<string, { controller: Controller; key: Key }>()
  /** The key that is being reconciled, with its controller. */
  #reconciling: string | undefined
  readonly #timers: Map<string, Milliseconds>
  readonly #undo: UndoLog
  /** A step that was announced and has not changed anything yet. */
  #announced: { author: string; line: string } | undefined

  constructor(snapshot: Partial<Snapshot> & { clock: Milliseconds }, controllers: readonly Controller[]) {
    this.store = new Store((kind) => kinds[kind].indexes)
    this.random = new Random(snapshot.random ?? 1)
    this.ipam = new Map(Object.entries(snapshot.ipam ?? {}))
    this.events = new EventLog(snapshot.events)
    this.retired = snapshot.retired ?? []
    this.affinity = new Map(Object.entries(snapshot.affinity ?? {}))
    this.#now = snapshot.clock
    this.#wall = snapshot.wall ?? snapshot.clock
    this.#version = snapshot.version ?? 0
    this.#settings = snapshot.settings ?? defaultSettings
    this.#controllers = new Map(controllers.map((controller) => [controller.name, controller]))
    this.#watchers = watchersOf(controllers)
    this.#timers = new Map(Object.entries(snapshot.timers ?? {}))
    for (const object of snapshot.objects ?? []) this.store.put(object)
    this.#undo = new UndoLog(snapshot.undo, (key) => this.store.byKey(key))
  }

  /** The virtual clock. It never runs backwards. */
  get now(): Milliseconds {
    return this.#now
  }

  /** Counts the changes of objects and settings; unchanged means that there is nothing to save. */
  get version(): number {
    return this.#version
  }

  get settings(): Settings {
    return this.#settings
  }

  /** Replaces settings and wakes every controller that has objects, since any of them may depend on it. */
  configure(settings: Partial<Settings>): void {
    const next = { ...this.#settings, ...settings }
    if (equal(next, this.#settings)) return
    this.#openStep()
    this.#undo.rememberSettings(this.#settings)
    this.#settings = next
    this.#version += 1
    for (const object of this.store.all()) this.#wake(object)
  }

  get<K extends Kind>(kind: K, namespace: string | undefined, name: string): Kinds[K] | undefined {
    return this.store.get(kind, namespace, name)
  }

  /** Stores a new version of an object and wakes its watchers. The same content again is no change. */
  put<T extends KubeObject>(object: T): T {
    const previous = this.store.get(object.kind as Kind, object.metadata.namespace, object.metadata.name)
    if (previous && equal(previous, object)) return previous as KubeObject as T
    if (!previous && this.store.size >= this.limit)
      throw new LimitError(`A cluster here holds at most ${this.limit} objects. Delete or scale down something first.`)
    this.#version += 1
    const stored = withMetadata(object, { resourceVersion: String(this.#version) })
    this.#record(previous ? 'MODIFIED' : 'ADDED', stored, previous)
    this.store.put(stored)
    if (previous) this.#wake(previous)
    this.#wake(stored)
    return stored
  }

  /** Removes an object from the store at once and wakes its watchers. */
  remove(key: Key): void {
    const object = this.store.remove(key)
    if (!object) return
    this.#version += 1
    this.#record('DELETED', object, object)
    this.#wake(object)
  }

  /**
   * Puts `key` on the work queue of a controller; not while that controller works on it, since a second call right
   * after would change nothing.
   */
  enqueue(controller: Controller, key: Key): void {
    const id = `${controller.name} ${key}`
    if (id !== this.#reconciling) this.#queue.set(id, { controller, key })
  }

  /** A component tells what it did to an object. */
  tell(object: KubeObject, { by, fieldPath, reason, message, warning, story }: Announcement): void {
    this.#openStep()
    const about = {
      kind: object.kind as Kind,
      name: object.metadata.name,
      ...(object.metadata.namespace !== undefined && { namespace: object.metadata.namespace }),
    }
    const part = { ...(fieldPath !== undefined && { fieldPath }), ...(warning && { warning }) }
    const event = { by, ...about, uid: object.metadata.uid, reason, message, ...part }
    this.events.add(event, this.#now)
    if (story) this.story.push({ at: this.#now, by: story.by, ...about, text: story.text })
  }

  /** Remembers whose address this was. */
  retire(address: Omit<RetiredAddress, 'at'>): void {
    this.retired = [...this.retired, { ...address, at: this.#now }].slice(-RETIRED_KEPT)
  }

  /** Which host part of its pod CIDR a node tries to hand out next. */
  handOutNext(node: string, host: number): void {
    this.#version += 1
    this.ipam.set(node, host)
  }

  /**
   * Follows the wall clock, which never runs backwards here: with pace `fast` the cluster's clock catches up with it,
   * with pace `real` it moves by the time that has passed, also where it is ahead.
   */
  follow(wall: Milliseconds): void {
    const lead = this.#now - this.#wall
    this.#wall = Math.max(this.#wall, wall)
    this.advance(this.#settings.pace === 'real' ? this.#wall + lead : this.#wall)
  }

  /** Lets the clock catch up with `at`; everything that falls due on the way happens at its own time. */
  advance(at: Milliseconds): void {
    this.#drain()
    for (let due = this.#nextDue(at); due !== undefined; due = this.#nextDue(at)) this.#fire(due)
    if (at > this.#now) this.#now = at
  }

  /**
   * Works out the consequences of what has changed: drains the queue, then jumps from timer to timer within the
   * horizon. With pace `real` only the queue is drained.
   */
  settle(horizon: Milliseconds = SETTLE_HORIZON): void {
    this.#drain()
    if (this.#settings.pace === 'real') return
    const until = this.#now + horizon
    for (let due = this.#nextDue(until); due !== undefined; due = this.#nextDue(until)) this.#fire(due)
    const limit = EVENTS_BASE + 2 * this.store.count('Pod')
    this.events.trim(this.#now, limit, ({ kind, namespace, name }) => !this.store.has(kind, namespace, name))
  }

  /**
   * Lets the clock run, whatever the pace, until `holds` is true or `length` has passed; returns whether it became true.
   * Asked at the start and whenever something has happened.
   */
  waitFor(holds: () => boolean, length: Milliseconds): boolean {
    this.#drain()
    const until = this.#now + length
    while (!holds()) {
      const due = this.#nextDue(until)
      if (due === undefined) {
        this.#now = Math.max(this.#now, until)
        return holds()
      }
      this.#fire(due)
    }
    return true
  }

  /**
   * Announces a step of the history. It opens with its first change, so that a command that only reads leaves none;
   * what changes until the next one, also by the passing of time, belongs to it.
   */
  begin(step: { author: string; line: string }): void {
    this.#announced = step
  }

  /** Withdraws a step that has changed nothing. */
  commit(): void {
    this.#announced = undefined
  }

  /** The steps that can be undone, newest last. */
  get history(): readonly Pick<UndoStep, 'author' | 'line' | 'at'>[] {
    return this.#undo.steps
  }

  /** Puts back what the newest step replaced; returns that step, or undefined if there is nothing to undo. */
  undo(): Pick<UndoStep, 'author' | 'line' | 'at'> | undefined {
    const undone = this.#undo.pop()
    if (!undone) return undefined
    this.#announced = undefined
    this.story = []
    this.changes = []
    for (const [key, before] of undone.objects) {
      const current = this.store.byKey(key)
      this.#version += 1
      const restored = before && withMetadata(before, { resourceVersion: String(this.#version) })
      if (restored) this.store.put(restored)
      else this.store.remove(key)
      if (current) this.#wake(current)
      if (restored) this.#wake(restored)
    }
    if (undone.step.settings) {
      this.#version += 1
      this.#settings = undone.step.settings
      for (const object of this.store.all()) this.#wake(object)
    }
    return undone.step
  }

  /** A copy that can be tried out: same objects, clock and chance, own future. */
  fork(): Cluster {
    return new Cluster(this.#state(), [...this.#controllers.values()])
  }

  snapshot(): Snapshot {
    return { ...this.#state(), undo: this.#undo.stored((key) => this.store.byKey(key)) }
  }

  #state(): Omit<Snapshot, 'undo'> {
    return {
      clock: this.#now,
      ...(this.#wall !== this.#now && { wall: this.#wall }),
      random: this.random.state,
      version: this.#version,
      settings: this.#settings,
      objects: [...this.store.all()],
      timers: Object.fromEntries(this.#timers),
      ipam: Object.fromEntries(this.ipam),
      events: this.events.stored(),
      retired: this.retired,
      ...(this.affinity.size > 0 && { affinity: Object.fromEntries(this.affinity) }),
    }
  }

  #record(type: WatchEvent['type'], object: KubeObject, before: KubeObject | undefined): void {
    this.#openStep()
    const isDerived = type === 'MODIFIED' && kinds[object.kind as Kind].derived?.(object)
    if (!isDerived) this.#undo.remember(keyOf(object), before)
    if (this.changes.length < WATCH_KEPT) this.changes.push({ type, at: this.#now, object, ...(before && { before }) })
  }

  #openStep(): void {
    if (!this.#announced) return
    this.#undo.begin({ ...this.#announced, at: this.#now })
    this.#announced = undefined
    this.story = []
    this.changes = []
  }

  #wake(object: KubeObject): void {
    for (const { controller, keysOf } of this.#watchers.get(object.kind) ?? [])
      for (const key of keysOf(object, this)) this.enqueue(controller, key)
  }

  #drain(): void {
    let work = 0
    const limit = 200_000 + 100 * this.store.size
    for (const [id, { controller, key }] of this.#queue) {
      this.#queue.delete(id)
      this.#reconciling = id
      const { requeueAfter } = controller.reconcile(this, key) ?? {}
      this.#reconciling = undefined
      if (requeueAfter === undefined) this.#timers.delete(id)
      else this.#timers.set(id, this.#now + requeueAfter)
      work += 1
      if (work > limit) throw new Error(`controllers do not come to rest: ${id}`)
    }
  }

  /** The earliest timer that is due at `until` or before. */
  #nextDue(until: Milliseconds): Milliseconds | undefined {
    let earliest: Milliseconds | undefined
    for (const due of this.#timers.values())
      if (due <= until && (earliest === undefined || due < earliest)) earliest = due
    return earliest
  }

  /** Moves the clock to `at` and lets everything happen that is due by then. */
  #fire(at: Milliseconds): void {
    if (at > this.#now) this.#now = at
    for (const [id, due] of this.#timers) {
      if (due > this.#now) continue
      this.#timers.delete(id)
      const [name, key] = id.split(' ') as [string, Key]
      const controller = this.#controllers.get(name)
      if (controller) this.#queue.set(id, { controller, key })
    }
    this.#drain()
  }
}

interface Watcher {
  controller: Controller
  keysOf: (object: KubeObject, cluster: Cluster) => readonly Key[]
}

function watchersOf(controllers: readonly Controller[]): Map<string, Watcher[]> {
  const watchers = new Map<string, Watcher[]>()
  for (const controller of controllers)
    for (const [kind, keysOf] of Object.entries(controller.watches)) {
      const others = watchers.get(kind) ?? []
      // Each watch knows the type of its own kind; it is only called with objects of that kind.
      watchers.set(kind, [...others, { controller, keysOf: keysOf as Watcher['keysOf'] }])
    }
  return watchers
}

/** The object that a key names, or undefined. */
export const objectAt = (cluster: Cluster, key: Key): KubeObject | undefined => {
  const { kind, namespace, name } = partsOf(key)
  return cluster.get(kind, namespace === '' ? undefined : namespace, name)
}
