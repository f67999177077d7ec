import type { Cluster } from '../cluster.ts'
import { equal } from '../delta.ts'
import { rfc1123 } from '../duration.ts'
import type { Described } from '../object.ts'
import { formatSelector, selectorOf } from '../selector.ts'
import type { Deployment } from './deployment.ts'
import { annotationsLine, eventsBlock, labelsLine } from './describe-parts.ts'
import type { PodTemplate } from './pod.ts'
import { describeTemplate } from './pod-describe.ts'
import type { ReplicaSet } from './replica-set.ts'
import { conditionRows } from './workload.ts'

const HASH_LABEL = 'pod-template-hash'

/** The lines of `kubectl describe deployment`. */
export function describeDeployment(object: Deployment, cluster: Cluster): Described[] {
  const { metadata, spec, status } = object
  const { type = 'RollingUpdate', rollingUpdate } = spec.strategy ?? {}
  const { updatedReplicas = 0, replicas = 0, availableReplicas = 0, unavailableReplicas = 0 } = status
  const conditions = status.conditions ?? []
  return [
    ['Name', metadata.name],
    ['Namespace', metadata.namespace ?? ''],
    ['CreationTimestamp', rfc1123(metadata.creationTimestamp)],
    labelsLine(metadata.labels),
    annotationsLine(metadata.annotations),
    ['Selector', formatSelector(selectorOf(spec.selector))],
    [
      'Replicas',
      `${spec.replicas} desired | ${updatedReplicas} updated | ${replicas} total | ${availableReplicas} available | ${unavailableReplicas} unavailable`,
    ],
    ['StrategyType', type],
    ['MinReadySeconds', String(spec.minReadySeconds ?? 0)],
    ...(rollingUpdate
      ? [
          [
            'RollingUpdateStrategy',
            `${rollingUpdate.maxUnavailable} max unavailable, ${rollingUpdate.maxSurge} max surge`,
          ] as const,
        ]
      : []),
    describeTemplate(spec.template),
    ...(conditions.length > 0
      ? [
          {
            key: 'Conditions',
            table: { header: ['Type', 'Status', 'Reason'], rows: conditionRows(conditions) },
          },
        ]
      : []),
    ...replicaSetLines(object, cluster),
    eventsBlock(object, cluster),
  ]
}

/** Every ReplicaSet of the Deployment, the oldest first; the new one has its template. */
function replicaSetLines({ metadata, spec }: Deployment, cluster: Cluster): Described[] {
  const sets = cluster.store
    .list('ReplicaSet', { namespace: metadata.namespace, owner: metadata.uid })
    .sort((left, right) => (left.metadata.creationTimestamp < right.metadata.creationTimestamp ? -1 : 1))
  if (sets.length === 0) return []
  const current = sets.find((set) => equal(withoutHash(set.spec.template), withoutHash(spec.template)))
  return [
    ['OldReplicaSets', listOf(sets.filter((set) => set !== current))],
    ['NewReplicaSet', listOf(current ? [current] : [])],
  ]
}

const listOf = (sets: readonly ReplicaSet[]): string =>
  sets
    .map(({ metadata, spec, status }) => `${metadata.name} (${status.replicas}/${spec.replicas} replicas created)`)
    .join(', ') || '<none>'

/** The template without the label by which the controller tells revisions apart. */
function withoutHash({ metadata = {}, spec }: PodTemplate): unknown {
  const labels = Object.entries(metadata.labels ?? {}).filter(([key]) => key !== HASH_LABEL)
  return { metadata: { ...metadata, labels: Object.fromEntries(labels) }, spec }
}
