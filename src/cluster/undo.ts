import { apply, type Delta, diff, sorted } from './delta.ts'
import type { Key, KubeObject, Milliseconds } from './object.ts'
import type { Settings } from './settings.ts'

/** What an object was before a step: nothing, the object, or its difference to another version. */
type Before =
  | null
  | { o: KubeObject }
  /** Relative to what the next newer step remembers of the same key. */
  | { d: Delta }
  /** Relative to what this step, else the next newer one that does, remembers of another key. */
  | { d: Delta; like: Key }
  /** In storage, for the newest step: relative to the object as it is. */
  | { d: Delta; now: 1 }

export interface UndoStep {
  author: string
  line: string
  at: Milliseconds
  settings?: Settings
  changes: Record<Key, Before>
}

/** How many steps can be undone. */
const UNDO_STEPS = 20

type Current = (key: Key) => KubeObject | undefined

/**
 * What the last commands replaced, newest step last. Each step remembers the touched objects only, as differences to
 * newer memories of the same object or of one of its kind and owner, so that the cost follows what changed and not the
 * size of the cluster. Resource versions are not remembered: what comes back is a new version.
 */
export class UndoLog {
  readonly steps: UndoStep[]

  /** @param current the objects as they are, for steps that come from storage */
  constructor(steps: readonly UndoStep[] = [], current: Current = () => undefined) {
    this.steps = steps.map((step) => ({ ...step, changes: { ...step.changes } }))
    const newest = this.steps.at(-1)
    for (const [key, before] of memoriesOf(newest))
      if (newest && before && 'now' in before)
        newest.changes[key] = full(apply(withoutVersion(current(key)), before.d) as KubeObject)
  }

  /** The steps as they are stored: also the newest one as differences. */
  stored(current: Current): UndoStep[] {
    const newest = this.steps.at(-1)
    if (!newest) return []
    const step = { ...newest, changes: { ...newest.changes } }
    for (const [key, before] of memoriesOf(step)) {
      const object = before && 'o' in before ? withoutVersion(current(key)) : undefined
      if (object && before && 'o' in before) step.changes[key] = { d: diff(before.o, object) ?? {}, now: 1 }
    }
    tellSiblingsRelatively(step)
    sortMembers(step)
    return [...this.steps.slice(0, -1), step]
  }

  /** Opens a step; what changes from now on belongs to it. */
  begin(step: Pick<UndoStep, 'author' | 'line' | 'at'>): void {
    const closed = this.steps.at(-1)
    if (closed) this.#compact(closed)
    this.steps.push({ ...step, changes: {} })
    if (this.steps.length > UNDO_STEPS) this.steps.shift()
  }

  /** Remembers what a change replaces. Only the first change of a key within a step counts. */
  remember(key: Key, before: KubeObject | undefined): void {
    const step = this.steps.at(-1)
    if (!step || Object.hasOwn(step.changes, key)) return
    const object = withoutVersion(before)
    step.changes[key] = full(object)
    if (object) this.#rebaseOlder(key, object)
  }

  rememberSettings(before: Settings): void {
    const step = this.steps.at(-1)
    if (step) step.settings ??= before
  }

  /** Takes the newest step off and returns what it replaced; undefined if there is none. */
  pop(): { step: UndoStep; objects: [Key, KubeObject | undefined][] } | undefined {
    const top = this.steps.length - 1
    const step = this.steps[top]
    if (!step) return undefined
    const keys = Object.keys(step.changes) as Key[]
    const objects = keys.map((key): [Key, KubeObject | undefined] => [
      key,
      sorted(this.#resolve(top, key)) as KubeObject | undefined,
    ])
    for (const key of keys) this.#detach(key, top)
    this.steps.pop()
    return { step, objects }
  }

  /** What a step remembers of a key, in full. */
  #resolve(index: number, key: Key): KubeObject | undefined {
    const before = this.steps[index]?.changes[key]
    if (!before) return undefined
    if ('o' in before) return before.o
    const model = 'like' in before ? before.like : key
    const own = 'like' in before && remembers(this.steps[index]!, model)
    const at = own ? index : this.#newerMemory(model, index)
    if (at === undefined) throw new Error(`undo: ${key} is relative to a step that is gone`)
    return apply(this.#resolve(at, model), before.d) as KubeObject
  }

  /** The next newer step that remembers an object under this key. */
  #newerMemory(key: Key, index: number): number | undefined {
    for (let at = index + 1; at < this.steps.length; at++) if (remembers(this.steps[at]!, key)) return at
    return undefined
  }

