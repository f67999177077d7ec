import type { Ingress, IngressBackend } from '../kinds/ingress.ts'
import { type Style, servingStyle } from './ingress-controller.ts'
import { ANY_HOST, byAge, hostsOf, pathsFor, type RoutePath } from './ingress-rules.ts'
import type { Journey } from './journey.ts'
import { isOn, usesRegex } from './nginx-annotations.ts'
import { matchPath, nginxExpression } from './nginx-regex.ts'
import { byPrecedence } from './path.ts'

/** Where a controller sends a request. */
export type Route =
  | { to: 'path'; style: Style; rule: RoutePath; groups: RegExpExecArray | undefined; others: readonly Ingress[] }
  | { to: 'default'; style: Style; ingress: Ingress; backend: IngressBackend }
  /** `near`: Ingresses that name the host, where only the path did not fit. */
  | { to: 'nothing'; style: Style; near: readonly Ingress[] }

/** What was decided, and how many Ingresses and paths were looked at for it. */
export interface Decision {
  route: Route
  visited: number
}

/** Ingresses that claim one host, in one style, oldest first. */
interface Claim {
  host: string
  style: Style
  ingresses: readonly Ingress[]
}

/**
 * Finds the backend for host and path among the Ingresses of the running controllers (R-ING-10…14, R-ING-20…34). Only
 * Ingresses that name the host, its wildcard or no host at all are looked at.
 */
export function decideRoute(journey: Journey, running: readonly string[], host: string, path: string): Decision {
  const counter = { visited: 0 }
  const claims = claimsFor(journey, running, host, counter)
  const style = claims[0]?.style ?? 'api'
  const own = claims.filter((claim) => claim.style === style)
  const route =
    style === 'nginx' ? decideAsNginx(journey, own, path, counter) : decideAsApi(journey, own, path, counter)
  return { route, visited: counter.visited }
}

/**
 * The claims on a host, most specific first. Where both classes claim the same host, the older Ingress decides which
 * one speaks, since behind one address only one of them can.
 */
function claimsFor(journey: Journey, running: readonly string[], host: string, counter: { visited: number }): Claim[] {
  const { cluster, laws } = journey
  const hosts = laws.ruleHostsFor(host)
  const groups = hosts
    ? hosts.map((name) => ({ name, ingresses: cluster.store.list('Ingress', { index: ['host', name] }) }))
    : everyHost(cluster.store.list('Ingress'))
  return groups.flatMap(({ name, ingresses }) => {
    counter.visited += ingresses.length
    const styled = ingresses.sort(byAge).flatMap((ingress) => {
      const style = servingStyle(cluster, laws, ingress, running)
      return style ? [{ ingress, style }] : []
    })
    const styles = [...new Set(styled.map(({ style }) => style))]
    return styles.map((style) => ({
      host: name,
      style,
      ingresses: styled.filter((item) => item.style === style).map(({ ingress }) => ingress),
    }))
  })
}

/** All hosts in the order of their Ingresses: for whoever believes that the host does not matter. */
const everyHost = (ingresses: readonly Ingress[]): { name: string; ingresses: Ingress[] }[] =>
  [...new Set(ingresses.flatMap((ingress) => [...hostsOf(ingress), ANY_HOST]))].map((name) => ({
    name,
    ingresses: [...ingresses],
  }))

/**
 * As the API text reads: exact host, wildcard, any host, each with its longest matching path; then the default backend
 * of whoever has one (R-ING-12, R-ING-24, R-ING-30…33).
 */
function decideAsApi(journey: Journey, claims: readonly Claim[], path: string, counter: { visited: number }): Route {
  for (const { host, ingresses } of claims) {
    const rule = bestPath(host, ingresses, counter, (candidate) =>
      journey.laws.pathMatches(candidate.path, candidate.pathType, path),
    )
    if (rule) return { to: 'path', style: 'api', rule, groups: undefined, others: ingresses }
    const bare = ingresses.find((ingress) => pathsFor(ingress, host)?.length === 0)
    if (bare) return defaultOf([bare], 'api') ?? { to: 'nothing', style: 'api', near: [bare] }
  }
  const withDefault = claims.flatMap(({ ingresses }) => ingresses).sort(byAge)
  return defaultOf(withDefault, 'api') ?? nothing('api', claims)
}

/**
 * As ingress-nginx does it: the choice of the host is final, and a default backend answers for the hosts of its own
 * Ingress only, for all hosts where that has no rules (R-ING-13, R-ING-31).
 */
function decideAsNginx(journey: Journey, claims: readonly Claim[], path: string, counter: { visited: number }): Route {
  const chosen = claims.find(({ host, ingresses }) =>
    ingresses.some((ingress) => pathsFor(ingress, host) !== undefined),
  )
  if (!chosen) {
    const catchAll = claims.flatMap(({ ingresses }) => ingresses).filter(({ spec }) => !spec.rules?.length)
    return defaultOf(catchAll, 'nginx') ?? nothing('nginx', claims)
  }
  const { host } = chosen
  const ingresses = chosen.ingresses.filter((ingress) => pathsFor(ingress, host) !== undefined)
  const main = ingresses.filter((ingress) => !isOn(ingress, 'canary'))
  const found = main.some(usesRegex)
    ? firstExpression(host, main, path, counter)
    : plainPath(journey, host, main, path, counter)
  if (found) return { to: 'path', style: 'nginx', ...found, others: ingresses }
  return defaultOf(main, 'nginx') ?? { to: 'nothing', style: 'nginx', near: main }
}

function plainPath(
  journey: Journey,
  host: string,
  ingresses: readonly Ingress[],
  path: string,
  counter: { visited: number },
): { rule: RoutePath; groups: undefined } | undefined {
  const rule = bestPath(host, ingresses, counter, (candidate) =>
    journey.laws.pathMatches(candidate.path, candidate.pathType, path),
  )
  return rule && { rule, groups: undefined }
}

/** With regular expressions the longest expression that fits comes first, and path types mean nothing (R-NGX-02). */
function firstExpression(
  host: string,
  ingresses: readonly Ingress[],
  path: string,
  counter: { visited: number },
): { rule: RoutePath; groups: RegExpExecArray | undefined } | undefined {
  const rules = ingresses
    .flatMap((ingress) => pathsFor(ingress, host) ?? [])
    .sort((left, right) => right.path.length - left.path.length)
  for (const rule of rules) {
    counter.visited += 1
    const groups = matchPath(nginxExpression(rule.path), path)
    if (groups) return { rule, groups }
  }
  return undefined
}

/** The best of the matching paths; among equals that of the oldest Ingress. */
function bestPath(
  host: string,
  ingresses: readonly Ingress[],
  counter: { visited: number },
  matches: (candidate: RoutePath) => boolean,
): RoutePath | undefined {
  let best: RoutePath | undefined
  for (const ingress of ingresses)
    for (const candidate of pathsFor(ingress, host) ?? []) {
      counter.visited += 1
      if (best && byPrecedence(best, candidate) <= 0) break // paths come longest first: none behind this one is better
      if (!matches(candidate)) continue
      best = candidate
      break
    }
  return best
}

function defaultOf(ingresses: readonly Ingress[], style: Style): Route | undefined {
  const ingress = ingresses.find(({ spec }) => spec.defaultBackend)
  return ingress?.spec.defaultBackend && { to: 'default', style, ingress, backend: ingress.spec.defaultBackend }
}

const nothing = (style: Style, claims: readonly Claim[]): Route => ({
  to: 'nothing',
  style,
  near: claims.filter(({ host }) => host !== ANY_HOST).flatMap(({ ingresses }) => ingresses),
})
