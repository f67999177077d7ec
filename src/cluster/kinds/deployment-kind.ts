import type { Admission, KindDefinition } from '../object.ts'
import { formatSelector, selectorOf } from '../selector.ts'
import { ageColumn, containerColumns, nameColumn } from './columns.ts'
import type { Deployment } from './deployment.ts'
import { describeDeployment } from './deployment-describe.ts'
import { validateDeployment } from './deployment-validation.ts'
import { podSpecExplain } from './pod-explain.ts'
import { podSpecModelled } from './pod-modelled.ts'
import { minimalTemplate, presentTemplate, workloadWarnings } from './workload.ts'

type Spec = Deployment['spec']

/** Defaults of a Deployment (R-DEP-1). */
function prepare(object: Deployment, { previous }: Admission<Deployment>): Deployment {
  const { spec = {} as Spec } = object
  return {
    ...object,
    spec: {
      ...spec,
      replicas: spec.replicas ?? 1,
      template: minimalTemplate(spec.template),
      strategy: strategyOf(spec.strategy),
      revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
      progressDeadlineSeconds: spec.progressDeadlineSeconds ?? 600,
    },
    status: previous?.status ?? {},
  }
}

function strategyOf({
  type = 'RollingUpdate',
  rollingUpdate,
}: Partial<NonNullable<Spec['strategy']>> = {}): NonNullable<Spec['strategy']> {
  if (type !== 'RollingUpdate') return { type, ...(rollingUpdate && { rollingUpdate }) }
  return { type, rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%', ...rollingUpdate } }
}

export const deployment: KindDefinition<Deployment> = {
  kind: 'Deployment',
  group: 'apps',
  version: 'v1',
  plural: 'deployments',
  singular: 'deployment',
  shortNames: ['deploy'],
  namespaced: true,
  categories: ['all'],
  message: 'apps.v1.Deployment',
  modelled: [
    'spec.replicas',
    'spec.selector',
    'spec.strategy',
    'spec.minReadySeconds',
    'spec.revisionHistoryLimit',
    'spec.progressDeadlineSeconds',
    'spec.paused',
    'spec.template.metadata',
    ...podSpecModelled('spec.template.spec'),
  ],
  prepare,
  validate: validateDeployment,
  warnings: workloadWarnings,
  // Annotations are copied to the ReplicaSets, so that a change of them concerns the controller.
  generation: ({ spec, metadata }) => [spec, metadata.annotations ?? {}],
  present: presentTemplate,
  columns: [
    nameColumn,
    { name: 'READY', cell: ({ spec, status }) => `${status.readyReplicas ?? 0}/${spec.replicas}` },
    { name: 'UP-TO-DATE', cell: ({ status }) => String(status.updatedReplicas ?? 0) },
    { name: 'AVAILABLE', cell: ({ status }) => String(status.availableReplicas ?? 0) },
    ageColumn,
    ...containerColumns<Deployment>(({ spec }) => spec.template.spec.containers),
    { name: 'SELECTOR', wide: true, cell: ({ spec }) => formatSelector(selectorOf(spec.selector)) },
  ],
  describe: describeDeployment,
  explain: {
    '': 'Keeps a number of pods alike and replaces them step by step when their template changes.',
    metadata: 'Name, namespace, labels and what else every object has.',
    spec: 'How many pods of which template, and how to change them.',
    'spec.replicas': 'How many pods there shall be; 1 by default. Changing it is no rollout.',
    'spec.selector': 'Labels by which it knows its pods; fixed. They must match the labels of the template.',
    'spec.strategy': 'RollingUpdate (default): old pods go as new ones become ready. Recreate: all old pods go first.',
    'spec.strategy.type': 'RollingUpdate or Recreate.',
    'spec.strategy.rollingUpdate': 'How many pods may be missing or too many during a rollout.',
    'spec.strategy.rollingUpdate.maxUnavailable':
      'How many pods may be missing, a number or a percentage; 25% by default, rounded down.',
    'spec.strategy.rollingUpdate.maxSurge':
      'How many pods may be too many, a number or a percentage; 25% by default, rounded up.',
    'spec.minReadySeconds': 'How long a new pod must be ready to count as available.',
    'spec.revisionHistoryLimit': 'How many old ReplicaSets are kept for undo; 10 by default.',
    'spec.progressDeadlineSeconds':
      'After this time without progress a rollout is reported as failed; 600 by default. Nothing is rolled back.',
    'spec.paused': 'true: changes of the template wait.',
    'spec.template': 'The pod that is made; changing it starts a rollout.',
    ...podSpecExplain('spec.template.spec'),
    status: 'What the cluster reports.',
    'status.replicas': 'How many pods there are.',
    'status.readyReplicas': 'How many of them are ready.',
    'status.updatedReplicas': 'How many of them have the current template.',
    'status.availableReplicas': 'How many of them have been ready for minReadySeconds.',
    'status.conditions': 'Available, Progressing and ReplicaFailure.',
  },
}
