import { describe, expect, test } from 'vitest'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import type { Container, Pod, Probe } from '../../../src/cluster/kinds/pod.ts'
import { container, eventsOf, pod, START, testCluster } from './fixtures.ts'

const get = (cluster: Cluster): Pod => cluster.get('Pod', 'default', 'p')!
const status = (cluster: Cluster) => get(cluster).status.containerStatuses![0]!

function run(given: Container, until = 60_000): Cluster {
  const cluster = testCluster()
  cluster.put(pod('p', { containers: [given] }))
  cluster.advance(START + until)
  return cluster
}

const app = (image: string, readinessProbe: Probe, given: Partial<Container> = {}) =>
  container(image, { readinessProbe, ...given })

describe('R-POD-7: readiness', () => {
  test.each<[string, Container]>([
    ['httpGet on the right path', app('nginx', { httpGet: { path: '/', port: 80 } })],
    ['a named port', app('nginx', { httpGet: { port: 'http' } }, { ports: [{ name: 'http', containerPort: 80 }] })],
    ['tcpSocket', app('redis', { tcpSocket: { port: 6379 } })],
    ['grpc on a port that listens', app('unknown/app', { grpc: { port: 7000 } }, { ports: [{ containerPort: 7000 }] })],
    ['exec', app('redis', { exec: { command: ['redis-cli', 'ping'] } })],
    ['exec curl of itself', app('cafe/tea:1', { exec: { command: ['curl', '-f', 'http://localhost:8080/healthz'] } })],
    [
      'podinfo asks itself',
      app('ghcr.io/stefanprodan/podinfo:6.14.1', {
        exec: { command: ['podcli', 'check', 'http', 'localhost:9898/readyz'] },
      }),
    ],
    [
      'exec on loopback reaches what binds to it',
      app(
        'cafe/tea:1',
        { exec: { command: ['wget', '-qO-', 'http://127.0.0.1:8080/'] } },
        { env: [{ name: 'BIND_ADDRESS', value: '127.0.0.1' }] },
      ),
    ],
  ])('%s passes', (_name, given) => {
    expect(status(run(given)).ready).toBe(true)
  })

  test.each<[string, Container, string]>([
    [
      'a path that the app does not have',
      app('nginx', { httpGet: { path: '/ready', port: 80 } }),
      'HTTP probe failed with statuscode: 404',
    ],
    [
      'a port where nobody listens',
      app('nginx', { httpGet: { path: '/', port: 8080 } }),
      'Get "http://10.244.1.2:8080/": dial tcp 10.244.1.2:8080: connect: connection refused',
    ],
    [
      'loopback alone',
      app('cafe/tea:1', { tcpSocket: { port: 8080 } }, { env: [{ name: 'BIND_ADDRESS', value: '127.0.0.1' }] }),
      'dial tcp 10.244.1.2:8080: connect: connection refused',
    ],
    ['no HTTP spoken', app('redis', { httpGet: { port: 6379 } }), 'Get "http://10.244.1.2:6379/": EOF'],
    [
      'plain HTTP asked for HTTPS',
      app('nginx', { httpGet: { port: 80, scheme: 'HTTPS' } }),
      'Get "https://10.244.1.2:80/": http: server gave HTTP response to HTTPS client',
    ],
    [
      'too slow',
      app(
        'unknown/app',
        { httpGet: { port: 80 } },
        { ports: [{ containerPort: 80 }], env: [{ name: 'ECHO_DELAY_SECONDS', value: '5' }] },
      ),
      'Get "http://10.244.1.2:80/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    ],
    [
      'a status of 500',
      app(
        'unknown/app',
        { httpGet: { port: 80 } },
        { ports: [{ containerPort: 80 }], env: [{ name: 'ECHO_STATUS', value: '500' }] },
      ),
      'HTTP probe failed with statuscode: 500',
    ],
    [
      'a missing file',
      app('nginx', { exec: { command: ['cat', '/tmp/ready'] } }),
      "cat: can't open '/tmp/ready': No such file or directory",
    ],
  ])('%s: never ready, never killed, told once', (_name, given, message) => {
    const cluster = run(given, 3_600_000)
    expect(get(cluster).status.phase).toBe('Running')
    expect(status(cluster)).toMatchObject({ ready: false, restartCount: 0 })
    expect(get(cluster).status.conditions?.find(({ type }) => type === 'Ready')).toMatchObject({
      status: 'False',
      reason: 'ContainersNotReady',
      message: 'containers with unready status: [main]',
    })
    expect(cluster.events.about(get(cluster)).filter(({ reason }) => reason === 'Unhealthy')).toMatchObject([
      { message: `Readiness probe failed: ${message}`, count: 1, warning: true },
    ])
    expect(cluster.snapshot().timers, 'what fails for ever needs no timer').toEqual({})
  })

  test('initialDelaySeconds and successThreshold are waited for', () => {
    const probe = { httpGet: { port: 80 }, initialDelaySeconds: 15, periodSeconds: 5, successThreshold: 3 }
    expect(status(run(app('nginx', probe), 25_000)).ready).toBe(false)
    expect(status(run(app('nginx', probe), 28_000)).ready).toBe(true)
  })

  test('a readiness gate that nobody sets keeps the pod unready', () => {
    const cluster = testCluster()
    cluster.put(pod('p', { readinessGates: [{ conditionType: 'example.com/gate' }] }))
    cluster.settle()
    expect(get(cluster).status.conditions?.find(({ type }) => type === 'Ready')).toMatchObject({
      status: 'False',
      reason: 'ReadinessGatesNotReady',
    })
    const current = get(cluster)
    const gate = { type: 'example.com/gate', status: 'True' as const }
    cluster.put<Pod>({
      ...current,
      status: { ...current.status, conditions: [...(current.status.conditions ?? []), gate] },
    })
    cluster.settle()
    expect(get(cluster).status.conditions?.find(({ type }) => type === 'Ready')?.status).toBe('True')
  })
})

describe('R-POD-7: liveness and startup', () => {
  test('a failing liveness probe restarts the container, in a loop with back-off', () => {
    const livenessProbe = { httpGet: { path: '/missing', port: 80 }, periodSeconds: 5 }
    const cluster = run(container('nginx', { livenessProbe }), 25_000)
    expect(status(cluster)).toMatchObject({ restartCount: 1, state: { waiting: { reason: 'CrashLoopBackOff' } } })
    expect(eventsOf(cluster, get(cluster))).toContain(
      'Killing: Container main failed liveness probe, will be restarted',
    )
    cluster.advance(START + 40_000)
    expect(status(cluster)).toMatchObject({ restartCount: 2, ready: true })
  })

  test('the example of the documentation: a file that goes away after 30 s', () => {
    const given = container('busybox', {
      args: ['/bin/sh', '-c', 'touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600'],
      livenessProbe: { exec: { command: ['cat', '/tmp/healthy'] }, initialDelaySeconds: 5, periodSeconds: 5 },
    })
    const cluster = run(given, 31_000)
    expect(status(cluster)).toMatchObject({ ready: true, restartCount: 0 })
    // Three failures from second 30 on, and 30 s of grace, since a shell as process 1 ignores SIGTERM.
    cluster.advance(START + 90_000)
    expect(status(cluster)).toMatchObject({
      restartCount: 1,
      lastState: { terminated: { exitCode: 137, reason: 'Error' } },
    })
  })

  test('while the startup probe has not passed, nothing else is asked and the container is not ready', () => {
    const startupProbe = { httpGet: { port: 80 }, initialDelaySeconds: 20 }
    const livenessProbe = { tcpSocket: { port: 80 } }
    const given = container('nginx', { startupProbe, livenessProbe })
    expect(status(run(given, 15_000)).ready).toBe(false)
    expect(status(run(given, 30_000))).toMatchObject({ ready: true, restartCount: 0 })
  })

  test('a startup probe that fails too often ends the container', () => {
    const startupProbe = { tcpSocket: { port: 81 }, periodSeconds: 2, failureThreshold: 5 }
    const cluster = run(container('nginx', { startupProbe }), 13_000)
    expect(status(cluster).restartCount).toBe(1)
    expect(eventsOf(cluster, get(cluster))).toContain('Killing: Container main failed startup probe, will be restarted')
  })
})
