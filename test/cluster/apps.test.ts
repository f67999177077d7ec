import { describe, expect, test } from 'vitest'
import { fullReference, parseImage } from '../../src/cluster/apps/image.ts'
import { behaviourOf, pullProblem, type Reach } from '../../src/cluster/apps/process.ts'
import { environmentOf, listenersOf, respond } from '../../src/cluster/apps.ts'
import type { Container, Pod } from '../../src/cluster/kinds/pod.ts'
import { timestamp } from '../../src/cluster/object.ts'
import { container, metadata, pod, START, service, testCluster } from './controllers/fixtures.ts'

/** A running pod with this container. */
const running = (given: Container, name = 'p'): Pod => ({
  ...pod(name, { nodeName: 'node-1', containers: [given] }),
  status: {
    phase: 'Running',
    podIP: '10.244.1.2',
    startTime: timestamp(START),
    containerStatuses: [
      { name: given.name, ready: true, restartCount: 0, state: { running: { startedAt: timestamp(START) } } },
    ],
  },
})
const ports = (given: Container) => listenersOf(running(given)).map(({ port, protocol }) => `${port}/${protocol}`)
const ask = (given: Container, path = '/', port?: number, call?: Parameters<typeof respond>[4]) => {
  const object = running(given)
  const request = { method: 'GET', scheme: 'http' as const, host: 'web', path, headers: { 'x-a': 'b' } }
  return respond(testCluster(), object, port ?? listenersOf(object)[0]?.port ?? 0, request, call)
}
const env = (values: Record<string, string>) => ({
  env: Object.entries(values).map(([name, value]) => ({ name, value })),
})

describe('R-POD-8: who listens where', () => {
  test.each<[string, Partial<Container>, string[]]>([
    ['nginx', {}, ['80/TCP']],
    ['docker.io/library/nginx:1.27-alpine', { ports: [{ containerPort: 8080 }] }, ['80/TCP']],
    ['nginxinc/nginx-unprivileged', {}, ['8080/TCP']],
    ['httpd:2.4', {}, ['80/TCP']],
    ['redis:alpine', {}, ['6379/TCP']],
    ['redis', { args: ['--port', '7000'] }, ['7000/TCP']],
    ['postgres:16', env({ POSTGRES_PASSWORD: 'x' }), ['5432/TCP']],
    ['mysql:8', env({ MYSQL_ROOT_PASSWORD: 'x' }), ['3306/TCP']],
    ['registry.k8s.io/coredns/coredns:v1.14.2', {}, ['53/UDP', '53/TCP', '9153/TCP', '8080/TCP', '8181/TCP']],
    ['registry.k8s.io/serve_hostname', {}, ['9376/TCP']],
    ['gcr.io/google-samples/hello-app:1.0', {}, ['8080/TCP']],
    ['gcr.io/google-samples/hello-app:2.0', env({ PORT: '9000' }), ['9000/TCP']],
    ['gcr.io/google-samples/hello-go-gke:1.0', {}, ['80/TCP']],
    ['registry.k8s.io/e2e-test-images/agnhost:2.39', {}, []],
    ['registry.k8s.io/e2e-test-images/agnhost:2.39', { args: ['netexec', '--http-port=8081'] }, ['8081/TCP']],
    ['ahmet/app-on-two-ports', {}, ['8000/TCP', '5000/TCP']],
    ['hashicorp/http-echo', { args: ['-text=hi', '-listen=:5050'] }, ['5050/TCP']],
    ['traefik/whoami', {}, ['80/TCP']],
    [
      'ghcr.io/stefanprodan/podinfo:6.14.1',
      { command: ['./podinfo', '--port=9898', '--port-metrics=9797', '--grpc-port=9999'] },
      ['9898/TCP', '9797/TCP', '9999/TCP'],
    ],
    ['cafe/tea:1', { ports: [{ containerPort: 80 }] }, ['8080/TCP']],
    ['cafe/customer:1', {}, []],
    ['busybox', { command: ['sleep', '3600'] }, []],
    ['busybox', { command: ['httpd', '-f', '-p', '8000'] }, ['8000/TCP']],
    ['busybox', { command: ['sh', '-c', 'nc -lk -p 7777 -e cat'] }, ['7777/TCP']],
    ['python:3.12', { command: ['python3', '-m', 'http.server', '8000'] }, ['8000/TCP']],
    ['nginx', { command: ['sleep', 'infinity'] }, []],
    ['nginx', { args: ['nginx', '-g', 'daemon off;'] }, ['80/TCP']],
    ['somebody/app:v3', {}, []],
    [
      'somebody/app:v3',
      { ports: [{ containerPort: 3000 }, { containerPort: 53, protocol: 'UDP' }] },
      ['3000/TCP', '53/UDP'],
    ],
    ['somebody/app:v3', { command: ['sleep', '1000'], ports: [{ containerPort: 3000 }] }, []],
    ['somebody/app:v3', { command: ['/app/server', '--fast'], ports: [{ containerPort: 3000 }] }, ['3000/TCP']],
    [
      'somebody/app:v3',
      { command: ['sh', '-c', 'exec node server.js'], ports: [{ containerPort: 3000 }] },
      ['3000/TCP'],
    ],
  ])('%s %o listens on %o', (image, given, expected) => {
    expect(ports(container(image, given))).toEqual(expected)
  })

  test('only running containers listen', () => {
    const object = running(container('nginx'))
    expect(listenersOf({ ...object, status: { phase: 'Pending' } })).toEqual([])
  })

  test.each<[string, Partial<Container>]>([
    ['cafe/tea:1', env({ BIND_ADDRESS: '127.0.0.1' })],
    ['hashicorp/http-echo', { args: ['-listen=127.0.0.1:5678'] }],
    ['python:3', { command: ['python', '-m', 'http.server', '--bind', '127.0.0.1', '5678'] }],
  ])('%s can bind to loopback alone', (image, given) => {
    expect(listenersOf(running(container(image, given))).map(({ address }) => address)).toEqual(['loopback'])
  })
})

