import { bytesOfBase64, decodeBase64, encodeBase64 } from '../base64.ts'
import { equal } from '../delta.ts'
import type { FieldError } from '../errors.ts'
import type { Admission, Described, KindDefinition, KubeObject } from '../object.ts'
import { IMMUTABLE, invalidValue, required, tooLong } from '../validation.ts'
import { ageColumn, nameColumn } from './columns.ts'
import { DATA_BYTES, validateImmutable, validateKeys } from './data-validation.ts'
import { metadataLines } from './describe-parts.ts'

export interface Secret extends KubeObject {
  type: string
  /** Values in base64. */
  data?: Record<string, string>
  immutable?: boolean
}

const OPAQUE = 'Opaque'
const TLS = 'kubernetes.io/tls'
const ACCOUNT_TOKEN = 'kubernetes.io/service-account-token'
const ACCOUNT_ANNOTATION = 'kubernetes.io/service-account.name'
const BASIC_AUTH = 'kubernetes.io/basic-auth'
const SSH_AUTH = 'kubernetes.io/ssh-auth'

/** Types whose data must hold certain keys (R-ING-50). */
const REQUIRED_KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  [TLS, ['tls.crt', 'tls.key']],
  ['kubernetes.io/dockercfg', ['.dockercfg']],
  ['kubernetes.io/dockerconfigjson', ['.dockerconfigjson']],
])

/** Texts of `stringData` become data and win over it; the type is Opaque by default. */
function prepare(given: Secret): Secret {
  const { stringData, ...object } = given as Secret & { stringData?: Record<string, string> }
  const texts = Object.entries(stringData ?? {}).map(([key, value]) => [key, encodeBase64(value)] as const)
  const data = Object.fromEntries([...Object.entries(object.data ?? {}), ...texts])
  return { ...object, type: object.type ?? OPAQUE, ...(Object.keys(data).length > 0 && { data }) }
}

function validate(object: Secret, { previous }: Admission<Secret>): FieldError[] {
  const { data = {}, type } = object
  const size = Object.values(data).reduce((sum, value) => sum + bytesOfBase64(value), 0)
  return [
    ...(previous && !equal(type, previous.type) ? [invalidValue('type', type, IMMUTABLE)] : []),
    ...validateImmutable(object, previous, ['data']),
    ...validateKeys(data, 'data'),
    ...(size > DATA_BYTES ? [tooLong('data', DATA_BYTES)] : []),
    ...validateType(object),
  ]
}

function validateType({ type, data = {}, metadata }: Secret): FieldError[] {
  const missing = (REQUIRED_KEYS.get(type) ?? []).filter((key) => !Object.hasOwn(data, key))
  const errors = missing.map((key) => required(`data[${key}]`))
  if (type === ACCOUNT_TOKEN && !metadata.annotations?.[ACCOUNT_ANNOTATION])
    return [required(`metadata.annotations[${ACCOUNT_ANNOTATION}]`)]
  if (type === BASIC_AUTH && !Object.hasOwn(data, 'username') && !Object.hasOwn(data, 'password'))
    return [required('data[username]'), required('data[password]')]
  if (type === SSH_AUTH && !data['ssh-privatekey']) return [required('data[ssh-privatekey]')]
  const [configKey] = type.startsWith('kubernetes.io/docker') ? (REQUIRED_KEYS.get(type) ?? []) : []
  const config = configKey === undefined ? undefined : data[configKey]
  return config === undefined || isJsonObject(decodeBase64(config))
    ? errors
    : [invalidValue(`data[${configKey}]`, '<secret contents redacted>', 'must be a JSON object')]
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && !Array.isArray(value)
  } catch {
    return false
  }
}

/** The API server tries certificate and key and only warns of what it finds; here it looks no further than for PEM. */
function warnings({ type, data = {} }: Secret): string[] {
  if (type !== TLS) return []
  const isPem = (key: string): boolean => decodeBase64(data[key] ?? '').includes('-----BEGIN ')
  const missing = isPem('tls.crt') ? (isPem('tls.key') ? undefined : 'key') : 'certificate'
  return missing === undefined ? [] : [`tls: failed to find any PEM data in ${missing} input`]
}

const describe = (object: Secret): Described[] => [
  ...metadataLines(object),
  {
    raw: [
      '',
      `Type:\t${object.type}`,
      '',
      'Data',
      '====',
      ...Object.entries(object.data ?? {})
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => `${key}:\t${bytesOfBase64(value)} bytes`),
    ],
  },
]

export const secret: KindDefinition<Secret> = {
  kind: 'Secret',
  group: '',
  version: 'v1',
  plural: 'secrets',
  singular: 'secret',
  shortNames: [],
  namespaced: true,
  message: 'core.v1.Secret',
  modelled: ['type', 'data', 'stringData', 'immutable'],
  prepare,
  validate,
  warnings,
  fieldLabels: { type: ({ type }) => type },
  columns: [
    nameColumn,
    { name: 'TYPE', cell: ({ type }) => type },
    { name: 'DATA', cell: ({ data = {} }) => String(Object.keys(data).length) },
    ageColumn,
  ],
  describe,
  explain: {
    '': 'Passwords, keys and certificates for pods and controllers. Base64 is a notation, not encryption.',
    metadata: 'Name, namespace, labels and what else every object has.',
    type: 'What the data is for; kubernetes.io/tls holds tls.crt and tls.key. Opaque by default.',
    data: 'Values by key, in base64.',
    stringData: 'Texts by key; they are turned into data when they are stored.',
    immutable: 'true: the data cannot be changed any more.',
  },
}
