import { remove } from '../../cluster/api.ts'
import { ApiError } from '../../cluster/errors.ts'
import type { KubeObject, Milliseconds } from '../../cluster/object.ts'
import { deleteFlags, propagationOf } from '../change/delete-options.ts'
import { deletionLine } from '../change/deletion-line.ts'
import { type DryRun, dryRunOf } from '../change/dry-run.ts'
import { createFlags, fileFlags } from '../change/flags.ts'
import { withSavedConfiguration } from '../change/last-applied.ts'
import { createResultPrinter, type ResultPrinter } from '../change/result-printer.ts'
import { type Validation, validationOf } from '../change/validation.ts'
import { createObject, updateObject } from '../change/write.ts'
import { KubectlError, notModelled, withSource } from '../errors.ts'
import { text } from '../flags.ts'
import { eachManifest, isReadable, type Manifest, type ManifestEntry, readManifests } from '../manifests.ts'
import { defineVerb, type Invocation } from '../verb.ts'
import { requireFiles } from './create/index.ts'

const flags = {
  ...createFlags,
  ...deleteFlags,
  ...fileFlags,
  raw: text('Raw URI to PUT to the server.'),
  subresource: text('If specified, replace will operate on the subresource of the requested object.'),
} as const

type ReplaceInvocation = Invocation<typeof flags>

/** How long `replace --force` waits for the old objects to be gone. */
const PATIENCE: Milliseconds = 300_000

/** Replace a resource by file name or stdin; with `--force` it is deleted and created anew. */
export const replace = defineVerb({
  name: 'replace',
  summary: 'Replace a resource by file name or stdin.',
  usage: '-f FILENAME',
  flags,
  run(invocation) {
    const { flags: given } = invocation
    const validation = validationOf(given.validate)
    const print = createResultPrinter(invocation)
    const dryRun = dryRunOf(invocation)
    requireFiles(given)
    refuseCombinations(invocation, dryRun)
    const entries = readManifests(invocation, {
      filenames: given.filename,
      kustomize: given.kustomize,
      validate: validation === 'strict',
    })
    if (given.force) forceReplace(invocation, entries, { dryRun, validation, print })
    else
      eachManifest(invocation, entries, (manifest) => replaceOne(invocation, manifest, { dryRun, validation, print }))
  },
})

function refuseCombinations({ flags: given }: ReplaceInvocation, dryRun: DryRun): void {
  if (given['grace-period'] >= 0 && !given.force) throw new KubectlError('--grace-period must have --force specified')
  if (given.timeout !== 0 && !given.force) throw new KubectlError('--timeout must have --force specified')
  if (given.force && dryRun !== 'none') throw new KubectlError('--dry-run can not be used when --force is set')
  if (given.raw !== '') throw notModelled('--raw', 'It sends the manifest to a path of your own.')
  if (given.subresource !== '') throw notModelled('--subresource', 'Status and scale are parts of the object itself.')
}

interface Mode {
  dryRun: DryRun
  validation: Validation
  print: ResultPrinter
}

function replaceOne(
  invocation: ReplaceInvocation,
  { object, namespace, place }: Manifest,
  { dryRun, validation, print }: Mode,
): void {
  const complete = withSavedConfiguration(object, invocation.flags['save-config'])
  try {
    const replaced =
      dryRun === 'client'
        ? (complete as unknown as KubeObject)
        : updateObject(invocation, complete, { dryRun, namespace, validation })
    print(replaced, 'replaced')
  } catch (error) {
    throw withSource(error, 'replacing', place.source)
  }
}

function forceReplace(
  invocation: ReplaceInvocation,
  entries: readonly ManifestEntry[],
  { validation, print }: Mode,
): void {
  const manifests = entries.filter(isReadable)
  deleteAll(invocation, manifests)
  let count = 0
  eachManifest(invocation, entries, ({ object, namespace }) => {
    const complete = withSavedConfiguration(object, invocation.flags['save-config'])
    const created = createObject(invocation, complete, { dryRun: 'none', namespace, validation })
    count += 1
    print(created, 'replaced')
  })
  if (entries.length === 0 && count === 0) throw new KubectlError('no objects passed to replace')
}

/** Deletes what is there and waits until it is gone; what is not there need not be deleted. */
function deleteAll(invocation: ReplaceInvocation, manifests: readonly Manifest[]): void {
  const { cluster, flags: given, streams } = invocation
  const propagation = propagationOf(invocation)
  const grace = given['grace-period']
  // Time to stop is only taken as far as it was asked for; `--force` alone leaves it.
  const gracePeriodSeconds = grace < 0 ? undefined : Math.max(1, grace)
  for (const { definition, namespace, name } of manifests)
    try {
      remove(cluster, definition.kind, namespace, name, { propagation, gracePeriodSeconds })
      streams.print(deletionLine({ definition, namespace, name }, { name: given.output === 'name' }))
    } catch (error) {
      if (!(error instanceof ApiError && error.reason === 'NotFound')) throw error
    }
  const isGone = () =>
    manifests.every(({ definition, namespace, name }) => cluster.get(definition.kind, namespace, name) === undefined)
  if (!cluster.waitFor(isGone, given.timeout > 0 ? given.timeout : PATIENCE))
    throw new KubectlError('timed out waiting for the condition')
}
