import { parseScript } from '../../apps/shell-syntax.ts'
import { listensOn, surroundingsOf } from '../../apps.ts'
import type { Container, Probe } from '../../kinds/pod.ts'
import type { PodSync } from './pod-sync.ts'

/** What one turn of a probe tells. */
export interface Outcome {
  ok: boolean
  /** On a failure, the kubelet's words. */
  message: string
  /** True if later turns tell the same. */
  isConstant: boolean
}

const passed: Outcome = { ok: true, message: '', isConstant: true }
const failed = (message: string): Outcome => ({ ok: false, message, isConstant: true })

/**
 * One turn of a probe against what the container really does (R-POD-7), from the kubelet: a process that listens on
 * the pod's loopback address alone refuses it.
 *
 * @param seconds age of the process
 */
export function probeOnce(sync: PodSync, container: Container, probe: Probe, seconds: number): Outcome {
  if (probe.httpGet) return askHttp(sync, container, probe.httpGet, probe.timeoutSeconds ?? 1)
  if (probe.tcpSocket) return dial(sync, container, portNumber(container, probe.tcpSocket.port)) ?? passed
  if (probe.grpc) {
    const refused = dial(sync, container, probe.grpc.port)
    if (!refused) return passed
    const reason = `connection error: desc = "transport: Error while dialing: ${refused.message}"`
    return failed(
      `timeout: failed to connect service "${sync.address}:${probe.grpc.port}" within ${probe.timeoutSeconds ?? 1}s: ${reason}`,
    )
  }
  return probe.exec ? execute(sync, container, probe.exec.command ?? [], seconds) : passed
}

const portNumber = ({ ports = [] }: Container, port: number | string): number =>
  typeof port === 'number' ? port : (ports.find(({ name }) => name === port)?.containerPort ?? 0)

/** Undefined if a connection to the pod's address is accepted. */
function dial(sync: PodSync, container: Container, port: number, address = sync.address): Outcome | undefined {
  const { listeners } = sync.behaviourOf(container)
  const isOpen = listeners.some(
    (listener) =>
      listener.port === port && listener.protocol === 'TCP' && (listener.address === 'any' || isLoopback(address)),
  )
  return isOpen ? undefined : failed(`dial tcp ${address}:${port}: connect: connection refused`)
}

const isLoopback = (host: string): boolean => host === 'localhost' || host.startsWith('127.')

function askHttp(
  sync: PodSync,
  container: Container,
  { path = '/', port, scheme = 'HTTP', host }: NonNullable<Probe['httpGet']>,
  timeoutSeconds: number,
): Outcome {
  const number = portNumber(container, port)
  const address = host ?? sync.address
  const request = `Get "${scheme.toLowerCase()}://${address}:${number}${path.startsWith('/') ? path : `/${path}`}"`
  const refused = dial(sync, container, number)
  if (refused) return failed(`${request}: ${refused.message}`)
  const behaviour = sync.behaviourOf(container)
  const answer =
    listensOn(behaviour, number) &&
    behaviour.respond?.(
      { method: 'GET', scheme: scheme === 'HTTPS' ? 'https' : 'http', host: `${address}:${number}`, path, headers: {} },
      { ...surroundingsOf(sync.cluster, sync.pod, container), port: number },
    )
  if (!answer)
    return failed(`${request}: ${scheme === 'HTTPS' ? 'http: server gave HTTP response to HTTPS client' : 'EOF'}`)
  if ((answer.delaySeconds ?? 0) >= timeoutSeconds)
    return failed(`${request}: context deadline exceeded (Client.Timeout exceeded while awaiting headers)`)
  return answer.status >= 200 && answer.status < 400
    ? passed
    : failed(`HTTP probe failed with statuscode: ${answer.status}`)
}

const HEALTH_TOOLS = new Set([
  'redis-cli',
  'pg_isready',
  'mysqladmin',
  'mysql',
  'mongosh',
  'mongo',
  'rabbitmq-diagnostics',
])

/** A command in the container. What is not understood passes, as the commands of working images do. */
function execute(sync: PodSync, container: Container, command: readonly string[], seconds: number): Outcome {
  const [program = '', ...rest] = command
  const name = program.slice(program.lastIndexOf('/') + 1)
  const inner = ['sh', 'bash', 'ash'].includes(name)
    ? rest[rest.findIndex((word) => /^-\w*c$/.test(word)) + 1]
    : undefined
  if (inner !== undefined) return executeScript(sync, container, inner, seconds)
  const url = rest.find((word) => /^(?:https?:\/\/)?(?:localhost|127\.0\.0\.1)[:/]/.test(word))
  if (['curl', 'wget', 'podcli'].includes(name) && url !== undefined) return fetchLocally(sync, container, url)
  if (name === 'nc' && rest.some((word) => /^-\w*z/.test(word)))
    return dial(sync, container, Number(rest.at(-1)), 'localhost') ?? passed
  if (HEALTH_TOOLS.has(name)) return sync.behaviourOf(container).listeners.length > 0 ? passed : failed('')
  if (['cat', 'ls', 'test', 'stat', '['].includes(name)) return findFile(sync, container, name, rest, seconds)
  if (name === 'false') return failed('')
  if (name === 'exit') return Number(rest[0] ?? 0) === 0 ? passed : failed('')
  return passed
}

function executeScript(sync: PodSync, container: Container, text: string, seconds: number): Outcome {
  const statement = parseScript(text)
  return statement.type === 'command' ? execute(sync, container, statement.words, seconds) : passed
}

function findFile(
  sync: PodSync,
  container: Container,
  name: string,
  words: readonly string[],
  seconds: number,
): Outcome {
  const { hasFile } = sync.behaviourOf(container)
  const path = words.find((word) => word.startsWith('/'))
  if (path === undefined || isMounted(container, path)) return passed
  const known = hasFile?.(path, seconds)
  if (known === true) return { ok: true, message: '', isConstant: false }
  const message = `${name}: can't open '${path}': No such file or directory`
  return { ok: false, message, isConstant: known === undefined }
}

const isMounted = ({ volumeMounts = [] }: Container, path: string): boolean =>
  volumeMounts.some(({ mountPath }) => path.startsWith(mountPath))

function fetchLocally(sync: PodSync, container: Container, url: string): Outcome {
  const [, port = '80', path = '/'] = /^(?:https?:\/\/)?[^:/]+(?::(\d+))?(\/.*)?$/.exec(url) ?? []
  const refused = dial(sync, container, Number(port), 'localhost')
  if (refused) return failed(`can't connect to remote host: Connection refused`)
  const answer = sync
    .behaviourOf(container)
    .respond?.(
      { method: 'GET', scheme: 'http', host: `localhost:${port}`, path, headers: {} },
      { ...surroundingsOf(sync.cluster, sync.pod, container), port: Number(port) },
    )
  return answer && answer.status < 400 ? passed : failed(`server returned error: HTTP/1.1 ${answer?.status ?? 500}`)
}
