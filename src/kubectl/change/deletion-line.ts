import { resourceName } from '../resources.ts'
import type { DryRun } from './dry-run.ts'
import type { Target } from './targets.ts'

interface Options {
  /** With `-o name`. */
  name?: boolean
  /** The object was given no time to stop. */
  force?: boolean
  dryRun?: DryRun
}

const SUFFIXES: Readonly<Record<DryRun, string>> = { none: '', client: ' (dry run)', server: ' (server dry run)' }

/** `pod "web" deleted from default namespace`. */
export function deletionLine(
  { definition, namespace, name }: Target,
  { name: byName = false, force = false, dryRun = 'none' }: Options = {},
): string {
  if (byName) return resourceName(definition, name)
  const kind = definition.group === '' ? definition.singular : `${definition.singular}.${definition.group}`
  const where = namespace === undefined ? '' : ` from ${namespace} namespace`
  return `${kind} "${name}" ${force ? 'force deleted' : 'deleted'}${where}${SUFFIXES[dryRun]}`
}
