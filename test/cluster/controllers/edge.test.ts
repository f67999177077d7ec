import { describe, expect, test } from 'vitest'
import { setAddon } from '../../../src/cluster/addons.ts'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import { createCluster } from '../../../src/cluster/create.ts'
import type { Ingress } from '../../../src/cluster/kinds/ingress.ts'
import type { IngressClass } from '../../../src/cluster/kinds/ingress-class.ts'
import { keyFor } from '../../../src/cluster/object.ts'
import { eventsOf, metadata, START, service, testCluster, withReplicas } from './fixtures.ts'

const balanced = (name: string, spec = {}) => service(name, { type: 'LoadBalancer', ...spec })
const addressOf = (cluster: Cluster, name: string) =>
  cluster.get('Service', 'default', name)?.status.loadBalancer?.ingress?.map(({ ip }) => ip) ?? []

describe('load balancers', () => {
  test('R-LB-01, R-SVC-13: nobody provides one: pending for ever', () => {
    const cluster = testCluster()
    cluster.put(balanced('web'))
    cluster.advance(cluster.now + 3_600_000)
    expect(addressOf(cluster, 'web')).toEqual([])
    expect(eventsOf(cluster, cluster.get('Service', 'default', 'web')!)).toEqual([])
  })

  test('R-LB-02: the cloud gives each its own address of 203.0.113.0/24 and says so', () => {
    const cluster = testCluster({ settings: { provider: 'cloud' } })
    for (const name of ['a', 'b', 'c']) cluster.put(balanced(name))
    cluster.settle()
    expect(['a', 'b', 'c'].flatMap((name) => addressOf(cluster, name))).toEqual([
      '203.0.113.11',
      '203.0.113.12',
      '203.0.113.13',
    ])
    expect(eventsOf(cluster, cluster.get('Service', 'default', 'a')!)).toEqual([
      'EnsuringLoadBalancer: Ensuring load balancer',
      'EnsuredLoadBalancer: Ensured load balancer',
    ])
    cluster.remove(keyFor('Service', 'default', 'b'))
    cluster.put(balanced('d'))
    cluster.settle()
    expect(addressOf(cluster, 'd')).toEqual(['203.0.113.12'])
  })

  test('loadBalancerIP is honoured while it is free; loadBalancerClass is somebody else’s', () => {
    const cluster = testCluster({ settings: { provider: 'cloud' } })
    cluster.put(balanced('a', { loadBalancerIP: '203.0.113.50' }))
    cluster.put(balanced('b', { loadBalancerIP: '203.0.113.50' }))
    cluster.put(balanced('c', { loadBalancerClass: 'example.com/other' }))
    cluster.settle()
    expect(['a', 'b', 'c'].map((name) => addressOf(cluster, name))).toEqual([['203.0.113.50'], [], []])
    expect(eventsOf(cluster, cluster.get('Service', 'default', 'b')!).at(-1)).toMatch(/^SyncLoadBalancerFailed: /)
  })

  test('another type gives the address back', () => {
    const cluster = testCluster({ settings: { provider: 'cloud' } })
    const web = cluster.put(balanced('web'))
    cluster.settle()
    cluster.put({ ...cluster.get('Service', 'default', 'web')!, spec: { ...web.spec, type: 'ClusterIP' as const } })
    cluster.settle()
    expect(addressOf(cluster, 'web')).toEqual([])
  })
})

