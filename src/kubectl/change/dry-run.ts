import { KubectlError } from '../errors.ts'
import type { Invocation } from '../verb.ts'
import type { dryRunFlag } from './flags.ts'

/** `client` asks the API server for nothing, `server` lets it check without storing. */
export type DryRun = 'none' | 'client' | 'server'

const TRUE = ['1', 't', 'T', 'TRUE', 'true', 'True']
const FALSE = ['0', 'f', 'F', 'FALSE', 'false', 'False']

/** What `--dry-run` means; its old forms still work and say what has taken their place. */
export function dryRunOf({ flags, streams }: Invocation<{ 'dry-run': typeof dryRunFlag }>): DryRun {
  const value = flags['dry-run']
  if (value === 'none' || value === 'client' || value === 'server') return value
  const deprecated = (form: string, instead: DryRun): DryRun => {
    const warning = `${form} is deprecated and can be replaced with --dry-run=${instead}.`
    // A verb asks more than once; it is told once.
    if (!streams.stderr.includes(warning)) streams.warn(warning)
    return instead
  }
  if (value === 'unchanged') return deprecated('--dry-run', 'client')
  if (TRUE.includes(value)) return deprecated(`--dry-run=${value} (boolean value)`, 'client')
  if (FALSE.includes(value)) return deprecated(`--dry-run=${value} (boolean value)`, 'none')
  throw new KubectlError(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`)
}
