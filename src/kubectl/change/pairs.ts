import { KubectlError } from '../errors.ts'

/** What is to be set and what is to be removed. */
export interface Pairs {
  set: ReadonlyMap<string, string>
  remove: readonly string[]
}

const isPair = (word: string): boolean =>
  (word.includes('=') && !word.startsWith('=')) || (word.endsWith('-') && word !== '-')

/**
 * Separates `TYPE NAME` from the `KEY=VALUE` and `KEY-` behind it. `what` names the pairs in the message for a resource that
 * stands behind one.
 */
export function splitPairs(args: readonly string[], what: string): { resources: string[]; pairs: string[] } {
  const first = args.findIndex(isPair)
  if (first < 0) return { resources: [...args], pairs: [] }
  const pairs = args.slice(first)
  const late = pairs.find((word) => !isPair(word))
  if (late !== undefined) throw new KubectlError(`all resources must be specified before ${what} changes: ${late}`)
  return { resources: args.slice(0, first), pairs }
}

/** Reads `KEY=VALUE` and, where removing is possible, `KEY-`. */
export function parsePairs(words: readonly string[], what: string, removing = true): Pairs {
  const set = new Map<string, string>()
  const remove: string[] = []
  const invalid: string[] = []
  for (const word of words) {
    const at = word.indexOf('=')
    if (at > 0) set.set(word.slice(0, at), word.slice(at + 1))
    else if (removing && word.endsWith('-') && word !== '-') remove.push(word.slice(0, -1))
    else invalid.push(word)
  }
  if (invalid.length > 0) throw new KubectlError(`invalid ${what} format: ${invalid.join(', ')}`)
  return { set, remove }
}

type Texts = Readonly<Record<string, string>>

/** The map with the changes; the same map if nothing changes. */
export function changed(map: Texts, { set, remove }: Pairs): { next: Texts; added: boolean; removed: boolean } {
  const gone = new Set(remove.filter((key) => Object.hasOwn(map, key)))
  const added = [...set].some(([key, value]) => !Object.hasOwn(map, key) || map[key] !== value)
  if (!added && gone.size === 0) return { next: map, added, removed: false }
  const kept = Object.entries(map).filter(([key]) => !gone.has(key))
  return { next: Object.fromEntries(new Map([...kept, ...set])), added, removed: gone.size > 0 }
}
