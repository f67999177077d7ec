import { equal } from '../../../cluster/delta.ts'
import { ApiError } from '../../../cluster/errors.ts'
import type { Deployment } from '../../../cluster/kinds/deployment.ts'
import { kinds } from '../../../cluster/kinds/index.ts'
import type { PodTemplate } from '../../../cluster/kinds/pod.ts'
import type { ReplicaSet } from '../../../cluster/kinds/replica-set.ts'
import { isKind, type KubeObject } from '../../../cluster/object.ts'
import { TEMPLATE_HASH_LABEL } from '../../../cluster/pod-deletion.ts'
import { quote } from '../../../cluster/quote.ts'
import { type DryRun, dryRunOf } from '../../change/dry-run.ts'
import { dryRunFlag } from '../../change/flags.ts'
import { LAST_APPLIED, lastApplied } from '../../change/last-applied.ts'
import { createResultPrinter } from '../../change/result-printer.ts'
import { eachTarget, readTarget } from '../../change/targets.ts'
import { updateObject } from '../../change/write.ts'
import { KubectlError } from '../../errors.ts'
import { int } from '../../flags.ts'
import type { JsonObject } from '../../patch/json.ts'
import { qualified, REVISION_ANNOTATION, revisionOf } from '../../rollout-progress.ts'
import { defineVerb, type Invocation } from '../../verb.ts'
import { templateOf } from '../rollout-history.ts'
import { findRollouts, requireResources, rolloutFlags } from './change.ts'

const flags = {
  ...rolloutFlags,
  'dry-run': dryRunFlag,
  'to-revision': int('The revision to rollback to. Default to 0 (last revision).'),
} as const

type UndoInvocation = Invocation<typeof flags>

/** Roll back to an earlier revision: its template becomes the newest one (R-DEP-8). */
export const rolloutUndo = defineVerb({
  name: 'undo',
  summary: 'Undo a previous rollout.',
  usage: '(TYPE NAME | TYPE/NAME) [flags]',
  flags,
  run(invocation) {
    const print = createResultPrinter(invocation, { typed: true })
    requireResources(invocation)
    eachTarget(invocation, findRollouts(invocation), (target) => {
      const object = readTarget(invocation, target)
      if (lastApplied(object as unknown as JsonObject) !== undefined) warnApplied(invocation, object)
      print(object, rollBack(invocation, object))
    })
  },
})

function warnApplied({ streams }: UndoInvocation, object: KubeObject): void {
  const name = `${kinds[object.kind as keyof typeof kinds].plural}/${object.metadata.name}`
  streams.warn(
    `Warning: resource ${name} was previously managed with 'kubectl apply'. Rolling back will not update the ${LAST_APPLIED} annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.`,
  )
}

/** Does the work; returns what is said of it. */
function rollBack(invocation: UndoInvocation, object: KubeObject): string {
  if (!isKind(object, 'Deployment')) throw noRollbacker(object)
  const dryRun = dryRunOf(invocation)
  const wanted = invocation.flags['to-revision']
  const revision = findRevision(invocation, object, wanted)
  if (dryRun === 'client') return templateOf(revision)
  if (object.spec.paused)
    throw new KubectlError(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    )
  const template = withoutHash(revision.spec.template)
  if (equal(template, object.spec.template))
    return `skipped rollback (current template already matches revision ${wanted})`
  restore(invocation, object, { revision, template, wanted, dryRun })
  return 'rolled back'
}

function noRollbacker(object: KubeObject): KubectlError {
  const name = qualified(object)
  if (['Pod', 'ReplicaSet'].includes(object.kind))
    return new KubectlError(`no rollbacker has been implemented for ${quote(name)}`)
  const [kind, group = ''] = name.split(/\.(.*)/s)
  return new KubectlError(
    `error retrieving rollbacker for ${quote(name)}, no visitor method exists for {${group} ${kind}}`,
  )
}

/** The ReplicaSet of a revision; 0 asks for the newest but one. */
function findRevision({ cluster }: UndoInvocation, { metadata }: Deployment, wanted: number): ReplicaSet {
  const present = (object: ReplicaSet) => (kinds.ReplicaSet.present?.(object, cluster) ?? object) as ReplicaSet
  const revisions = cluster.store
    .list('ReplicaSet', { namespace: metadata.namespace, owner: metadata.uid })
    .filter((revision) => revisionOf(revision) > 0)
    .sort((left, right) => revisionOf(right) - revisionOf(left))
  const found = wanted === 0 ? revisions[1] : revisions.find((revision) => revisionOf(revision) === wanted)
  if (found) return present(found)
  throw new KubectlError(
    wanted === 0
      ? `no rollout history found for deployment ${quote(metadata.name)}`
      : `unable to find specified revision ${wanted} in history`,
  )
}

function withoutHash(template: PodTemplate): PodTemplate {
  const { [TEMPLATE_HASH_LABEL]: _, ...labels } = template.metadata?.labels ?? {}
  return { ...template, metadata: { ...template.metadata, labels } }
}

/** Annotations that belong to the Deployment and are not taken from the revision. */
const OWN_ANNOTATIONS = [
  LAST_APPLIED,
  REVISION_ANNOTATION,
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
]

interface Restoration {
  revision: ReplicaSet
  template: PodTemplate
  wanted: number
  dryRun: DryRun
}

function restore(
  invocation: UndoInvocation,
  deployment: Deployment,
  { revision, template, wanted, dryRun }: Restoration,
): void {
  const { metadata, spec } = deployment
  const own = Object.entries(metadata.annotations ?? {}).filter(([key]) => OWN_ANNOTATIONS.includes(key))
  const taken = Object.entries(revision.metadata.annotations ?? {}).filter(([key]) => !OWN_ANNOTATIONS.includes(key))
  const annotations = Object.fromEntries([...own, ...taken])
  const next = { ...deployment, metadata: { ...metadata, annotations }, spec: { ...spec, template } }
  try {
    updateObject(invocation, next, { dryRun, namespace: metadata.namespace })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    throw new KubectlError(`failed restoring revision ${wanted}: ${error.message}`)
  }
}