describe('what is answered', () => {
  test('nginx: its welcome page and its own 404', () => {
    expect(ask(container('nginx'))).toMatchObject({ status: 200, headers: { 'content-type': 'text/html' } })
    expect(ask(container('nginx'))?.body).toContain('<h1>Welcome to nginx!</h1>')
    expect(ask(container('nginx:1.27.4'), '/missing')?.body).toContain('<hr><center>nginx/1.27.4</center>')
    expect(ask(container('nginx'), '/missing')?.status).toBe(404)
  })

  test.each<[string, Partial<Container>, string, string]>([
    ['gcr.io/google-samples/hello-app:1.0', {}, '/', 'Hello, world!\nVersion: 1.0.0\nHostname: p\n'],
    ['gcr.io/google-samples/hello-app:2.0', {}, '/v2', 'Hello, world!\nVersion: 2.0.0\nHostname: p\n'],
    ['registry.k8s.io/serve_hostname', {}, '/', 'p\n'],
    ['gcr.io/google-samples/hello-go-gke:1.0', {}, '/', '{"message":"Hello"}\n'],
    ['hashicorp/http-echo', { args: ['-text=hi'] }, '/x', 'hi\n'],
    ['cafe/coffee-shop:1', {}, '/', 'coffee-shop: espresso\n'],
    ['cafe/bakery:1', {}, '/', 'bakery: croissant\n'],
    ['cafe/menu:1', {}, '/menu/today', 'menu: espresso, croissant, green tea\n'],
    ['cafe/tea:1', {}, '/healthz', 'ok\n'],
    ['httpd', {}, '/', '<html><body><h1>It works!</h1></body></html>\n'],
    ['registry.k8s.io/e2e-test-images/agnhost:2.39', { args: ['netexec'] }, '/hostname', 'p'],
  ])('%s %o answers %s', (image, given, path, body) => {
    expect(ask(container(image, given), path)).toMatchObject({ status: 200, body })
  })

  test('two ports, two answers', () => {
    expect(ask(container('ahmet/app-on-two-ports'), '/', 8000)?.body).toBe('Hello from HTTP server.\n')
    expect(ask(container('ahmet/app-on-two-ports'), '/metrics', 5000)?.body).toContain('http.requests=')
  })

  test('an unknown image echoes the request; its environment sets status and delay', () => {
    const app = container('somebody/app', {
      ports: [{ containerPort: 80 }],
      ...env({ ECHO_STATUS: '503', ECHO_DELAY_SECONDS: '3' }),
    })
    const answer = ask(app, '/a?b=c')
    expect(answer).toMatchObject({ status: 503, delaySeconds: 3 })
    expect(JSON.parse(answer?.body ?? '')).toEqual({
      pod: 'p',
      namespace: 'default',
      method: 'GET',
      host: 'web',
      path: '/a?b=c',
      headers: { 'x-a': 'b' },
    })
    for (const ECHO_STATUS of ['x', '', '99', '600', '200.5'])
      expect(
        ask(container('somebody/app', { ports: [{ containerPort: 80 }], ...env({ ECHO_STATUS }) }))?.status,
        ECHO_STATUS,
      ).toBe(200)
  })

  test('a front end asks its back end through the network that it is given', () => {
    const frontend = container('gcr.io/google-samples/hello-frontend:1.0')
    const asked: string[] = []
    const call = (url: string) => {
      asked.push(url)
      return { status: 200, headers: {}, body: '{"message":"Hello"}\n' }
    }
    expect(ask(frontend, '/', 80, call)?.body).toBe('{"message":"Hello"}\n')
    expect(asked).toEqual(['http://hello/'])
    expect(ask(frontend, '/', 80, () => undefined)?.status).toBe(502)
  })

  test('no HTTP: redis, DNS, TLS to a plain server, a port where nobody listens', () => {
    expect(ask(container('redis'))).toBe(undefined)
    expect(ask(container('nginx'), '/', 81)).toBe(undefined)
    const request = { method: 'GET', scheme: 'https' as const, host: 'web', path: '/', headers: {} }
    expect(respond(testCluster(), running(container('nginx')), 80, request)).toBe(undefined)
  })
})

