import { create, update, type Written } from '../../cluster/api.ts'
import type { KubeObject } from '../../cluster/object.ts'
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

/** Replaces an object and passes on what the API server had to say about it. Throws like `update` of the API. */
export const updateObject = (invocation: Invocation, object: unknown, mode: WriteMode): KubeObject =>
  write(invocation, object, mode, update)

type Write = typeof create

function write(
  { cluster, streams, ignore }: Invocation,
  object: unknown,
  { dryRun, namespace, validation = 'strict' }: WriteMode,
  send: Write,
): KubeObject {
  const warn = (text: string) => streams.warn(`Warning: ${text}`)
  const options = { namespace, dryRun: dryRun === 'server' }
  const written: Written<KubeObject> = writeLeniently(
    object,
    validation,
    (value) => send(cluster, value, options),
    warn,
  )
  for (const warning of written.warnings) warn(warning)
  ignore(written.ignored)
  return written.object
}
