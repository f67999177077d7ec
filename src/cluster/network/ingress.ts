import type { Ingress } from '../kinds/ingress.ts'
import type { Attempt } from './attempt.ts'
import { brief } from './brief.ts'
import { type Exchange, hostOf, type Request, receivedOf } from './exchange.ts'
import { answeredBy, talkToApp, talkToMachine } from './http.ts'
import { type BackendReference, isBroken, reachBackend } from './ingress-backend.ts'
import type { Style } from './ingress-controller.ts'
import { blameForNoRoute, describeRoute } from './ingress-explain.ts'
import { decideRoute, type Route } from './ingress-route.ts'
import { controllerBody } from './ingress-text.ts'
import type { Journey } from './journey.ts'
import type { BrokenBackend } from './laws.ts'
import { canaryFor, isForbidden, redirectFor, rewrittenPath } from './nginx.ts'
import { annotation, numberIn } from './nginx-annotations.ts'
import type { Origin } from './origin.ts'
import { splitQuery } from './path.ts'
import { certificateFor, problemWith, TLS_PROBLEMS } from './tls.ts'
import type { Arrival } from './to-pod.ts'

/** An ingress controller that got a connection. */
export interface Controller {
  /** The pod that runs it; absent only for whoever believes that none is needed. */
  arrival: Arrival | undefined
  /** Where its own connections start. */
  origin: Origin
  /** The controller names it serves. */
  running: readonly string[]
  /** The address that it sees as its client. */
  clientIp: string
  /** True if the connection came in where TLS ends. */
  secure: boolean
}

/** A request of a client that talks to a controller. */
export interface Visit {
  request: Request
  /** The host that the client asks for in the TLS handshake; absent for an address. */
  serverName: string | undefined
  /** The client accepts any certificate. */
  insecure: boolean
}

const READ_TIMEOUT_SECONDS = 60
const CONNECT_TIMEOUT_SECONDS = 5

/** What a controller makes of a visit: TLS, route, backend, answer (R-ING-10…54). */
export function serveIngress(journey: Journey, controller: Controller, visit: Visit): Exchange {
  const { request } = visit
  journey.ms += 1
  if (request.scheme === 'https' && !controller.secure) return noTls(journey)
  if (request.scheme === 'http' && controller.secure)
    return ownAnswer(journey, controller, visit, 'api', 400, 'the plain HTTP request was sent to the HTTPS port')
  const sealed = request.scheme === 'https' ? handshake(journey, controller, visit) : undefined
  if (sealed && 'outcome' in sealed) return sealed
  return { ...routeVisit(journey, controller, visit), ...(sealed && { tls: sealed.tls }) }
}

function noTls(journey: Journey): Exchange {
  journey.hop(
    'ingress-controller',
    TLS_PROBLEMS.noTls,
    'certificateCovers',
    'The controller speaks plain HTTP on this port; TLS is on 443.',
  )
  return { outcome: 'tls-mismatch', blame: null }
}

/** TLS ends at the controller. A client that does not accept the certificate goes no further (R-ING-50…54). */
function handshake(
  journey: Journey,
  { running }: Controller,
  { serverName, request, insecure }: Visit,
): { tls: NonNullable<Attempt['tls']> } | Exchange {
  const host = serverName ?? hostOf(request.host)
  const shown = certificateFor(journey, running, serverName)
  const tls = { host, certificate: shown.name }
  const problem = problemWith(journey, shown.certificate, host)
  const what = shown.name === 'default' ? 'its default certificate' : `the certificate of Secret ${shown.name}`
  journey.hop(
    'ingress-controller',
    problem && !insecure
      ? TLS_PROBLEMS[problem]
      : `ends TLS for ${brief(host)}${shown.name === 'default' ? ' (default certificate)' : ''}`,
    'certificateCovers',
    `For ${host} the controller shows ${what}${shown.reason ? `: ${shown.reason.why}` : ''}.` +
      (problem && insecure ? ` It would be refused (${TLS_PROBLEMS[problem]}), but the client does not check.` : ''),
  )
  if (!problem || insecure) return { tls }
  const [namespace = '', name = ''] = shown.name.split('/')
  const blamed = shown.reason ?? { kind: 'Secret', name, namespace, field: 'data[tls.crt]', why: TLS_PROBLEMS[problem] }
  return { outcome: 'tls-mismatch', tls, blame: shown.name === 'default' ? (shown.reason ?? null) : blamed }
}

function routeVisit(journey: Journey, controller: Controller, visit: Visit): Exchange {
  const { request } = visit
  const host = hostOf(request.host)
  const [path] = splitQuery(request.path)
  const { route } = decideRoute(journey, controller.running, host, path)
  describeRoute(journey, route, host, path)
  const early = route.style === 'nginx' ? beforeBackend(journey, controller, visit, ingressOf(route)) : undefined
  if (early) return early
  if (route.to === 'nothing') {
    const answer = ownAnswer(journey, controller, visit, route.style, 404, 'no rule fits this host and path')
    return { ...answer, blame: blameForNoRoute(journey, route, host, path) }
  }
  return proxy(journey, controller, visit, route)
}

/** The Ingress whose annotations count: where no path fits, the first that names the host. */
const ingressOf = (route: Route): Ingress | undefined =>
  route.to === 'path' ? route.rule.ingress : route.to === 'default' ? route.ingress : route.near[0]

