import { listObjects, read } from '../cluster/api.ts'
import { ApiError } from '../cluster/errors.ts'
import { parseFieldSelector } from '../cluster/field-selector.ts'
import type { KindDefinition, KubeObject } from '../cluster/object.ts'
import { quote } from '../cluster/quote.ts'
import { parseSelector, SelectorError } from '../cluster/selector.ts'
import { isTold, KubectlError } from './errors.ts'
import { readManifests } from './manifests.ts'
import { groupVersionResource, parseResourceArguments, type ResourceRequest } from './resources.ts'
import type { Invocation } from './verb.ts'

/** An object of the cluster as it is shown, with its kind. */
export interface Found {
  definition: KindDefinition
  object: KubeObject
}

export interface FindOptions {
  args: readonly string[]
  /** Values of `-f`: the objects that these files name are looked up. */
  filenames?: readonly string[]
  allNamespaces?: boolean
  selector?: string
  fieldSelector?: string
  ignoreNotFound?: boolean
}

export interface FoundObjects {
  found: Found[]
  /** The kinds that were asked for. */
  kinds: KindDefinition[]
  /** Objects were named; otherwise kinds were listed. */
  named: boolean
  /** Exactly one object was named, so that it is printed as itself and not as a list. */
  single: boolean
  /** Every kind that was asked for lives in namespaces. */
  namespaced: boolean
  /** How many named objects are missing; each was told to `invocation.fail`. */
  failed: number
}

/**
 * The objects that the arguments of `get` and `describe` ask for, in the order of the arguments. Throws for unknown kinds
 * and selectors that cannot be read; a missing object is noted, and the others are still found.
 */
export function findObjects(invocation: Invocation, options: FindOptions): FoundObjects {
  const { args, filenames = [], selector = '', fieldSelector = '' } = options
  if (filenames.length > 0) return findInFiles(invocation, filenames, options)
  const { requests, named } = parseResourceArguments(invocation.cluster, args)
  if (named && (selector !== '' || fieldSelector !== '')) throw selectorWithNames(args)
  const names = requests.flatMap((request) => request.names)
  const result: FoundObjects = {
    found: [],
    kinds: requests.map(({ definition }) => definition),
    named,
    single: names.length === 1,
    namespaced: requests.every(({ definition }) => definition.namespaced),
    failed: 0,
  }
  for (const { definition } of requests)
    if (definition.warning !== undefined) invocation.streams.warn(`Warning: ${definition.warning}`)
  for (const request of requests) {
    if (!named) result.found.push(...listOf(invocation, request.definition, options))
    else result.failed += readNamed(invocation, request, options, result.found)
  }
  return result
}

/** The objects of the cluster that manifests name. */
function findInFiles(invocation: Invocation, filenames: readonly string[], options: FindOptions): FoundObjects {
  const { args, selector = '', ignoreNotFound } = options
  const found: Found[] = []
  let failed = 0
  const entries = readManifests(invocation, { filenames, selector })
  if (args.length > 0)
    throw new KubectlError(
      'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
    )
  for (const entry of entries)
    try {
      if ('error' in entry) throw entry.error
      const { definition, name, namespace } = entry
      found.push({ definition, object: read(invocation.cluster, definition.kind, namespace, name) })
    } catch (error) {
      if (!isTold(error)) throw error
      if (ignoreNotFound && error instanceof ApiError && error.reason === 'NotFound') continue
      invocation.fail(error, entry.place)
      failed += 1
    }
  const kinds = [...new Set(found.map(({ definition }) => definition))]
  const namespaced = kinds.every((definition) => definition.namespaced)
  return { found, kinds, named: true, single: entries.length === 1, namespaced, failed }
}

/** Does something with each object; a refusal of one is noted, and the others still get their turn. */
export function visitEach(
  { fail }: Pick<Invocation, 'fail'>,
  found: readonly Found[],
  visit: (each: Found) => void,
): void {
  for (const each of found)
    try {
      visit(each)
    } catch (error) {
      if (!isTold(error)) throw error
      fail(error)
    }
}

const selectorWithNames = (args: readonly string[]): KubectlError =>
  new KubectlError(
    args.some((arg) => arg.includes('/'))
      ? 'selectors and the all flag cannot be used when passing resource/name arguments'
      : 'name cannot be provided when a selector is specified',
  )

/** Adds the named objects; returns how many there are not. */
function readNamed(
  invocation: Invocation,
  { definition, names }: ResourceRequest,
  { allNamespaces, ignoreNotFound }: FindOptions,
  found: Found[],
): number {
  if (allNamespaces && definition.namespaced)
    throw new KubectlError('a resource cannot be retrieved by name across all namespaces')
  let failed = 0
  for (const name of names)
    try {
      found.push({ definition, object: readObject(invocation, definition, name) })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (ignoreNotFound && error.reason === 'NotFound') continue
      invocation.fail(error)
      failed += 1
    }
  return failed
}

/** One object of the invocation's namespace. Throws `ApiError` NotFound. */
export const readObject = ({ cluster, namespace }: Invocation, definition: KindDefinition, name: string): KubeObject =>
  read(cluster, definition.kind, definition.namespaced ? namespace : undefined, name)

/** All objects of a kind that the selectors match. Throws for selectors that cannot be read (R-SEL-10). */
export function listOf(
  { cluster, namespace }: Invocation,
  definition: KindDefinition,
  { allNamespaces = false, selector = '', fieldSelector = '' }: Omit<FindOptions, 'args'>,
): Found[] {
  try {
    const objects = listObjects(cluster, definition.kind, {
      namespace: allNamespaces ? undefined : namespace,
      selector: parseSelector(selector),
      fields: parseFieldSelector(fieldSelector),
    })
    return objects.map((object) => ({ definition, object }))
  } catch (error) {
    if (!(error instanceof SelectorError || error instanceof ApiError)) throw error
    const what = `Unable to find ${quote(groupVersionResource(definition))} that match label selector ${quote(selector)}, field selector ${quote(fieldSelector)}`
    throw new ApiError('BadRequest', `${what}: ${error.message}`)
  }
}