describe('images', () => {
  test.each([
    ['nginx', 'nginx', 'latest', 'docker.io/library/nginx:latest'],
    ['docker.io/library/nginx:1.27', 'nginx', '1.27', 'docker.io/library/nginx:1.27'],
    ['cafe/tea:1', 'cafe/tea', '1', 'docker.io/cafe/tea:1'],
    ['localhost:5000/a/b:v1', 'localhost:5000/a/b', 'v1', 'localhost:5000/a/b:v1'],
    ['gcr.io/x/y_z:1.0', 'gcr.io/x/y_z', '1.0', 'gcr.io/x/y_z:1.0'],
  ])('%s is %s, tag %s, in full %s', (reference, repository, tag, full) => {
    expect(parseImage(reference)).toMatchObject({ repository, tag })
    expect(fullReference(reference)).toBe(full)
  })

  test.each(['Nginx', 'nginx:', 'nginx:a b', ':latest', '', 'a//b', 'nginx@sha256:12', '../../etc', '__proto__:1:2'])(
    '%o is no image',
    (reference) => {
      expect(parseImage(reference)).toBe(undefined)
      expect(pullProblem(container(reference))?.reason).toBe('InvalidImageName')
    },
  )

  test.each([
    'nginx',
    'nginx:1',
    'nginx:1.16.1',
    'nginx:1.27-alpine',
    'nginx:stable-alpine3.20',
    'nginx:mainline',
    'redis:7.2',
    'redis:alpine',
    'busybox:1.38.0',
    'busybox:1.36.1-glibc',
    'postgres:16-alpine',
    'mysql:8.0.36',
    'python:3.12-slim',
    'node:20-alpine3.19',
    'radial/busyboxplus:curl',
    'cafe/tea:1',
    'cafe/tea',
    'gcr.io/google-samples/hello-app:2.0',
    'ghcr.io/stefanprodan/podinfo:6.14.0',
    'somebody/app:whatever',
    'ngnix:1.27',
    'busybox:1.38.0@sha256:fd8d9aa63ba2f0982b5304e1ee8d3b90a210bc1ffb5314d980eb6962f1a9715d',
  ])('%s can be pulled', (image) => {
    expect(pullProblem(container(image))).toBe(undefined)
  })

  test.each([
    'nginx:no-such-tag',
    'nginx:1.161',
    'nginx:latst',
    'nginx:2.0',
    'redis:99',
    'busybox:2',
    'gcr.io/google-samples/hello-app:3.0',
    'cafe/tea:no-such-tag',
    'httpd:3.1',
  ])('%s does not exist upstream', (image) => {
    expect(pullProblem(container(image))).toMatchObject({
      reason: 'ErrImagePull',
      message: expect.stringContaining(`${fullReference(image)}: not found`),
    })
  })
})

