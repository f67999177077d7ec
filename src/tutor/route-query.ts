import type { Ingress, IngressBackend } from '../cluster/kinds/ingress.ts'
import { ANY_HOST, hostsOf, pathsFor, type RoutePath } from '../cluster/network/ingress-rules.ts'
import type { RouteQuery } from './route-query-schema.ts'
import { fill, type Scope } from './value.ts'

/** The paths of Ingresses that meet a query, by where they stand, as `coffee.com/menu → menu`. */
export function routesIn(scope: Scope, query: RouteQuery): Map<string, string> {
  const routes = scope.cluster.store.list('Ingress').flatMap(routesOf)
  return new Map(
    routes
      .filter((route) => meets(route, query, scope))
      .map(({ ingress: { metadata }, host, path, backend, field }) => [
        `${metadata.namespace}/${metadata.name} ${field}`,
        `${host}${path} → ${backend.service?.name ?? 'no Service'}`,
      ]),
  )
}

/** Every path of an Ingress. Its default backend stands for all hosts and paths that no rule has. */
export function routesOf(ingress: Ingress): RoutePath[] {
  const { defaultBackend } = ingress.spec
  return [
    ...hostsOf(ingress).flatMap((host) => pathsFor(ingress, host) ?? []),
    ...(defaultBackend ? [catchAll(ingress, defaultBackend)] : []),
  ]
}

const catchAll = (ingress: Ingress, backend: IngressBackend): RoutePath => ({
  ingress,
  host: ANY_HOST,
  path: '/',
  pathType: 'Prefix',
  backend,
  field: 'spec.defaultBackend',
})

/** `/menu/` and `/menu` mean the same as a Prefix; `/` stays. */
const withoutSlash = (path: string): string => path.replace(/(.)\/$/, '$1')

function meets({ ingress, host, path, pathType, backend }: RoutePath, query: RouteQuery, scope: Scope): boolean {
  const { namespace } = ingress.metadata
  const { ingressClassName } = ingress.spec
  const addresses = (ingress.status?.loadBalancer?.ingress ?? []).map(({ ip }) => ip)
  const conditions: [unknown, boolean][] = [
    [query.namespace, namespace === query.namespace],
    [query.notNamespace, namespace !== query.notNamespace],
    [query.class, ingressClassName === query.class],
    [query.notClass, ingressClassName !== query.notClass],
    [query.host, host === query.host],
    [query.path, withoutSlash(path) === query.path],
    [query.pathType, pathType === query.pathType],
    [query.service, backend.service?.name === query.service],
    [query.notService, backend.service?.name !== query.notService],
    [query.port, backend.service?.port?.number === query.port],
    [query.notPort, backend.service?.port?.number !== query.notPort],
    [query.address, query.address !== undefined && addresses.includes(fill(query.address, scope))],
  ]
  return conditions.every(([asked, holds]) => asked === undefined || holds)
}
