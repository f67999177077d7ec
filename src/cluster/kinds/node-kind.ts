import { equal } from '../delta.ts'
import type { FieldError } from '../errors.ts'
import { cidrErrors } from '../ip-validation.ts'
import { labelKeyErrors, labelValueErrors } from '../names.ts'
import type { Admission, KindDefinition } from '../object.ts'
import { duplicate, forbidden, invalidValue, invalidValues, required, unsupported } from '../validation.ts'
import { ageColumn, nameColumn } from './columns.ts'
import { internalIP, isNodeReady, type Node, rolesOf, type Taint } from './node.ts'
import { describeNode } from './node-describe.ts'
import { presentNode, systemInfo } from './node-present.ts'

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** All problems of a node; its pod CIDR is fixed once it is set (R-NOD-1). */
function validate({ spec }: Node, { previous }: Admission<Node>): FieldError[] {
  const { taints = [], podCIDRs = [] } = spec
  const before = previous?.spec.podCIDRs ?? []
  const isChanged = before.length > 0 && !equal(before, podCIDRs)
  return [
    ...taints.flatMap(validateTaint),
    ...validateRanges(podCIDRs),
    ...(isChanged ? [forbidden('spec.podCIDRs', 'node updates may not change podCIDR except from "" to valid')] : []),
  ]
}

function validateRanges(podCIDRs: readonly string[]): FieldError[] {
  const errors = podCIDRs.flatMap((cidr, index) => cidrErrors(`spec.podCIDRs[${index}]`, cidr))
  const versions = podCIDRs.map((cidr) => cidr.includes(':'))
  const isPair = podCIDRs.length === 2 && versions[0] !== versions[1] && errors.length === 0
  return podCIDRs.length > 1 && !isPair
    ? [...errors, invalidValue('spec.podCIDRs', podCIDRs, 'may specify no more than one CIDR for each IP family')]
    : errors
}

/** The path below metadata is upstream's. */
function validateTaint(taint: Taint, index: number, taints: readonly Taint[]): FieldError[] {
  const path = `metadata.taints[${index}]`
  const { key = '', value = '', effect } = taint
  const valueErrors = labelValueErrors(value)
  const isRepeated = taints.findIndex((other) => other.key === taint.key && other.effect === effect) < index
  return [
    ...invalidValues(`${path}.key`, key, labelKeyErrors(key)),
    ...(valueErrors.length > 0 ? [invalidValue(`${path}.value`, value, valueErrors.join(';'))] : []),
    ...effectErrors(effect, `${path}.effect`),
    ...(isRepeated
      ? [{ ...duplicate(path, shown(taint)), detail: 'taints must be unique by key and effect pair' }]
      : []),
  ]
}

const effectErrors = (effect: string | undefined, path: string): FieldError[] =>
  effect === undefined ? [required(path)] : EFFECTS.includes(effect) ? [] : [unsupported(path, effect, EFFECTS)]

const shown = ({ key, value = '', effect, timeAdded }: Taint) => ({
  Key: key,
  Value: value,
  Effect: effect,
  TimeAdded: timeAdded ?? null,
})

/** `podCIDR` and the first of `podCIDRs` are one value with two names; where they differ, `podCIDR` counts. */
function prepare(object: Node, { previous }: Admission<Node>): Node {
  const { spec = {} } = object as Partial<Node>
  const [first] = spec.podCIDRs ?? []
  const podCIDR = spec.podCIDR ?? first
  const podCIDRs = podCIDR === first ? spec.podCIDRs : undefined
  const range = podCIDR === undefined ? {} : { podCIDR, podCIDRs: podCIDRs ?? [podCIDR] }
  return { ...object, spec: { ...spec, ...range }, status: previous?.status ?? { addresses: [], conditions: [] } }
}

/** `Ready`, `NotReady`, `Ready,SchedulingDisabled` … (R-NOD-2). */
function statusCell(object: Node): string {
  const isKnown = object.status.conditions.some(({ type }) => type === 'Ready')
  const ready = isNodeReady(object) ? 'Ready' : isKnown ? 'NotReady' : 'Unknown'
  return object.spec.unschedulable ? `${ready},SchedulingDisabled` : ready
}

const hasReported = ({ status }: Node): boolean => status.conditions.length > 0

const info =
  (text: string, unknown: string) =>
  (object: Node): string =>
    hasReported(object) ? text : unknown

const addressOf = ({ status }: Node, wanted: string): string =>
  status.addresses.find(({ type }) => type === wanted)?.address ?? '<none>'

export const node: KindDefinition<Node> = {
  kind: 'Node',
  group: '',
  version: 'v1',
  plural: 'nodes',
  singular: 'node',
  shortNames: ['no'],
  namespaced: false,
  message: 'core.v1.Node',
  modelled: ['spec.podCIDR', 'spec.podCIDRs', 'spec.unschedulable', 'spec.taints'],
  prepare,
  validate,
  present: presentNode,
  indexes: { address: ({ status }) => status.addresses.map(({ address }) => address) },
  fieldLabels: { 'spec.unschedulable': ({ spec }) => String(spec.unschedulable ?? false) },
  columns: [
    nameColumn,
    { name: 'STATUS', cell: statusCell },
    { name: 'ROLES', cell: (object) => rolesOf(object).join(',') || '<none>' },
    ageColumn,
    { name: 'VERSION', cell: info(systemInfo.kubeletVersion, '') },
    { name: 'INTERNAL-IP', wide: true, cell: (object) => internalIP(object) || '<none>' },
    { name: 'EXTERNAL-IP', wide: true, cell: (object) => addressOf(object, 'ExternalIP') },
    { name: 'OS-IMAGE', wide: true, cell: info(systemInfo.osImage, '<unknown>') },
    {
      name: 'KERNEL-VERSION',
      wide: true,
      cell: info(`${systemInfo.kernelVersion} (${systemInfo.architecture})`, '<unknown>'),
    },
    { name: 'CONTAINER-RUNTIME', wide: true, cell: info(systemInfo.containerRuntimeVersion, '<unknown>') },
  ],
  describe: describeNode,
  explain: {
    '': 'A machine on which pods run.',
    metadata: 'Name, labels and what else every object has. nodeSelector looks at the labels.',
    spec: 'What people and controllers set.',
    'spec.podCIDR': 'Where the addresses of the pods of this node come from; fixed.',
    'spec.podCIDRs': 'The same by address family.',
    'spec.unschedulable': 'true: no new pods (kubectl cordon). Running pods stay.',
    'spec.taints': 'Marks that keep pods away which do not tolerate them.',
    status: 'What the kubelet reports.',
    'status.addresses': 'Addresses of the machine.',
    'status.conditions': 'Ready and others. Ready is Unknown when the kubelet is silent.',
  },
}