describe('commands', () => {
  const run = (script: string, reach?: Reach) =>
    behaviourOf(container('busybox', { command: ['sh', '-c', script] }), reach)

  test.each<[string, number, number]>([
    ['true', 0, 0],
    ['exit 3', 0, 3],
    ['sleep 5; exit 1', 5, 1],
    ['sleep 1m 30s', 90, 0],
    ['echo a && false', 0, 1],
    ['false || sleep 2', 2, 0],
    ['false && sleep 2; sleep 1', 1, 0],
    ['for i in 1 2 3; do sleep 2; done', 6, 0],
    ['for i in $(seq 1 4); do sleep 1; done', 4, 0],
    ['i=0; while [ $i -lt 0 ]; do sleep 1; done', 0, 0],
    ['if [ -f /ready ]; then sleep 9; else sleep 1; fi', 1, 0],
    ['touch /ready; if [ -f /ready ]; then sleep 9; fi', 9, 0],
    ['while true; do sleep 1; break; done', 1, 0],
    ['echo "a; b" # comment\nsleep 3', 3, 0],
    ["sh -c 'sleep 4'", 4, 0],
    ['no-such-command', 0, 127],
    ['exec sleep 7', 7, 0],
    ['{ sleep 1; sleep 2; }', 3, 0],
    ['cat /nowhere/x && sleep 5', 5, 0],
  ])('%o ends after %i s with code %i', (script, after, code) => {
    expect(run(script).exit).toMatchObject({ after, code })
  })

  test.each([
    'while true; do date; sleep 5; done',
    'while :; do sleep 1; done',
    'tail -f /dev/null',
    'sleep infinity',
    'until false; do sleep 1; done',
    'nc -l -p 80',
    'case x in x) ;; esac',
  ])('%o goes on for ever', (script) => {
    expect(run(script).exit).toBe(undefined)
  })

  test('a shell ignores SIGTERM as process 1, unless it traps it; a server obeys', () => {
    expect(run('sleep 100').obeysTermination).toBe(false)
    expect(run("trap 'exit 0' TERM; sleep 100").obeysTermination).toBe(true)
    expect(behaviourOf(container('nginx')).obeysTermination).toBe(true)
  })

  test('what depends on the network is asked anew each time', () => {
    let code = 1
    const asked: string[] = []
    const given = container('busybox', { command: ['sh', '-c', 'until nslookup web; do sleep 2; done; sleep 1'] })
    const reach: Reach = (words) => {
      asked.push(words.join(' '))
      return code
    }
    expect(behaviourOf(given, reach)).toMatchObject({ asksNetwork: true })
    expect(behaviourOf(given, reach).exit).toBe(undefined)
    code = 0
    expect(behaviourOf(given, reach).exit).toMatchObject({ after: 1, code: 0 })
    expect(asked[0]).toBe('nslookup web')
  })

  test('output with its times; an endless loop repeats its lines', () => {
    const output = run('echo start; while true; do echo tick; sleep 5; done').output
    const surroundings = { pod: 'p', namespace: 'default', podIP: '', node: '', environment: {} }
    expect(output?.(11, surroundings)).toEqual([
      { at: 0, text: 'start' },
      { at: 0, text: 'tick' },
      { at: 5, text: 'tick' },
      { at: 10, text: 'tick' },
    ])
    const late = output?.(1_000_003, surroundings) ?? []
    expect(late.at(-1)).toEqual({ at: 1_000_000, text: 'tick' })
    expect(late.length).toBeLessThan(1_000)
  })

  test('variables are put in, single quotes protect them', () => {
    const given = container('busybox', {
      command: ['sh', '-c', `echo "$NAME \${MISSING:-none}" '$NAME'`],
      ...env({ NAME: 'me' }),
    })
    const surroundings = { pod: 'p', namespace: 'default', podIP: '', node: '', environment: {} }
    expect(behaviourOf(given).output?.(0, surroundings)).toEqual([{ at: 0, text: 'me none $NAME' }])
  })

  test('a database without a password gives up', () => {
    expect(behaviourOf(container('postgres:16')).exit).toMatchObject({ code: 1 })
    expect(behaviourOf(container('postgres:16', env({ POSTGRES_PASSWORD: 'x' }))).exit).toBe(undefined)
  })
})

