import { createFlags } from '../../change/flags.ts'
import { createGenerated, nameOf } from '../../change/generate.ts'
import { defineVerb } from '../../verb.ts'

/** Create a namespace with the specified name. */
export const createNamespace = defineVerb({
  name: 'namespace',
  aliases: ['ns'],
  summary: 'Create a namespace with the specified name.',
  usage: 'NAME [--dry-run=server|client|none]',
  flags: createFlags,
  run(invocation) {
    const name = nameOf(invocation)
    const generated = { apiVersion: 'v1', kind: 'Namespace', metadata: { name }, spec: {}, status: {} }
    createGenerated(invocation, generated, { namespaced: false })
  },
})