describe('Ingress addresses', () => {
  const ingress = (name: string, ingressClassName?: string): Ingress => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadata(name),
    spec: { ...(ingressClassName !== undefined && { ingressClassName }), rules: [{ host: 'coffee.com' }] },
    status: {},
  })
  const addresses = (cluster: Cluster, name: string) =>
    cluster.get('Ingress', 'default', name)?.status.loadBalancer?.ingress?.map(({ ip }) => ip) ?? []

  function lobby(options: { provider?: 'cloud' | 'none' } = {}): Cluster {
    const cluster = createCluster({ seed: 1, clock: START, world: 'cafe-lobby', ...options })
    for (const name of ['lobby', 'nginx', 'missing']) cluster.put(ingress(name, name))
    cluster.put(ingress('classless'))
    cluster.settle()
    return cluster
  }
  const all = (cluster: Cluster) => ['lobby', 'nginx', 'missing', 'classless'].map((name) => addresses(cluster, name))

  test('R-ING-01: without a controller an Ingress is only data', () => {
    expect(all(lobby())).toEqual([[], [], [], []])
  })

  test('R-ING-60: with the add-on it gets the address of the controller’s Service', () => {
    const cluster = lobby()
    setAddon(cluster, 'ingress', true)
    cluster.advance(cluster.now)
    expect(all(cluster), 'the controller is not ready yet').toEqual([[], [], [], []])
    cluster.settle()
    expect(all(cluster)).toEqual([['203.0.113.10'], ['203.0.113.10'], [], []])
    expect(cluster.get('IngressClass', undefined, 'nginx')?.spec.controller).toBe('k8s.io/ingress-nginx')
    for (const name of ['lobby', 'nginx'])
      expect(
        cluster.get('IngressClass', undefined, name)?.metadata.annotations ?? {},
        'neither is the default class',
      ).not.toHaveProperty('ingressclass.kubernetes.io/is-default-class')
  })

  test('R-NGX-07: class nginx says that its controller is retired, class lobby has nothing to say', () => {
    const cluster = lobby()
    expect(setAddon(cluster, 'ingress', true)).toContain('retired in March 2026')
    cluster.settle()
    const told = cluster.story
      .filter(({ by }) => by === 'ingress')
      .map(({ name, text }) => [name, text.includes('retired in March 2026')])
    expect(told).toEqual([
      ['lobby', false],
      ['nginx', true],
    ])
    const annotations = (name: string) => cluster.get('IngressClass', undefined, name)?.metadata.annotations ?? {}
    expect(annotations('nginx')['room-service.example/retired']).toContain('March 2026')
    expect(annotations('lobby')).toEqual({})
  })

  test('R-ING-60: its Service pending, the address stays empty', () => {
    const cluster = lobby({ provider: 'none' })
    setAddon(cluster, 'ingress', true)
    cluster.settle()
    expect(all(cluster)).toEqual([[], [], [], []])
    expect(
      cluster.get('Service', 'lobby-system', 'lobby-controller')?.spec.ports?.[0]?.nodePort,
    ).toBeGreaterThanOrEqual(30_000)
  })

  test('R-ING-60: behind a node port it is the node of the controller’s pod', () => {
    const cluster = lobby({ provider: 'none' })
    setAddon(cluster, 'ingress', true)
    const found = cluster.get('Service', 'lobby-system', 'lobby-controller')!
    cluster.put({ ...found, spec: { ...found.spec, type: 'NodePort' as const } })
    cluster.settle()
    const [controller] = cluster.store.list('Pod', { namespace: 'lobby-system' })
    const index = controller?.spec.nodeName?.slice('floor-'.length)
    expect(addresses(cluster, 'lobby')).toEqual([`192.168.49.1${index}`])
  })

  test('the end of the controller takes the address away; a new class gives it', () => {
    const cluster = lobby()
    setAddon(cluster, 'ingress', true)
    cluster.settle()
    const controller = cluster.get('Deployment', 'lobby-system', 'lobby-controller')!
    cluster.put({
      ...controller,
      metadata: { ...controller.metadata, generation: 2 },
      spec: withReplicas(0)(controller.spec),
    })
    cluster.settle()
    expect(all(cluster)).toEqual([[], [], [], []])
    const stopped = cluster.get('Deployment', 'lobby-system', 'lobby-controller')!
    cluster.put({ ...stopped, metadata: { ...stopped.metadata, generation: 3 }, spec: withReplicas(2)(stopped.spec) })
    const { namespace: _, ...clusterScoped } = metadata('missing')
    cluster.put<IngressClass>({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: clusterScoped,
      spec: { controller: 'room-service.example/lobby' },
    })
    cluster.settle()
    expect(all(cluster)).toEqual([['203.0.113.10'], ['203.0.113.10'], ['203.0.113.10'], []])
  })

  test('off removes all of it, and on brings it back', () => {
    const cluster = lobby()
    expect(setAddon(cluster, 'ingress', false)).toBe('There is no ingress controller here.')
    setAddon(cluster, 'ingress', true)
    cluster.settle()
    expect(setAddon(cluster, 'ingress', true)).toContain('there already')
    expect(cluster.store.count('Deployment', { namespace: 'lobby-system' })).toBe(1)
    setAddon(cluster, 'ingress', false)
    expect(cluster.settings.addons.ingress).toBe(undefined)
    expect(setAddon(cluster, 'ingress', true)).toContain('still being deleted')
    setAddon(cluster, 'ingress', false)
    cluster.settle()
    expect(cluster.get('Namespace', undefined, 'lobby-system')).toBe(undefined)
    expect(cluster.store.count('IngressClass')).toBe(0)
    expect(all(cluster)).toEqual([[], [], [], []])
    setAddon(cluster, 'ingress', true)
    cluster.settle()
    expect(addresses(cluster, 'lobby')).toEqual(['203.0.113.10'])
  })
})
