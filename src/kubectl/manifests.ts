import { decode, lookupKind } from '../cluster/api.ts'
import { NoMatchError } from '../cluster/errors.ts'
import type { KindDefinition } from '../cluster/object.ts'
import { quote } from '../cluster/quote.ts'
import { matchesSelector, parseSelector, type Selector, SelectorError } from '../cluster/selector.ts'
import type { Place } from './environment.ts'
import { isTold, KubectlError, notModelled, withSource } from './errors.ts'
import { metadataMismatch } from './manifests/decode-metadata.ts'
import { openFiles, type SourceText } from './manifests/open-files.ts'
import { DocumentError, type RawDocument, readDocuments } from './manifests/read-documents.ts'
import { validationError } from './manifests/validate.ts'
import { isObject, type JsonObject, memberOf, without } from './patch/json.ts'
import type { Invocation } from './verb.ts'

/** One object of a manifest, with the kind that the cluster knows it as. */
export interface Manifest {
  definition: KindDefinition
  /** As written; the namespace is filled in for kinds that live in one. */
  object: ManifestObject
  /** Empty where the manifest gives none. */
  name: string
  namespace: string | undefined
  place: Place
}

/** A document that was not understood, or the end of a file that could not be read. */
interface Unreadable {
  error: Error
  place: Place
}

export type ManifestEntry = Manifest | Unreadable

export const isReadable = (entry: ManifestEntry): entry is Manifest => !('error' in entry)

export type ManifestObject = JsonObject & { metadata: JsonObject }

/** Which manifests a verb reads, and how strictly. */
export interface ManifestOptions {
  /** Names of the channel's files, or `-`. */
  filenames: readonly string[]
  /** The value of `-k`. */
  kustomize?: string
  /** False with `--validate=false`. */
  validate?: boolean
  /** Only objects with these labels. */
  selector?: string
}

/** Most documents of one manifest. */
const MOST_DOCUMENTS = 200

/**
 * Reads manifests as kubectl does: a document that cannot be understood stands in the result as its error and the others go
 * on; a text that cannot be read ends its own file. Throws where not even the files can be found, or where they hold too
 * much.
 */
export function readManifests(invocation: Invocation, options: ManifestOptions): ManifestEntry[] {
  if (options.kustomize)
    throw notModelled('-k', 'It builds manifests from a kustomization directory; -f NAME reads a manifest.')
  const texts = openFiles(invocation, options.filenames)
  const selector = parseFilter(options.selector ?? '')
  const entries = texts.flatMap((text) => readText(invocation, text, options.validate ?? true))
  const labelsOf = ({ object }: Manifest) => object.metadata.labels as Record<string, string> | undefined
  return entries.filter((entry) => 'error' in entry || matchesSelector(selector, labelsOf(entry)))
}

/** Does something with each object in its turn; errors are kept for the end and the others go on. */
export function eachManifest(
  { fail }: Invocation,
  entries: readonly ManifestEntry[],
  act: (manifest: Manifest) => void,
): void {
  for (const entry of entries)
    try {
      if ('error' in entry) throw entry.error
      act(entry)
    } catch (error) {
      if (!isTold(error)) throw error
      fail(error, entry.place)
    }
}

function parseFilter(text: string): Selector {
  try {
    return parseSelector(text)
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error
    throw new KubectlError(`the provided selector ${quote(text)} is not valid: ${error.message}`)
  }
}

/** The objects of one file; the first place that cannot be read ends it. */
function readText(invocation: Invocation, { source, text }: SourceText, validate: boolean): ManifestEntry[] {
  const entries: ManifestEntry[] = []
  try {
    for (const document of readDocuments(text)) {
      if (document.number > MOST_DOCUMENTS)
        throw new KubectlError(`${source} holds more than ${MOST_DOCUMENTS} documents; that is the limit here`)
      const place = { source, document: document.number, line: document.line }
      remarkRepeated(invocation, document, place)
      const invalid = validate ? validationError(document.value) : undefined
      if (invalid !== undefined)
        return [
          ...entries,
          { error: new KubectlError(`error validating ${quote(source)}: ${validating(invalid)}`), place },
        ]
      const objects = objectsOf(document.value)
      const isList = objects[0] !== document.value
      entries.push(...objects.map((object) => understood(invocation, object, { place, isList })))
    }
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    const place = { source, document: error.number, line: error.line }
    entries.push({ error: new KubectlError(`error parsing ${source}: ${error.message}`), place })
  }
  return entries
}

