import type { KubeObject } from '../../cluster/object.ts'
import { dryRunOf } from '../change/dry-run.ts'
import { notFoundPath } from '../change/errors.ts'
import { selectFlags } from '../change/flags.ts'
import { isScalable } from '../change/pod-spec.ts'
import { createResultPrinter, type ResultPrinter } from '../change/result-printer.ts'
import { findTargets, readTarget, type Target } from '../change/targets.ts'
import { updateObject } from '../change/write.ts'
import { isTold, KubectlError } from '../errors.ts'
import { duration, int, text } from '../flags.ts'
import { defineVerb, type Invocation } from '../verb.ts'

const flags = {
  ...selectFlags,
  'current-replicas': int('Precondition for current size. -1 (default) for no condition.', { initial: -1 }),
  replicas: int('The new desired number of replicas. Required.', { required: true }),
  'resource-version': text('Precondition for resource version.'),
  timeout: duration("The length of time to wait before giving up on a scale operation, zero means don't wait."),
} as const

type ScaleInvocation = Invocation<typeof flags>

interface Scaled extends KubeObject {
  spec?: { replicas?: number }
  status?: { replicas?: number }
}

/** Set a new size for a deployment or replica set. */
export const scale = defineVerb({
  name: 'scale',
  summary: 'Set a new size for a deployment, replica set, or replication controller.',
  usage: '[--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)',
  flags,
  run(invocation) {
    const { flags: given } = invocation
    const print = createResultPrinter(invocation)
    if (given.replicas < 0)
      throw new KubectlError('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0')
    if (given['current-replicas'] < -1)
      throw new KubectlError('The --current-replicas must specify an integer of -1 or greater')
    const { found, errors } = findScaled(invocation)
    if (given['resource-version'] !== '' && found.length > 1)
      throw new KubectlError('cannot use --resource-version with multiple resources')
    if (found.length === 0 && errors.length === 0) throw new KubectlError('no objects passed to scale')
    // The first refusal ends the command, and what was missing before is not told any more.
    for (const { target, object } of found) scaleOne(invocation, target, object, print)
    for (const error of errors) invocation.fail(error)
  },
})

function findScaled(invocation: ScaleInvocation): { found: { target: Target; object: Scaled }[]; errors: unknown[] } {
  const { args, flags: given } = invocation
  const errors: unknown[] = []
  const targets = findTargets(invocation, {
    args,
    filenames: given.filename,
    kustomize: given.kustomize,
    selector: given.selector,
    orEvery: given.all,
  })
  const found = targets.flatMap((target) => {
    try {
      if ('error' in target) throw target.error
      return [{ target, object: readTarget(invocation, target) as Scaled }]
    } catch (error) {
      if (!isTold(error)) throw error
      errors.push(error)
      return []
    }
  })
  return { found, errors }
}

function scaleOne(invocation: ScaleInvocation, target: Target, object: Scaled, print: ResultPrinter): void {
  const { flags: given, cluster } = invocation
  const { replicas } = given
  const dryRun = dryRunOf(invocation)
  const wanted: Scaled = { ...object, spec: { ...object.spec, replicas } }
  if (dryRun !== 'client') {
    if (!isScalable(target.definition)) throw notFoundPath()
    checkPreconditions(invocation, object)
    updateObject(invocation, wanted, { dryRun, namespace: target.namespace })
    const isDone = () => (readTarget(invocation, target) as Scaled).status?.replicas === replicas
    if (dryRun === 'none' && given.timeout > 0 && !cluster.waitFor(isDone, given.timeout))
      throw new KubectlError('timed out waiting for the condition')
  }
  print(wanted, 'scaled')
}

function checkPreconditions({ flags: given }: ScaleInvocation, { spec, metadata }: Scaled): void {
  const { 'current-replicas': size, 'resource-version': version } = given
  const current = spec?.replicas ?? 0
  if (size !== -1 && size !== current) throw new KubectlError(`Expected replicas to be ${size}, was ${current}`)
  if (version !== '' && version !== metadata.resourceVersion)
    throw new KubectlError(`Expected resource version to be ${version}, was ${metadata.resourceVersion ?? ''}`)
}
