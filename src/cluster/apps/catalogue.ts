import { cafe } from './cafe.ts'
import type { Program } from './program.ts'
import { programs } from './programs.ts'

/** What is known of an image. */
export interface KnownImage {
  /** What the image starts if the pod does not say. */
  command: readonly string[]
  /** Program behind the image's own name, started by `command` or by arguments alone. */
  program: Program
  /** Tools beside it: none, those of a shell, and with a shell curl alone, the network tools of BusyBox, or all of them. */
  tools: 'none' | 'shell' | 'curl' | 'busybox' | 'network'
  /** Tags that exist upstream. */
  tags: RegExp
}

const SYSTEMS =
  '(?:alpine(?:3\\.\\d{1,2})?|slim|perl|otel|trixie|bookworm|bullseye|buster|noble|jammy|windowsservercore)'

/** Versions in `1.27`, `1.27.4`, `1.27-alpine`, and the words that registries keep beside them. */
const versions = (numbers: string, ...words: string[]): RegExp =>
  new RegExp(
    `^(?:(?:${numbers})|latest|${[...words, SYSTEMS].join('|')})(?:-(?:${[...words, SYSTEMS].join('|')}|fpm|management))*$`,
  )

const anyVersion = versions('v?\\d{1,2}(?:\\.\\d{1,3}){0,2}')

const known = (
  command: readonly string[],
  program: Program | undefined,
  tools: KnownImage['tools'],
  tags: RegExp = anyVersion,
): KnownImage => ({ command, program: program ?? programs.end!, tools, tags })

const server = (name: string, tools: KnownImage['tools'] = 'shell', tags?: RegExp): KnownImage =>
  known([name], programs[name], tools, tags)

const NGINX_TAGS = versions('1(?:\\.(?:\\d|[12]\\d|3[0-3])(?:\\.\\d{1,2})?)?', 'stable', 'mainline')
const REDIS_TAGS = versions('[2-8](?:\\.\\d{1,2}){0,2}')
const BUSYBOX_TAGS = versions(
  '1(?:\\.(?:[0-9]|[1-4][0-9])(?:\\.\\d)?)?',
  'stable',
  'glibc',
  'musl',
  'uclibc',
  'unstable',
)
const ANY = /^/

