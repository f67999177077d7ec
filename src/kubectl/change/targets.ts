import { read } from '../../cluster/api.ts'
import type { KindDefinition, KubeObject } from '../../cluster/object.ts'
import type { Place } from '../environment.ts'
import { isTold, KubectlError } from '../errors.ts'
import { listOf } from '../find-objects.ts'
import { type ManifestObject, readManifests } from '../manifests.ts'
import { missingResource, parseResourceArguments } from '../resources.ts'
import type { Invocation } from '../verb.ts'

/** One object that a verb is about; whether it exists shows when it is read. */
export interface Target {
  definition: KindDefinition
  namespace: string | undefined
  name: string
  /** The manifest that names it, and where it stands. */
  manifest?: ManifestObject
  place?: Place
}

/** A document that names no object. */
interface Unreadable {
  error: Error
  place: Place
}

/** How a verb was told which objects it is about. */
export interface Selection {
  /** `TYPE NAME…`, `TYPE/NAME…`, `TYPE`. */
  args: readonly string[]
  filenames?: readonly string[]
  kustomize?: string
  selector?: string
  fieldSelector?: string
  /** Everything of the kinds (`--all`). */
  all?: boolean
  /** A kind without names and selector means everything of it. */
  orEvery?: boolean
  allNamespaces?: boolean
  /** False where manifests may hold anything. */
  validate?: boolean
}

/**
 * The objects that a verb which changes something is about, in the words of the resource builder where the selection makes
 * no sense. A document that cannot be understood stands in the result as its error.
 */
export function findTargets(invocation: Invocation, selection: Selection): (Target | Unreadable)[] {
  const { args, filenames = [], kustomize = '', selector = '', fieldSelector = '' } = selection
  const { all = false, orEvery = false } = selection
  const selecting = selector !== '' || fieldSelector !== ''
  if (all && selecting) throw new KubectlError("setting 'all' parameter but found a non empty selector. ")
  if (filenames.length > 0 || kustomize !== '') return targetsInFiles(invocation, selection)
  const { requests, named } = parseResourceArguments(invocation.cluster, args)
  if (requests.length === 0)
    throw selecting || all
      ? new KubectlError('at least one resource must be specified to use a selector')
      : missingResource()
  if (named && (selecting || all)) throw selectorWithNames(args)
  if (!named && !selecting && !all && !orEvery)
    throw new KubectlError('resource(s) were provided, but no name was specified')
  return requests.flatMap(({ definition, names }) =>
    named
      ? names.map((name) => ({ definition, name, namespace: scope(definition, invocation.namespace) }))
      : listOf(invocation, definition, selection).map(({ object }) => targetOf(definition, object)),
  )
}

const scope = ({ namespaced }: KindDefinition, namespace: string): string | undefined =>
  namespaced ? namespace : undefined

const targetOf = (definition: KindDefinition, { metadata: { name, namespace } }: KubeObject): Target => ({
  definition,
  name,
  namespace,
})

const selectorWithNames = (args: readonly string[]): KubectlError =>
  new KubectlError(
    args.some((arg) => arg.includes('/'))
      ? 'selectors and the all flag cannot be used when passing resource/name arguments'
      : 'name cannot be provided when a selector is specified',
  )

function targetsInFiles(
  invocation: Invocation,
  { args, filenames = [], kustomize = '', selector = '', validate = true }: Selection,
): (Target | Unreadable)[] {
  if (args.some((arg) => arg.includes('/')))
    throw new KubectlError('resource/name arguments cannot be provided when a path is specified')
  if (args.length > 0)
    throw new KubectlError(
      'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
    )
  const entries = readManifests(invocation, { filenames, kustomize, selector, validate })
  return entries.map((entry) => {
    if ('error' in entry) return entry
    const { definition, object: manifest, name, namespace, place } = entry
    return { definition, name, namespace, manifest, place }
  })
}

/** Does something with each object in its turn; errors are kept for the end and the others go on. True if there was none. */
export function eachTarget(
  { fail }: Invocation,
  targets: readonly (Target | Unreadable)[],
  act: (target: Target) => void,
): boolean {
  let complete = true
  for (const target of targets)
    try {
      if ('error' in target) throw target.error
      act(target)
    } catch (error) {
      if (!isTold(error)) throw error
      fail(error, target.place)
      complete = false
    }
  return complete
}

/** The object as it is shown. Throws `ApiError` NotFound. */
export const readTarget = ({ cluster }: Invocation, { definition, namespace, name }: Target): KubeObject =>
  read(cluster, definition.kind, namespace, name)
