import type { Ingress } from '../kinds/ingress.ts'
import type { Random } from '../random.ts'
import { inRanges, isIPv4 } from './address.ts'
import type { Request } from './exchange.ts'
import { hostOf } from './exchange.ts'
import { pathsFor, type RoutePath } from './ingress-rules.ts'
import { annotation, isOn, numberIn, unmodelledAnnotations } from './nginx-annotations.ts'
import { rewritten } from './nginx-regex.ts'
import { splitQuery } from './path.ts'

/** A redirect that ingress-nginx answers itself. */
export interface Redirect {
  status: number
  location: string
  why: string
}

/** The redirect of an Ingress for a request, if it asks for one (R-ING-53, R-NGX-04). */
export function redirectFor(ingress: Ingress, request: Request, listedForTls: boolean): Redirect | undefined {
  const [path, query] = splitQuery(request.path)
  const root = annotation(ingress, 'app-root')
  if (root !== undefined && path === '/')
    return { status: 302, location: `${request.scheme}://${request.host}${root}`, why: 'annotation app-root' }
  const forced = isOn(ingress, 'force-ssl-redirect')
  const wanted = forced || (listedForTls && annotation(ingress, 'ssl-redirect') !== 'false')
  if (request.scheme === 'http' && wanted) {
    const target = `${path}${query}`.replace(/\/$/, '')
    const why = forced ? 'annotation force-ssl-redirect' : 'the host has a tls entry'
    return { status: 308, location: `https://${hostOf(request.host)}${target}`, why }
  }
  const permanent = annotation(ingress, 'permanent-redirect')
  if (permanent !== undefined) {
    const status = numberIn(ingress, 'permanent-redirect-code', 301)
    return { status, location: permanent, why: 'annotation permanent-redirect' }
  }
  const temporal = annotation(ingress, 'temporal-redirect')
  return temporal === undefined ? undefined : { status: 302, location: temporal, why: 'annotation temporal-redirect' }
}

/** True if an Ingress keeps this client out. */
export function isForbidden(ingress: Ingress, client: string): boolean {
  const ranges = annotation(ingress, 'whitelist-source-range')
  return ranges !== undefined && isIPv4(client) && !inRanges(client, ranges.split(',').map(asRange))
}

const asRange = (range: string): string => (range.includes('/') ? range : `${range.trim()}/32`)

/** The path that the backend gets: rewritten where the Ingress asks for it (R-NGX-01). */
export function rewrittenPath(
  rule: RoutePath,
  groups: RegExpExecArray | undefined,
  target: string,
): string | undefined {
  const rewrite = annotation(rule.ingress, 'rewrite-target')
  if (rewrite === undefined || rewrite === '') return undefined
  const [, query] = splitQuery(target)
  return groups && `${rewritten(rewrite, groups)}${query}`
}

/**
 * The canary rule that takes a request away from `rule`, if there is one for the same host and path and it wants the
 * request: header before cookie before weight (R-NGX-05).
 */
export function canaryFor(
  rule: RoutePath,
  candidates: readonly Ingress[],
  request: Request,
  dice: Random,
): RoutePath | undefined {
  for (const ingress of candidates) {
    if (!isOn(ingress, 'canary')) continue
    const canary = pathsFor(ingress, rule.host)?.find(({ path }) => path === rule.path)
    if (canary) return wantsRequest(ingress, request, dice) ? canary : undefined
  }
  return undefined
}

function wantsRequest(ingress: Ingress, { headers }: Request, dice: Random): boolean {
  const header = annotation(ingress, 'canary-by-header')
  const sent = header === undefined ? undefined : headers[header.toLowerCase()]
  const wanted = annotation(ingress, 'canary-by-header-value')
  if (sent !== undefined && wanted !== undefined && sent === wanted) return true
  if (sent !== undefined && wanted === undefined && (sent === 'always' || sent === 'never')) return sent === 'always'
  const cookie = cookieIn(headers.cookie, annotation(ingress, 'canary-by-cookie'))
  if (cookie === 'always' || cookie === 'never') return cookie === 'always'
  return dice.below(Math.max(1, numberIn(ingress, 'canary-weight-total', 100))) < numberIn(ingress, 'canary-weight', 0)
}

function cookieIn(header: string | undefined, name: string | undefined): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split('='))
  return name === undefined ? undefined : pairs.find(([key]) => key === name)?.[1]
}

/**
 * What must be said with every decision of ingress-nginx: that it is retired (R-NGX-07), what of its annotations has no
 * effect here, and the one habit that is left out (R-ING-26).
 */
export function nginxRemarks(ingress: Ingress, path?: string): string {
  const ignored = unmodelledAnnotations(ingress)
  return [
    ' ingress-nginx is retired since March 2026; it decides as it always did.',
    ...(ignored.length === 0 ? [] : [`Not modelled here, without effect: ${ignored.join(', ')}.`]),
    ...(path !== undefined && path.length > 1 && path.endsWith('/')
      ? [`Not modelled here: asked for ${path.slice(0, -1)}, it would answer 301 to ${path}.`]
      : []),
  ].join(' ')
}
