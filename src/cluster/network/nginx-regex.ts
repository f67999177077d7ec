/** Longest path that is compared with a regular expression. */
const LONGEST_PATH = 1000
const MOST_UNBOUNDED = 2
const MOST_QUANTIFIERS = 8

/**
 * A rule path as ingress-nginx uses it where regular expressions are on: from the start of the path, in any case
 * (R-NGX-02). Undefined for an expression that is not understood here: broken ones, back references, look-around,
 * repeated groups, and so many repetitions that a comparison could take for ever.
 */
export function nginxExpression(path: string): RegExp | undefined {
  const outside = path
    .replace(/\\./g, '_')
    .replace(/\[[^\]]*\]/g, '_')
    .replaceAll('(?:', '(')
  const quantifiers = outside.match(/[*+?]|\{\d*,?\d*\}/g) ?? []
  const unbounded = quantifiers.filter((quantifier) => quantifier !== '?')
  if (quantifiers.length > MOST_QUANTIFIERS || unbounded.length > MOST_UNBOUNDED) return undefined
  if (/\\[1-9]/.test(path) || /\(\?|\)[*+{]/.test(outside)) return undefined
  try {
    return new RegExp(`^${path}`, 'i')
  } catch {
    return undefined
  }
}

/** The groups of a match, the whole first; undefined without one. */
export const matchPath = (expression: RegExp | undefined, path: string): RegExpExecArray | null =>
  path.length > LONGEST_PATH ? null : (expression?.exec(path) ?? null)

/** The replacement with `$1` … `$9` filled in; it always begins with a slash (R-NGX-01). */
export function rewritten(target: string, groups: RegExpExecArray): string {
  const path = target.replace(/\$([1-9])/g, (_, digit: string) => groups[Number(digit)] ?? '')
  return path.startsWith('/') ? path : `/${path}`
}
