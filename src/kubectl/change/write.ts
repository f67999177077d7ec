import { create, lookupKind, update } from '../../cluster/api.ts'
import { equal } from '../../cluster/delta.ts'
import type { KubeObject } from '../../cluster/object.ts'
import { isObject, memberOf } from '../patch/json.ts'
import type { Invocation } from '../verb.ts'
import type { DryRun } from './dry-run.ts'
import { type Validation, writeLeniently } from './validation.ts'

export interface WriteMode {
  dryRun: DryRun
  validation?: Validation
  /** Namespace of the request, for kinds that live in one. */
  namespace?: string | undefined
}

/** Creates an object and passes on what the API server had to say about it. Throws like `create` of the API. */
export const createObject = (invocation: Invocation, object: unknown, mode: WriteMode): KubeObject =>
  write(invocation, object, mode, create)

/**
 * Replaces an object and passes on what the API server had to say about it. Throws like `update` of the API. Fields without
 * effect are only named where they change: an object that was read holds the defaults of all fields.
 */
export function updateObject(invocation: Invocation, object: unknown, mode: WriteMode): KubeObject {
  const before = currentOf(invocation, object, mode)
  const ignore = (paths: readonly string[]) =>
    invocation.ignore(paths.filter((path) => !equal(valuesAt(object, path), valuesAt(before, path))))
  return write({ ...invocation, ignore }, object, mode, update)
}

function write(
  { cluster, streams, ignore }: Invocation,
  object: unknown,
  { dryRun, namespace, validation = 'strict' }: WriteMode,
  send: typeof create,
): KubeObject {
  const warn = (text: string) => streams.warn(`Warning: ${text}`)
  const options = { namespace, dryRun: dryRun === 'server' }
  const written = writeLeniently(object, validation, (value) => send(cluster, value, options), warn)
  for (const warning of written.warnings) warn(warning)
  ignore(written.ignored)
  return written.object
}

/** The object as it is shown before it is replaced. */
function currentOf({ cluster }: Invocation, object: unknown, { namespace }: WriteMode): KubeObject | undefined {
  if (!isObject(object) || !isObject(object.metadata)) return undefined
  const definition = lookupKind(String(object.apiVersion), String(object.kind))
  const current = definition && cluster.get(definition.kind, namespace, String(object.metadata.name))
  return current && (definition?.present?.(current, cluster) ?? current)
}

/** Everything that stands at a path such as `spec.containers[].resources`. */
function valuesAt(object: unknown, path: string): unknown[] {
  return path.split('.').reduce<unknown[]>(
    (values, part) => {
      const name = part.replaceAll('[]', '')
      const members = values.flatMap((value) => {
        const member = isObject(value) ? memberOf(value, name) : undefined
        return member === undefined ? [] : [member]
      })
      return part.endsWith('[]') ? members.flatMap((member) => (Array.isArray(member) ? member : [])) : members
    },
    [object],
  )
}
