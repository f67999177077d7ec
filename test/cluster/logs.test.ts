import { describe, expect, test } from 'vitest'
import { crash, nodeDown } from '../../src/cluster/chaos.ts'
import type { Cluster } from '../../src/cluster/cluster.ts'
import { createCluster } from '../../src/cluster/create.ts'
import { type LogOptions, logsOf } from '../../src/cluster/logs.ts'
import { container, pod, START, testCluster } from './controllers/fixtures.ts'

const logs = (cluster: Cluster, name: string, options?: LogOptions, part = 'main') =>
  logsOf(cluster, cluster.get('Pod', 'default', name)!, part, options)
const sh = (script: string) => container('busybox', { command: ['sh', '-c', script] })

function run(...given: Parameters<typeof pod>): Cluster {
  const cluster = testCluster()
  cluster.put(pod(...given))
  cluster.settle()
  return cluster
}

describe('what containers have written', () => {
  test('coredns says what it serves', () => {
    const cluster = createCluster({ seed: 1, clock: START })
    const [dns] = cluster.store.list('Pod', { labels: { 'k8s-app': 'kube-dns' } })
    expect(logsOf(cluster, dns!, 'coredns')).toMatch(/^\.:53\nCoreDNS-1\.\d+\.\d+\n/)
  })

  test('nginx tells its start', () => {
    expect(logs(run('p'), 'p')).toContain('[notice] 1#1: start worker processes\n')
  })

  test('lines by time, the last ones, those of the last seconds, with timestamps', () => {
    const cluster = run('p', { containers: [sh('while true; do echo tick; sleep 10; done')] })
    const started = Date.parse(
      cluster.get('Pod', 'default', 'p')!.status.containerStatuses![0]!.state.running!.startedAt,
    )
    cluster.advance(started + 35_000)
    expect(logs(cluster, 'p')).toBe('tick\n'.repeat(4))
    expect(logs(cluster, 'p', { tailLines: 1 })).toBe('tick\n')
    expect(logs(cluster, 'p', { tailLines: 0 })).toBe('')
    expect(logs(cluster, 'p', { sinceSeconds: 20 })).toBe('tick\n'.repeat(2))
    expect(logs(cluster, 'p', { sinceSeconds: 20, tailLines: 1, timestamps: true })).toBe(
      `${new Date(started + 30_000).toISOString().slice(0, 19)}Z tick\n`,
    )
  })

  test('a crash loop shows its last run, --previous the one before the running one', () => {
    expect(logs(run('p', { containers: [sh('echo failed; exit 1')] }), 'p')).toBe('failed\n')
    const cluster = run('p', { containers: [sh('echo hello; sleep 1000')] })
    cluster.put({ ...cluster.get('Pod', 'default', 'p')! })
    crash(cluster, 'p')
    cluster.settle()
    expect(logs(cluster, 'p', { previous: true })).toBe('hello\n')
  })

  test('R-POD-4 a process says which port it could not have', () => {
    const second = { ...container('nginx'), name: 'second' }
    const cluster = run('p', { containers: [container('nginx'), second] })
    expect(logs(cluster, 'p', {}, 'second')).toBe('bind() to 0.0.0.0:80 failed (98: Address already in use)\n')
    expect(logs(cluster, 'p')).toContain('start worker processes')
  })

  test('init containers have logs of their own', () => {
    const cluster = run('p', { initContainers: [{ ...sh('echo prepared'), name: 'init' }] })
    expect(logs(cluster, 'p', {}, 'init')).toBe('prepared\n')
  })

  test('the regulars tell their newest order and what came of it', () => {
    const cluster = createCluster({ seed: 1, clock: START, world: 'cafe-monday' })
    const [regulars] = cluster.store.list('Pod', { labels: { app: 'regulars' } })
    const asked: string[] = []
    const outcome = (_pod: unknown, url: string) => {
      asked.push(url)
      return 'coffee-shop: espresso'
    }
    const text = logsOf(cluster, regulars!, 'regulars', { outcome })
    expect(text).toMatch(
      /^our note says http:\/\/10\.244\.1\.5:8080; we order every 10 s\norder \d+ at http:\/\/10\.244\.1\.5:8080: coffee-shop: espresso\n$/,
    )
    expect(asked).toEqual(['http://10.244.1.5:8080'])
  })
})

describe('nothing to read', () => {
  test.each<[string, Parameters<typeof pod>[1], string]>([
    [
      'image',
      { containers: [container('nginx:1.161')] },
      'container "main" in pod "p" is waiting to start: trying and failing to pull image',
    ],
    [
      'configuration',
      { containers: [container('nginx', { envFrom: [{ configMapRef: { name: 'none' } }] })] },
      'container "main" in pod "p" is waiting to start: CreateContainerConfigError',
    ],
    [
      'init container',
      { initContainers: [{ ...sh('exit 1'), name: 'init' }] },
      'container "main" in pod "p" is waiting to start: PodInitializing',
    ],
    ['no node', { nodeSelector: { none: 'such' } }, 'pod p does not have a host assigned'],
  ])('%s', (_name, spec, message) => {
    expect(() => logs(run('p', spec), 'p')).toThrow(expect.objectContaining({ reason: 'BadRequest', message }))
  })

  test('still starting', () => {
    const cluster = testCluster()
    cluster.put(pod('p'))
    cluster.advance(cluster.now)
    expect(() => logs(cluster, 'p')).toThrow('container "main" in pod "p" is waiting to start: ContainerCreating')
  })

  test('no such container, no earlier run, node down', () => {
    const cluster = run('p')
    expect(() => logs(cluster, 'p', {}, 'other')).toThrow('container other is not valid for pod p')
    expect(() => logs(cluster, 'p', { previous: true })).toThrow(
      'previous terminated container "main" in pod "p" not found',
    )
    nodeDown(cluster, 'node-1')
    expect(() => logs(cluster, 'p')).toThrow('dial tcp 192.168.49.11:10250: connect: no route to host')
  })
})
