import { equal } from '../../../cluster/delta.ts'
import { ApiError } from '../../../cluster/errors.ts'
import { type KubeObject, resourceOf } from '../../../cluster/object.ts'
import { quote } from '../../../cluster/quote.ts'
import { fileFlags, printFlags } from '../../change/flags.ts'
import { eachTarget, findTargets, readTarget } from '../../change/targets.ts'
import { updateObject } from '../../change/write.ts'
import { KubectlError } from '../../errors.ts'
import { text } from '../../flags.ts'
import { selectorFlag } from '../../global-flags.ts'
import { printResult } from '../../output/result.ts'
import type { Invocation } from '../../verb.ts'

/** Flags of the verbs that change a rollout. */
export const rolloutFlags = {
  ...fileFlags,
  ...printFlags,
  'field-manager': text('Name of the manager used to track field ownership.'),
  selector: selectorFlag,
} as const

/** A verb that works on rollouts needs to know on which. */
export function requireResources({ args, flags }: Invocation<typeof rolloutFlags>): void {
  if (args.length === 0 && flags.filename.length === 0 && flags.kustomize === '')
    throw new KubectlError('required resource not specified')
}

/** The rollouts that a verb is about; a kind alone means all of them. */
export const findRollouts = (invocation: Invocation<typeof rolloutFlags>): ReturnType<typeof findTargets> =>
  findTargets(invocation, {
    args: invocation.args,
    filenames: invocation.flags.filename,
    kustomize: invocation.flags.kustomize,
    selector: invocation.flags.selector,
    orEvery: true,
  })

interface Change {
  done: string
  /** The object as it shall be. Throws `KubectlError` without the object's name where that makes no sense. */
  change: (object: KubeObject) => KubeObject
  /** What is said where the change changes nothing. */
  unchanged: (name: string) => KubectlError
}

/** Changes the rollouts that were asked for, one after the other. */
export function changeRollouts(invocation: Invocation<typeof rolloutFlags>, { done, change, unchanged }: Change): void {
  requireResources(invocation)
  const { flags, streams, namespace } = invocation
  const targets = findRollouts(invocation)
  if (targets.length === 0) streams.warn(`No resources found in ${namespace} namespace.`)
  eachTarget(invocation, targets, (target) => {
    const object = readTarget(invocation, target)
    const wanted = named(`${resourceOf(target.definition)} ${quote(target.name)}`, () => change(object))
    if (equal(wanted, object)) throw unchanged(target.name)
    try {
      const changed = updateObject(invocation, wanted, { dryRun: 'none', namespace: target.namespace })
      printResult(invocation, changed, done, { ...flags, typed: true })
    } catch (error) {
      throw error instanceof ApiError ? new KubectlError(`failed to patch: ${error.message}`) : error
    }
  })
}

function named<T>(name: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw error instanceof KubectlError ? new KubectlError(`error: ${name} ${error.message}`) : error
  }
}
