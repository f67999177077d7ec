import type { ApiError } from '../../cluster/errors.ts'
import { KubectlError } from '../errors.ts'
import { type Found, findObjects, listOf } from '../find-objects.ts'
import { bool, int, list } from '../flags.ts'
import { allNamespacesFlag, selectorFlag } from '../global-flags.ts'
import { renderDescription } from '../output/describe.ts'
import { resolveKind } from '../resources.ts'
import { defineVerb, type Invocation } from '../verb.ts'
import { SUGGESTION } from './get.ts'

const flags = {
  'all-namespaces': allNamespacesFlag,
  'chunk-size': int('Return large lists in chunks rather than all at once.', { initial: 500 }),
  filename: list('Filename, directory, or URL to files containing the resource to describe', { shorthand: 'f' }),
  selector: selectorFlag,
  'show-events': bool(
    'If true, display events related to the described object. Defaults to true for a single object, false for multiple objects and prefix matching.',
    { initial: true },
  ),
} as const

/** Show details of one object, of several, or of those whose names begin with a prefix. */
export const describe = defineVerb({
  name: 'describe',
  summary: 'Show details of a specific resource or group of resources.',
  usage: '(-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)',
  flags,
  run(invocation) {
    const { args, flags: given, streams, namespace } = invocation
    if (args.length === 0 && given.filename.length === 0)
      throw new KubectlError(`You must specify the type of resource to describe. ${SUGGESTION}`)
    const missing: ApiError[] = []
    const { found } = findObjects(
      { ...invocation, fail: (error) => missing.push(error as ApiError) },
      { args, filenames: given.filename, allNamespaces: given['all-namespaces'], selector: given.selector },
    )
    const events = invocation.changed('show-events') ? given['show-events'] : found.length === 1 && missing.length === 0
    if (args.length === 2 && missing.length > 0) {
      describeByPrefix(invocation, missing[0]!, events)
      return
    }
    streams.write(found.map((each) => describeOne(invocation, each, events)).join('\n\n'))
    for (const error of missing) invocation.fail(error)
    if (found.length === 0 && missing.length === 0)
      streams.warn(`No resources found${given['all-namespaces'] ? '' : ` in ${namespace} namespace.`}`)
  },
})

/** Kinds describe what is stored; only those that are worked out when somebody looks have nothing but what is shown. */
function describeOne({ cluster }: Invocation, { definition, object }: Found, events: boolean): string {
  const stored = cluster.get(definition.kind, object.metadata.namespace, object.metadata.name)
  return renderDescription(definition, stored ?? object, cluster, { events })
}

/** No object has the name; those whose names begin with it are meant. */
function describeByPrefix(invocation: Invocation, missing: ApiError, events: boolean): void {
  const [type, prefix] = invocation.args as [string, string]
  const matching = listOf(invocation, resolveKind(invocation.cluster, type), {}).filter(({ object }) =>
    object.metadata.name.startsWith(prefix),
  )
  if (matching.length === 0) throw missing
  for (const each of matching) invocation.streams.print(describeOne(invocation, each, events))
}
