import type { Cluster } from '../cluster/cluster.ts'
import type { KindDefinition } from '../cluster/object.ts'
import { isTold } from './errors.ts'
import type { Flags } from './flags.ts'
import { findVerb, flagsOf } from './parse.ts'
import { flagNamed, flagWithShorthand } from './parse-flags.ts'
import { resolveKind, servedKinds } from './resources.ts'
import { typedNamespace } from './typed-namespace.ts'
import type { Verb } from './verb.ts'
import { verbs } from './verbs/index.ts'

/** A word that can stand next. */
export interface Completion {
  value: string
  label?: string
}

/** Verbs whose first argument is a pod, or something that stands for pods. */
const POD_VERBS = ['exec', 'logs', 'port-forward', 'attach']
const NODE_VERBS = ['cordon', 'uncordon', 'drain']
/** Verbs below which no object of the cluster is named. */
const WITHOUT_OBJECTS = ['create', 'run', 'apply', 'config', 'version', 'api-resources', 'api-versions', 'cluster-info']

/** Most names that are offered at once. */
const MOST_NAMES = 100

/**
 * What may stand in place of the last of the words behind `kubectl`: verbs, flags, kinds, names of objects, files. The
 * caller keeps those that begin like the word.
 */
export function completeKubectl(
  words: readonly string[],
  cluster: Cluster,
  namespace: string,
  files: readonly string[],
): Completion[] {
  const typed = words[0] === 'kubectl' || words[0] === 'k' ? words.slice(1) : words
  const partial = typed.at(-1) ?? ''
  const before = typed.slice(0, -1)
  if (before.includes('--')) return []
  const { chain, rest } = findVerb(before, verbs)
  const flags = flagsOf(chain)
  const waiting = waitingFlag(before, flags)
  if (waiting !== undefined) return valuesOf(waiting, cluster, files)
  if (partial.startsWith('-')) return flagNames(flags)
  const verb = chain.at(-1)
  if (!verb) return verbNames(verbs)
  if (verb.verbs && !rest.some((word) => !word.startsWith('-'))) return verbNames(verb.verbs)
  return argumentsOf(chain, partial, rest, { cluster, namespace: typedNamespace(before) ?? namespace })
}

const verbNames = (among: readonly Verb[]): Completion[] =>
  among.map(({ name, summary }) => ({ value: name, label: summary }))

const flagNames = (flags: Flags): Completion[] =>
  Object.entries(flags).map(([name, { help }]) => ({ value: `--${name}`, label: help }))

/** The flag whose value comes next, if the last word is one. */
function waitingFlag(words: readonly string[], flags: Flags): string | undefined {
  const last = words.at(-1) ?? ''
  if (last.includes('=')) return undefined
  if (last.startsWith('--')) return flagNamed(flags, last.slice(2))?.alone === undefined ? last.slice(2) : undefined
  const found = /^-[A-Za-z]$/.test(last) ? flagWithShorthand(flags, last[1]!) : undefined
  return found && found[1].alone === undefined ? found[0] : undefined
}

const FORMATS = ['wide', 'yaml', 'json', 'name', 'jsonpath=', 'custom-columns=', 'go-template=']

function valuesOf(flag: string, cluster: Cluster, files: readonly string[]): Completion[] {
  if (flag === 'namespace') return namesOf(cluster, 'Namespace', undefined)
  if (flag === 'output') return FORMATS.map((value) => ({ value }))
  return flag === 'filename' ? ['-', ...files].map((value) => ({ value })) : []
}

interface Where {
  cluster: Cluster
  namespace: string
}

function argumentsOf(chain: readonly Verb[], partial: string, rest: readonly string[], where: Where): Completion[] {
  const verb = chain[0]!.name
  const args = rest.filter((word) => !word.startsWith('-'))
  if (WITHOUT_OBJECTS.includes(verb)) return []
  if (NODE_VERBS.includes(verb)) return namesOf(where.cluster, 'Node', undefined)
  const slash = partial.indexOf('/')
  if (slash > 0) return prefixed(partial.slice(0, slash), where)
  if (POD_VERBS.includes(verb)) return args.length === 0 ? namesOf(where.cluster, 'Pod', where.namespace) : []
  if (args.length === 0) return kindNames(where.cluster)
  const kind = kindNamed(where.cluster, args[0]!)
  return kind ? namesOf(where.cluster, kind.kind, kind.namespaced ? where.namespace : undefined) : []
}

/** `deploy/web` */
function prefixed(type: string, { cluster, namespace }: Where): Completion[] {
  const kind = kindNamed(cluster, type)
  if (!kind) return []
  const names = namesOf(cluster, kind.kind, kind.namespaced ? namespace : undefined)
  return names.map(({ value }) => ({ value: `${type}/${value}` }))
}

const kindNames = (cluster: Cluster): Completion[] =>
  servedKinds(cluster).flatMap(({ plural, singular, shortNames, kind }) =>
    [...new Set([plural, ...shortNames, singular])].map((value) => ({ value, label: kind })),
  )

function kindNamed(cluster: Cluster, word: string): KindDefinition | undefined {
  try {
    return resolveKind(cluster, word)
  } catch (error) {
    if (isTold(error)) return undefined
    throw error
  }
}

const namesOf = (cluster: Cluster, kind: KindDefinition['kind'], namespace: string | undefined): Completion[] =>
  cluster.store
    .list(kind, { namespace })
    .slice(0, MOST_NAMES)
    .map(({ metadata }) => ({ value: metadata.name }))
