import type { Cluster } from './cluster.ts'
import type { Decoded } from './decode.ts'
import { equal } from './delta.ts'
import { ApiError } from './errors.ts'
import type { Kind } from './kinds/index.ts'
import { type KindDefinition, type KubeObject, type ObjectMeta, timestamp } from './object.ts'

export const scopeOf = ({ namespaced }: KindDefinition, namespace: string | undefined): string | undefined =>
  namespaced ? namespace : undefined

/** The namespace that an object goes to: that of the request, which its own must not contradict. */
export function namespaceOf(
  definition: KindDefinition,
  metadata: ObjectMeta,
  requested: string | undefined,
): string | undefined {
  if (!definition.namespaced) return undefined
  const own = metadata.namespace
  if (own !== undefined && requested !== undefined && own !== requested)
    throw new ApiError(
      'BadRequest',
      'the namespace of the provided object does not match the namespace sent on the request',
    )
  return own ?? requested ?? 'default'
}

/** A generated name keeps at most this much of its base (R-NAM-6). */
const GENERATED_BASE = 58

/** The object with the metadata that the server gives to a new one. */
export function withIdentity(
  cluster: Cluster,
  { definition, object }: Decoded,
  requested: string | undefined,
): KubeObject {
  const { labels, annotations, ownerReferences, finalizers, generateName, name } = object.metadata
  const namespace = namespaceOf(definition, object.metadata, requested)
  const { status: _, ...rest } = object as KubeObject & { status?: unknown }
  const given = name ?? (generateName === undefined ? '' : freeName(cluster, definition.kind, namespace, generateName))
  return {
    ...rest,
    metadata: {
      name: given,
      ...(generateName !== undefined && { generateName }),
      ...(namespace !== undefined && { namespace }),
      uid: cluster.random.uuid(),
      creationTimestamp: timestamp(cluster.now),
      ...(definition.generation && { generation: 1 }),
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      ...(ownerReferences && { ownerReferences }),
      ...(finalizers && { finalizers }),
    },
  }
}

function freeName(cluster: Cluster, kind: Kind, namespace: string | undefined, base: string): string {
  for (;;) {
    const name = base.slice(0, GENERATED_BASE) + cluster.random.suffix()
    if (!cluster.get(kind, namespace, name)) return name
  }
}

/** The new version with everything that a writer cannot change. */
export function withKept(
  { namespaced }: KindDefinition,
  object: KubeObject,
  previous: KubeObject,
  namespace: string | undefined,
): KubeObject {
  const { labels, annotations, ownerReferences, finalizers, uid } = object.metadata
  const { labels: _l, annotations: _a, ownerReferences: _o, finalizers: _f, ...kept } = previous.metadata
  const { status: _, ...rest } = object as KubeObject & { status?: unknown }
  return {
    ...rest,
    metadata: {
      ...kept,
      ...(namespaced && namespace !== undefined && { namespace }),
      uid: uid ?? kept.uid,
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      ...(ownerReferences && { ownerReferences }),
      ...(finalizers && { finalizers }),
    },
    ...('status' in previous && { status: previous.status }),
  }
}

export function withGeneration({ generation }: KindDefinition, next: KubeObject, previous: KubeObject): KubeObject {
  if (!generation || equal(generation(next), generation(previous))) return next
  const count = (previous.metadata.generation ?? 1) + 1
  return { ...next, metadata: { ...next.metadata, generation: count } }
}