const images: Readonly<Record<string, KnownImage>> = {
  nginx: server('nginx', 'curl', NGINX_TAGS),
  'nginxinc/nginx-unprivileged': server('nginx-unprivileged', 'curl', NGINX_TAGS),
  'nginxdemos/hello': server('nginx-hello', 'busybox', ANY),
  httpd: server('httpd', 'shell', versions('2(?:\\.[0-4](?:\\.\\d{1,2})?)?')),
  redis: server('redis-server', 'shell', REDIS_TAGS),
  postgres: server('postgres', 'shell', versions('(?:9|1[0-8])(?:\\.\\d{1,2})?')),
  mysql: server('mysqld', 'shell', versions('[5-9](?:\\.\\d{1,2}){0,2}', 'lts', 'innovation')),
  mariadb: server('mariadbd', 'shell', versions('1[0-2](?:\\.\\d{1,2}){0,2}', 'lts')),
  mongo: server('mongod', 'shell', versions('[3-8](?:\\.\\d{1,2}){0,2}')),
  memcached: server('memcached', 'shell', versions('1(?:\\.\\d{1,2}){0,2}')),
  rabbitmq: server('rabbitmq-server', 'shell', versions('[34](?:\\.\\d{1,2}){0,2}', 'management')),
  tomcat: server('catalina', 'shell', versions('(?:[789]|1[01])(?:\\.\\d{1,3}){0,2}')),
  busybox: known(['sh'], undefined, 'busybox', BUSYBOX_TAGS),
  alpine: known(['sh'], undefined, 'busybox', versions('3(?:\\.\\d{1,2}(?:\\.\\d{1,2})?)?', 'edge')),
  'curlimages/curl': known(['curl'], undefined, 'busybox', versions('[78](?:\\.\\d{1,3}){0,2}')),
  'radial/busyboxplus': known(['sh'], undefined, 'network', /^(?:latest|curl|base|git)$/),
  'nicolaka/netshoot': known(['zsh'], undefined, 'network', ANY),
  debian: known(['bash'], undefined, 'shell'),
  ubuntu: known(['bash'], undefined, 'shell', versions('\\d{2}\\.\\d{2}', 'devel', 'rolling')),
  bash: known(['bash'], undefined, 'shell'),
  python: known(['python3'], programs.python, 'shell', versions('[23](?:\\.\\d{1,2}){0,2}')),
  node: known(['node'], undefined, 'shell', versions('\\d{1,2}(?:\\.\\d{1,2}){0,2}', 'lts', 'current')),
  'traefik/whoami': server('whoami', 'none'),
  'containous/whoami': server('whoami', 'none'),
  'hashicorp/http-echo': server('http-echo', 'none', versions('[01](?:\\.\\d{1,2}){0,2}')),
  'ahmet/app-on-two-ports': server('app-on-two-ports', 'none', /^latest$/),
  'ealen/echo-server': server('echo-80', 'shell', ANY),
  'jmalloc/echo-server': server('echo-8080', 'none', ANY),
  'kicbase/echo-server': server('echo-8080', 'none', ANY),
  'registry.k8s.io/echoserver': server('echo-8080', 'network', ANY),
  'registry.k8s.io/e2e-test-images/echoserver': server('echo-8080', 'network', ANY),
  'registry.k8s.io/e2e-test-images/agnhost': server('agnhost', 'network', ANY),
  'registry.k8s.io/e2e-test-images/jessie-dnsutils': known(['sleep', 'infinity'], undefined, 'network', ANY),
  'registry.k8s.io/serve_hostname': server('serve_hostname', 'none', ANY),
  'registry.k8s.io/pause': server('pause', 'none', ANY),
  'registry.k8s.io/coredns/coredns': server('coredns', 'none', ANY),
  'coredns/coredns': server('coredns', 'none', ANY),
  'gcr.io/google-samples/hello-app': server('hello-app', 'none', /^[12]\.0$/),
  'us-docker.pkg.dev/google-samples/containers/gke/hello-app': server('hello-app', 'none', /^[12]\.0$/),
  'gcr.io/google-samples/hello-go-gke': server('hello-go-gke', 'none', /^1\.0$/),
  'gcr.io/google-samples/hello-frontend': server('hello-frontend', 'curl', /^1\.0$/),
  'gcr.io/google-samples/node-hello': known(
    ['node'],
    () => ({
      ...programs['echo-8080']!({ args: [], environment: {}, ports: [], tag: '' }),
      respond: () => ({ status: 200, headers: { 'content-type': 'text/plain' }, body: 'Hello Kubernetes!' }),
    }),
    'shell',
    ANY,
  ),
  'gcr.io/kuar-demo/kuard-amd64': server('kuard', 'none', ANY),
  'ghcr.io/stefanprodan/podinfo': server('podinfo', 'network', versions('[3-6](?:\\.\\d{1,2}){0,2}')),
  'stefanprodan/podinfo': server('podinfo', 'network', versions('[3-6](?:\\.\\d{1,2}){0,2}')),
}

const ALIASES: readonly (readonly [RegExp, string])[] = [
  [/^(?:k8s\.gcr\.io|gcr\.io\/google_containers|gcr\.io\/google-containers)\//, 'registry.k8s.io/'],
  [/^(?:public\.ecr\.aws\/docker\/library|mirror\.gcr\.io\/library|mirror\.gcr\.io)\//, ''],
  [/^(?:registry\.k8s\.io\/e2e-test-images|registry\.k8s\.io)\/(busybox|nginx|httpd|redis)$/, '$1'],
]

/** What is known of a repository; undefined for an unknown one. */
export function knownImage(repository: string): KnownImage | undefined {
  if (repository.startsWith('cafe/')) {
    const name = repository.slice('cafe/'.length)
    return known([name], cafe(name), 'network', /^(?:latest|stable|v?\d{1,2}(?:\.\d{1,3}){0,2})$/)
  }
  const name = ALIASES.reduce((current, [pattern, replacement]) => current.replace(pattern, replacement), repository)
  return Object.hasOwn(images, name) ? images[name] : undefined
}
