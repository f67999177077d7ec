import { equal } from '../../cluster/delta.ts'
import { isObject, memberOf } from './json.ts'
import { PatchError } from './patch-error.ts'

/**
 * Applies a JSON patch (RFC 6902) as the API server does: all of it or nothing, negative indexes count from the end, and
 * `replace` of a missing member of an object adds it. Throws `PatchError`.
 */
export function jsonPatch(document: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw new PatchError('a JSON patch is a list of operations', 'BadRequest')
  return patch.reduce((current: unknown, operation: unknown) => operate(current, operation), document)
}

function operate(document: unknown, operation: unknown): unknown {
  if (!isObject(operation)) throw new PatchError('an operation of a JSON patch is an object', 'BadRequest')
  const { op } = operation
  const path = (member: string) => pathOf(memberOf(operation, member), String(op), member)
  const value = Object.hasOwn(operation, 'value') ? operation.value : null
  switch (op) {
    case 'add':
      return add(document, path('path'), value)
    case 'remove':
      return remove(document, path('path'))
    case 'replace':
      return replace(document, path('path'), value)
    case 'move':
      return add(remove(document, path('from')), path('path'), found(document, path('from')))
    case 'copy':
      return add(document, path('path'), found(document, path('from')))
    case 'test':
      if (equal(find(document, path('path')) ?? null, value)) return document
      throw unprocessable(`testing value ${path('path')} failed: test failed`)
    default:
      throw unprocessable(`Unexpected kind: ${typeof op === 'string' ? op : 'unknown'}`)
  }
}

function pathOf(value: unknown, op: string, member: string): string {
  if (typeof value === 'string' && (value === '' || value.startsWith('/'))) return value
  throw unprocessable(
    value === undefined
      ? `${op} operation failed to decode ${member}: missing value`
      : `${op} operation does not apply: doc is missing path: ${JSON.stringify(value)}: missing value`,
  )
}

const unprocessable = (message: string): PatchError => new PatchError(message, 'Unprocessable')

const partsOf = (path: string): string[] =>
  path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

/** The value at a path; undefined if it is not there. */
function find(document: unknown, path: string): unknown {
  let value = document
  for (const part of partsOf(path)) {
    if (Array.isArray(value)) value = value[indexOf(part, value.length, path)]
    else value = isObject(value) ? memberOf(value, part) : undefined
  }
  return value
}

function found(document: unknown, path: string): unknown {
  const value = find(document, path)
  if (value === undefined) throw unprocessable(`doc is missing from path: ${path}: missing value`)
  return value
}

const add = (document: unknown, path: string, value: unknown): unknown =>
  path === ''
    ? value
    : change(document, path, {
        member: (members, name) => new Map([...members, [name, value]]),
        item: (items, part) => {
          const index = part === '-' ? items.length : indexOf(part, items.length + 1, path)
          return [...items.slice(0, index), value, ...items.slice(index)]
        },
      })

const replace = (document: unknown, path: string, value: unknown): unknown =>
  path === ''
    ? value
    : change(document, path, {
        member: (members, name) => new Map([...members, [name, value]]),
        item: (items, part) => items.with(indexOf(part, items.length, path), value),
      })

const remove = (document: unknown, path: string): unknown =>
  change(document, path, {
    member: (members, name) => {
      if (!members.has(name)) throw unprocessable(`Unable to remove nonexistent key: ${name}: missing value`)
      return new Map([...members].filter(([member]) => member !== name))
    },
    item: (items, part) => items.toSpliced(indexOf(part, items.length, path), 1),
  })

interface Change {
  member(members: Map<string, unknown>, name: string): Map<string, unknown>
  item(items: unknown[], part: string): unknown[]
}

/** The document with the container at the end of `path` changed. */
function change(document: unknown, path: string, at: Change): unknown {
  const walk = (value: unknown, [part, ...rest]: string[]): unknown => {
    if (part === undefined) throw unprocessable(`doc is missing path: "${path}": missing value`)
    if (Array.isArray(value)) {
      if (rest.length === 0) return at.item(value, part)
      const index = indexOf(part, value.length, path)
      return value.with(index, walk(value[index], rest))
    }
    if (!isObject(value)) throw unprocessable(`doc is missing path: "${path}": missing value`)
    const members = new Map(Object.entries(value))
    return Object.fromEntries(
      rest.length === 0 ? at.member(members, part) : members.set(part, walk(members.get(part), rest)),
    )
  }
  return walk(document, partsOf(path))
}

/** The index that one part of a path means in a list of which `length` places may be named. */
function indexOf(part: string, length: number, path: string): number {
  if (!/^-?\d+$/.test(part)) throw unprocessable(`error for path: '${path}': '${part}' is no index of a list`)
  const index = Number(part) < 0 ? Number(part) + length : Number(part)
  if (index < 0 || index >= length)
    throw unprocessable(`error for path: '${path}': Unable to access invalid index: ${part}: invalid index referenced`)
  return index
}
