import type { KubeObject } from '../../../cluster/object.ts'
import { deleteFlags, gracePeriodOf, propagationOf } from '../../change/delete-options.ts'
import { type DryRun, dryRunOf } from '../../change/dry-run.ts'
import { createFlags, fileFlags } from '../../change/flags.ts'
import { createResultPrinter } from '../../change/result-printer.ts'
import { validationOf } from '../../change/validation.ts'
import { KubectlError, notModelled, usageError } from '../../errors.ts'
import { array, bool, text } from '../../flags.ts'
import { selectorFlag } from '../../global-flags.ts'
import { eachManifest, isReadable, readManifests } from '../../manifests.ts'
import { asList, createPrinter, OBJECT_FORMATS } from '../../output/printer.ts'
import { defineVerb, type Invocation, type Verb } from '../../verb.ts'
import { requireFiles } from '../create/index.ts'
import { applyObject } from './apply-object.ts'
import { otherApplyVerbs } from './last-applied-verbs.ts'

const { 'save-config': _, ...applyFlags } = createFlags

const flags = {
  ...applyFlags,
  ...deleteFlags,
  ...fileFlags,
  all: bool('Select all resources in the namespace of the specified resource types.'),
  applyset: text('The name of the ApplySet that tracks which resources are being managed.'),
  'force-conflicts': bool('If true, server-side apply will force the changes against conflicts.'),
  'openapi-patch': bool('If true, use openapi to calculate diff.', { initial: true }),
  overwrite: bool('Automatically resolve conflicts by using values from the modified configuration', { initial: true }),
  prune: bool('Automatically delete resource objects that do not appear in the configs.'),
  'prune-allowlist': array('Overwrite the default allowlist with <group/version/kind> for --prune'),
  record: bool('Record current kubectl command in the resource annotation. Deprecated.'),
  selector: selectorFlag,
  'server-side': bool('If true, apply runs in the server instead of the client.'),
  subresource: text('If specified, apply will operate on the subresource of the requested object.'),
} as const

type ApplyInvocation = Invocation<typeof flags>

/** Apply a configuration to a resource by file name or stdin: create it, or change it in three ways. */
export const apply: Verb = {
  ...defineVerb({
    name: 'apply',
    summary: 'Apply a configuration to a resource by file name or stdin.',
    usage: '(-f FILENAME | -k DIRECTORY)',
    flags,
    run,
  }),
  verbs: otherApplyVerbs,
}

function run(invocation: ApplyInvocation): void {
  const { args, flags: given, path, fail } = invocation
  if (args.length > 0) throw usageError(path, `Unexpected args: [${args.join(' ')}]`)
  const print = createResultPrinter(invocation)
  const dryRun = dryRunOf(invocation)
  const propagation = propagationOf(invocation)
  requireFiles(given)
  const validation = validationOf(given.validate)
  refuseCombinations(invocation, dryRun)
  const entries = readManifests(invocation, {
    filenames: given.filename,
    kustomize: given.kustomize,
    selector: given.selector,
    validate: validation === 'strict',
  })
  const errors = entries.filter((entry) => 'error' in entry)
  const manifests = entries.filter(isReadable)
  if (entries.length === 0) throw new KubectlError('no objects passed to apply')
  for (const { error, place } of errors) fail(error, place)
  const options = {
    dryRun,
    validation,
    propagation,
    force: given.force,
    gracePeriodSeconds: gracePeriodOf(given),
  }
  const applied: KubeObject[] = []
  eachManifest(invocation, manifests, (manifest) => {
    const { object, done } = applyObject(invocation, manifest, options)
    applied.push(object)
    if (!printsObjects(given)) print(object, done)
  })
  if (applied.length === entries.length) printObjects(invocation, applied)
}

const printsObjects = ({ output, template }: { output: string; template: string }): boolean =>
  (output !== '' && output !== 'name') || template !== ''

/** With `-o` the objects are printed at the end, several as a list. */
function printObjects({ flags: given, streams, environment }: ApplyInvocation, objects: readonly KubeObject[]): void {
  if (!printsObjects(given)) return
  const { output: format, template } = given
  const print = createPrinter({ format, template, formats: OBJECT_FORMATS, files: environment.files })
  streams.write(print(objects.length === 1 ? objects[0] : asList(objects)))
}

function refuseCombinations({ flags: given }: ApplyInvocation, dryRun: DryRun): void {
  const server = given['server-side']
  if (given['force-conflicts'] && !server) throw new KubectlError('--force-conflicts only works with --server-side')
  if (dryRun === 'client' && server)
    throw new KubectlError("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)")
  if (server && given.force) throw new KubectlError('--force cannot be used with --server-side')
  if (dryRun === 'server' && given.force) throw new KubectlError('--dry-run=server cannot be used with --force')
  if (given.all && given.selector !== '') throw new KubectlError('cannot set --all and --selector at the same time')
  if (server)
    throw notModelled(
      '--server-side',
      'The API server itself then merges the manifest and remembers for every field which manager has set it; plain apply compares with what was applied last.',
    )
  if (given.prune || given.applyset !== '')
    throw notModelled('--prune', 'It deletes what was applied before and is not in the manifests any more.')
  if (given.subresource !== '') throw new KubectlError('--subresource can only be specified for --server-side')
  if (!given.overwrite)
    throw notModelled('--overwrite=false', 'It refuses to change what others have changed since the last apply.')
}
