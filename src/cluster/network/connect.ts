import type { HttpResponse } from '../apps/behaviour.ts'
import type { Cluster } from '../cluster.ts'
import type { Pod, Protocol } from '../kinds/pod.ts'
import type { Random } from '../random.ts'
import { isIPv4 } from './address.ts'
import type { Apps } from './app.ts'
import { type Attempt, type Lookup, silence } from './attempt.ts'
import type { Connection } from './connection.ts'
import { deliver } from './deliver.ts'
import { plainName } from './dns.ts'
import { type Exchange, hostOf, type Request } from './exchange.ts'
import { answeredBy, lowerCase, talkToApp, talkToMachine } from './http.ts'
import { serveIngress } from './ingress.ts'
import { controllersIn, endsTls } from './ingress-controller.ts'
import { Journey, type Stop, stopped } from './journey.ts'
import { kubernetes, type Laws } from './laws.ts'
import { type Origin, podOrigin } from './origin.ts'
import type { Delivery } from './packet.ts'
import { ping } from './ping.ts'
import { resolveHost } from './resolve-host.ts'
import { hostHeader, type Target, targetFrom } from './target.ts'
import { withoutController } from './without-controller.ts'

/** One new connection: who opens it, to what, and with whose luck. */
export interface ConnectRequest {
  origin: Origin
  target: Target
  /** Chance for what is chosen per connection. */
  dice: Random
  /** How the network decides; Kubernetes' own laws if absent. */
  laws?: Laws
  /** A connection that may be used again, and is left open for the next request. */
  connection?: Connection
  /** Is told which address the client took for the host, and the lookup it made for it. */
  onResolved?: (resolved: { address: string | undefined; lookup: Lookup | undefined }) => void
}

/** How far programs may ask programs on behalf of one request. */
const DEEPEST_CALL = 5

const PROTOCOLS: Readonly<Record<Exclude<Target['scheme'], 'icmp'>, Protocol>> = {
  http: 'TCP',
  https: 'TCP',
  tcp: 'TCP',
  udp: 'UDP',
  sctp: 'SCTP',
}

/**
 * Sends one connection and follows it to its end. Nothing of it changes an object; only Services with client affinity
 * remember who came. Takes what programs do as a parameter; `connect` is the same with the real ones.
 */
export function connectWith(apps: Apps, cluster: Cluster, request: ConnectRequest): Attempt {
  return attempt(apps, cluster, request, 0)
}

function attempt(apps: Apps, cluster: Cluster, request: ConnectRequest, depth: number): Attempt {
  const { laws = kubernetes, dice } = request
  const call = (pod: Pod, url: string) => {
    const target = depth < DEEPEST_CALL ? targetFrom(url) : undefined
    const origin = podOrigin(cluster, pod)
    return target && responseOf(attempt(apps, cluster, { origin, target, dice, laws }, depth + 1))
  }
  const journey = new Journey({ cluster, laws, apps, dice, call })
  const { outcome, blame, ...answer } = travel(journey, request)
  return { outcome, ...silence, ...answer, ms: journey.ms, hops: journey.hops, blame }
}

/** What a program makes of the attempt that it started. */
const responseOf = ({ status, headers, body }: Attempt): HttpResponse | undefined =>
  status === null ? undefined : { status, headers: headers ?? {}, body: body ?? '' }

function travel(journey: Journey, request: ConnectRequest): Exchange {
  const { origin, target, connection, onResolved } = request
  const open = connection?.reuse(journey.cluster, target)
  if (open) {
    journey.hop(
      origin.label,
      'uses its open connection again',
      'chooseEndpoint',
      'The endpoint was chosen when the connection was opened; no choice is made for a further request.',
    )
    return converse(journey, request, open)
  }
  const resolution = resolveHost(journey, origin, target)
  onResolved?.({ address: resolution.address, lookup: resolution.lookup })
  if (resolution.address === undefined) return { outcome: 'nxdomain', blame: resolution.blame }
  const { address, lookup } = resolution
  if (target.scheme === 'icmp') return ping(journey, origin, address)
  const protocol = PROTOCOLS[target.scheme]
  const port = portFor(journey, lookup, target.port, protocol)
  const host = isIPv4(target.host) ? undefined : plainName(target.host)
  const delivery = deliver(journey, { sender: origin, address, port, protocol, ...(host !== undefined && { host }) })
  if (stopped(delivery)) return withoutController(journey, visitOf(request), delivery) ?? failed(delivery)
  connection?.open(target, delivery)
  return converse(journey, request, delivery)
}

const failed = ({ outcome, blame }: Stop): Exchange => ({ outcome, blame })

/** Nobody translates the port on the way to a headless Service (R-SVC-10); the law says so. */
function portFor(journey: Journey, lookup: Lookup | undefined, port: number, protocol: Protocol): number {
  const name = lookup?.answers.findLast(({ type }) => type === 'A')?.name ?? ''
  const [service, namespace, kind] = name.split('.')
  if (service === undefined || namespace === undefined || kind !== 'svc') return port
  const headless = journey.cluster.get('Service', namespace, service)
  return headless?.spec.clusterIP === 'None' ? journey.laws.headlessPort(headless, port, protocol) : port
}

/** What is said once somebody has taken the connection. */
function converse(journey: Journey, request: ConnectRequest, reached: Exclude<Delivery, Stop>): Exchange {
  const { scheme } = request.target
  if (scheme !== 'http' && scheme !== 'https') return accepted(journey, reached, request.target.port)
  const visit = visitOf(request)
  if (reached.at === 'machine') return talkToMachine(journey, reached, visit.request, visit.insecure)
  const running = controllersIn(reached.pod)
  if (running.length === 0) return talkToApp(journey, reached, visit.request)
  const controller = {
    arrival: reached,
    origin: podOrigin(journey.cluster, reached.pod),
    running,
    clientIp: reached.clientIp,
    secure: endsTls(reached.pod, reached.port),
  }
  return serveIngress(journey, controller, visit)
}

function accepted(journey: Journey, reached: Exclude<Delivery, Stop>, port: number): Exchange {
  if (reached.at === 'machine') {
    journey.hop(reached.machine, `accepts on port ${port}`, 'listens', `The ${reached.machine} listens there.`)
    return { outcome: 'ok', clientIp: reached.clientIp, blame: null }
  }
  const { pod } = reached
  journey.hop(
    pod.metadata.name,
    `port ${reached.port} accepts the connection`,
    'listens',
    `A program in pod ${pod.metadata.namespace}/${pod.metadata.name} listens on port ${reached.port}.`,
  )
  return { outcome: 'ok', ...answeredBy(reached), blame: null }
}

/** The request as the client writes it, and what it checks. */
function visitOf({ target }: ConnectRequest): { request: Request; serverName: string | undefined; insecure: boolean } {
  const { host: own, ...headers } = lowerCase(target.headers ?? {})
  const request: Request = {
    method: target.method ?? 'GET',
    scheme: target.scheme === 'https' ? 'https' : 'http',
    host: own ?? hostHeader(target),
    path: target.path === undefined || target.path === '' ? '/' : target.path,
    headers: { 'user-agent': 'curl/8.14.1', accept: '*/*', ...headers },
  }
  // The name in the handshake is that of the URL, whatever a Host header says (R-PIPE-03).
  const serverName = isIPv4(target.host) ? undefined : hostOf(target.host)
  return { request, serverName, insecure: target.insecure === true }
}
