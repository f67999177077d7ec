import type { KubeObject } from '../../cluster/object.ts'
import { KubectlError, notModelled } from '../errors.ts'
import { bool, text } from '../flags.ts'
import { allNamespacesFlag, fieldSelectorFlag } from '../global-flags.ts'
import type { Invocation } from '../verb.ts'
import { dryRunOf } from './dry-run.ts'
import { selectFlags } from './flags.ts'
import { changed, type Pairs } from './pairs.ts'
import { createResultPrinter } from './result-printer.ts'
import { eachTarget, findTargets, readTarget, type Selection } from './targets.ts'
import { updateObject } from './write.ts'

/** Flags of `label` and `annotate`. */
export const metadataFlags = {
  ...selectFlags,
  'all-namespaces': allNamespacesFlag,
  'field-selector': fieldSelectorFlag,
  list: bool('If true, display what is set on the given resource.'),
  overwrite: bool('If true, allow values to be overwritten, otherwise reject updates that overwrite existing values.'),
  'resource-version': text(
    'If non-empty, the update will only succeed if this is the current resource-version for the object.',
  ),
} as const

type Texts = Readonly<Record<string, string>>

/** What is special about labels and about annotations. */
export interface MetadataChange {
  field: 'labels' | 'annotations'
  resources: readonly string[]
  pairs: Pairs
  /** Throws where values would be overwritten without `--overwrite`. */
  refuseOverwrite: (current: Texts) => unknown[]
  /** The word behind the object's name. */
  done: (change: { added: boolean; removed: boolean }) => string
  /** Tells of keys that shall be removed but are not there. */
  absent?: (key: string) => string
}

/** Refuses combinations of flags that make no sense, in kubectl's order. */
export function refuseCombinations(
  { flags }: Invocation<typeof metadataFlags>,
  { resources, pairs, what }: { resources: readonly string[]; pairs: Pairs; what: string },
): void {
  if (flags.list && flags.output !== '') throw new KubectlError('--list and --output may not be specified together')
  if (flags.all && flags.selector !== '') throw new KubectlError('cannot set --all and --selector at the same time')
  if (flags.all && flags['field-selector'] !== '')
    throw new KubectlError('cannot set --all and --field-selector at the same time')
  if (flags.local) throw notModelled('--local', 'It changes a manifest without asking the API server.')
  if (resources.length === 0 && flags.filename.length === 0 && flags.kustomize === '')
    throw new KubectlError('one or more resources must be specified as <resource> <name> or <resource>/<name>')
  if (pairs.set.size === 0 && pairs.remove.length === 0 && !flags.list)
    throw new KubectlError(`at least one ${what} update is required`)
}

/** Sets and removes labels or annotations of every object that was asked for (R-LBL-9), or lists them. */
export function changeMetadata(invocation: Invocation<typeof metadataFlags>, change: MetadataChange): void {
  const { flags } = invocation
  const print = createResultPrinter(invocation, { separate: false })
  const selection: Selection = {
    args: change.resources,
    filenames: flags.filename,
    kustomize: flags.kustomize,
    selector: flags.selector,
    fieldSelector: flags['field-selector'],
    orEvery: flags.all,
    allNamespaces: flags['all-namespaces'],
  }
  const targets = findTargets(invocation, selection)
  const single =
    targets.length === 1 && flags.selector === '' && flags['field-selector'] === '' && !isEvery(change, flags)
  if (!single && flags['resource-version'] !== '')
    throw new KubectlError('--resource-version may only be used with a single resource')
  eachTarget(invocation, targets, (target) => {
    const object = readTarget(invocation, target)
    if (flags.list) listEntries(invocation, object, change.field, single)
    else print(...changeOne(invocation, object, change))
  })
}

/** A kind alone: whatever there is of it. */
const isEvery = ({ resources }: MetadataChange, { filename }: { filename: readonly string[] }): boolean =>
  filename.length === 0 && resources.length === 1 && !resources[0]!.includes('/')

function changeOne(
  invocation: Invocation<typeof metadataFlags>,
  object: KubeObject,
  { field, pairs, refuseOverwrite, done, absent }: MetadataChange,
): [KubeObject, string] {
  const { flags, streams } = invocation
  const dryRun = dryRunOf(invocation)
  const current = object.metadata[field] ?? {}
  if (absent && dryRun !== 'client')
    for (const key of pairs.remove) if (!Object.hasOwn(current, key)) streams.print(absent(key))
  const conflicts = flags.overwrite ? [] : refuseOverwrite(current)
  for (const error of conflicts.slice(0, -1)) invocation.fail(error)
  if (conflicts.length > 0) throw conflicts.at(-1)
  const { next, added, removed } = changed(current, pairs)
  const version = flags['resource-version']
  const metadata = { ...object.metadata, [field]: next, ...(version !== '' && { resourceVersion: version }) }
  const wanted = { ...object, metadata }
  if (dryRun === 'client' || (!added && !removed)) return [wanted, done({ added, removed })]
  const { namespace } = object.metadata
  return [updateObject(invocation, wanted, { dryRun, namespace }), done({ added, removed })]
}

function listEntries(
  { streams }: Invocation,
  object: KubeObject,
  field: 'labels' | 'annotations',
  single: boolean,
): void {
  const { apiVersion, kind, metadata } = object
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  if (!single) streams.print(`Listing ${field} for ${kind}.${group}/${metadata.name}:`)
  const entries = Object.entries(metadata[field] ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [key, value] of entries) streams.print(`${single ? '' : ' '}${key}=${value}`)
}
