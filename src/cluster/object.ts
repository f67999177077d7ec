import type { Cluster } from './cluster.ts'
import type { FieldError } from './errors.ts'
import type { Kind, Kinds } from './kinds/index.ts'

/** Milliseconds: an instant of the cluster's virtual clock (since the Unix epoch) or a length of time. */
export type Milliseconds = number

/** RFC 3339 in UTC with whole seconds, as the API server writes it. */
export type Timestamp = string

export interface OwnerReference {
  apiVersion: string
  kind: string
  name: string
  uid: string
  controller?: boolean
  blockOwnerDeletion?: boolean
}

export interface ObjectMeta {
  name: string
  generateName?: string
  namespace?: string
  uid: string
  resourceVersion?: string
  generation?: number
  creationTimestamp: Timestamp
  deletionTimestamp?: Timestamp
  deletionGracePeriodSeconds?: number
  labels?: Record<string, string>
  annotations?: Record<string, string>
  ownerReferences?: OwnerReference[]
  finalizers?: string[]
}

/**
 * What every object has. Objects in the store are immutable: a change is a new object that shares what stayed, so
 * that undo and watch keep old versions by reference.
 */
export interface KubeObject {
  apiVersion: string
  kind: string
  metadata: ObjectMeta
}

/** `Kind/namespace/name`; the namespace is empty for cluster-scoped kinds. */
export type Key = `${Kind}/${string}/${string}`

/** One column of `kubectl get`. `wide` columns show with `-o wide` only. */
export interface Column<T> {
  name: string
  wide?: boolean
  cell: (object: T, cluster: Cluster) => string
}

/**
 * One line or block of `kubectl describe`. `describedLines` turns it into lines whose cells are parted by tabs, as
 * kubectl writes them before its table writer aligns them:
 *
 * - `[key, value]`    `key:` and the value in the next cell; further lines of the value stand below it
 * - `{ key, lines }`  `key:` alone, and the lines one level (two blanks) deeper
 * - `{ key, table }`  `key:` alone, and header, rule and rows one level deeper; `bare` tables have no rule
 * - `{ raw }`         lines as they are, at the level where they stand; tabs part cells
 */
export type Described =
  | readonly [key: string, value: string]
  | { key: string; lines: Described[] }
  | { key: string; table: { header: string[]; rows: string[][]; bare?: true } }
  | { raw: string[] }

/** What admission may need to know beside the object: the cluster and the version that is replaced. */
export interface Admission<T> {
  cluster: Cluster
  previous: T | undefined
}

/**
 * Everything that is special about one kind. Shared code never asks for a kind by name; it asks the kind's definition.
 */
export interface KindDefinition<T extends KubeObject = KubeObject> {
  kind: Kind
  /** API group without version; empty for the core group. */
  group: string
  version: string
  plural: string
  singular: string
  shortNames: readonly string[]
  namespaced: boolean
  /** What is wrong with a name of this kind; DNS subdomains by default (R-NAM-2). */
  nameErrors?: (name: string) => string[]
  /** Groups of kinds for `kubectl get CATEGORY`, such as `all`. */
  categories?: readonly string[]
  /** Message name in the field table, such as `core.v1.Pod`. */
  message: string
  /** Field paths that have an effect here (`spec.ports[].port`; a prefix covers what is below it). Others are kept and named once. */
  modelled: readonly string[]
  /** Server-side defaults and allocations; returns the object to store. Runs after decoding, before validation. */
  prepare?: (object: T, admission: Admission<T>) => T
  /** All problems of the object at once, in the API server's words. */
  validate?: (object: T, admission: Admission<T>) => FieldError[]
  /** What the API server warns of although it accepts the object; kubectl prints it after `Warning: `. */
  warnings?: (object: T, admission: Admission<T>) => string[]
  /** The part whose change counts up `metadata.generation`; kinds without it have no generation. */
  generation?: (object: T) => unknown
  /** What is filled in for output but not stored, because it follows from other fields. */
  present?: (object: T, cluster: Cluster) => T
  /** True for objects that a controller works out from others: their changes need no undo, they follow it. */
  derived?: (object: T) => boolean
  /** Secondary indexes of the store: name -> the values under which the object is found. */
  indexes?: Record<string, (object: T) => string[]>
  /** Fields that `--field-selector` may ask for beside metadata.name and metadata.namespace. */
  fieldLabels?: Readonly<Record<string, (object: T) => string>>
  columns: readonly Column<T>[]
  describe?: (object: T, cluster: Cluster) => Described[]
  /** Short texts for `kubectl explain`, by field path below the kind; the empty path is the kind itself. */
  explain?: Readonly<Record<string, string>>
  /** Kinds that are worked out when somebody asks (events, legacy endpoints) instead of being stored. */
  computed?: (cluster: Cluster) => T[]
  /** Deprecation warning that the API server sends with every answer about this kind. */
  warning?: string
}

/** `apps/v1`, or `v1` for the core group. */
export const apiVersionOf = (kind: Pick<KindDefinition, 'group' | 'version'>): string =>
  kind.group === '' ? kind.version : `${kind.group}/${kind.version}`

/** `deployments.apps`, or `pods` for the core group. */
export const resourceOf = (kind: Pick<KindDefinition, 'group' | 'plural'>): string =>
  kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`

export const keyFor = (kind: Kind, namespace: string | undefined, name: string): Key =>
  `${kind}/${namespace ?? ''}/${name}`

export const keyOf = (object: KubeObject): Key =>
  keyFor(object.kind as Kind, object.metadata.namespace, object.metadata.name)

/** The parts of a key. Names and namespaces never hold a slash (R-NAM-1, R-NAM-2). */
export function partsOf<K extends Kind>(key: Key): { kind: K; namespace: string; name: string } {
  const [kind, namespace, name] = key.split('/') as [K, string, string]
  return { kind, namespace, name }
}

/** The owner that manages this object: the one reference with `controller: true` (R-OWN-2). */
export const controllerOf = (object: KubeObject): OwnerReference | undefined =>
  object.metadata.ownerReferences?.find((owner) => owner.controller === true)

/** A controller reference to `owner`. */
export const ownedBy = (owner: KubeObject): OwnerReference => ({
  apiVersion: owner.apiVersion,
  kind: owner.kind,
  name: owner.metadata.name,
  uid: owner.metadata.uid,
  controller: true,
  blockOwnerDeletion: true,
})

// Most instants that are written or read one after the other lie within the same second.
let written = { second: Number.NaN, text: '' }

export function timestamp(at: Milliseconds): Timestamp {
  const second = Math.floor(at / 1000)
  if (second !== written.second) written = { second, text: `${new Date(at).toISOString().slice(0, 19)}Z` }
  return written.text
}

export const instant = (at: Timestamp): Milliseconds => Date.parse(at)

/** The same object with some metadata replaced. */
export const withMetadata = <T extends KubeObject>(object: T, metadata: Partial<ObjectMeta>): T => ({
  ...object,
  metadata: { ...object.metadata, ...metadata },
})

/** Narrows an object by its kind. */
export const isKind = <K extends Kind>(object: KubeObject, kind: K): object is Kinds[K] => object.kind === kind
