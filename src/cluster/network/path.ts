import type { IngressPath } from '../kinds/ingress.ts'

export type PathType = IngressPath['pathType']

/** The elements of a path between its slashes, without an empty last one: `/a/b/` -> `['a', 'b']` (R-ING-22). */
function elementsOf(path: string): string[] {
  const elements = path.split('/').slice(1)
  if (elements.at(-1) === '') elements.pop()
  return elements
}

/**
 * True if a rule's path covers the path of a request (R-ING-21…23). Only the path counts, no query (R-ING-20).
 * ImplementationSpecific is taken as Prefix.
 */
export function pathMatches(rulePath: string, pathType: PathType, path: string): boolean {
  if (pathType === 'Exact') return rulePath === path
  const rule = elementsOf(rulePath)
  const request = elementsOf(path)
  return rule.length <= request.length && rule.every((element, index) => element === request[index])
}

/**
 * Order of two paths that both match: the longer one first, on equal length Exact before Prefix (R-ING-24). A final
 * slash of a prefix does not count, since it does not matter for matching either.
 */
export function byPrecedence(
  left: { path: string; pathType: PathType },
  right: { path: string; pathType: PathType },
): number {
  const difference = lengthOf(right) - lengthOf(left)
  if (difference !== 0) return difference
  return Number(right.pathType === 'Exact') - Number(left.pathType === 'Exact')
}

const lengthOf = ({ path, pathType }: { path: string; pathType: PathType }): number =>
  pathType === 'Exact' ? path.length : path.replace(/\/$/, '').length

/** Path and query of a request target: `/menu?size=l` -> `['/menu', '?size=l']`. */
export function splitQuery(target: string): [path: string, query: string] {
  const at = target.indexOf('?')
  return at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at)]
}
