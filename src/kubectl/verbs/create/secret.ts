import { encodeBase64 } from '../../../cluster/base64.ts'
import { configKeyErrors } from '../../../cluster/names.ts'
import { quote } from '../../../cluster/quote.ts'
import { createFlags } from '../../change/flags.ts'
import { createGenerated, type Generated, nameOf } from '../../change/generate.ts'
import { KubectlError, notModelled } from '../../errors.ts'
import { bool, text } from '../../flags.ts'
import { defineVerb, defineVerbGroup, type Invocation } from '../../verb.ts'
import {
  environmentValues,
  fileValues,
  type KeyValue,
  literalValues,
  refuseMixedSources,
  sourceFlags,
} from './key-values.ts'

const secretFlags = { ...createFlags, 'append-hash': bool('Append a hash of the secret to its name.') } as const

const generic = defineVerb({
  name: 'generic',
  summary: 'Create a secret from a local file, directory, or literal value.',
  usage: 'NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
  flags: { ...secretFlags, ...sourceFlags, type: text('The type of secret to create') },
  run(invocation) {
    const { flags, environment } = invocation
    const name = nameOf(invocation)
    refuseMixedSources(flags)
    const data = collect([
      ...literalValues(flags),
      ...fileValues(flags, environment.files),
      ...environmentValues(flags, environment.files),
    ])
    createSecretOf(invocation, name, flags.type, data)
  },
})

const tls = defineVerb({
  name: 'tls',
  summary: 'Create a TLS secret.',
  usage: 'NAME --cert=path/to/cert/file --key=path/to/key/file [--dry-run=server|client|none]',
  flags: {
    ...secretFlags,
    cert: text('Path to PEM encoded public key certificate.'),
    key: text('Path to private key associated with given certificate.'),
  },
  run(invocation) {
    const { flags, environment } = invocation
    const name = nameOf(invocation)
    if (flags.key === '' || flags.cert === '') throw new KubectlError('key and cert must be specified')
    const [certificate, key] = [readPem(flags.cert, environment.files), readPem(flags.key, environment.files)]
    if (!environment.certificates)
      throw notModelled('create secret tls', 'A real client checks that certificate and key belong together.')
    const wrong = environment.certificates.pairError(certificate, key)
    if (wrong !== undefined) throw new KubectlError(wrong)
    createSecretOf(
      invocation,
      name,
      'kubernetes.io/tls',
      new Map([
        ['tls.crt', certificate],
        ['tls.key', key],
      ]),
    )
  },
})

const dockerRegistry = defineVerb({
  name: 'docker-registry',
  summary: 'Create a secret for use with a Docker registry.',
  usage: 'NAME --docker-username=user --docker-password=password --docker-email=email',
  flags: {
    ...createFlags,
    'docker-email': text('Email for Docker registry'),
    'docker-password': text('Password for Docker registry authentication'),
    'docker-server': text('Server location for Docker registry'),
    'docker-username': text('Username for Docker registry authentication'),
  },
  run() {
    throw notModelled(
      'create secret docker-registry',
      'It holds the password for a registry of images; images here need none.',
    )
  },
})

/** Create a secret with specified type. */
export const createSecret = defineVerbGroup({
  name: 'secret',
  summary: 'Create a secret using a specified subcommand.',
  verbs: [dockerRegistry, generic, tls],
})

function createSecretOf(
  invocation: Invocation<typeof secretFlags>,
  name: string,
  type: string,
  data: ReadonlyMap<string, string>,
): void {
  if (invocation.flags['append-hash']) throw notModelled('--append-hash', 'It adds a hash of the content to the name.')
  const generated: Generated = {
    apiVersion: 'v1',
    ...(data.size > 0 && { data: Object.fromEntries([...data].map(([key, value]) => [key, encodeBase64(value)])) }),
    kind: 'Secret',
    metadata: { name },
    ...(type !== '' && { type }),
  }
  createGenerated(invocation, generated, { failed: 'failed to create secret' })
}

function collect(values: readonly KeyValue[]): Map<string, string> {
  const data = new Map<string, string>()
  for (const [key, value] of values) {
    const errors = configKeyErrors(key)
    if (errors.length > 0)
      throw new KubectlError(`${quote(key)} is not valid key name for a Secret ${errors.join(';')}`)
    if (data.has(key)) throw new KubectlError(`cannot add key ${key}, another key by that name already exists`)
    data.set(key, value)
  }
  return data
}

function readPem(path: string, files: Readonly<Record<string, string>>): string {
  const name = path.replace(/^(\.\/)+/, '')
  if (!Object.hasOwn(files, name))
    throw new KubectlError(`Cannot read file ${path}, open ${path}: no such file or directory`)
  return files[name]!
}
