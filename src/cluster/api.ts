import { namespaceOf, scopeOf, withGeneration, withIdentity, withKept } from './api-metadata.ts'
import type { Cluster } from './cluster.ts'
import { type Decoded, decode } from './decode.ts'
import { checkDeletion, deleteObject, orphanDependants } from './deletion.ts'
import { ApiError, alreadyExists, type FieldError, invalid, NotModelledError, notFound } from './errors.ts'
import { type FieldSelector, fieldMatcher } from './field-selector.ts'
import { type Kind, kinds } from './kinds/index.ts'
import { type KindDefinition, type KubeObject, keyOf, type ObjectMeta, resourceOf } from './object.ts'
import { exactLabels, matchesSelector, type Selector } from './selector.ts'
import { validateMetadata, validateMetadataUpdate } from './validation-metadata.ts'

/** What the API server answers to a write. */
export interface Written<T> {
  /** As `get -o yaml` would show it. */
  object: T
  /** What kubectl prints after `Warning: `. */
  warnings: string[]
  /** Accepted fields that have no effect here, as paths. */
  ignored: string[]
}

export interface WriteOptions {
  /** Namespace of the request; the object's own must be the same. */
  namespace?: string | undefined
  /** Everything is checked and answered, nothing is stored. */
  dryRun?: boolean | undefined
}

export interface RemoveOptions {
  gracePeriodSeconds?: number | undefined
  /** `Foreground` is carried out like `Background`: the owner goes first, what it owned follows. */
  propagation?: 'Background' | 'Foreground' | 'Orphan' | undefined
  dryRun?: boolean | undefined
}

export { decode, lookupKind } from './decode.ts'

/**
 * Creates an object. Throws ApiError, NoMatchError or NotModelledError, in the order in which the API server checks:
 * decoding (R-ERR-4), namespace (R-NSP-4), all field errors together (R-ERR-2), existence (R-ERR-3). On a throw nothing
 * is stored.
 */
export function create(cluster: Cluster, input: unknown, options: WriteOptions = {}): Written<KubeObject> {
  return tentatively(cluster, options, () => {
    const decoded = decodeWritable(input)
    const { definition } = decoded
    const fresh = withIdentity(cluster, decoded, options.namespace)
    admitNamespace(cluster, definition, fresh.metadata)
    const admission = { cluster, previous: undefined }
    const prepared = definition.prepare?.(fresh, admission) ?? fresh
    refuseInvalid(definition, prepared, [
      ...validateMetadata(definition, prepared.metadata),
      ...(definition.validate?.(prepared, admission) ?? []),
    ])
    const { name, namespace } = prepared.metadata
    if (cluster.get(definition.kind, namespace, name)) throw alreadyExists(resourceOf(definition), name)
    return written(cluster, decoded, options.dryRun ? prepared : cluster.put(prepared), undefined)
  })
}

/**
 * Replaces an object: immutable fields stay (R-SVC-9, R-DEP-11, R-POD-10), status is kept, the generation counts changes
 * of the spec, a resourceVersion that is given must be the current one. Throws like `create`.
 */
export function update(cluster: Cluster, input: unknown, options: WriteOptions = {}): Written<KubeObject> {
  return tentatively(cluster, options, () => {
    const decoded = decodeWritable(input)
    const { definition, object } = decoded
    const namespace = namespaceOf(definition, object.metadata, options.namespace)
    const previous = cluster.get(definition.kind, namespace, object.metadata.name ?? '')
    if (!previous) throw notFound(resourceOf(definition), object.metadata.name ?? '')
    refuseConflict(definition, object.metadata, previous.metadata)
    const next = withKept(definition, object, previous, namespace)
    const admission = { cluster, previous }
    const prepared = definition.prepare?.(next, admission) ?? next
    refuseInvalid(definition, prepared, [
      ...validateMetadataUpdate(prepared, previous),
      ...(definition.validate?.(prepared, admission) ?? []),
    ])
    const counted = withGeneration(definition, prepared, previous)
    return written(cluster, decoded, options.dryRun ? counted : replace(cluster, counted), previous)
  })
}

/**
 * Deletes an object (R-POD-9, R-NSP-5, R-DEP-13); what it owns follows by garbage collection unless it is orphaned.
 * Returns the object as it was, or as it is while it goes. Throws ApiError: NotFound, or Forbidden for the namespaces that
 * must stay (R-NSP-4).
 */
