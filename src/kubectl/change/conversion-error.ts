import { messageOf } from '../../cluster/fields.ts'

const MISMATCH = /^json: cannot unmarshal (\S+)( \S+)? into Go struct field \S+ of type (.+)$/

/** What the decoder of JSON calls a value, and what Go's reflection calls it. */
const VALUES: Readonly<Record<string, string>> = {
  array: 'slice',
  bool: 'bool',
  number: 'int64',
  object: 'map',
  string: 'string',
}

const GROUPS = ['core', 'apps', 'meta', 'discovery', 'networking']

/**
 * A strategic merge patch is not read from text but converted from a map: the same mistake of type in the words of that
 * conversion. A message that is about something else stays.
 */
export function conversionError(message: string): string {
  const [, word, amount, type] = MISMATCH.exec(message) ?? []
  if (word === undefined || type === undefined) return message
  const value = VALUES[word] ?? word
  if (type.startsWith('[]')) return `cannot restore slice from ${value}`
  if (type.startsWith('map[')) return `cannot restore map from ${value}`
  if (type === 'int32' || type === 'int64')
    return amount?.includes('.') ? `cannot convert float64 to ${type}` : `unrecognized type: ${type}`
  if (type === 'bool') return `unrecognized type: ${type}`
  const [, name = ''] = type.split('.')
  if (GROUPS.some((group) => messageOf(`${group}.${name}`))) return `cannot restore struct from: ${value}`
  return word === 'number' ? `cannot convert int64 to ${type}` : 'unrecognized type: string'
}
