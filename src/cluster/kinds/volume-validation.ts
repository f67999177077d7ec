import type { FieldError } from '../errors.ts'
import { dnsLabelErrors } from '../names.ts'
import { duplicate, forbidden, invalidValue, invalidValues, notFoundAt, required } from '../validation.ts'
import type { Container, Volume } from './pod.ts'

/** The volumes of a pod, and the names under which containers may mount them. */
export function validateVolumes(
  volumes: readonly Volume[],
  path: string,
): { errors: FieldError[]; names: Set<string> } {
  const names = new Set<string>()
  const errors = volumes.flatMap((volume, index) => {
    const at = `${path}[${index}]`
    const { name = '' } = volume
    const found = [
      ...validateSource(volume, at),
      ...(name === '' ? [required(`${at}.name`)] : invalidValues(`${at}.name`, name, dnsLabelErrors(name))),
      ...(names.has(name) ? [duplicate(`${at}.name`, name)] : []),
    ]
    if (found.length === 0) names.add(name)
    return found
  })
  return { errors, names }
}

type Items = readonly { key?: string; path?: string }[]

/** The first source of a volume is checked, every further one is one too many. */
function validateSource(volume: Volume, path: string): FieldError[] {
  const sources = Object.keys(volume).filter((key) => key !== 'name')
  const [first] = sources
  const others = sources.slice(1).map((key) => forbidden(`${path}.${key}`, 'may not specify more than 1 volume type'))
  if (first === 'configMap' && volume.configMap) {
    const { name, items = [] } = volume.configMap
    return [
      ...(name ? [] : [required(`${path}.configMap.name`)]),
      ...validateItems(items, `${path}.configMap`),
      ...others,
    ]
  }
  if (first === 'secret' && volume.secret) {
    const { secretName, items = [] } = volume.secret
    return [
      ...(secretName ? [] : [required(`${path}.secret.secretName`)]),
      ...validateItems(items, `${path}.secret`),
      ...others,
    ]
  }
  if (first === 'hostPath' && volume.hostPath && !volume.hostPath.path)
    return [required(`${path}.hostPath.path`), ...others]
  return others
}

const validateItems = (items: Items, source: string): FieldError[] =>
  items.flatMap(({ key, path = '' }, index) => {
    const at = `${source}.items[${index}]`
    return [
      ...(key ? [] : [required(`${at}.key`)]),
      ...(path ? [] : [required(`${at}.path`)]),
      ...relativePathErrors(path, `${at}.path`),
      ...(path.startsWith('..') && !path.startsWith('../')
        ? [invalidValue(`${at}.path`, path, "must not start with '..'")]
        : []),
    ]
  })

function relativePathErrors(path: string, at: string): FieldError[] {
  return [
    ...(path.startsWith('/') ? [invalidValue(at, path, 'must be a relative path')] : []),
    ...(path.split('/').includes('..') ? [invalidValue(at, path, "must not contain '..'")] : []),
  ]
}

/** Each mount names a volume of the pod and has a path of its own. */
export const validateMounts = (
  mounts: NonNullable<Container['volumeMounts']>,
  path: string,
  volumes: ReadonlySet<string>,
): FieldError[] =>
  mounts.flatMap(({ name = '', mountPath = '', subPath }, index) => {
    const at = `${path}[${index}]`
    const isRepeated = mounts.findIndex((other) => (other.mountPath ?? '') === mountPath) < index
    return [
      ...(name === '' ? [required(`${at}.name`)] : []),
      ...(volumes.has(name) ? [] : [notFoundAt(`${at}.name`, name)]),
      ...(mountPath === '' ? [required(`${at}.mountPath`)] : []),
      ...(isRepeated ? [invalidValue(`${at}.mountPath`, mountPath, 'must be unique')] : []),
      // The path without index is upstream's.
      ...(subPath ? relativePathErrors(subPath, `${path}.subPath`) : []),
    ]
  })
