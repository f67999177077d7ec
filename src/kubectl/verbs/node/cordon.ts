import { read } from '../../../cluster/api.ts'
import { kinds } from '../../../cluster/kinds/index.ts'
import type { Node } from '../../../cluster/kinds/node.ts'
import type { KubeObject } from '../../../cluster/object.ts'
import { quote } from '../../../cluster/quote.ts'
import { type DryRun, dryRunOf } from '../../change/dry-run.ts'
import { dryRunFlag } from '../../change/flags.ts'
import { updateObject } from '../../change/write.ts'
import { isTold, KubectlError, usageError } from '../../errors.ts'
import { listOf } from '../../find-objects.ts'
import { selectorFlag } from '../../global-flags.ts'
import { printResult } from '../../output/result.ts'
import { groupVersionResource, missingResource, parseResourceName } from '../../resources.ts'
import { defineVerb, type Invocation } from '../../verb.ts'

/** Flags of every verb that closes and opens nodes. */
export const cordonFlags = { 'dry-run': dryRunFlag, selector: selectorFlag } as const

type CordonInvocation = Invocation<typeof cordonFlags>

/** Mark node as unschedulable: no new pods (R-NOD-3). */
export const cordon = defineVerb({
  name: 'cordon',
  summary: 'Mark node as unschedulable.',
  usage: 'NODE',
  flags: cordonFlags,
  run(invocation) {
    const dryRun = checkArguments(invocation)
    setSchedulable(invocation, findNodes(invocation), false, dryRun)
  },
})

/** Mark node as schedulable. */
export const uncordon = defineVerb({
  name: 'uncordon',
  summary: 'Mark node as schedulable.',
  usage: 'NODE',
  flags: cordonFlags,
  run(invocation) {
    const dryRun = checkArguments(invocation)
    setSchedulable(invocation, findNodes(invocation), true, dryRun)
  },
})

/** Nodes are named or selected, not both. Throws in kubectl's words. */
export function checkArguments(invocation: CordonInvocation): DryRun {
  const { args, flags, path, changed } = invocation
  if (args.length === 0 && !changed('selector')) throw usageError(path, `USAGE: ${path} NODE [flags]`)
  if (args.length > 0 && flags.selector !== '')
    throw usageError(path, 'error: cannot specify both a node name and a --selector option')
  return dryRunOf(invocation)
}

/** The nodes that the verb is about; if one of them is missing, that is all there is to say. */
export function findNodes(invocation: CordonInvocation): Node[] {
  const { args, flags, cluster } = invocation
  if (flags.selector !== '') return listOf(invocation, kinds.Node, flags).map(({ object }) => object as Node)
  if (args.length === 0) throw missingResource()
  return args.map((word) => {
    if (!word.includes('/')) return read(cluster, 'Node', undefined, word) as Node
    const { definition, names } = parseResourceName(cluster, word)
    if (definition.kind !== 'Node')
      throw new KubectlError(`error: expected resource of type node, got ${quote(groupVersionResource(definition))}`)
    return read(cluster, 'Node', undefined, names[0]!) as Node
  })
}

/** Opens or closes the nodes and says so; the taint follows from the field (R-NOD-3). */
export function setSchedulable(
  invocation: CordonInvocation,
  nodes: readonly Node[],
  schedulable: boolean,
  dryRun: DryRun,
): void {
  const done = schedulable ? 'uncordoned' : 'cordoned'
  for (const node of nodes) {
    const { unschedulable = false, ...spec } = node.spec
    const isDone = unschedulable !== schedulable
    const wanted = { ...node, spec: { ...spec, ...(!schedulable && { unschedulable: true }) } }
    try {
      if (!isDone && dryRun !== 'client') updateObject(invocation, wanted, { dryRun })
      printResult(invocation, node as KubeObject, isDone ? `already ${done}` : done, { dryRun })
    } catch (error) {
      if (!isTold(error)) throw error
      const verb = schedulable ? 'uncordon' : 'cordon'
      invocation.streams.warn(`error: unable to ${verb} node ${quote(node.metadata.name)}: ${error.message}`)
    }
  }
}