/**
 * What ingress-nginx answers itself, for every path of a host, before it looks for a backend: redirects, and clients
 * that it keeps out (R-ING-53).
 */
function beforeBackend(
  journey: Journey,
  controller: Controller,
  visit: Visit,
  ingress: Ingress | undefined,
): Exchange | undefined {
  if (!ingress) return undefined
  if (isForbidden(ingress, controller.clientIp))
    return ownAnswer(journey, controller, visit, 'nginx', 403, 'whitelist-source-range does not list the client')
  const { listed, style } = certificateFor(journey, controller.running, hostOf(visit.request.host))
  const redirect = redirectFor(ingress, visit.request, listed && style === 'nginx')
  if (!redirect) return undefined
  const answer = ownAnswer(journey, controller, visit, 'nginx', redirect.status, redirect.why)
  return { ...answer, location: redirect.location, headers: { ...answer.headers, location: redirect.location } }
}

/** Hands the request on to a backend and its answer back. */
function proxy(
  journey: Journey,
  controller: Controller,
  visit: Visit,
  route: Exclude<Route, { to: 'nothing' }>,
): Exchange {
  const before = journey.ms
  const { reference, request } = forwarded(journey, controller, visit, route)
  const reached = reachBackend(journey, controller.origin, reference)
  if (isBroken(reached)) {
    if (reached.problem === 'too-slow') journey.ms = before + CONNECT_TIMEOUT_SECONDS * 1000
    return { ...brokenAnswer(journey, controller, visit, route.style, reached.problem), blame: reached.blame }
  }
  const exchange =
    reached.at === 'pod' ? talkToApp(journey, reached, request) : talkToMachine(journey, reached, request, true)
  const limit = numberIn(reference.ingress, 'proxy-read-timeout', READ_TIMEOUT_SECONDS) * 1000
  if (exchange.outcome !== 'ok')
    return { ...brokenAnswer(journey, controller, visit, route.style, 'not-http'), blame: exchange.blame }
  if (journey.ms - before <= limit) return exchange
  journey.ms = before + limit
  const slow = {
    kind: 'Pod',
    name: exchange.answeredBy?.split('/')[1] ?? '',
    namespace: reference.ingress.metadata.namespace ?? null,
    field: 'spec.containers[0]',
    why: `its answer takes longer than ${limit / 1000} s`,
  }
  return { ...brokenAnswer(journey, controller, visit, route.style, 'too-slow'), blame: slow }
}

/** The backend of a route, and the request as the backend gets it. */
function forwarded(
  journey: Journey,
  controller: Controller,
  { request }: Visit,
  route: Exclude<Route, { to: 'nothing' }>,
): { reference: BackendReference; request: Request } {
  const { host, headers, scheme } = request
  const forwardedRequest: Request = {
    ...request,
    scheme: 'http',
    headers: {
      ...headers,
      'x-forwarded-for': controller.clientIp,
      'x-forwarded-host': host,
      'x-forwarded-port': scheme === 'https' ? '443' : '80',
      'x-forwarded-proto': scheme,
      'x-real-ip': controller.clientIp,
    },
  }
  if (route.to === 'default') {
    const { ingress, backend } = route
    return { reference: { ingress, backend, field: 'spec.defaultBackend' }, request: forwardedRequest }
  }
  const rule =
    route.style === 'nginx' ? (canaryFor(route.rule, route.others, request, journey.dice) ?? route.rule) : route.rule
  const [path, query] = splitQuery(request.path)
  const rewritten = route.style === 'nginx' ? rewrittenPath(route.rule, route.groups, request.path) : undefined
  const secure = route.style === 'nginx' && annotation(route.rule.ingress, 'backend-protocol') === 'HTTPS'
  return {
    reference: { ingress: rule.ingress, backend: rule.backend, field: `${rule.field}.backend` },
    request: {
      ...forwardedRequest,
      scheme: secure ? 'https' : 'http',
      path: rewritten ?? `${journey.laws.forwardedPath(route.rule.path, path)}${query}`,
    },
  }
}

function brokenAnswer(
  journey: Journey,
  controller: Controller,
  visit: Visit,
  style: Style,
  problem: BrokenBackend,
): Exchange {
  return ownAnswer(journey, controller, visit, style, journey.laws.brokenBackendStatus(problem), PROBLEMS[problem])
}

const PROBLEMS: Readonly<Record<BrokenBackend, string>> = {
  'no-service': 'the Service does not exist',
  'no-port': 'the Service has no such port',
  'no-endpoints': 'nobody is ready behind the Service',
  refused: 'the pod refused the connection',
  'not-http': 'the pod did not answer as a web server',
  'too-slow': 'no answer came in time',
}

/** An answer that the controller gives itself. */
function ownAnswer(
  journey: Journey,
  { arrival }: Controller,
  { request }: Visit,
  style: Style,
  status: number,
  why: string,
): Exchange {
  journey.hop(
    'ingress-controller',
    `answers ${status} itself`,
    'brokenBackendStatus',
    `The controller answers ${status} itself: ${why}. No app has seen the request.`,
  )
  return {
    outcome: 'ok',
    status,
    speaker: 'ingress-controller',
    ...(arrival && answeredBy(arrival)),
    received: receivedOf(request),
    body: controllerBody(style, status),
    headers: { 'content-type': style === 'nginx' ? 'text/html' : 'text/plain' },
    blame: null,
  }
}
