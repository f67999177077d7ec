import type { Ingress, IngressBackend } from '../kinds/ingress.ts'
import { byPrecedence, type PathType } from './path.ts'

/** One path of an Ingress with what belongs to it. */
export interface RoutePath {
  ingress: Ingress
  /** Host of the rule; `*` for any. */
  host: string
  path: string
  pathType: PathType
  backend: IngressBackend
  /** Where it stands: `spec.rules[0].http.paths[1]`. */
  field: string
}

/** Host of a rule that names none. */
export const ANY_HOST = '*'

/** The paths of an Ingress by host. A host without paths has an empty list. Objects are immutable: read once. */
const compiled = new WeakMap<Ingress, ReadonlyMap<string, readonly RoutePath[]>>()

/** The paths that an Ingress has for one host, longest first; undefined if no rule names the host. */
export function pathsFor(ingress: Ingress, host: string): readonly RoutePath[] | undefined {
  let paths = compiled.get(ingress)
  if (!paths) {
    paths = compile(ingress)
    compiled.set(ingress, paths)
  }
  return paths.get(host)
}

function compile(ingress: Ingress): ReadonlyMap<string, readonly RoutePath[]> {
  const byHost = new Map<string, RoutePath[]>()
  for (const [index, { host = ANY_HOST, http }] of (ingress.spec.rules ?? []).entries()) {
    const paths = byHost.get(host) ?? []
    byHost.set(host, paths)
    for (const [position, { path = '/', pathType, backend }] of (http?.paths ?? []).entries())
      paths.push({ ingress, host, path, pathType, backend, field: `spec.rules[${index}].http.paths[${position}]` })
  }
  for (const paths of byHost.values()) paths.sort(byPrecedence)
  return byHost
}

/** Every host that the rules of an Ingress name. */
export function hostsOf(ingress: Ingress): string[] {
  return [...new Set((ingress.spec.rules ?? []).map(({ host = ANY_HOST }) => host))]
}

/** Oldest first, then by namespace and name: who came first keeps what two claim (R-ING-14). */
export function byAge(left: Ingress, right: Ingress): number {
  const a = `${left.metadata.creationTimestamp} ${left.metadata.namespace}/${left.metadata.name}`
  const b = `${right.metadata.creationTimestamp} ${right.metadata.namespace}/${right.metadata.name}`
  return a < b ? -1 : a > b ? 1 : 0
}
