import { apiVersionOf, type KindDefinition } from '../../cluster/object.ts'
import { KubectlError, usageError } from '../errors.ts'
import { bool, list, text } from '../flags.ts'
import { outputFlag } from '../global-flags.ts'
import { compareText } from '../output/json.ts'
import { TabWriter } from '../output/tab-writer.ts'
import { servedKinds } from '../resources.ts'
import { defineVerb, type Invocation } from '../verb.ts'

const flags = {
  'api-group': text('Limit to resources in the specified API group.'),
  cached: bool('Use the cached list of resources if available.'),
  categories: list('Limit to resources that belong to the specified categories.'),
  namespaced: bool(
    'If false, non-namespaced resources will be returned, otherwise returning namespaced resources by default.',
    { initial: true },
  ),
  'no-headers': bool("When using the default or custom-column output format, don't print headers."),
  output: outputFlag,
  'sort-by': text(
    "If non-empty, sort list of resources using specified field. The field can be either 'name' or 'kind'.",
  ),
  verbs: list('Limit to resources that support the specified verbs.'),
} as const

/** Print the kinds that the API server knows. */
export const apiResources = defineVerb({
  name: 'api-resources',
  summary: 'Print the supported API resources on the server.',
  usage: '[flags] [options]',
  flags,
  run(invocation) {
    const { args, flags: given, streams, path } = invocation
    if (args.length > 0) throw usageError(path, `unexpected arguments: [${args.join(' ')}]`)
    if (!['', 'name', 'kind'].includes(given['sort-by'])) throw new KubectlError('--sort-by accepts only name or kind')
    if (!['', 'wide', 'name'].includes(given.output))
      throw new KubectlError(
        `unable to match a printer suitable for the output format "${given.output}", allowed formats are: name,wide`,
      )
    const found = matching(invocation)
    if (given.output === 'name') {
      for (const { plural, group } of found) streams.print(group === '' ? plural : `${plural}.${group}`)
      return
    }
    const wide = given.output === 'wide'
    const header = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(wide ? ['VERBS', 'CATEGORIES'] : [])]
    const rows = found.map((kind) => rowOf(kind, wide))
    const lines = given['no-headers'] ? rows : [header, ...rows]
    const writer = new TabWriter({ minWidth: 6, padding: 3 })
    for (const line of writer.format(lines.map((cells) => cells.join('\t')))) streams.print(line)
  },
})

function matching({ cluster, flags: given, changed }: Invocation<typeof flags>): KindDefinition[] {
  const key = ({ group, plural, kind }: KindDefinition) =>
    given['sort-by'] === 'name' ? plural : given['sort-by'] === 'kind' ? kind : group
  return servedKinds(cluster)
    .filter((kind) => !changed('api-group') || kind.group === given['api-group'])
    .filter((kind) => !changed('namespaced') || kind.namespaced === given.namespaced)
    .filter((kind) => given.verbs.every((verb) => verbsOf(kind).includes(verb)))
    .filter((kind) => given.categories.every((category) => kind.categories?.includes(category)))
    .sort((left, right) => compareText(key(left), key(right)) || compareText(left.plural, right.plural))
}

const rowOf = (kind: KindDefinition, wide: boolean): string[] => [
  kind.plural,
  kind.shortNames.join(','),
  apiVersionOf(kind),
  String(kind.namespaced),
  kind.kind,
  ...(wide ? [verbsOf(kind).join(','), (kind.categories ?? []).join(',')] : []),
]

/** Kinds that are worked out when somebody looks can only be read. */
const verbsOf = ({ computed }: KindDefinition): string[] =>
  computed
    ? ['get', 'list', 'watch']
    : ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']
