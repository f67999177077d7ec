import { equal } from './delta.ts'
import type { FieldError } from './errors.ts'
import { dnsLabelErrors, dnsSubdomainErrors, labelKeyErrors, labelValueErrors, maskTrailingDash } from './names.ts'
import type { KindDefinition, KubeObject, ObjectMeta, OwnerReference } from './object.ts'
import { sortedMap } from './quote.ts'
import { forbidden, IMMUTABLE, invalidValue, invalidValues, notNegative, required, tooLong } from './validation.ts'

/** All annotations of an object together (R-LBL-8). */
const ANNOTATIONS_BYTES = 256 * 1024

const bytes = (text: string): number => new TextEncoder().encode(text).length

/** Keys and values of a map of labels (R-LBL-1…5). */
export const validateLabels = (labels: Readonly<Record<string, string>> | undefined, path: string): FieldError[] =>
  Object.entries(sortedMap(labels ?? {})).flatMap(([key, value]) => [
    ...invalidValues(path, key, labelKeyErrors(key)),
    ...invalidValues(path, value, labelValueErrors(value)),
  ])

/** Keys and total size of annotations (R-LBL-8). */
export function validateAnnotations(
  annotations: Readonly<Record<string, string>> | undefined,
  path: string,
): FieldError[] {
  const entries = Object.entries(sortedMap(annotations ?? {}))
  const errors = entries.flatMap(([key]) => invalidValues(path, key, labelKeyErrors(key.toLowerCase())))
  const size = entries.reduce((sum, [key, value]) => sum + bytes(key) + bytes(value), 0)
  return size > ANNOTATIONS_BYTES ? [...errors, tooLong(path, ANNOTATIONS_BYTES)] : errors
}

function validateOwners(owners: readonly OwnerReference[], path: string): FieldError[] {
  const errors: FieldError[] = []
  let controller: string | undefined
  for (const owner of owners) {
    const { apiVersion = '', kind = '', name = '', uid = '' } = owner as Partial<OwnerReference>
    if (apiVersion === '') errors.push(invalidValue(`${path}.apiVersion`, apiVersion, 'version must not be empty'))
    if (kind === '') errors.push(invalidValue(`${path}.kind`, kind, 'must not be empty'))
    if (name === '') errors.push(invalidValue(`${path}.name`, name, 'must not be empty'))
    if (uid === '') errors.push(invalidValue(`${path}.uid`, uid, 'must not be empty'))
    if (owner.controller !== true) continue
    const current = `${kind}/${name}`
    if (controller !== undefined)
      errors.push(
        invalidValue(
          path,
          owners,
          `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${current}`,
        ),
      )
    controller ??= current
  }
  return errors
}

function validateFinalizers(finalizers: readonly string[], path: string): FieldError[] {
  const errors = finalizers.flatMap((finalizer) => invalidValues(path, finalizer, labelKeyErrors(finalizer)))
  const [orphan, foreground] = ['orphan', 'foregroundDeletion']
  return finalizers.includes(orphan) && finalizers.includes(foreground)
    ? [...errors, invalidValue(path, finalizers, `finalizer ${orphan} and ${foreground} cannot be both set`)]
    : errors
}

/** Metadata of a new object (R-LBL, R-NAM). */
export function validateMetadata(definition: KindDefinition, metadata: ObjectMeta): FieldError[] {
  const nameErrors = definition.nameErrors ?? dnsSubdomainErrors
  const { name, namespace, generateName } = metadata
  const errors: FieldError[] = []
  if (generateName)
    errors.push(...invalidValues('metadata.generateName', generateName, nameErrors(maskTrailingDash(generateName))))
  if (!name) errors.push(required('metadata.name', 'name or generateName is required'))
  else errors.push(...invalidValues('metadata.name', name, nameErrors(name)))
  if (definition.namespaced && namespace !== undefined)
    errors.push(...invalidValues('metadata.namespace', namespace, dnsLabelErrors(namespace)))
  return [
    ...errors,
    ...notNegative('metadata.generation', metadata.generation),
    ...validateLabels(metadata.labels, 'metadata.labels'),
    ...validateAnnotations(metadata.annotations, 'metadata.annotations'),
    ...validateOwners(metadata.ownerReferences ?? [], 'metadata.ownerReferences'),
    ...validateFinalizers(metadata.finalizers ?? [], 'metadata.finalizers'),
  ]
}

/** Metadata of a new version of an object; what the server keeps by itself is not compared. */
export function validateMetadataUpdate(next: KubeObject, previous: KubeObject): FieldError[] {
  const { metadata } = next
  const before = previous.metadata
  const added = (metadata.finalizers ?? []).filter((finalizer) => !before.finalizers?.includes(finalizer))
  const errors: FieldError[] = []
  if (before.deletionTimestamp !== undefined && added.length > 0)
    errors.push(
      forbidden(
        'metadata.finalizers',
        `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added
          .sort()
          .map((name) => JSON.stringify(name))
          .join(', ')}}`,
      ),
    )
  if (!equal(metadata.uid, before.uid)) errors.push(invalidValue('metadata.uid', metadata.uid, IMMUTABLE))
  return [
    ...errors,
    ...validateLabels(metadata.labels, 'metadata.labels'),
    ...validateAnnotations(metadata.annotations, 'metadata.annotations'),
    ...validateOwners(metadata.ownerReferences ?? [], 'metadata.ownerReferences'),
    ...validateFinalizers(metadata.finalizers ?? [], 'metadata.finalizers'),
  ]
}
