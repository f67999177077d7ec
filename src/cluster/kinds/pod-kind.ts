import type { Admission, KindDefinition } from '../object.ts'
import { type Pod, podIndexes } from './pod.ts'
import { podColumns } from './pod-columns.ts'
import { minimalPodSpec } from './pod-defaults.ts'
import { describePod } from './pod-describe.ts'
import { podExplain } from './pod-explain.ts'
import { withoutInjected } from './pod-injected.ts'
import { podSpecModelled } from './pod-modelled.ts'
import { presentPod } from './pod-present.ts'
import { validatePod } from './pod-validation.ts'
import { podSpecWarnings } from './pod-warnings.ts'

/** Nothing is stored that follows from the rest; a new pod waits for the scheduler. */
const prepare = (object: Pod, { previous }: Admission<Pod>): Pod => ({
  ...object,
  spec: withoutInjected(minimalPodSpec({ ...object.spec, containers: object.spec?.containers ?? [] }, true)),
  status: previous?.status ?? { phase: 'Pending' },
})

export const pod: KindDefinition<Pod> = {
  kind: 'Pod',
  group: '',
  version: 'v1',
  plural: 'pods',
  singular: 'pod',
  shortNames: ['po'],
  namespaced: true,
  categories: ['all'],
  message: 'core.v1.Pod',
  modelled: podSpecModelled('spec'),
  prepare,
  validate: validatePod,
  warnings: ({ spec }) => podSpecWarnings(spec),
  generation: ({ spec }) => spec,
  present: presentPod,
  indexes: podIndexes,
  fieldLabels: {
    'spec.nodeName': ({ spec }) => spec.nodeName ?? '',
    'spec.restartPolicy': ({ spec }) => spec.restartPolicy ?? 'Always',
    'spec.schedulerName': () => 'default-scheduler',
    'spec.serviceAccountName': ({ spec }) => spec.serviceAccountName ?? 'default',
    'spec.hostNetwork': ({ spec }) => String(spec.hostNetwork ?? false),
    'status.phase': ({ status }) => status.phase,
    'status.podIP': ({ status }) => status.podIP ?? '',
    'status.nominatedNodeName': () => '',
  },
  columns: podColumns,
  describe: describePod,
  explain: podExplain,
}
