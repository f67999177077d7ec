import { compactJson } from '../output/json.ts'
import type { MemberOrder } from '../output/struct-order.ts'
import { isObject, type JsonObject, memberOf, without } from '../patch/json.ts'

/** The annotation in which `kubectl apply` keeps what it applied last. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

const annotationsOf = (object: JsonObject): JsonObject => {
  const metadata = isObject(object.metadata) ? object.metadata : {}
  return isObject(metadata.annotations) ? metadata.annotations : {}
}

const withAnnotations = <T extends JsonObject>(object: T, annotations: JsonObject): T => ({
  ...object,
  metadata: { ...(isObject(object.metadata) ? object.metadata : {}), annotations },
})

/**
 * The object with its own configuration in the annotation, as `apply` sends it. With `order` it is written as a verb writes
 * it that knows the Go type: its members in their order, and no empty annotations.
 */
export function withLastApplied<T extends JsonObject>(object: T, order?: MemberOrder): T {
  const bare = without(annotationsOf(object), LAST_APPLIED)
  const isPlain = order !== undefined && Object.keys(bare).length === 0
  const metadata = isObject(object.metadata) ? without(object.metadata, 'annotations') : {}
  const configuration = isPlain ? { ...object, metadata } : withAnnotations(object, bare)
  return withAnnotations(object, { ...bare, [LAST_APPLIED]: `${compactJson(configuration, order)}\n` })
}

/** The text that was applied last; undefined for an object that was not applied. */
export function lastApplied(object: JsonObject): string | undefined {
  const text = memberOf(annotationsOf(object), LAST_APPLIED)
  return typeof text === 'string' ? text : undefined
}

/** The object with its configuration saved if it keeps one already, or if it shall from now on. */
export const withSavedConfiguration = <T extends JsonObject>(object: T, always: boolean): T =>
  always || lastApplied(object) !== undefined ? withLastApplied(object) : object
