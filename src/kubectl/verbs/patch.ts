import { equal } from '../../cluster/delta.ts'
import type { KubeObject } from '../../cluster/object.ts'
import { quote } from '../../cluster/quote.ts'
import { dryRunOf } from '../change/dry-run.ts'
import { changeFlags, fileFlags } from '../change/flags.ts'
import { readPatch } from '../change/read-patch.ts'
import { createResultPrinter, type ResultPrinter } from '../change/result-printer.ts'
import { type PatchType, patched, patchObject } from '../change/server-patch.ts'
import { eachTarget, findTargets, readTarget, type Target } from '../change/targets.ts'
import { KubectlError, notModelled } from '../errors.ts'
import { bool, text } from '../flags.ts'
import { defineVerb, type Invocation } from '../verb.ts'

const flags = {
  ...changeFlags,
  ...fileFlags,
  local: bool('If true, patch will operate on the content of the file, not the server-side resource.'),
  patch: text('The patch to be applied to the resource JSON file.', { shorthand: 'p' }),
  'patch-file': text('A file containing a patch to be applied to the resource.'),
  record: bool('Record current kubectl command in the resource annotation. Deprecated.'),
  subresource: text('If specified, patch will operate on the subresource of the requested object.'),
  type: text('The type of patch being provided; one of [json merge strategic]', { initial: 'strategic' }),
} as const

type PatchInvocation = Invocation<typeof flags>

const TYPES: readonly PatchType[] = ['json', 'merge', 'strategic']

/** Update fields of a resource using a strategic merge patch, a JSON merge patch, or a JSON patch. */
export const patch = defineVerb({
  name: 'patch',
  summary: 'Update fields of a resource.',
  usage: '(-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]',
  flags,
  run(invocation) {
    const { flags: given, args } = invocation
    // The real client loses the word for a dry run.
    const print = createResultPrinter(invocation, { tellDryRun: false })
    if (given.patch !== '' && given['patch-file'] !== '')
      throw new KubectlError('cannot specify --patch and --patch-file together')
    if (given.patch === '' && given['patch-file'] === '')
      throw new KubectlError('must specify --patch or --patch-file containing the contents of the patch')
    if (given.local) throw notModelled('--local', 'It changes a manifest without asking the API server.')
    if (given.subresource !== '')
      throw notModelled(
        '--subresource',
        'Status and scale are parts of the object itself; `kubectl scale` changes the number.',
      )
    const type = typeOf(given.type)
    const value = readPatch(type, patchText(invocation))
    const targets = findTargets(invocation, { args, filenames: given.filename, kustomize: given.kustomize })
    eachTarget(invocation, targets, (target) => patchOne(invocation, target, { type, value, print }))
    if (targets.length === 0) throw new KubectlError('no objects passed to patch')
  },
})

function typeOf(word: string): PatchType {
  const type = TYPES.find((candidate) => candidate === word.toLowerCase())
  if (type) return type
  throw new KubectlError(`--type must be one of [${TYPES.join(' ')}], not ${quote(word)}`, {
    wrong: { word, candidates: TYPES },
  })
}

function patchText({ flags: given, environment: { files } }: PatchInvocation): string {
  const path = given['patch-file']
  if (path === '') return given.patch
  const name = path.replace(/^(\.\/)+/, '')
  if (!Object.hasOwn(files, name))
    throw new KubectlError(`unable to read patch file: open ${path}: no such file or directory`)
  return files[name]!
}

interface Change {
  type: PatchType
  /** What is wrong with the patch itself is told by the server, for each object again. */
  value: () => unknown
  print: ResultPrinter
}

function patchOne(invocation: PatchInvocation, target: Target, { type, value, print }: Change): void {
  const dryRun = dryRunOf(invocation)
  const object = readTarget(invocation, target)
  const { definition, namespace } = target
  const change = { type, value: value() }
  const result =
    dryRun === 'client'
      ? (patched(definition, object, change) as KubeObject)
      : patchObject(invocation, definition, object, change, { dryRun, namespace, validation: 'warn' })
  const same = equal(withoutVersion(result), withoutVersion(object))
  print(result, same ? 'patched (no change)' : 'patched')
}

const withoutVersion = ({ metadata, ...rest }: KubeObject) => ({
  ...rest,
  metadata: { ...metadata, resourceVersion: '' },
})
