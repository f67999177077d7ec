import { KubectlError } from '../errors.ts'
import { bool, duration, int, optionalText } from '../flags.ts'
import type { Invocation } from '../verb.ts'

/** How something is deleted: by `delete`, and by verbs that replace. */
export const deleteFlags = {
  cascade: optionalText(
    'Must be "background", "orphan", or "foreground". Selects the deletion cascading strategy for the dependents (e.g. Pods created by a ReplicationController). Defaults to background.',
    { alone: 'background', initial: 'background' },
  ),
  force: bool(
    'If true, immediately remove resources from API and bypass graceful deletion. Note that immediate deletion of some resources may result in inconsistency or data loss and requires confirmation.',
  ),
  'grace-period': int(
    'Period of time in seconds given to the resource to terminate gracefully. Ignored if negative. Set to 1 for immediate shutdown. Can only be set to 0 when --force is true (force deletion).',
    { initial: -1 },
  ),
  timeout: duration(
    'The length of time to wait before giving up on a delete, zero means determine a timeout from the size of the object',
  ),
  wait: bool('If true, wait for resources to be gone before returning. This waits for finalizers.'),
} as const

export type Propagation = 'Background' | 'Foreground' | 'Orphan'

const CASCADES: ReadonlyMap<string, Propagation> = new Map([
  ['background', 'Background'],
  ['foreground', 'Foreground'],
  ['orphan', 'Orphan'],
])

const TRUE = ['1', 't', 'T', 'TRUE', 'true', 'True']
const FALSE = ['0', 'f', 'F', 'FALSE', 'false', 'False']

/** What becomes of the objects that the deleted ones own. */
export function propagationOf({ flags, streams }: Invocation<typeof deleteFlags>): Propagation {
  const { cascade } = flags
  const known = CASCADES.get(cascade)
  if (known !== undefined) return known
  const instead = TRUE.includes(cascade) ? 'background' : FALSE.includes(cascade) ? 'orphan' : undefined
  if (instead === undefined)
    throw new KubectlError(`invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`, {
      wrong: { word: cascade, candidates: [...CASCADES.keys()] },
    })
  streams.warn(
    `warning: --cascade=${cascade} is deprecated (boolean value) and can be replaced with --cascade=${instead}.`,
  )
  return CASCADES.get(instead)!
}

/** Seconds that pods get to stop; undefined leaves it to them. Only `--force` may take all time from them. */
export function gracePeriodOf({ force, 'grace-period': given, now = false }: GraceFlags): number | undefined {
  if (now && given !== -1) throw new KubectlError('--now and --grace-period cannot be specified together')
  if (now) return 1
  if (force) return given < 0 ? 0 : given
  if (given === 0) return 1
  return given < 0 ? undefined : given
}

interface GraceFlags {
  force: boolean
  'grace-period': number
  now?: boolean
}
