import { KubectlError } from '../errors.ts'
import type { Invocation } from '../verb.ts'
import type { dryRunFlag } from './flags.ts'

/** `client` asks the API server for nothing, `server` lets it check without storing. */
export type DryRun = 'none' | 'client' | 'server'

const TRUE = ['1', 't', 'T', 'TRUE', 'true', 'True']
const FALSE = ['0', 'f', 'F', 'FALSE', 'false', 'False']

/** What `--dry-run` means; its old forms still work and say what has taken their place. */
export function dryRunOf(invocation: Invocation<{ 'dry-run': typeof dryRunFlag }>): DryRun {
  const value = invocation.flags['dry-run']
  if (value === 'none' || value === 'client' || value === 'server') return value
  if (value === 'unchanged') return deprecated(invocation, 719, '--dry-run is deprecated', 'client')
  const form = `--dry-run=${value} is deprecated (boolean value)`
  if (TRUE.includes(value)) return deprecated(invocation, 733, form, 'client')
  if (FALSE.includes(value)) return deprecated(invocation, 736, form, 'none')
  throw new KubectlError(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`, {
    wrong: { word: value, candidates: ['none', 'server', 'client'] },
  })
}

/** The client logs this, with the time, the number of its process and the line of its source. */
function deprecated({ cluster, streams }: Invocation, line: number, form: string, instead: DryRun): DryRun {
  const warning = `${form} and can be replaced with --dry-run=${instead}.`
  // A verb asks more than once; it is told once.
  if (streams.stderr.includes(warning)) return instead
  const [, month, day, time, millis] = /^\d+-(\d+)-(\d+)T([\d:]+)\.(\d+)Z$/.exec(new Date(cluster.now).toISOString())!
  streams.warn(`W${month}${day} ${time}.${millis}000   ${PROCESS} helpers.go:${line}] ${warning}`)
  return instead
}

const PROCESS = 31575
