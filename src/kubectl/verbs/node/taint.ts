import { kinds } from '../../../cluster/kinds/index.ts'
import type { Node } from '../../../cluster/kinds/node.ts'
import type { KubeObject } from '../../../cluster/object.ts'
import { dryRunOf } from '../../change/dry-run.ts'
import { createFlags } from '../../change/flags.ts'
import { createResultPrinter } from '../../change/result-printer.ts'
import { eachTarget, findTargets, readTarget, type Target } from '../../change/targets.ts'
import { validationOf } from '../../change/validation.ts'
import { updateObject } from '../../change/write.ts'
import { KubectlError, usageError } from '../../errors.ts'
import { bool } from '../../flags.ts'
import { selectorFlag } from '../../global-flags.ts'
import { resolveKind } from '../../resources.ts'
import { defineVerb, type Invocation } from '../../verb.ts'
import { changeTaints, isTaintSpec, parseTaints, refuseConflicts, type TaintChange, wrongEffect } from './taint-spec.ts'

const { 'save-config': _, ...changeFlags } = createFlags

const flags = {
  ...changeFlags,
  all: bool('Select all nodes in the cluster'),
  overwrite: bool(
    'If true, allow taints to be overwritten, otherwise reject taint updates that overwrite existing taints.',
  ),
  selector: selectorFlag,
} as const

type TaintInvocation = Invocation<typeof flags>

/** Update the taints on one or more nodes (R-NOD-7). */
export const taint = defineVerb({
  name: 'taint',
  summary: 'Update the taints on one or more nodes.',
  usage: 'NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N',
  flags,
  run(invocation) {
    const dryRun = dryRunOf(invocation)
    const validation = validationOf(invocation.flags.validate)
    const { resources, change } = readArguments(invocation)
    checkArguments(invocation, resources, change)
    const print = createResultPrinter(invocation, { tellDryRun: false, typed: true })
    eachTarget(invocation, findNodes(invocation, resources), (target) => {
      const node = readTarget(invocation, target) as Node
      const { overwrite } = invocation.flags
      const { name } = node.metadata
      const { taints, done, missing } = changeTaints({ name, taints: node.spec.taints ?? [] }, change, overwrite)
      for (const error of missing.slice(0, -1)) invocation.fail(error)
      if (missing.length > 0) throw missing.at(-1)
      const wanted = { ...node, spec: { ...node.spec, taints } } as KubeObject
      print(dryRun === 'client' ? wanted : updateObject(invocation, wanted, { dryRun, validation }), done)
    })
  },
})

function readArguments({ args, path }: TaintInvocation): { resources: readonly string[]; change: TaintChange } {
  const first = args.findIndex(isTaintSpec)
  const resources = first < 0 ? args : args.slice(0, first)
  const specs = first < 0 ? [] : args.slice(first)
  const late = specs.find((word) => !isTaintSpec(word))
  if (late !== undefined) throw new KubectlError(`all resources must be specified before taint changes: ${late}`)
  if (resources.length === 0) throw new KubectlError('one or more resources must be specified as <resource> <name>')
  if (specs.length === 0) throw new KubectlError('at least one taint update is required')
  try {
    return { resources, change: parseTaints(specs) }
  } catch (error) {
    throw error instanceof SyntaxError ? usageError(path, error.message, wrongEffect(specs)) : error
  }
}

function checkArguments(
  { cluster, flags: given }: TaintInvocation,
  [type = '', ...names]: readonly string[],
  change: TaintChange,
): void {
  if (nodeKind(cluster, type.toLowerCase()) !== 'Node')
    throw new KubectlError(`invalid resource type ${type.toLowerCase()}, only node types are supported`)
  refuseConflicts(change)
  if (given.all && given.selector !== '')
    throw new KubectlError("setting 'all' parameter with a non empty selector is prohibited")
  if (!given.all && given.selector === '' && names.length === 0)
    throw new KubectlError("at least one resource name must be specified since 'all' parameter is not set")
}

function nodeKind(cluster: Invocation['cluster'], word: string): string {
  try {
    return resolveKind(cluster, word).kind
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error
    throw new KubectlError(error.message, { bare: true, ...(error.wrong && { wrong: error.wrong }) })
  }
}

/** The first word is the kind; the names count only where nothing selects. */
function findNodes(invocation: TaintInvocation, [, ...names]: readonly string[]): ReturnType<typeof findTargets> {
  const { all, selector } = invocation.flags
  if (all || selector !== '') return findTargets(invocation, { args: ['node'], all, selector })
  return names.map((name): Target => ({ definition: kinds.Node, namespace: undefined, name }))
}
