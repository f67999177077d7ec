import { apply, type Delta, diff } from './delta.ts'
import type { Key, KubeObject, Milliseconds } from './object.ts'
import type { Settings } from './settings.ts'

/** What an object was before a step: nothing, the object, or its difference to another remembered version. */
type Before =
  | null
  | { o: KubeObject }
  /** Relative to what the next newer step remembers of the same key. */
  | { d: Delta }
  /** Relative to another key of the same step. */
  | { d: Delta; like: Key }

export interface UndoStep {
  author: string
  line: string
  at: Milliseconds
  settings?: Settings
  changes: Record<Key, Before>
}

/** How many steps can be undone. */
export const UNDO_STEPS = 20

/**
 * What the last commands replaced, newest step last. Each step remembers the touched objects only, as differences to
 * newer memories of the same object, so that the cost follows what changed and not the size of the cluster.
 */
export class UndoLog {
  readonly steps: UndoStep[]

  constructor(steps: UndoStep[] = []) {
    this.steps = steps
  }

  /** Opens a step; what changes from now on belongs to it. */
  begin(step: Pick<UndoStep, 'author' | 'line' | 'at'>): void {
    const open = this.steps.at(-1)
    if (open) this.#compact(open)
    this.steps.push({ ...step, changes: {} })
    if (this.steps.length > UNDO_STEPS) this.steps.shift()
  }

  /** Remembers what a change replaces. Only the first change of a key within a step counts. */
  remember(key: Key, before: KubeObject | undefined): void {
    const step = this.steps.at(-1)
    if (!step || Object.hasOwn(step.changes, key)) return
    step.changes[key] = before ? { o: before } : null
    this.#rebaseOlder(key, before)
  }

  rememberSettings(before: Settings): void {
    const step = this.steps.at(-1)
    if (step) step.settings ??= before
  }

  /** Takes the newest step off and returns what it replaced; undefined if there is none. */
  pop(): { step: UndoStep; objects: [Key, KubeObject | undefined][] } | undefined {
    const step = this.steps.pop()
    if (!step) return undefined
    const objects = (Object.keys(step.changes) as Key[]).map((key) => [key, this.#resolve(step, key)] as const)
    for (const [key, object] of objects) this.#expandOlder(key, object)
    return { step, objects: objects.map(([key, object]) => [key, object]) }
  }

  #resolve(step: UndoStep, key: Key): KubeObject | undefined {
    const before = step.changes[key]
    if (!before) return undefined
    if ('o' in before) return before.o
    if (!('like' in before)) throw new Error(`undo: ${key} is relative to a step that is gone`)
    return apply(this.#resolve(step, before.like), before.d) as KubeObject
  }

  /** The newest older step that remembers this key in full becomes relative to the new memory. */
  #rebaseOlder(key: Key, newer: KubeObject | undefined): void {
    const older = this.#olderMemory(key, this.steps.length - 2)
    if (!older || !newer) return
    const before = older.changes[key]
    if (!before || (!('o' in before) && !('like' in before))) return
    const object = this.#resolve(older, key)
    // Others of that step may be told relative to this one: they keep their own copy first.
    for (const [other, memory] of Object.entries(older.changes) as [Key, Before][])
      if (memory && 'like' in memory && memory.like === key) older.changes[other] = full(this.#resolve(older, other))
    older.changes[key] = { d: diff(object, newer) ?? {} }
  }

  /** The newer memory goes away: what was told relative to it is told in full again. */
  #expandOlder(key: Key, newer: KubeObject | undefined): void {
    const older = this.#olderMemory(key, this.steps.length - 1)
    const before = older?.changes[key]
    if (older && before && 'd' in before && !('like' in before))
      older.changes[key] = full(apply(newer, before.d) as KubeObject)
  }

  #olderMemory(key: Key, from: number): UndoStep | undefined {
    for (let i = from; i >= 0; i--) if (Object.hasOwn(this.steps[i]!.changes, key)) return this.steps[i]
    return undefined
  }

  /** Tells siblings of one kind and owner (the pods of a ReplicaSet) relative to the first of them. */
  #compact(step: UndoStep): void {
    const models = new Map<string, Key>()
    for (const [key, before] of Object.entries(step.changes) as [Key, Before][]) {
      if (!before || !('o' in before)) continue
      const owner = before.o.metadata.ownerReferences?.[0]?.uid
      if (owner === undefined) continue
      const family = `${before.o.kind} ${owner}`
      const model = models.get(family)
      if (model === undefined) models.set(family, key)
      else step.changes[key] = { d: diff(before.o, this.#resolve(step, model)) ?? {}, like: model }
    }
  }
}

const full = (object: KubeObject | undefined): Before => (object ? { o: object } : null)
