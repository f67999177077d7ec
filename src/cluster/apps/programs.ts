import type { Behaviour } from './behaviour.ts'
import { listen } from './behaviour.ts'
import { helloFrontend, nginxHello, nginxOn } from './nginx-programs.ts'
import { HTTPD_NOT_FOUND, HTTPD_WELCOME, html, indentedJson, json, pathOf, text } from './pages.ts'
import { bindsLoopback, ends, flag, type Program, portOf, serves, speaks, versionOf } from './program.ts'

/** A database that refuses to start without a password. */
const database =
  (port: number, variables: readonly string[], message: string): Program =>
  ({ environment }) =>
    variables.some((name) => Object.hasOwn(environment, name))
      ? speaks(port)
      : {
          listeners: [],
          obeysTermination: true,
          exit: { after: 0, code: 1, message },
          output: () => [{ at: 0, text: message }],
        }

const helloApp: Program = ({ environment, tag }) => {
  const version = tag === '2.0' ? '2.0.0' : '1.0.0'
  const port = portOf(environment.PORT, 8080)
  return {
    ...serves((_request, { pod }) => text(`Hello, world!\nVersion: ${version}\nHostname: ${pod}\n`), port),
    output: () => [{ at: 0, text: `Server listening on port ${port}` }],
  }
}

const podinfo: Program = (invocation) => {
  const ports = ['--port', '--port-metrics', '--grpc-port'].map((name) => Number(flag(invocation, name) ?? 0))
  const [http = 0, metrics = 0, grpc = 0] = ports
  const main = http > 0 ? http : 9898
  return serves(
    ({ path }, { pod, port }) => {
      if (port === grpc) return undefined
      if (pathOf(path) === '/healthz' || pathOf(path) === '/readyz') return json({ status: 'OK' })
      if (pathOf(path) === '/metrics') return text('# podinfo\n')
      if (pathOf(path) !== '/') return text('404 page not found\n', 404)
      return json({ hostname: pod, version: versionOf(invocation.tag, '6.14.1'), message: 'greetings from podinfo' })
    },
    ...[main, metrics, grpc].filter((port) => port > 0),
  )
}

const httpEcho: Program = (invocation) => {
  const address = flag(invocation, '-listen', '--listen')
  const body = flag(invocation, '-text', '--text') ?? invocation.environment.ECHO_TEXT ?? 'hello-world'
  const port = portOf(address, 5678)
  return {
    ...serves(({ path }) => (pathOf(path) === '/health' ? json({ status: 'ok' }) : text(`${body}\n`)), port),
    listeners: [listen(port, 'TCP', bindsLoopback(address) ? 'loopback' : 'any')],
  }
}

