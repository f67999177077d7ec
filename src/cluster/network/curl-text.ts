import type { Attempt } from './attempt.ts'
import { curlError } from './client-text.ts'
import type { CurlLine } from './curl-line.ts'

/** What curl prints for one request, and its exit code. */
export interface CurlOutput {
  exitCode: number
  stdout: string
  stderr: string
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
}

/** The bytes of curl for an attempt: body, headers where they are asked for, and its own words on a failure. */
export function curlOutput(attempt: Attempt, line: CurlLine): CurlOutput {
  const failure = curlError(attempt, line.target)
  if (failure)
    return { exitCode: failure.exitCode, stdout: wrote(line, attempt), stderr: line.silent ? '' : failure.text }
  const status = attempt.status ?? 0
  if (line.failOnStatus && status >= 400)
    return {
      exitCode: 22,
      stdout: wrote(line, attempt),
      stderr: line.silent ? '' : `curl: (22) The requested URL returned error: ${status}\n`,
    }
  const head = line.include || line.headOnly ? headText(attempt) : ''
  const body = line.headOnly || line.discard ? '' : (attempt.body ?? '')
  return {
    exitCode: 0,
    stdout: head + body + wrote(line, attempt),
    stderr: line.verbose ? verboseText(attempt, line) : '',
  }
}

function headText({ status, headers }: Attempt): string {
  const reason = REASONS[status ?? 0]
  const lines = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`)
  return `${[`HTTP/1.1 ${status}${reason ? ` ${reason}` : ''}`, ...lines].join('\r\n')}\r\n\r\n`
}

function verboseText(attempt: Attempt, { target }: CurlLine): string {
  const received = attempt.received
  const lines = [
    `* Connected to ${target.host} port ${target.port}`,
    `> ${target.method ?? 'GET'} ${target.path ?? '/'} HTTP/1.1`,
    `> Host: ${received?.host ?? target.host}`,
    '>',
    `< HTTP/1.1 ${attempt.status}${REASONS[attempt.status ?? 0] ? ` ${REASONS[attempt.status ?? 0]}` : ''}`,
    ...Object.entries(attempt.headers ?? {}).map(([name, value]) => `< ${name}: ${value}`),
    '<',
  ]
  return `${lines.join('\n')}\n`
}

/** `-w`: the variables that scripts use. */
const wrote = ({ writeOut }: CurlLine, { status }: Attempt): string =>
  (writeOut ?? '')
    .replaceAll(/%\{(?:http_code|response_code)\}/g, String(status ?? 0).padStart(3, '0'))
    .replaceAll('\\n', '\n')
