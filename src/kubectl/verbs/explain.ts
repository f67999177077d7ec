import type { Cluster } from '../../cluster/cluster.ts'
import { apiVersionOf, type KindDefinition } from '../../cluster/object.ts'
import { KubectlError, notModelled } from '../errors.ts'
import { renderExplanation } from '../explain/render.ts'
import { bool, text } from '../flags.ts'
import { resolveKind } from '../resources.ts'
import { defineVerb } from '../verb.ts'
import { SUGGESTION } from './get.ts'

/** Describe the fields of a kind. */
export const explain = defineVerb({
  name: 'explain',
  summary: 'Describe fields and structure of various resources.',
  usage: 'TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2]',
  flags: {
    'api-version': text('Use given api-version (group/version) of the resource.'),
    output: text('Format in which to render the schema.', { shorthand: 'o', initial: 'plaintext' }),
    recursive: bool('When true, print the name of all the fields recursively.'),
  },
  run({ args, flags, cluster, streams }) {
    const [subject, ...more] = args
    if (subject === undefined) throw new KubectlError(`You must specify the type of resource to explain. ${SUGGESTION}`)
    if (more.length > 0) throw new KubectlError('We accept only this format: explain RESOURCE')
    const { definition, path } = readSubject(cluster, subject)
    if (flags['api-version'] !== '' && flags['api-version'] !== apiVersionOf(definition))
      throw new KubectlError(`couldn't find resource for "${flags['api-version']}, Kind=${definition.kind}"`)
    if (flags.output === 'plaintext-openapiv2')
      throw notModelled('The format plaintext-openapiv2', 'Leave -o out to get the format of today.')
    if (flags.output !== 'plaintext') throw new KubectlError(`unrecognized format: ${flags.output}`)
    streams.write(renderExplanation(definition, path, flags.recursive))
  },
})

/** `deployments.spec.template`; the group may stand behind the kind: `deployments.apps.spec`. */
function readSubject(cluster: Cluster, subject: string): { definition: KindDefinition; path: string[] } {
  const [type, ...rest] = subject.split('.').filter((part) => part !== '') as [string, ...string[]]
  const definition = resolveKind(cluster, type ?? '')
  const { group, version } = definition
  for (const prefix of [`${version}.${group}`, group, version]) {
    const parts = prefix.split('.')
    if (prefix !== '' && parts.every((part, index) => rest[index] === part))
      return { definition, path: rest.slice(parts.length) }
  }
  return { definition, path: rest }
}