export function remove(
  cluster: Cluster,
  kind: Kind,
  namespace: string | undefined,
  name: string,
  options: RemoveOptions = {},
): KubeObject {
  const definition = kinds[kind]
  if (definition.computed) throw readOnly(definition)
  const object = cluster.get(kind, scopeOf(definition, namespace), name)
  if (!object) throw notFound(resourceOf(definition), name)
  checkDeletion(object)
  if (options.dryRun) return present(cluster, definition, object)
  if (options.propagation === 'Orphan') orphanDependants(cluster, object)
  deleteObject(cluster, object, options.gracePeriodSeconds)
  return present(cluster, definition, cluster.get(kind, object.metadata.namespace, name) ?? object)
}

/** One object as it is shown. Throws ApiError NotFound. */
export function read(cluster: Cluster, kind: Kind, namespace: string | undefined, name: string): KubeObject {
  const definition = kinds[kind]
  const object = definition.computed
    ? definition.computed(cluster).find(({ metadata }) => metadata.name === name && metadata.namespace === namespace)
    : cluster.get(kind, scopeOf(definition, namespace), name)
  if (!object) throw notFound(resourceOf(definition), name)
  return present(cluster, definition, object)
}

export interface ListOptions {
  /** All namespaces where there is none. */
  namespace?: string | undefined
  selector?: Selector | undefined
  fields?: FieldSelector | undefined
}

/** The matching objects as they are shown, sorted by namespace and name. Throws ApiError for an unknown field. */
export function listObjects(cluster: Cluster, kind: Kind, options: ListOptions = {}): KubeObject[] {
  const { selector = [], fields = [] } = options
  const definition = kinds[kind]
  const namespace = scopeOf(definition, options.namespace)
  const matchesFields = fieldMatcher(definition, fields)
  const found = definition.computed
    ? definition.computed(cluster).filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace)
    : cluster.store.list(kind, { namespace, labels: exactLabels(selector) })
  return found
    .filter(({ metadata }) => matchesSelector(selector, metadata.labels))
    .map((object) => present(cluster, definition, object))
    .filter(matchesFields)
}

/** Chance is part of the state: what stores nothing must not use any of it. */
function tentatively<T>(cluster: Cluster, { dryRun }: WriteOptions, write: () => T): T {
  const before = cluster.random.state
  let stored = false
  try {
    const result = write()
    stored = !dryRun
    return result
  } finally {
    if (!stored) cluster.random.state = before
  }
}

const readOnly = ({ kind, plural }: KindDefinition): NotModelledError =>
  new NotModelledError(
    `Writing ${plural}`,
    `On a real cluster the components of the cluster write objects of kind ${kind}; here they are worked out when you look.`,
  )

function decodeWritable(input: unknown): Decoded {
  const decoded = decode(input)
  if (decoded.definition.computed) throw readOnly(decoded.definition)
  return decoded
}

/** Refuses content for a namespace that does not exist or is going away (R-NSP-4). */
function admitNamespace(cluster: Cluster, definition: KindDefinition, { name, namespace }: ObjectMeta): void {
  if (namespace === undefined) return
  const found = cluster.get('Namespace', undefined, namespace)
  if (!found) throw notFound('namespaces', namespace)
  if (found.status.phase === 'Terminating')
    throw new ApiError(
      'Forbidden',
      `${resourceOf(definition)} "${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
    )
}

function refuseInvalid({ kind, group }: KindDefinition, { metadata }: KubeObject, errors: FieldError[]): void {
  if (errors.length > 0) throw invalid(kind, metadata.name, errors, group)
}

function refuseConflict(definition: KindDefinition, next: ObjectMeta, previous: ObjectMeta): void {
  if (next.resourceVersion === undefined || next.resourceVersion === previous.resourceVersion) return
  const why = 'the object has been modified; please apply your changes to the latest version and try again'
  throw new ApiError(
    'Conflict',
    `Operation cannot be fulfilled on ${resourceOf(definition)} "${previous.name}": ${why}`,
  )
}

/** Stores the new version, or lets the object go if it only waited for its last finalizer. */
function replace(cluster: Cluster, object: KubeObject): KubeObject {
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers = [] } = object.metadata
  if (deletionTimestamp === undefined || deletionGracePeriodSeconds !== 0 || finalizers.length > 0)
    return cluster.put(object)
  cluster.remove(keyOf(object))
  return object
}

function written(
  cluster: Cluster,
  { definition, ignored }: Decoded,
  object: KubeObject,
  previous: KubeObject | undefined,
): Written<KubeObject> {
  const warnings = [
    ...(definition.warning === undefined ? [] : [definition.warning]),
    ...(definition.warnings?.(object, { cluster, previous }) ?? []),
  ]
  return { object: present(cluster, definition, object), warnings, ignored }
}

const present = (cluster: Cluster, definition: KindDefinition, object: KubeObject): KubeObject =>
  definition.present?.(object, cluster) ?? object
