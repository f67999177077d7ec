import type { Attempt } from './attempt.ts'
import { hostOf } from './exchange.ts'
import { CONNECT_TIMEOUT } from './journey.ts'
import type { Target } from './target.ts'
import { type TlsProblem, tlsProblemOf } from './tls.ts'

/** What a client program says of a failure, and its exit code. */
export interface ClientError {
  exitCode: number
  /** Lines for stderr, each with its line break. */
  text: string
}

type Aim = Pick<Target, 'scheme' | 'host' | 'port'>

/** What curl 8 says; undefined if it got an answer (R-PIPE-02, R-DNS-13). */
export function curlError(attempt: Attempt, target: Aim): ClientError | undefined {
  const { host, port } = target
  switch (attempt.outcome) {
    case 'ok':
      return undefined
    case 'nxdomain':
      return curl(6, `Could not resolve host: ${host}`)
    case 'refused':
      return curl(7, `Failed to connect to ${host} port ${port} after ${attempt.ms} ms: Connection refused`)
    case 'timeout':
      return curl(28, `Connection timed out after ${CONNECT_TIMEOUT} milliseconds`)
    case 'reset':
      return attempt.hops.at(-1)?.law === 'listens'
        ? curl(52, 'Empty reply from server')
        : curl(56, 'Recv failure: Connection reset by peer')
    case 'tls-mismatch':
      return curlTlsError(tlsProblemOf(attempt), attempt, host)
  }
}

const curl = (exitCode: number, message: string): ClientError => ({
  exitCode,
  text: `curl: (${exitCode}) ${message}\n`,
})

const MORE = '\nMore details here: https://curl.se/docs/sslcerts.html'

function curlTlsError(problem: TlsProblem | undefined, { tls }: Attempt, host: string): ClientError {
  switch (problem) {
    case 'otherName':
      return curl(60, `SSL: no alternative certificate subject name matches target host name '${hostOf(host)}'${MORE}`)
    case 'expired':
      return curl(60, `SSL certificate problem: certificate has expired${MORE}`)
    case 'early':
      return curl(60, `SSL certificate problem: certificate is not yet valid${MORE}`)
    case 'untrusted': {
      const why = tls ? 'self-signed certificate' : 'unable to get local issuer certificate'
      return curl(60, `SSL certificate problem: ${why}${MORE}`)
    }
    default:
      return curl(35, 'error:0A00010B:SSL routines::wrong version number')
  }
}

/**
 * What BusyBox wget says; undefined if it got a document. An error status is a failure to it.
 * `address` is the one that the host stands for.
 */
export function wgetError(attempt: Attempt, target: Aim, address: string | undefined): ClientError | undefined {
  const { outcome, status } = attempt
  const wget = (message: string): ClientError => ({ exitCode: 1, text: `wget: ${message}\n` })
  switch (outcome) {
    case 'ok':
      return status !== null && status >= 400
        ? wget(`server returned error: HTTP/1.1 ${status}${reason(status)}`)
        : undefined
    case 'nxdomain':
      return wget(`bad address '${withPort(target)}'`)
    case 'refused':
      return wget(`can't connect to remote host (${address ?? target.host}): Connection refused`)
    case 'timeout':
      return wget('download timed out')
    default:
      return wget('error getting response: Connection reset by peer')
  }
}

/** The host as it stood in the URL: with its port where that is not the usual one. */
const withPort = ({ scheme, host, port }: Aim): string =>
  port === (scheme === 'https' ? 443 : 80) ? host : `${host}:${port}`

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
}

const reason = (status: number): string => (REASONS[status] === undefined ? '' : ` ${REASONS[status]}`)

/** What BusyBox `nc -v` says on stderr, also when it gets through. */
export function ncText(attempt: Attempt, target: Aim, address: string | undefined): ClientError {
  const { host, port } = target
  const peer = `${host} (${address ?? host}:${port})`
  switch (attempt.outcome) {
    case 'ok':
      return { exitCode: 0, text: `${peer} open\n` }
    case 'nxdomain':
      return { exitCode: 1, text: `nc: bad address '${host}'\n` }
    case 'refused':
      return { exitCode: 1, text: `nc: ${peer}: Connection refused\n` }
    default:
      return { exitCode: 1, text: `nc: ${peer}: Operation timed out\n` }
  }
}

/** What BusyBox ping prints for one echo request after the other; `error` goes to stderr. */
export function pingText(
  attempts: readonly Attempt[],
  host: string,
  address: string | undefined,
): { exitCode: number; stdout: string; stderr: string } {
  if (address === undefined) return { exitCode: 1, stdout: '', stderr: `ping: bad address '${host}'\n` }
  const answered = attempts.map(({ outcome }) => outcome === 'ok')
  const received = answered.filter(Boolean).length
  const lost = attempts.length === 0 ? 0 : Math.round((100 * (attempts.length - received)) / attempts.length)
  const lines = [
    `PING ${host} (${address}): 56 data bytes`,
    ...answered.flatMap((ok, seq) => (ok ? [`64 bytes from ${address}: seq=${seq} ttl=62 time=0.080 ms`] : [])),
    '',
    `--- ${host} ping statistics ---`,
    `${attempts.length} packets transmitted, ${received} packets received, ${lost}% packet loss`,
    ...(received > 0 ? ['round-trip min/avg/max = 0.080/0.080/0.080 ms'] : []),
    '',
  ]
  return { exitCode: received > 0 ? 0 : 1, stdout: lines.join('\n'), stderr: '' }
}