const validating = (problem: string): string =>
  `error validating data: ${problem}; if you choose to ignore these errors, turn validation off with --validate=false`

function remarkRepeated(invocation: Invocation, { repeated }: RawDocument, place: Place): void {
  for (const { name, line } of repeated)
    invocation.remark({ ...place, line, text: `${quote(name)} stands here a second time; the last one counts` })
}

/** A list stands for its items; those of `ConfigMapList` need not say that they are ConfigMaps. */
function objectsOf(value: unknown): unknown[] {
  if (!isObject(value) || !Array.isArray(value.items)) return [value]
  const type = { apiVersion: value.apiVersion, kind: String(value.kind).replace(/List$/, '') }
  return value.items.flatMap((item: unknown) => {
    if (!isObject(item)) return objectsOf(item)
    const typed = memberOf(item, 'kind') === undefined && memberOf(item, 'apiVersion') === undefined
    return objectsOf(typed ? { ...type, ...item } : item)
  })
}

interface Origin {
  place: Place
  /** It was an item of a list. */
  isList: boolean
}

function understood(invocation: Invocation, value: unknown, origin: Origin): ManifestEntry {
  try {
    return manifestOf(invocation, value, origin)
  } catch (error) {
    if (!isTold(error)) throw error
    return { error, place: origin.place }
  }
}

function manifestOf(invocation: Invocation, value: unknown, { place, isList }: Origin): Manifest {
  const source = quote(place.source)
  if (!isObject(value)) throw new KubectlError(`unable to decode ${source}: the object is no mapping`)
  const mismatch = metadataMismatch(value)
  if (mismatch !== undefined) throw new KubectlError(`unable to decode ${source}: ${mismatch}`)
  const definition = definitionOf(value, { place, isList })
  const given = isObject(value.metadata) ? value.metadata : {}
  const namespace = definition.namespaced ? namespaceOf(invocation, given) : undefined
  const metadata = { ...without(given, 'namespace'), ...(namespace !== undefined && { namespace }) }
  const name = typeof given.name === 'string' ? given.name : ''
  return { definition, object: { ...value, metadata }, name, namespace, place }
}

/** Throws for kinds that Kubernetes does not have, and for those that the simulation leaves out. */
function definitionOf(value: JsonObject, { place: { source }, isList }: Origin): KindDefinition {
  const found = lookupKind(String(value.apiVersion), String(value.kind))
  if (found) return found
  try {
    return decode(value).definition
  } catch (error) {
    if (!(error instanceof NoMatchError)) throw withSource(error, 'creating', source)
    if (isList) throw new KubectlError(`unable to recognize ${error.message}`, { bare: true })
    const { name = '', namespace = '' } = (isObject(value.metadata) ? value.metadata : {}) as Record<string, string>
    throw new KubectlError(
      `resource mapping not found for name: ${quote(name)} namespace: ${quote(namespace)} from ${quote(source)}: ${error.message}\nensure CRDs are installed first`,
    )
  }
}

/** The namespace that the object names; `--namespace` must not contradict it. */
function namespaceOf({ namespace, namespaceTyped }: Invocation, metadata: JsonObject): string {
  const own = typeof metadata.namespace === 'string' && metadata.namespace !== '' ? metadata.namespace : namespace
  if (namespaceTyped && own !== namespace)
    throw new KubectlError(
      `the namespace from the provided object ${quote(own)} does not match the namespace ${quote(namespace)}. You must pass '--namespace=${own}' to perform this operation.`,
    )
  return own
}
