import type { Cluster } from '../cluster.ts'
import { controllerOf, type Described, type KindDefinition } from '../object.ts'
import { formatSelector, selectorOf } from '../selector.ts'
import { ageColumn, containerColumns, nameColumn } from './columns.ts'
import { annotationsLine, eventsBlock, labelsLine } from './describe-parts.ts'
import { controlledByLine, describeTemplate } from './pod-describe.ts'
import { podSpecExplain } from './pod-explain.ts'
import { podSpecModelled } from './pod-modelled.ts'
import { type ReplicaSet, selectorIndex } from './replica-set.ts'
import { minimalTemplate, presentTemplate, workloadWarnings } from './workload.ts'
import { validateWorkload } from './workload-validation.ts'

/** The lines of `kubectl describe replicaset`. */
function describe(object: ReplicaSet, cluster: Cluster): Described[] {
  const { metadata, spec, status } = object
  const pods = cluster.store
    .list('Pod', { namespace: metadata.namespace, owner: metadata.uid })
    .filter((pod) => controllerOf(pod)?.uid === metadata.uid)
  const count = (phase: string): number => pods.filter((pod) => pod.status.phase === phase).length
  return [
    ['Name', metadata.name],
    ['Namespace', metadata.namespace ?? ''],
    ['Selector', formatSelector(selectorOf(spec.selector)) || '<none>'],
    labelsLine(metadata.labels),
    annotationsLine(metadata.annotations),
    ...controlledByLine(object),
    ['Replicas', `${status.replicas ?? 0} current / ${spec.replicas} desired`],
    [
      'Pods Status',
      `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`,
    ],
    describeTemplate(spec.template),
    eventsBlock(object, cluster),
  ]
}

export const replicaSet: KindDefinition<ReplicaSet> = {
  kind: 'ReplicaSet',
  group: 'apps',
  version: 'v1',
  plural: 'replicasets',
  singular: 'replicaset',
  shortNames: ['rs'],
  namespaced: true,
  categories: ['all'],
  message: 'apps.v1.ReplicaSet',
  modelled: [
    'spec.replicas',
    'spec.minReadySeconds',
    'spec.selector',
    'spec.template.metadata',
    ...podSpecModelled('spec.template.spec'),
  ],
  prepare: (object, { previous }) => {
    const { spec = {} as ReplicaSet['spec'] } = object
    return {
      ...object,
      spec: { ...spec, replicas: spec.replicas ?? 1, template: minimalTemplate(spec.template) },
      status: previous?.status ?? { replicas: 0 },
    }
  },
  validate: ({ spec }, { previous }) => validateWorkload(spec, previous?.spec),
  warnings: workloadWarnings,
  generation: ({ spec }) => spec,
  present: presentTemplate,
  indexes: { selector: ({ metadata, spec }) => selectorIndex(metadata.namespace, spec.selector.matchLabels) },
  fieldLabels: { 'status.replicas': ({ status }) => String(status.replicas ?? 0) },
  columns: [
    nameColumn,
    { name: 'DESIRED', cell: ({ spec }) => String(spec.replicas) },
    { name: 'CURRENT', cell: ({ status }) => String(status.replicas ?? 0) },
    { name: 'READY', cell: ({ status }) => String(status.readyReplicas ?? 0) },
    ageColumn,
    ...containerColumns<ReplicaSet>(({ spec }) => spec.template.spec.containers),
    { name: 'SELECTOR', wide: true, cell: ({ spec }) => formatSelector(selectorOf(spec.selector)) || '<none>' },
  ],
  describe,
  explain: {
    '': 'Keeps a number of pods alike. Mostly a Deployment makes it and changes it.',
    metadata: 'Name, namespace, labels and what else every object has.',
    spec: 'How many pods of which template.',
    'spec.replicas': 'How many pods there shall be; 1 by default.',
    'spec.minReadySeconds': 'How long a new pod must be ready to count as available.',
    'spec.selector': 'Labels by which it knows its pods; fixed. They must match the labels of the template.',
    'spec.template': 'The pod that is made when one is missing. Changing it does not touch pods that exist.',
    ...podSpecExplain('spec.template.spec'),
    status: 'What the cluster reports.',
    'status.replicas': 'How many pods there are.',
    'status.readyReplicas': 'How many of them are ready.',
  },
}
