import type { CST } from 'yaml'

/** True if more than `most` collections are nested in the token. Works without recursion, however deep that is. */
export function isDeeper(token: CST.Token, most: number): boolean {
  const waiting = [{ token, depth: 0 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { token: outer, depth } = next
    if (depth > most) return true
    for (const inner of partsOf(outer)) waiting.push({ token: inner, depth: depth + 1 })
  }
  return false
}

function partsOf(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : []
  if (!('items' in token)) return []
  return token.items.flatMap(({ key, value }) => [key, value].filter((part) => part !== null && part !== undefined))
}
