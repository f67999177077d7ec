import type { Cluster } from '../cluster/cluster.ts'
import { kinds } from '../cluster/kinds/index.ts'
import type { KindDefinition } from '../cluster/object.ts'
import { otherKinds } from '../cluster/other-kinds.ts'
import { KubectlError, notModelled } from './errors.ts'

/** Kinds that were asked for together, and the names that were asked of them; no names mean all objects. */
export interface ResourceRequest {
  definition: KindDefinition
  names: string[]
}

/** What the words behind a verb ask for. */
export interface ResourceArguments {
  requests: ResourceRequest[]
  /** `TYPE/NAME` or `TYPE NAME`: single objects were named, so that each must exist. */
  named: boolean
}

/** All kinds that the cluster serves, in the order of `kubectl api-resources`. */
export const servedKinds = (_cluster: Cluster): readonly KindDefinition[] => Object.values(kinds)

/**
 * The kind that a word names: plural, singular, short name or kind, also as `plural.group` and `plural.version.group`.
 * Upper case is understood for the plural, the singular and the kind, not for short names. Throws for an unknown kind (R-ERR-5) and
 * for one that Kubernetes has and the simulation leaves out.
 */
export function resolveKind(cluster: Cluster, word: string): KindDefinition {
  const [name, ...group] = word.split('.') as [string, ...string[]]
  const suffix = group.join('.')
  const served = servedKinds(cluster)
  const found = served.find((kind) => hasName(kind, name) && inGroup(kind, suffix))
  if (found) return found
  const other = otherKinds.find((kind) => hasName(kind, name) && inGroup(kind, suffix))
  if (other) throw notModelled(other.kind, other.instead)
  throw new KubectlError(`the server doesn't have a resource type "${name}"`, {
    wrong: { word: name, candidates: served.flatMap(namesOf) },
  })
}

type Named = Pick<KindDefinition, 'plural' | 'singular' | 'shortNames' | 'group' | 'version'> & { kind: string }

const namesOf = ({ plural, singular, shortNames }: Named): string[] => [plural, singular, ...shortNames]

const hasName = (kind: Named, word: string): boolean =>
  kind.shortNames.includes(word) || [kind.plural, kind.singular, kind.kind.toLowerCase()].includes(word.toLowerCase())

const inGroup = ({ group, version }: Named, suffix: string): boolean =>
  suffix === '' || suffix === group || suffix === `${version}.${group}` || (group === '' && suffix === version)

const MISSING = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`

/** Neither kinds nor files were given. */
export const missingResource = (): KubectlError => new KubectlError(MISSING)

const MIXED =
  "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'"

/**
 * Reads `TYPE`, `TYPE NAME…`, `TYPE,TYPE NAME…` and `TYPE/NAME…`; categories such as `all` stand for their kinds. No words
 * give no requests. Throws in the words of the resource builder.
 */
export function parseResourceArguments(cluster: Cluster, args: readonly string[]): ResourceArguments {
  const words = spread(args)
  const slashes = words.filter((word) => word.includes('/')).length
  if (slashes > 0 && slashes < words.length) throw new KubectlError(MIXED)
  if (slashes > 0) return { named: true, requests: words.map((word) => parseResourceName(cluster, word)) }
  const [types, ...names] = words
  if (types === undefined) return { named: false, requests: [] }
  const found = new Set(types.split(',').flatMap((type) => kindsOf(cluster, type)))
  if (names.length > 0 && found.size > 1) throw new KubectlError('you must specify only one resource')
  return { named: names.length > 0, requests: [...found].map((definition) => ({ definition, names })) }
}

/** `TYPE/NAME` as one request. */
export function parseResourceName(cluster: Cluster, word: string): ResourceRequest {
  const [type, name, ...more] = word.split('/') as [string, string, ...string[]]
  if (more.length > 0) throw new KubectlError('arguments in resource/name form may not have more than one slash')
  if (type === '' || name === '' || type.includes(','))
    throw new KubectlError('arguments in resource/name form must have a single resource and name')
  return { definition: resolveKind(cluster, type), names: [name] }
}

/** `a,b x y` means `a/x a/y b/x b/y`. */
function spread(args: readonly string[]): string[] {
  const [types, ...names] = args
  if (types === undefined || names.length === 0 || !types.includes(',')) return [...args]
  return [...new Set(types.split(','))].flatMap((type) => names.map((name) => `${type}/${name}`))
}

function kindsOf(cluster: Cluster, word: string): KindDefinition[] {
  const category = CATEGORY_ORDER.get(word)
  const members = servedKinds(cluster).filter(({ categories }) => categories?.includes(word))
  if (members.length === 0) return [resolveKind(cluster, word)]
  const rank = ({ plural }: KindDefinition) => category?.indexOf(plural) ?? 0
  return [...members].sort((left, right) => rank(left) - rank(right))
}

/** The order in which the API server's discovery lists the members of `all`. */
const CATEGORY_ORDER: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'all',
    [
      'pods',
      'replicationcontrollers',
      'services',
      'daemonsets',
      'deployments',
      'replicasets',
      'statefulsets',
      'horizontalpodautoscalers',
      'cronjobs',
      'jobs',
    ],
  ],
])

/** `pod/web`, `deployment.apps/web`: how an object is named in output. */
export const resourceName = (definition: KindDefinition, name: string): string =>
  `${definition.singular}${definition.group === '' ? '' : `.${definition.group}`}/${name}`

/** `/v1, Resource=pods`, as messages of the API machinery name a resource. */
export const groupVersionResource = (definition: KindDefinition): string =>
  `${definition.group}/${definition.version}, Resource=${definition.plural}`
