import { equal } from '../../cluster/delta.ts'
import { ApiError, formatFieldError } from '../../cluster/errors.ts'
import { type KindDefinition, type KubeObject, resourceOf } from '../../cluster/object.ts'
import { quote } from '../../cluster/quote.ts'
import { fileFlags, printFlags, validateFlag } from '../change/flags.ts'
import { patchObject } from '../change/server-patch.ts'
import { findTargets, readTarget, type Target } from '../change/targets.ts'
import { validationOf } from '../change/validation.ts'
import { isTold, KubectlError, notModelled } from '../errors.ts'
import { bool, text } from '../flags.ts'
import { readYaml } from '../manifests/read-yaml.ts'
import { YamlSyntaxError } from '../manifests/yaml-error.ts'
import { type Manifest, readManifests } from '../manifests.ts'
import { compactJson } from '../output/json.ts'
import { printResult } from '../output/result.ts'
import type { JsonObject } from '../patch/json.ts'
import { PatchError } from '../patch/patch-error.ts'
import { type PatchSchema, patchSchemaOf } from '../patch/schema.ts'
import { strategicDiff } from '../patch/strategic-diff.ts'
import { defineVerb, type Invocation } from '../verb.ts'

const flags = {
  ...fileFlags,
  ...printFlags,
  'field-manager': text('Name of the manager used to track field ownership.'),
  'output-patch': bool('Output the patch if the resource is edited.'),
  record: bool('Record current kubectl command in the resource annotation. Deprecated.'),
  'save-config': bool('If true, the configuration of current object will be saved in its annotation.'),
  subresource: text('If specified, edit will operate on the subresource of the requested object.'),
  validate: validateFlag,
  'windows-line-endings': bool('Defaults to the line ending native to your platform.'),
} as const

type EditInvocation = Invocation<typeof flags>

interface Original {
  definition: KindDefinition
  object: KubeObject
}

/**
 * Edit a resource: what stands in standard input is what the editor has saved. Without it there is no editor here; a
 * form may show the YAML of `kubectl get` and give it back.
 */
export const edit = defineVerb({
  name: 'edit',
  summary: 'Edit a resource on the server.',
  usage: '(RESOURCE/NAME | -f FILENAME)',
  flags,
  run(invocation) {
    const { environment, flags: given, streams } = invocation
    const originals = findOriginals(invocation)
    if (!originals) return
    validationOf(given.validate)
    if (given.subresource !== '') throw notModelled('--subresource', 'Status and scale are parts of the object itself.')
    const edited = environment.stdin
    if (edited === undefined)
      throw notModelled(
        'An editor',
        '`kubectl get -o yaml` shows the object; `kubectl patch`, `kubectl set` and `kubectl apply` change it.',
      )
    if (withoutComments(edited).trim() === '') streams.warn('Edit cancelled, saved file was empty.')
    else if (isUnchanged(invocation, edited, originals)) streams.warn('Edit cancelled, no changes made.')
    else save(invocation, originals)
  },
})

/** The objects to edit; undefined if one of them is missing. */
function findOriginals(invocation: EditInvocation): Original[] | undefined {
  const { args, flags: given, fail } = invocation
  const { filename: filenames, kustomize } = given
  const targets = findTargets(invocation, { args, filenames, kustomize, orEvery: true })
  let failed = false
  const originals = targets.flatMap((target): Original[] => {
    try {
      if ('error' in target) throw target.error
      return [{ definition: target.definition, object: readTarget(invocation, target as Target) }]
    } catch (error) {
      if (!isTold(error)) throw error
      failed = true
      fail(error, target.place)
      return []
    }
  })
  if (failed) return undefined
  if (originals.length === 0) throw new KubectlError('edit cancelled, no objects found')
  return originals
}

const withoutComments = (text: string): string => text.replace(/^#.*\n?/gm, '')

/** Only the content counts. Throws where it cannot be read. */
function isUnchanged({ streams }: EditInvocation, edited: string, originals: readonly Original[]): boolean {
  const objects = originals.map(({ object }) => object)
  const original = objects.length === 1 ? objects[0] : { apiVersion: 'v1', kind: 'List', metadata: {}, items: objects }
  try {
    return equal(readYaml(edited).value, original)
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error
    const { definition, object } = originals[0]!
    const reason = `<nil>: Invalid value: "The edited file failed validation": ${error.message}`
    tellInvalid(streams, definition, object, [reason])
    throw notSaved()
  }
}

const notSaved = (): KubectlError => new KubectlError('Edit cancelled, no valid changes were saved.')

/** What the reopened file would say at its top. */
function tellInvalid(
  streams: EditInvocation['streams'],
  definition: KindDefinition,
  { metadata }: KubeObject,
  reasons: readonly string[],
): void {
  const name = `${resourceOf(definition)} ${quote(metadata.name)}`
  streams.warn(`error: ${name} is invalid`)
  streams.warn(`# ${name} was not valid:`)
  for (const reason of reasons) streams.warn(`# * ${reason.replaceAll('\n', '\n# ')}`)
  streams.warn('#')
}

function save(invocation: EditInvocation, originals: readonly Original[]): void {
  const { streams } = invocation
  // The namespace of the command is the only one that the edited objects may name.
  const entries = readManifests({ ...invocation, namespaceTyped: true }, { filenames: ['-'], validate: false })
  let invalid = 0
  let refused = 0
  for (const entry of entries) {
    if ('error' in entry) throw entry.error
    const original = originals.find(({ object }) => object.metadata.uid === entry.object.metadata.uid)
    if (!original) throw new KubectlError(`no original object found for ${entry.definition.kind} ${quote(entry.name)}`)
    try {
      saveOne(invocation, original, entry)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.invalid) {
        invalid += 1
        tellInvalid(streams, original.definition, original.object, error.invalid.causes.map(formatFieldError))
      } else {
        refused += 1
        const name = `${resourceOf(original.definition)} ${quote(original.object.metadata.name)}`
        streams.warn(`error: ${name} could not be patched: ${error.message}`)
      }
    }
  }
  if (refused > 0) throw new KubectlError('')
  if (invalid > 0) throw notSaved()
}

function saveOne(invocation: EditInvocation, { definition, object }: Original, edited: Manifest): void {
  const { flags: given, streams } = invocation
  const { output, template } = given
  const before = object as unknown as JsonObject
  if (equal(before, edited.object)) {
    printResult(invocation, object, 'skipped', { output, template })
    return
  }
  const { apiVersion, kind } = edited.object
  if (apiVersion !== object.apiVersion || kind !== object.kind || edited.name !== object.metadata.name)
    throw new KubectlError('At least one of apiVersion, kind and name was changed')
  const value = difference(before, edited.object, patchSchemaOf(definition.message)!)
  if (given['output-patch']) streams.print(`Patch: ${compactJson(value)}`)
  const changed = patchObject(
    invocation,
    definition,
    object,
    { type: 'strategic', value },
    { dryRun: 'none', namespace: object.metadata.namespace, validation: validationOf(given.validate) },
  )
  printResult(invocation, changed, 'edited', { output, template })
}

function difference(before: JsonObject, after: JsonObject, schema: PatchSchema): JsonObject {
  try {
    return strategicDiff(before, after, schema)
  } catch (error) {
    throw error instanceof PatchError ? new KubectlError(error.message) : error
  }
}
