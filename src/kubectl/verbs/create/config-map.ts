import { configKeyErrors } from '../../../cluster/names.ts'
import { quote } from '../../../cluster/quote.ts'
import { createFlags } from '../../change/flags.ts'
import { createGenerated, nameOf } from '../../change/generate.ts'
import { KubectlError, notModelled } from '../../errors.ts'
import { bool } from '../../flags.ts'
import { defineVerb } from '../../verb.ts'
import {
  environmentValues,
  fileValues,
  type KeyValue,
  literalValues,
  refuseMixedSources,
  sourceFlags,
} from './key-values.ts'

/** Create a config map based on a file, or specified literal value. */
export const createConfigMap = defineVerb({
  name: 'configmap',
  aliases: ['cm'],
  summary: 'Create a config map from a local file, directory or literal value.',
  usage: 'NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
  flags: {
    ...createFlags,
    ...sourceFlags,
    'append-hash': bool('Append a hash of the configmap to its name.'),
  },
  run(invocation) {
    const { flags, environment } = invocation
    const name = nameOf(invocation)
    if (flags['append-hash']) throw notModelled('--append-hash', 'It adds a hash of the content to the name.')
    refuseMixedSources(flags)
    const data = collect(name, [
      ...fileValues(flags, environment.files),
      ...literalValues(flags),
      ...environmentValues(flags, environment.files),
    ])
    const generated = {
      apiVersion: 'v1',
      ...(data.size > 0 && { data: Object.fromEntries(data) }),
      kind: 'ConfigMap',
      metadata: { name },
    }
    createGenerated(invocation, generated, { failed: 'failed to create configmap:' })
  },
})

function collect(name: string, values: readonly KeyValue[]): Map<string, string> {
  const data = new Map<string, string>()
  for (const [key, value] of values) {
    const errors = configKeyErrors(key)
    if (errors.length > 0)
      throw new KubectlError(`${quote(key)} is not a valid key name for a ConfigMap: ${errors.join(',')}`)
    if (data.has(key))
      throw new KubectlError(
        `cannot add key ${quote(key)}, another key by that name already exists in Data for ConfigMap ${quote(name)}`,
      )
    data.set(key, value)
  }
  return data
}