describe('environment', () => {
  test('R-SVC-21: Services of the namespace that are older than the container, and the API server', () => {
    const cluster = testCluster()
    cluster.put(
      service('kubernetes', {
        clusterIP: '10.96.0.1',
        ports: [{ name: 'https', protocol: 'TCP', port: 443, targetPort: 6443 }],
      }),
    )
    cluster.put(
      service('my-db', {
        clusterIP: '10.96.9.9',
        ports: [{ name: 'sql', protocol: 'TCP', port: 5432, targetPort: 5432 }],
      }),
    )
    cluster.put(service('elsewhere', {}, { namespace: 'other' }))
    cluster.put(service('headless', { clusterIP: 'None' }))
    cluster.put(service('newer', {}, { creationTimestamp: timestamp(START + 60_000) }))
    const variables = environmentOf(cluster, running(container('nginx')), container('nginx'))
    expect(variables).toMatchObject({
      HOSTNAME: 'p',
      KUBERNETES_SERVICE_HOST: '10.96.0.1',
      KUBERNETES_SERVICE_PORT: '443',
      MY_DB_SERVICE_HOST: '10.96.9.9',
      MY_DB_SERVICE_PORT: '5432',
      MY_DB_SERVICE_PORT_SQL: '5432',
      MY_DB_PORT: 'tcp://10.96.9.9:5432',
      MY_DB_PORT_5432_TCP_ADDR: '10.96.9.9',
    })
    expect(Object.keys(variables).filter((name) => /ELSEWHERE|HEADLESS|NEWER/.test(name))).toEqual([])
  })

  test('values, ConfigMaps, Secrets, fields and references', () => {
    const cluster = testCluster()
    cluster.put({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadata('settings'),
      data: { colour: 'red', size: 'big' },
    } as never)
    cluster.put({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: metadata('keys'),
      type: 'Opaque',
      data: { token: 'w6Q=' },
    } as never)
    const given = container('nginx', {
      envFrom: [{ prefix: 'CM_', configMapRef: { name: 'settings' } }],
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '$(A)-$(NONE)-$$(A)' },
        { name: 'C', valueFrom: { configMapKeyRef: { name: 'settings', key: 'colour' } } },
        { name: 'D', valueFrom: { secretKeyRef: { name: 'keys', key: 'token' } } },
        { name: 'E', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
        { name: 'F', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
        { name: 'G', valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } },
        { name: 'H', valueFrom: { configMapKeyRef: { name: 'none', key: 'x', optional: true } } },
        { name: '__proto__', value: 'x' },
      ],
    })
    const object = running(given)
    const labelled = { ...object, metadata: { ...object.metadata, labels: { app: 'web' } } }
    const variables = environmentOf(cluster, labelled, given)
    expect(variables).toMatchObject({
      CM_colour: 'red',
      CM_size: 'big',
      A: '1',
      B: '1-$(NONE)-$(A)',
      C: 'red',
      D: 'ä',
      E: '10.244.1.2',
      F: '192.168.49.11',
      G: 'web',
    })
    expect(Object.hasOwn(variables, 'H')).toBe(false)
    expect(Object.entries(variables)).toContainEqual(['__proto__', 'x'])
  })
})