  /** Everything that is told relative to this memory is told in full from here on. */
  #detach(model: Key, index: number): void {
    for (let at = index; at >= 0; at--) {
      const step = this.steps[at]!
      for (const [key, before] of memoriesOf(step)) {
        if (!before || 'o' in before || (at === index && !('like' in before))) continue
        if (('like' in before ? before.like : key) === model) step.changes[key] = full(this.#resolve(at, key))
      }
      // Older memories that name this key mean the one in this step.
      if (at < index && remembers(step, model)) return
    }
  }

  /** The newest older step that remembers this key in full becomes relative to the new memory. */
  #rebaseOlder(key: Key, newer: KubeObject): void {
    const newest = this.steps.length - 1
    const index = this.steps.findLastIndex((step, at) => at < newest && Object.hasOwn(step.changes, key))
    const before = this.steps[index]?.changes[key]
    if (!before || !('o' in before || 'like' in before)) return
    this.steps[index]!.changes[key] = { d: diff(this.#resolve(index, key), newer) ?? {} }
  }

  /** A step that is complete: siblings are told relative to one of them, and older ones of that family as well. */
  #compact(step: UndoStep): void {
    const models = tellSiblingsRelatively(step)
    const index = this.steps.indexOf(step)
    for (const [family, key] of models) this.#rebaseFamily(family, key, index)
    sortMembers(step)
  }

  #rebaseFamily(family: string, model: Key, index: number): void {
    for (let at = index - 1; at >= 0; at--) {
      const step = this.steps[at]!
      for (const [key, before] of memoriesOf(step)) {
        if (!before || !('o' in before) || familyOf(before.o) !== family) continue
        const from = remembers(step, model) ? undefined : this.#newerMemory(model, at)
        const base = from === undefined ? undefined : this.#resolve(from, model)
        if (base) step.changes[key] = { d: diff(before.o, base) ?? {}, like: model }
        return
      }
    }
  }
}

const remembers = ({ changes }: UndoStep, key: Key): boolean => (changes[key] ?? null) !== null

const memoriesOf = (step: UndoStep | undefined): [Key, Before][] =>
  Object.entries(step?.changes ?? {}) as [Key, Before][]

/** What is kept in full looks the same whether or not it has been in storage. */
function sortMembers(step: UndoStep): void {
  for (const [key, before] of memoriesOf(step))
    if (before && 'o' in before) step.changes[key] = { o: sorted(before.o) as KubeObject }
}

const full = (object: KubeObject | undefined): Before => (object ? { o: object } : null)

function withoutVersion(object: KubeObject | undefined): KubeObject | undefined {
  if (!object) return undefined
  const { resourceVersion: _, ...metadata } = object.metadata
  return { ...object, metadata }
}

/** Objects of one kind and owner, such as the pods of a ReplicaSet, look much alike. */
function familyOf({ kind, metadata }: KubeObject): string | undefined {
  const owner = metadata.ownerReferences?.[0]?.uid
  return owner === undefined ? undefined : `${kind} ${owner}`
}

/** Tells siblings relative to the first of them; returns the key of that one by family. */
function tellSiblingsRelatively(step: UndoStep): Map<string, Key> {
  const models = new Map<string, Key>()
  for (const [key, before] of memoriesOf(step)) {
    const family = before && 'o' in before ? familyOf(before.o) : undefined
    if (family === undefined || !before || !('o' in before)) continue
    const model = models.get(family)
    const base = model === undefined ? undefined : step.changes[model]
    if (model === undefined) models.set(family, key)
    else if (base && 'o' in base) step.changes[key] = { d: diff(before.o, base.o) ?? {}, like: model }
  }
  return models
}
