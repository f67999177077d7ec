import type { Ingress } from '../kinds/ingress.ts'
import type { Attempt } from './attempt.ts'
import { blame } from './blame.ts'
import { brief } from './brief.ts'
import { controllerFor } from './ingress-controller.ts'
import type { Route } from './ingress-route.ts'
import { hostsOf, pathsFor, type RoutePath } from './ingress-rules.ts'
import type { Journey } from './journey.ts'
import { nginxRemarks } from './nginx.ts'

/** Notes the route as a hop. */
export function describeRoute(journey: Journey, route: Route, host: string, path: string): void {
  const at = 'ingress-controller'
  const asked = brief(`${host}${path}`, 30)
  if (route.to === 'nothing') {
    const law = route.near.length > 0 ? 'pathMatches' : 'ruleHostsFor'
    const known = route.near.length > 0 ? `no path of ${brief(host, 20)}` : 'no host'
    journey.hop(at, `finds ${known} that fits ${brief(path, 20)}`, law, nothingFits(route.near, host, path))
    return
  }
  const remarks = (ingress: Ingress, rulePath?: string) =>
    route.style === 'nginx' ? nginxRemarks(ingress, rulePath) : ''
  if (route.to === 'default') {
    const { ingress } = route
    const detail = `No rule fits ${host}${path}, so the default backend of Ingress ${nameOf(ingress)} takes it.${remarks(ingress)}`
    journey.hop(at, `${asked} → default backend`, 'ruleHostsFor', detail)
    return
  }
  const { rule } = route
  const service = rule.backend.service ? `Service ${rule.backend.service.name}` : 'a resource'
  const rival = rivalOf(rule, route.others)
  const older = rival ? ` Ingress ${nameOf(rival)} claims the same path; it came later, so it gets nothing.` : ''
  journey.hop(
    at,
    `${asked} → ${brief(service, 26)}${rival ? ', the older claim' : ''}`,
    'pathMatches',
    `Host ${host} and path ${path} fit the ${rule.pathType} path ${rule.path} of host ${rule.host} in Ingress ${nameOf(rule.ingress)} (${rule.field}), which sends to ${service}.${older}${remarks(rule.ingress, rule.path)}`,
  )
}

/** Another Ingress with the same host, path and type that was not asked, since it is younger (R-ING-14). */
const rivalOf = (rule: RoutePath, others: readonly Ingress[]): Ingress | undefined =>
  others.find(
    (ingress) =>
      ingress !== rule.ingress &&
      pathsFor(ingress, rule.host)?.some(({ path, pathType }) => path === rule.path && pathType === rule.pathType),
  )

/** So many Ingresses can be read for a hint; among more, the first one would hardly be the one that was meant. */
const FEW_INGRESSES = 20

const nameOf = ({ metadata }: Ingress): string => `${metadata.namespace}/${metadata.name}`

const nothingFits = (near: readonly Ingress[], host: string, path: string): string =>
  near.length > 0
    ? `${near.map(nameOf).join(', ')} names host ${host}, but none of the paths fits ${path}.`
    : `No Ingress that this controller serves names host ${host}, a wildcard for it, or no host at all.`

/** Where to look first when nothing fits. */
export function blameForNoRoute(
  journey: Journey,
  { near }: Extract<Route, { to: 'nothing' }>,
  host: string,
  path: string,
): Attempt['blame'] {
  const [closest] = near
  if (closest) {
    const [rule] = pathsOf(closest, host).sort((left, right) => closeness(right, path) - closeness(left, path))
    if (!rule) return blame(closest, 'spec.rules', `host ${host} has no paths`)
    return blame(closest, `${rule.field}.path`, `${rule.pathType} ${rule.path} does not cover ${path}`)
  }
  const [unserved] = journey.cluster.store.list('Ingress', { index: ['host', host] })
  if (!unserved) return otherHost(journey, host)
  const { ingressClassName } = unserved.spec
  const why = controllerFor(journey.cluster, unserved)
    ? 'another controller serves its class'
    : ingressClassName === undefined
      ? 'it names no class, so no controller serves it'
      : `there is no IngressClass "${ingressClassName}"`
  return blame(unserved, 'spec.ingressClassName', why)
}

/** The paths for a host: its own where rules name it, since nginx looks no further; else those of wildcards. */
const pathsOf = (ingress: Ingress, host: string): RoutePath[] => [
  ...(pathsFor(ingress, host) ??
    hostsOf(ingress)
      .filter((name) => name.startsWith('*'))
      .flatMap((name) => pathsFor(ingress, name) ?? [])),
]

/** How many characters a rule's path and a path have in common from the start. */
function closeness(rule: RoutePath, path: string): number {
  let common = 0
  while (common < path.length && rule.path[common] === path[common]) common++
  return common
}

/** A visit by address, or by a name that no rule has: the first rule with a host shows what was expected. */
function otherHost(journey: Journey, host: string): Attempt['blame'] {
  if (journey.cluster.store.count('Ingress') > FEW_INGRESSES) return null
  const [ingress] = journey.cluster.store.list('Ingress')
  const wanted = ingress && hostsOf(ingress).find((name) => name !== '*')
  return ingress && wanted !== undefined
    ? blame(ingress, 'spec.rules[0].host', `it is for host ${wanted}, the request says ${host}`)
    : null
}
