import { bytesOfBase64 } from '../base64.ts'
import type { FieldError } from '../errors.ts'
import type { Admission, Described, KindDefinition, KubeObject } from '../object.ts'
import { invalidValue, tooLong } from '../validation.ts'
import { ageColumn, nameColumn } from './columns.ts'
import { DATA_BYTES, validateImmutable, validateKeys } from './data-validation.ts'
import { eventsBlock, metadataLines } from './describe-parts.ts'

export interface ConfigMap extends KubeObject {
  data?: Record<string, string>
  /** Values in base64. */
  binaryData?: Record<string, string>
  immutable?: boolean
}

function validate(object: ConfigMap, { previous }: Admission<ConfigMap>): FieldError[] {
  const { data = {}, binaryData = {} } = object
  const both = Object.keys(data).filter((key) => Object.hasOwn(binaryData, key))
  const text = Object.values(data).reduce((sum, value) => sum + new TextEncoder().encode(value).length, 0)
  const size = Object.values(binaryData).reduce((sum, value) => sum + bytesOfBase64(value), text)
  return [
    ...validateImmutable(object, previous, ['data', 'binaryData']),
    ...validateKeys(data, 'data'),
    ...both.map((key) => invalidValue(`data[${key}]`, key, 'duplicate of key present in binaryData')),
    ...validateKeys(binaryData, 'binaryData'),
    // An empty path stands for the whole object.
    ...(size > DATA_BYTES ? [tooLong('', DATA_BYTES)] : []),
  ]
}

const sorted = (map: Record<string, string> | undefined): [string, string][] =>
  Object.entries(map ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))

const describe: NonNullable<KindDefinition<ConfigMap>['describe']> = (object, cluster): Described[] => [
  ...metadataLines(object),
  {
    raw: [
      '',
      'Data',
      '====',
      ...sorted(object.data).flatMap(([key, value]) => [`${key}:`, '----', ...value.split('\n'), '']),
      '',
      'BinaryData',
      '====',
      ...sorted(object.binaryData).map(([key, value]) => `${key}: ${bytesOfBase64(value)} bytes`),
      '',
    ],
  },
  eventsBlock(object, cluster),
]

export const configMap: KindDefinition<ConfigMap> = {
  kind: 'ConfigMap',
  group: '',
  version: 'v1',
  plural: 'configmaps',
  singular: 'configmap',
  shortNames: ['cm'],
  namespaced: true,
  message: 'core.v1.ConfigMap',
  modelled: ['data', 'binaryData', 'immutable'],
  validate,
  columns: [
    nameColumn,
    {
      name: 'DATA',
      cell: ({ data = {}, binaryData = {} }) => String(Object.keys(data).length + Object.keys(binaryData).length),
    },
    ageColumn,
  ],
  describe,
  explain: {
    '': 'Configuration as key and value, for pods to read.',
    metadata: 'Name, namespace, labels and what else every object has.',
    data: 'Texts by key.',
    binaryData: 'Other bytes by key, in base64.',
    immutable: 'true: the data cannot be changed any more.',
  },
}
