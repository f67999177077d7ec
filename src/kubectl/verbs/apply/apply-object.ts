import { read, remove } from '../../../cluster/api.ts'
import { ApiError } from '../../../cluster/errors.ts'
import type { KubeObject, Milliseconds } from '../../../cluster/object.ts'
import type { DryRun } from '../../change/dry-run.ts'
import { LAST_APPLIED, lastApplied, withLastApplied } from '../../change/last-applied.ts'
import { describeTarget, type Patch, patched, patchObject } from '../../change/server-patch.ts'
import type { Validation } from '../../change/validation.ts'
import { createObject } from '../../change/write.ts'
import { isTold, KubectlError, withSource } from '../../errors.ts'
import { JsonSyntaxError, readJson } from '../../manifests/json-stream.ts'
import type { Manifest } from '../../manifests.ts'
import { compactJson } from '../../output/json.ts'
import { isObject, type JsonObject, withoutNulls } from '../../patch/json.ts'
import { PatchError } from '../../patch/patch-error.ts'
import { patchSchemaOf } from '../../patch/schema.ts'
import { threeWayMergePatch, threeWayPatch } from '../../patch/three-way.ts'
import type { Invocation } from '../../verb.ts'

export interface ApplyOptions {
  dryRun: DryRun
  validation: Validation
  /** Delete and create anew what the API server refuses to change. */
  force: boolean
  propagation: 'Background' | 'Foreground' | 'Orphan'
  gracePeriodSeconds: number | undefined
}

/** What `apply` has made of one manifest. */
export interface Applied {
  object: KubeObject
  done: 'created' | 'configured' | 'unchanged'
}

/** Creates the object, or changes it so that it is what the manifest says and keeps what others have added. */
export function applyObject(invocation: Invocation, manifest: Manifest, options: ApplyOptions): Applied {
  const current = findCurrent(invocation, manifest)
  return current ? change(invocation, manifest, current, options) : createNew(invocation, manifest, options)
}

function findCurrent(
  { cluster }: Invocation,
  { definition, name, namespace, object, place }: Manifest,
): KubeObject | undefined {
  if (name === '') {
    const { generateName = '' } = object.metadata as { generateName?: string }
    if (generateName !== '') throw new KubectlError(`from ${generateName}: cannot use generate name with apply`)
    const target = describeTarget(definition, { ...object, metadata: { name, namespace } } as unknown as KubeObject)
    throw new KubectlError(
      `error when retrieving current configuration of:\n${target}\nfrom server for: "${place.source}": resource name may not be empty`,
    )
  }
  try {
    return read(cluster, definition.kind, namespace, name)
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'NotFound') return undefined
    throw error
  }
}

function createNew(
  invocation: Invocation,
  { object, namespace, place }: Manifest,
  { dryRun, validation }: ApplyOptions,
): Applied {
  const complete = withoutNulls(withLastApplied(object))
  if (dryRun === 'client') return { object: complete as KubeObject, done: 'created' }
  try {
    return { object: createObject(invocation, complete, { dryRun, namespace, validation }), done: 'created' }
  } catch (error) {
    throw withSource(error, 'creating', place.source)
  }
}

function change(invocation: Invocation, manifest: Manifest, current: KubeObject, options: ApplyOptions): Applied {
  const { definition, place } = manifest
  const { dryRun } = options
  const { streams } = invocation
  const original = lastApplied(current as unknown as JsonObject)
  if (original === undefined)
    streams.warn(
      `Warning: resource ${definition.plural}/${manifest.name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.`,
    )
  let patch: Patch | undefined
  try {
    patch = patchFor(invocation, manifest, current)
    const unchanged = Object.keys(patch.value as object).length === 0
    const object = unchanged
      ? current
      : dryRun === 'client'
        ? (patched(definition, current, patch) as KubeObject)
        : sendPatch(invocation, manifest, current, patch, options)
    if (object.metadata.deletionTimestamp !== undefined)
      streams.warn(`Warning: Detected changes to resource ${object.metadata.name} which is currently being deleted.`)
    return { object, done: unchanged ? 'unchanged' : 'configured' }
  } catch (error) {
    const doing = `applying patch:\n${patch ? compactJson(patch.value) : ''}\nto:\n${describeTarget(definition, current)}\nfor:`
    throw withSource(error, doing, place.source)
  }
}

/** The difference that has to be sent, by what was applied last, what is applied and what there is. */
function patchFor({ streams }: Invocation, { definition, object, place }: Manifest, current: KubeObject): Patch {
  const original = lastApplied(current as unknown as JsonObject) ?? ''
  const modified = withLastApplied(object)
  const versions = { original: parseOriginal(original), modified, current: current as unknown as JsonObject }
  const schema = patchSchemaOf(definition.message)
  if (!schema) return { type: 'merge', value: threeWayMergePatch(versions) }
  try {
    return { type: 'strategic', value: threeWayPatch(versions, schema) }
  } catch (error) {
    if (!(error instanceof PatchError)) throw error
    for (const source of ['openapi v3', 'openapi'])
      streams.warn(`warning: error calculating patch from ${source} spec: ${error.message}`)
    const texts = `original:\n${original}\nmodified:\n${compactJson(modified)}\n\ncurrent:\n${compactJson(current)}\n\nfor:`
    throw withSource(new KubectlError(`creating patch with:\n${texts} ${error.message}`), 'patching', place.source)
  }
}

/** The annotation belongs to the user: what is no JSON in it says nothing of what was applied. */
function parseOriginal(text: string): JsonObject {
  if (text === '') return {}
  try {
    const value = readJson(text)
    if (isObject(value)) return value
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
  }
  throw new KubectlError('invalid JSON document')
}

function sendPatch(
  invocation: Invocation,
  manifest: Manifest,
  current: KubeObject,
  patch: Patch,
  options: ApplyOptions,
): KubeObject {
  const { definition, namespace, place } = manifest
  const { dryRun, validation } = options
  try {
    return patchObject(invocation, definition, current, patch, { dryRun, namespace, validation })
  } catch (error) {
    const replaceable = error instanceof ApiError && (error.reason === 'Invalid' || error.reason === 'Conflict')
    if (options.force && replaceable && dryRun === 'none') return recreate(invocation, manifest, current, options)
    throw withSource(error, 'patching', place.source)
  }
}

/** How long `apply --force` waits for the old object to be gone. */
const PATIENCE: Milliseconds = 60_000

function recreate(
  invocation: Invocation,
  { definition, name, namespace, object }: Manifest,
  current: KubeObject,
  { propagation, gracePeriodSeconds, validation }: ApplyOptions,
): KubeObject {
  const { cluster } = invocation
  remove(cluster, definition.kind, namespace, name, { propagation, gracePeriodSeconds })
  const isGone = () => cluster.get(definition.kind, namespace, name) === undefined
  if (!cluster.waitFor(isGone, PATIENCE)) throw new KubectlError('timed out waiting for the condition')
  const mode = { dryRun: 'none', namespace } as const
  try {
    return createObject(invocation, withLastApplied(object), { ...mode, validation })
  } catch (error) {
    if (!isTold(error)) throw error
    const { resourceVersion: _, uid: _uid, ...metadata } = current.metadata
    createObject(invocation, { ...current, metadata }, mode)
    throw error
  }
}