const whoami: Program = (invocation) => {
  const port = portOf(flag(invocation, '--port', '-port') ?? invocation.environment.WHOAMI_PORT_NUMBER, 80)
  return serves(({ method, host, path, headers }, { pod, podIP }) => {
    const sent = Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`)
    return text(
      `Hostname: ${pod}\nIP: 127.0.0.1\nIP: ${podIP}\n${method} ${path} HTTP/1.1\nHost: ${host}\n${sent.join('')}\n`,
    )
  }, port)
}

/** An echo that answers with what it received. */
const echo =
  (...ports: number[]): Program =>
  () =>
    serves(({ method, host, path, headers }, { pod }) => indentedJson({ pod, method, host, path, headers }), ...ports)

const agnhost: Program = (invocation) => {
  const [command = 'pause'] = invocation.args
  if (command === 'netexec') {
    const port = portOf(flag(invocation, '--http-port'), 8080)
    return serves(({ path }, { pod }) => netexec(pathOf(path), path, pod), port)
  }
  if (command === 'serve-hostname') return hostnames(portOf(flag(invocation, '--port'), 9376))
  return { listeners: [], obeysTermination: true }
}

function netexec(path: string, full: string, pod: string) {
  if (path === '/hostname' || path === '/hostName') return text(pod)
  if (path === '/echo') return text(new URLSearchParams(full.split('?')[1] ?? '').get('msg') ?? '')
  if (path === '/healthz') return text('')
  return path === '/' ? text('NOW\n') : text('404 page not found\n', 404)
}

const hostnames = (port: number): Behaviour => serves((_request, { pod }) => text(`${pod}\n`), port)

const twoPorts: Program = () =>
  serves(
    ({ path }, { port }) => {
      if (port === 8000) return text('Hello from HTTP server.\n')
      return pathOf(path) === '/metrics'
        ? text('http.requests=3\ngo.goroutines=5\ngo.cpus=1\n')
        : text('404 page not found\n', 404)
    },
    8000,
    5000,
  )

const pythonServer: Program = (invocation) => {
  const at = invocation.args.indexOf('http.server')
  if (at < 0) return ends(0)
  const bind = flag(invocation, '--bind', '-b')
  const port = portOf(
    invocation.args.slice(at + 1).find((word) => /^\d+$/.test(word)),
    8000,
  )
  const page = '<!DOCTYPE HTML>\n<title>Directory listing for /</title>\n<h1>Directory listing for /</h1>\n'
  return {
    ...serves(({ path }) => (pathOf(path) === '/' ? html(page) : html('<h1>Error response</h1>\n', 404)), port),
    listeners: [listen(port, 'TCP', bindsLoopback(bind) ? 'loopback' : 'any')],
    obeysTermination: false,
  }
}

const coredns: Program = () => ({
  listeners: [listen(53, 'UDP'), listen(53), listen(9153), listen(8080), listen(8181)],
  obeysTermination: true,
  respond: (_request, { port }) => (port === 53 ? undefined : text('OK')),
  output: () => ['.:53', 'CoreDNS-1.14.2', 'linux/amd64, go1.26.1, 1aa28b1'].map((line) => ({ at: 0, text: line })),
})

/** Every server program, by the name under which a command line starts it. */
export const programs: Readonly<Record<string, Program>> = {
  nginx: nginxOn(80),
  'nginx-unprivileged': nginxOn(8080),
  'nginx-hello': nginxHello,
  httpd: ({ args }) => {
    const port = portOf(args[args.indexOf('-p') + 1], 80)
    return serves(({ path }) => (pathOf(path) === '/' ? html(HTTPD_WELCOME) : html(HTTPD_NOT_FOUND, 404)), port)
  },
  'redis-server': (invocation) => speaks(portOf(flag(invocation, '--port'), 6379)),
  postgres: database(
    5432,
    ['POSTGRES_PASSWORD', 'POSTGRES_HOST_AUTH_METHOD', 'POSTGRES_PASSWORD_FILE'],
    'Error: Database is uninitialized and superuser password is not specified.',
  ),
  mysqld: database(
    3306,
    ['MYSQL_ROOT_PASSWORD', 'MYSQL_ALLOW_EMPTY_PASSWORD', 'MYSQL_RANDOM_ROOT_PASSWORD', 'MYSQL_ROOT_PASSWORD_FILE'],
    '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified',
  ),
  mariadbd: database(
    3306,
    [
      'MARIADB_ROOT_PASSWORD',
      'MARIADB_ALLOW_EMPTY_ROOT_PASSWORD',
      'MARIADB_RANDOM_ROOT_PASSWORD',
      'MYSQL_ROOT_PASSWORD',
    ],
    '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified',
  ),
  mongod: () => speaks(27_017),
  memcached: () => speaks(11_211),
  'rabbitmq-server': () => speaks(5672),
  'hello-app': helloApp,
  'hello-go-gke': () => serves(() => json({ message: 'Hello' }), 80),
  'hello-frontend': helloFrontend,
  podinfo,
  'http-echo': httpEcho,
  whoami,
  agnhost,
  serve_hostname: () => hostnames(9376),
  'app-on-two-ports': twoPorts,
  'echo-8080': echo(8080),
  'echo-80': echo(80),
  kuard: () => serves(() => html('<!doctype html>\n<title>KUAR Demo</title>\n'), 8080),
  catalina: () => serves(() => html('<!doctype html>\n<title>HTTP Status 404 – Not Found</title>\n', 404), 8080),
  coredns,
  python: pythonServer,
  python3: pythonServer,
  pause: () => ({ listeners: [], obeysTermination: true }),
  end: () => ends(0),
}
