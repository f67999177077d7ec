import { dnsLabelErrors } from '../names.ts'
import type { Described, KindDefinition, KubeObject } from '../object.ts'
import { ageColumn, nameColumn } from './columns.ts'
import { annotationsLine, labelsLine } from './describe-parts.ts'

export interface Namespace extends KubeObject {
  spec?: { finalizers?: string[] }
  status: { phase: 'Active' | 'Terminating' }
}

/** The label by which selectors find a namespace by its name (R-NSP-1). */
const NAME_LABEL = 'kubernetes.io/metadata.name'

const withNameLabel = (object: Namespace): Namespace => ({
  ...object,
  metadata: { ...object.metadata, labels: { ...object.metadata.labels, [NAME_LABEL]: object.metadata.name } },
})

function describe({ metadata, status }: Namespace): Described[] {
  return [
    ['Name', metadata.name],
    labelsLine(metadata.labels),
    annotationsLine(metadata.annotations),
    ['Status', status.phase],
    { raw: ['', 'No resource quota.', '', 'No LimitRange resource.'] },
  ]
}

export const namespace: KindDefinition<Namespace> = {
  kind: 'Namespace',
  group: '',
  version: 'v1',
  plural: 'namespaces',
  singular: 'namespace',
  shortNames: ['ns'],
  namespaced: false,
  nameErrors: dnsLabelErrors,
  message: 'core.v1.Namespace',
  modelled: ['spec.finalizers'],
  prepare: ({ spec: _, ...object }, { previous }) =>
    withNameLabel({ ...object, status: previous?.status ?? { phase: 'Active' } }),
  present: (object) => ({ ...object, spec: { finalizers: ['kubernetes'] } }),
  fieldLabels: { name: ({ metadata }) => metadata.name, 'status.phase': ({ status }) => status.phase },
  columns: [nameColumn, { name: 'STATUS', cell: ({ status }) => status.phase }, ageColumn],
  describe,
  explain: {
    '': 'A name space for objects: names are unique within it. It is no wall for traffic.',
    metadata: 'Name, labels and what else every object has. Each namespace carries its name as a label.',
    spec: 'Nothing that people set.',
    'spec.finalizers': 'What must happen before the namespace can go.',
    status: 'What the cluster reports about the namespace.',
    'status.phase': 'Active, or Terminating while its content is being deleted.',
  },
}
