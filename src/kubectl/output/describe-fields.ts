import { annotationsLine, labelsLine } from '../../cluster/kinds/describe-parts.ts'
import type { Described, KubeObject } from '../../cluster/object.ts'
import { goValue } from './go-value.ts'
import { isMap, type Json, sorted } from './json.ts'

const SHOWN_ABOVE = ['metadata.name', 'metadata.namespace', 'metadata.labels', 'metadata.annotations']

/** How kubectl describes kinds that it has no words of its own for: every field, its name in words. */
export const describeFields = (object: KubeObject): Described[] => [
  ['Name', object.metadata.name],
  ['Namespace', object.metadata.namespace ?? ''],
  labelsLine(object.metadata.labels),
  annotationsLine(object.metadata.annotations),
  ...fieldsOf(sorted(object), ''),
]

function fieldsOf(value: Json, path: string): Described[] {
  if (!isMap(value)) return [{ raw: [goValue(value)] }]
  return Object.entries(value).flatMap(([name, member]): Described[] => {
    const where = path === '' ? name : `${path}.${name}`
    if (SHOWN_ABOVE.includes(where)) return []
    const key = inWords(name)
    if (Array.isArray(member)) return [{ key, lines: member.flatMap((item) => fieldsOf(item, where)) }]
    return [isMap(member) ? { key, lines: fieldsOf(member, where) } : [key, goValue(member)]]
  })
}

const ACRONYMS = ['API', 'URL', 'UID', 'GUID']

/** `apiVersion` reads `API Version`; names with other characters than letters stay as they are. */
function inWords(name: string): string {
  if (/[^\p{L}-]/u.test(name)) return name
  return (name.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|-/gu) ?? [name])
    .map((word) => {
      if (ACRONYMS.includes(word.toUpperCase())) return word.toUpperCase()
      return word === word.toLowerCase() ? word.charAt(0).toUpperCase() + word.slice(1) : word
    })
    .join(' ')
}
