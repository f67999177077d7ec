import type { Attempt } from './attempt.ts'
import { blame, workloadOf } from './blame.ts'
import { templatePath } from './blame-endpoints.ts'
import { brief, counted } from './brief.ts'
import { type Exchange, type Request, receivedOf } from './exchange.ts'
import type { Journey } from './journey.ts'
import { TLS_PROBLEMS } from './tls.ts'
import type { MachineArrival } from './to-node.ts'
import type { Arrival } from './to-pod.ts'

/** Hands a request to the program that listens on a pod's port and brings back what it says. */
export function talkToApp(journey: Journey, arrival: Arrival, request: Request): Exchange {
  const { pod, port, clientIp } = arrival
  const { cluster, apps } = journey
  const answer = (scheme: Request['scheme']) =>
    apps.respond(cluster, pod, port, { ...request, scheme }, (url) => journey.call(pod, url))
  const response = answer(request.scheme)
  if (!response) return request.scheme === 'https' ? speaksNoTls(journey, arrival) : speaksNoHttp(journey, arrival)
  const { delaySeconds = 0 } = response
  journey.ms += Math.round(delaySeconds * 1000)
  const headers = lowerCase(response.headers)
  journey.hop(
    pod.metadata.name,
    `port ${port} answers ${response.status}${delaySeconds > 0 ? ` after ${delaySeconds} s` : ''}${quoted(response.body)}`,
    'listens',
    `The program in pod ${pod.metadata.namespace}/${pod.metadata.name} answers ${response.status} to ${request.method} ${request.path}; it saw ${clientIp} as the client.`,
  )
  return {
    outcome: 'ok',
    status: response.status,
    speaker: 'app',
    ...answeredBy(arrival),
    received: receivedOf(request),
    body: request.method === 'HEAD' ? '' : response.body,
    headers,
    location: headers.location ?? null,
    blame: null,
  }
}

/** The keys of an attempt that tell which pod answered. */
export const answeredBy = ({
  pod,
  port,
  clientIp,
}: Arrival): Pick<Attempt, 'answeredBy' | 'answeredPort' | 'clientIp'> => ({
  answeredBy: `${pod.metadata.namespace}/${pod.metadata.name}`,
  answeredPort: port,
  clientIp,
})

export const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

/** How much of a body is read for the one line about it. */
const READ_OF_BODY = 200

/** A body in one line, as far as it fits. */
function quoted(body: string): string {
  const line = body.slice(0, READ_OF_BODY).replace(/\s+/g, ' ').trim()
  return line === '' ? '' : `: "${brief(line, 30)}"`
}

function speaksNoTls(journey: Journey, { pod, port }: Arrival): Exchange {
  journey.hop(
    pod.metadata.name,
    TLS_PROBLEMS.noTls,
    'listens',
    `Pod ${pod.metadata.name} listens on port ${port} but does not answer a TLS handshake there. Ask with http://.`,
  )
  return { outcome: 'tls-mismatch', blame: blame(pod, '', `port ${port} speaks no TLS; use http://`) }
}

function speaksNoHttp(journey: Journey, { pod, port }: Arrival): Exchange {
  journey.hop(
    pod.metadata.name,
    `port ${port} accepts, but speaks no HTTP`,
    'listens',
    `The program in pod ${pod.metadata.name} took the connection on port ${port} and closed it, since it does not speak HTTP.`,
  )
  const { cluster } = journey
  return {
    outcome: 'reset',
    blame: blame(
      workloadOf(cluster, pod),
      templatePath(cluster, pod, 'spec.containers[0].image'),
      `its program speaks no HTTP on port ${port}`,
    ),
  }
}

/** What kube-proxy says of a Service, and the kubelet and the API server to somebody without credentials. */
export function talkToMachine(
  journey: Journey,
  arrival: MachineArrival,
  request: Request,
  insecure: boolean,
): Exchange {
  const { machine, clientIp, health } = arrival
  if (health) return talkToProxy(journey, arrival, health, request)
  if (request.scheme === 'https' && !insecure) {
    journey.hop(
      machine,
      TLS_PROBLEMS.untrusted,
      'certificateCovers',
      `The certificate of the ${machine} is signed by the cluster's own authority, which this client does not know.`,
    )
    return { outcome: 'tls-mismatch', blame: null }
  }
  const { status, body } =
    request.scheme === 'http' ? plainHttp : machine === 'kubelet' ? unauthorized : forbidden(request.path)
  journey.hop(
    machine,
    `answers ${status}`,
    'listens',
    `The ${machine} answers ${status}: it knows nothing of the caller ${clientIp}.`,
  )
  const headers = { 'content-type': body.startsWith('{') ? 'application/json' : 'text/plain; charset=utf-8' }
  return { outcome: 'ok', status, clientIp, received: receivedOf(request), body, headers, blame: null }
}

/** kube-proxy speaks plain HTTP; 503 tells a balancer to pass the node by (R-LB-05). */
function talkToProxy(
  journey: Journey,
  { clientIp }: MachineArrival,
  { service: { metadata }, localEndpoints }: NonNullable<MachineArrival['health']>,
  request: Request,
): Exchange {
  if (request.scheme === 'https') {
    journey.hop('kube-proxy', TLS_PROBLEMS.noTls, 'certificateCovers', 'It speaks plain HTTP here. Ask with http://.')
    return { outcome: 'tls-mismatch', blame: null }
  }
  const status = localEndpoints > 0 ? 200 : 503
  const { namespace, name } = metadata
  journey.hop(
    'kube-proxy',
    `answers ${status}: ${counted(localEndpoints, 'endpoint')} on this node`,
    'endpointsInReach',
    `This is the healthCheckNodePort of Service ${namespace}/${name}. Load balancers ask it and send to nodes that answer 200.`,
  )
  const body = JSON.stringify({ service: { namespace, name }, localEndpoints, serviceProxyHealthy: true }, null, 2)
  const headers = { 'content-type': 'application/json', 'x-load-balancing-endpoint-weight': String(localEndpoints) }
  return { outcome: 'ok', status, clientIp, received: receivedOf(request), body, headers, blame: null }
}

const plainHttp = { status: 400, body: 'Client sent an HTTP request to an HTTPS server.\n' }
const unauthorized = { status: 401, body: 'Unauthorized' }

function forbidden(path: string): { status: number; body: string } {
  const message = `forbidden: User "system:anonymous" cannot get path "${path}"`
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason: 'Forbidden',
    details: {},
    code: 403,
  }
  return { status: 403, body: JSON.stringify(status, null, 2) }
}
