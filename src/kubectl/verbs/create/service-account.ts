import { createFlags } from '../../change/flags.ts'
import { createGenerated, nameOf } from '../../change/generate.ts'
import { defineVerb } from '../../verb.ts'

/** Create a service account with the specified name. */
export const createServiceAccount = defineVerb({
  name: 'serviceaccount',
  aliases: ['sa'],
  summary: 'Create a service account with the specified name.',
  usage: 'NAME [--dry-run=server|client|none]',
  flags: createFlags,
  run(invocation) {
    const generated = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: nameOf(invocation) } }
    createGenerated(invocation, generated, { failed: 'failed to create serviceaccount:' })
  },
})
