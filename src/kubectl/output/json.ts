import type { MemberOrder } from './struct-order.ts'

/** A value as it comes out of JSON. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

export const isMap = (value: unknown): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Members sorted by name at every depth, as Go writes maps; members without a value are left out. */
export function sorted(value: unknown): Json {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isMap(value)) return value as Json
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(
    members.sort(([left], [right]) => compareText(left, right)).map(([name, member]) => [name, sorted(member)]),
  )
}

/** Order by code points, as Go compares strings. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0
  const [a, b] = [[...left], [...right]]
  for (let i = 0; i < Math.min(a.length, b.length); i++)
    if (a[i] !== b[i]) return a[i]!.codePointAt(0)! - b[i]!.codePointAt(0)!
  return a.length - b.length
}

/** `-o json`: members by name unless they have an order, four blanks of indentation, the characters of markup escaped. */
export const renderJson = (value: unknown, order?: MemberOrder): string =>
  `${escapeMarkup(stringify(sorted(value), { indent: 4, order }))}\n`

/** On one line, as Go's `json.Marshal`. */
export const compactJson = (value: unknown, order?: MemberOrder): string =>
  escapeMarkup(stringify(sorted(value), { indent: 0, order }))

interface Style {
  indent: number
  order?: MemberOrder | undefined
}

/** `Object.fromEntries` puts names that look like numbers first; they are written in the order of their text. */
function stringify(value: Json, { indent, order }: Style, depth = 1): string {
  if (Array.isArray(value))
    return bracket(
      '[',
      ']',
      value.map((item) => stringify(item, { indent, order }, depth + 1)),
      indent,
      depth,
    )
  if (!isMap(value)) return JSON.stringify(value)
  const rank = (name: string) => order?.rank(name) ?? 0
  const names = Object.keys(value).sort((left, right) => rank(left) - rank(right) || compareText(left, right))
  const members = names.map((name) => {
    const member = stringify(value[name]!, { indent, order: order?.inside(name) }, depth + 1)
    return `${JSON.stringify(name)}:${indent > 0 ? ' ' : ''}${member}`
  })
  return bracket('{', '}', members, indent, depth)
}

function bracket(open: string, close: string, items: string[], indent: number, depth: number): string {
  if (items.length === 0 || indent === 0) return `${open}${items.join(',')}${close}`
  const line = `\n${' '.repeat(indent * depth)}`
  return `${open}${line}${items.join(`,${line}`)}\n${' '.repeat(indent * (depth - 1))}${close}`
}

const escapeMarkup = (text: string): string =>
  text.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
