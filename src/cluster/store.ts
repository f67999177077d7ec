import type { Kind, Kinds } from './kinds/index.ts'
import { type Key, type KubeObject, keyFor, keyOf } from './object.ts'

/** Which objects of a kind are asked for. All given conditions must hold. */
export interface Query {
  namespace?: string | undefined
  /** Equality pairs; every pair must match. An empty map matches everything. */
  labels?: Readonly<Record<string, string>> | undefined
  /** UID of the owner that an owner reference names. */
  owner?: string | undefined
  /** A secondary index that the kind declares, and the wanted value. */
  index?: readonly [name: string, value: string] | undefined
}

type Indexers = (kind: Kind) => Record<string, (object: KubeObject) => string[]> | undefined

/**
 * The API server's memory: immutable objects by kind and name, found through indexes so that the work of a question
 * follows the size of its answer, not of the cluster.
 */
export class Store {
  /** How many objects have been handed out: the exact measure of work for tests of proportionality. */
  visited = 0
  readonly #kinds = new Map<Kind, Map<Key, KubeObject>>()
  readonly #index = new Map<string, Set<Key>>()
  readonly #indexers: Indexers

  constructor(indexers: Indexers) {
    this.#indexers = indexers
  }

  get<K extends Kind>(kind: K, namespace: string | undefined, name: string): Kinds[K] | undefined {
    return this.byKey(keyFor(kind, namespace, name)) as Kinds[K] | undefined
  }

  byKey(key: Key): KubeObject | undefined {
    this.visited += 1
    return this.#kinds.get(key.slice(0, key.indexOf('/')) as Kind)?.get(key)
  }

  /** Whether there is such an object, without handing it out. */
  has(kind: Kind, namespace: string | undefined, name: string): boolean {
    return this.#kinds.get(kind)?.has(keyFor(kind, namespace, name)) ?? false
  }

  /** The matching objects, sorted by namespace and name as the API server lists them. */
  list<K extends Kind>(kind: K, query: Query = {}): Kinds[K][] {
    const objects = this.#kinds.get(kind)
    const sets = objects && this.#sets(kind, query)
    if (!sets) return []
    const [smallest, ...others] = sets
    const found: KubeObject[] = []
    for (const key of smallest ?? objects.keys())
      if (others.every((set) => set.has(key))) found.push(objects.get(key) as KubeObject)
    this.visited += found.length
    return (found.length > 1 ? found.sort(byNamespaceAndName) : found) as Kinds[K][]
  }

  /** The index sets of all conditions, smallest first; undefined if one of them holds for no object. */
  #sets(kind: Kind, query: Query): Set<Key>[] | undefined {
    const sets: Set<Key>[] = []
    for (const entry of entriesOf(kind, query)) {
      const set = this.#index.get(entry)
      if (!set) return undefined
      sets.push(set)
    }
    return sets.length > 1 ? sets.sort((a, b) => a.size - b.size) : sets
  }

  /** How many objects match, without visiting them where one condition is enough. */
  count(kind: Kind, query: Query = {}): number {
    const entries = entriesOf(kind, query)
    if (entries.length === 0) return this.#kinds.get(kind)?.size ?? 0
    if (entries.length === 1) return this.#index.get(entries[0]!)?.size ?? 0
    return this.list(kind, query).length
  }

  /** All objects of all kinds, each kind in the order in which its objects came. Not counted as visits. */
  *all(): Generator<KubeObject> {
    for (const objects of this.#kinds.values()) yield* objects.values()
  }

  get size(): number {
    let size = 0
    for (const objects of this.#kinds.values()) size += objects.size
    return size
  }

  /** Stores the object; returns what it replaced. */
  put(object: KubeObject): KubeObject | undefined {
    const kind = object.kind as Kind
    const key = keyOf(object)
    let objects = this.#kinds.get(kind)
    if (!objects) {
      objects = new Map()
      this.#kinds.set(kind, objects)
    }
    const previous = objects.get(key)
    objects.set(key, object)
    if (!previous) this.#enter(key, this.#entriesOf(object))
    else if (!this.#isFoundAlike(previous, object)) {
      this.#leave(key, this.#entriesOf(previous))
      this.#enter(key, this.#entriesOf(object))
    }
    return previous
  }

  /** Removes the object; returns it. */
  remove(key: Key): KubeObject | undefined {
    const objects = this.#kinds.get(key.slice(0, key.indexOf('/')) as Kind)
    const object = objects?.get(key)
    if (!object) return undefined
    this.#leave(key, this.#entriesOf(object))
    objects?.delete(key)
    return object
  }

  /** True if both versions of an object have the same index entries, as most changes leave them. */
  #isFoundAlike(left: KubeObject, right: KubeObject): boolean {
    const [a, b] = [left.metadata, right.metadata]
    if (a.labels !== b.labels || a.ownerReferences !== b.ownerReferences) return false
    const indexers = this.#indexers(right.kind as Kind)
    for (const name in indexers) if (!sameTexts(indexers[name]!(left), indexers[name]!(right))) return false
    return true
  }

  #enter(key: Key, entries: readonly string[]): void {
    for (const entry of entries) {
      const set = this.#index.get(entry)
      if (set) set.add(key)
      else this.#index.set(entry, new Set([key]))
    }
  }

  #leave(key: Key, entries: readonly string[]): void {
    for (const entry of entries) {
      const set = this.#index.get(entry)
      set?.delete(key)
      if (set?.size === 0) this.#index.delete(entry)
    }
  }

  #entriesOf(object: KubeObject): string[] {
    const kind = object.kind as Kind
    const { namespace, labels, ownerReferences } = object.metadata
    const entries = namespace === undefined ? [] : [`${kind} namespace ${namespace}`]
    for (const name in labels) entries.push(`${kind} label ${name}=${labels[name]}`)
    for (const owner of ownerReferences ?? []) entries.push(`${kind} owner ${owner.uid}`)
    const indexers = this.#indexers(kind)
    for (const name in indexers) for (const value of indexers[name]!(object)) entries.push(`${kind} ${name} ${value}`)
    return entries
  }
}

const sameTexts = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((text, index) => text === right[index])

function entriesOf(kind: Kind, { namespace, labels, owner, index }: Query): string[] {
  const entries = namespace === undefined ? [] : [`${kind} namespace ${namespace}`]
  for (const name in labels) entries.push(`${kind} label ${name}=${labels[name]}`)
  if (owner !== undefined) entries.push(`${kind} owner ${owner}`)
  if (index) entries.push(`${kind} ${index[0]} ${index[1]}`)
  return entries
}

function byNamespaceAndName(left: KubeObject, right: KubeObject): number {
  const a = left.metadata.namespace ?? ''
  const b = right.metadata.namespace ?? ''
  if (a !== b) return a < b ? -1 : 1
  return left.metadata.name < right.metadata.name ? -1 : left.metadata.name > right.metadata.name ? 1 : 0
}
