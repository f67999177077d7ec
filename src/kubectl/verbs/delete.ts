import { remove } from '../../cluster/api.ts'
import { ApiError } from '../../cluster/errors.ts'
import { type Kind, kinds } from '../../cluster/kinds/index.ts'
import type { KubeObject } from '../../cluster/object.ts'
import { deleteFlags, gracePeriodOf, propagationOf } from '../change/delete-options.ts'
import { deletionLine } from '../change/deletion-line.ts'
import { adviseWaiting, isGone, patienceFor } from '../change/departure.ts'
import { type DryRun, dryRunOf } from '../change/dry-run.ts'
import { dryRunFlag, fileFlags } from '../change/flags.ts'
import { eachTarget, findTargets, type Target } from '../change/targets.ts'
import { KubectlError, notModelled, withSource } from '../errors.ts'
import { bool, text } from '../flags.ts'
import { allNamespacesFlag, fieldSelectorFlag, outputFlag, selectorFlag } from '../global-flags.ts'
import { defineVerb, type Invocation } from '../verb.ts'

const deleteVerbFlags = {
  ...deleteFlags,
  ...fileFlags,
  all: bool('Delete all resources, in the namespace of the specified resource types.'),
  'all-namespaces': allNamespacesFlag,
  'dry-run': dryRunFlag,
  'field-selector': fieldSelectorFlag,
  'ignore-not-found': bool(
    'Treat "resource not found" as a successful delete. Defaults to "true" when --all is specified.',
  ),
  interactive: bool('If true, delete resource only when user confirms.', { shorthand: 'i' }),
  now: bool('If true, resources are signaled for immediate shutdown (same as --grace-period=1).'),
  output: outputFlag,
  raw: text('Raw URI to DELETE to the server.'),
  selector: selectorFlag,
  wait: bool('If true, wait for resources to be gone before returning. This waits for finalizers.', { initial: true }),
} as const

type DeleteInvocation = Invocation<typeof deleteVerbFlags>

/** Delete resources by file names, stdin, resources and names, or by resources and label selector. */
export const deleteVerb = defineVerb({
  name: 'delete',
  summary: 'Delete resources by file names, stdin, resources and names, or by resources and label selector.',
  usage: '([-f FILENAME] | TYPE [(NAME | -l label | --all)])',
  flags: deleteVerbFlags,
  run(invocation) {
    const { flags: given } = invocation
    if (given.raw !== '') throw notModelled('--raw', 'It sends a DELETE to a path of your own.')
    const propagation = propagationOf(invocation)
    const gracePeriodSeconds = gracePeriodOf(given)
    const dryRun = dryRunOf(invocation)
    const targets = findDeleted(invocation)
    refuseCombinations(invocation, gracePeriodSeconds)
    if (given.interactive) throw notModelled('--interactive', 'It asks before it deletes.')
    const deleted: KubeObject[] = []
    let found = 0
    let warned = !invocation.namespaceTyped || given['all-namespaces']
    const complete = eachTarget(invocation, targets, (target) => {
      found += 1
      if (!target.definition.namespaced && !warned) {
        invocation.streams.warn('Warning: deleting cluster-scoped resources, not scoped to the provided namespace')
        warned = true
      }
      deleteOne(invocation, target, { propagation, gracePeriodSeconds, dryRun }, deleted)
    })
    if (found === 0 && targets.length === 0) invocation.streams.print('No resources found')
    if (complete && given.wait && dryRun === 'none') waitUntilGone(invocation, deleted)
  },
})

function findDeleted(invocation: DeleteInvocation): ReturnType<typeof findTargets> {
  const { flags: given, args } = invocation
  return findTargets(invocation, {
    args,
    filenames: given.filename,
    kustomize: given.kustomize,
    selector: given.selector,
    fieldSelector: given['field-selector'],
    all: given.all,
    allNamespaces: given['all-namespaces'],
  })
}

function refuseCombinations({ flags: given, streams }: DeleteInvocation, grace: number | undefined): void {
  if (given.output !== '' && given.output !== 'name')
    throw new KubectlError(`unexpected -o output mode: ${given.output}. We only support '-o name'`)
  if (!given.force) return
  if ((grace ?? 0) > 0) throw new KubectlError('--force and --grace-period greater than 0 cannot be specified together')
  streams.warn(
    'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.',
  )
}

interface Options {
  propagation: 'Background' | 'Foreground' | 'Orphan'
  gracePeriodSeconds: number | undefined
  dryRun: DryRun
}

function deleteOne(invocation: DeleteInvocation, target: Target, options: Options, deleted: KubeObject[]): void {
  const { cluster, streams, flags } = invocation
  const { definition, namespace, name } = target
  const { dryRun, propagation, gracePeriodSeconds } = options
  if (dryRun !== 'client') {
    try {
      const isTrial = dryRun === 'server'
      deleted.push(
        remove(cluster, definition.kind, namespace, name, { gracePeriodSeconds, propagation, dryRun: isTrial }),
      )
    } catch (error) {
      if (isIgnored(invocation, error)) return
      throw target.place ? withSource(error, 'deleting', target.place.source) : error
    }
  }
  streams.print(deletionLine(target, { name: flags.output === 'name', force: gracePeriodSeconds === 0, dryRun }))
}

function isIgnored({ flags: given, changed }: DeleteInvocation, error: unknown): boolean {
  const selecting = given.all || given.selector !== '' || given['field-selector'] !== ''
  const ignore = selecting && !changed('ignore-not-found') ? true : given['ignore-not-found']
  return ignore && error instanceof ApiError && error.reason === 'NotFound'
}

/** With pace `real` nothing happens ahead of time, so there is nothing to wait for. */
function waitUntilGone(invocation: DeleteInvocation, deleted: readonly KubeObject[]): void {
  const { cluster, flags: given } = invocation
  if (cluster.settings.pace === 'real') return
  const remaining = () => deleted.filter((object) => !isGone(invocation, object))
  const length = given.timeout > 0 ? given.timeout : patienceFor(deleted)
  if (cluster.waitFor(() => remaining().length === 0, length)) return
  const [first] = remaining()
  if (given.timeout === 0) adviseWaiting(invocation, remaining())
  else if (first)
    throw new KubectlError(
      `timed out waiting for the condition on ${kinds[first.kind as Kind].plural}/${first.metadata.name}`,
    )
}
