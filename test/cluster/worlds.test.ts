import { describe, expect, test } from 'vitest'
import { nodeDown } from '../../src/cluster/chaos.ts'
import type { Cluster } from '../../src/cluster/cluster.ts'
import { createCluster, restoreCluster } from '../../src/cluster/create.ts'
import { isReady, type Pod } from '../../src/cluster/kinds/pod.ts'
import { deletePod } from '../../src/cluster/pod-deletion.ts'
import { worlds } from '../../src/cluster/worlds/index.ts'
import { edit, START, withReplicas } from './controllers/fixtures.ts'

const make = (world: string, seed = 1) => createCluster({ seed, clock: START, world })
const pods = (cluster: Cluster, app: string, namespace = 'default'): Pod[] =>
  cluster.store
    .list('Pod', { namespace, labels: { app } })
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
const addresses = (cluster: Cluster, app: string, namespace?: string) =>
  pods(cluster, app, namespace)
    .map(({ status }) => status.podIP)
    .sort()
const cordon = (cluster: Cluster, name: string) => {
  const node = cluster.get('Node', undefined, name)!
  cluster.put({ ...node, spec: { ...node.spec, unschedulable: true } })
}
const urlOf = (cluster: Cluster) =>
  cluster.get('Deployment', 'default', 'regulars')?.spec.template.spec.containers[0]?.env?.[0]?.value

const SEEDS = [1, 2, 3, 7, 42]

describe.each(Object.keys(worlds))('world %s', (name) => {
  test.each(SEEDS)('seed %i: settled, every pod ready, no trace of its making', (seed) => {
    const cluster = make(name, seed)
    expect(cluster.now).toBe(START)
    expect(cluster.store.list('Pod').filter((pod) => !isReady(pod))).toEqual([])
    expect(cluster.history).toEqual([])
    expect(cluster.events.records).toEqual([])
    expect(cluster.story).toEqual([])
    expect(cluster.changes).toEqual([])
    expect(cluster.snapshot().timers).toEqual({})
    expect(cluster.store.list('Node').every(({ spec }) => !spec.unschedulable && !spec.taints)).toBe(true)
    const { visited } = cluster.store
    cluster.settle()
    expect(cluster.store.visited).toBe(visited)
  })

  test('the same seed gives the same world, also from storage', () => {
    const text = JSON.stringify(make(name).snapshot())
    expect(JSON.stringify(make(name).snapshot())).toBe(text)
    expect(JSON.stringify(restoreCluster(JSON.parse(text)).snapshot())).toBe(text)
  })
})

describe('the default world', () => {
  const cluster = make('default')

  test('R-NOD-1: nodes with their addresses and pod CIDRs', () => {
    expect(
      cluster.store
        .list('Node')
        .map(({ metadata, spec, status }) => [metadata.name, spec.podCIDR, status.addresses[0]?.address]),
    ).toEqual([
      ['node-1', '10.244.1.0/24', '192.168.49.11'],
      ['node-2', '10.244.2.0/24', '192.168.49.12'],
      ['node-3', '10.244.3.0/24', '192.168.49.13'],
    ])
  })

  test('R-NSP-1, R-SVC-6: namespaces, the API Service, DNS with its pods', () => {
    expect(cluster.store.list('Namespace').map(({ metadata }) => metadata.name)).toEqual([
      'default',
      'kube-node-lease',
      'kube-public',
      'kube-system',
    ])
    expect(cluster.get('Service', 'default', 'kubernetes')?.spec).toMatchObject({
      clusterIP: '10.96.0.1',
      ports: [{ port: 443, targetPort: 6443 }],
    })
    expect(cluster.get('EndpointSlice', 'default', 'kubernetes')?.endpoints).toMatchObject([
      { addresses: ['192.168.49.10'] },
    ])
    const dns = cluster.get('Service', 'kube-system', 'kube-dns')
    expect(dns?.spec.clusterIP).toBe('10.96.0.10')
    expect(dns?.spec.ports?.map(({ port, protocol }) => `${port}/${protocol}`)).toEqual([
      '53/UDP',
      '53/TCP',
      '9153/TCP',
    ])
    const [slice] = cluster.store.list('EndpointSlice', { namespace: 'kube-system' })
    expect(slice?.endpoints).toHaveLength(2)
    expect(cluster.get('ConfigMap', 'kube-system', 'coredns')?.data?.Corefile).toContain('pods insecure')
  })

  test('as many nodes as wanted, the provider that is wanted', () => {
    const large = createCluster({ seed: 1, clock: START, nodes: 12, provider: 'cloud' })
    expect(large.store.count('Node')).toBe(12)
    expect(large.settings).toMatchObject({ world: 'default', provider: 'cloud' })
    expect(make('default').settings.provider).toBe('none')
    expect(createCluster({ seed: 1, clock: START, world: 'cafe', provider: 'none' }).settings.provider).toBe('none')
  })

  test('unknown worlds are refused', () => {
    for (const world of ['nowhere', '__proto__', 'constructor'])
      expect(() => createCluster({ seed: 1, clock: START, world })).toThrow(`there is no world ${world}`)
  })
})

describe('Monday', () => {
  test('one shop in room 101; customers on another floor; nobody has a Service', () => {
    const cluster = make('cafe-monday')
    expect(addresses(cluster, 'coffee-shop')).toEqual(['10.244.1.5'])
    expect(cluster.settings.rooms).toEqual({ '10.244.1.5': 101, '10.244.2.10': 205 })
    expect(addresses(cluster, 'bakery')).toEqual(['10.244.1.10'])
    expect(pods(cluster, 'customer')[0]?.spec.nodeName).toBe('floor-3')
    expect(urlOf(cluster)).toBe('http://10.244.1.5:8080')
    expect(cluster.store.list('Service').map(({ metadata }) => metadata.name)).toEqual(['kubernetes', 'kube-dns'])
  })

  test.each(SEEDS)(
    'seed %i, Tuesday: the replacement is in room 205, 10.244.2.10; Wednesday uses all floors',
    (seed) => {
      const cluster = make('cafe-monday', seed)
      deletePod(cluster, pods(cluster, 'coffee-shop')[0]!)
      cluster.settle()
      expect(addresses(cluster, 'coffee-shop')).toEqual(['10.244.2.10'])
      edit(cluster, 'Deployment', 'coffee-shop', withReplicas(3))
      cluster.settle()
      expect(addresses(cluster, 'coffee-shop')).toEqual(['10.244.1.6', '10.244.2.10', '10.244.3.2'])
    },
  )

  test.each<[string, (cluster: Cluster) => void]>([
    [
      'a rollout',
      (cluster) =>
        edit(cluster, 'Deployment', 'coffee-shop', (spec) => ({
          ...spec,
          template: { ...spec.template, metadata: { ...spec.template.metadata, annotations: { restartedAt: 'now' } } },
        })),
    ],
    [
      'a node that goes down',
      (cluster) => {
        nodeDown(cluster, 'floor-1')
        cluster.advance(cluster.now + 400_000)
      },
    ],
    [
      'a drain',
      (cluster) => {
        cordon(cluster, 'floor-1')
        for (const pod of cluster.store.list('Pod', { index: ['node', 'floor-1'] })) deletePod(cluster, pod)
      },
    ],
  ])('%s also moves it to floor-2', (_name, happens) => {
    const cluster = make('cafe-monday')
    happens(cluster)
    cluster.settle()
    expect(pods(cluster, 'coffee-shop').map(({ spec }) => spec.nodeName)).toEqual(['floor-2'])
  })

  test('floor-1 has no bare pods, so that a drain may evict everything', () => {
    for (const pod of make('cafe-monday').store.list('Pod', { index: ['node', 'floor-1'] }))
      expect(pod.metadata.ownerReferences).toHaveLength(1)
  })
})

describe('the other scenes', () => {
  test('Wednesday: rooms 101, 205 and 302, and a note whose number nobody has any more', () => {
    const cluster = make('cafe-wednesday')
    expect(addresses(cluster, 'coffee-shop')).toEqual(['10.244.1.5', '10.244.2.10', '10.244.3.2'])
    expect(addresses(cluster, 'bakery')).toEqual(['10.244.1.10'])
    const stale = /http:\/\/([\d.]+):8080/.exec(urlOf(cluster) ?? '')?.[1]
    expect(cluster.store.count('Pod', { index: ['ip', stale ?? ''] })).toBe(0)
    expect(cluster.retired).toMatchObject([{ ip: stale, workload: 'coffee-shop' }])
  })

  test('departments: a printer in engineering and one in marketing, each with its caller', () => {
    const cluster = make('cafe-departments')
    expect(cluster.store.list('Namespace').map(({ metadata }) => metadata.name)).toEqual(
      expect.arrayContaining(['engineering', 'hr', 'marketing']),
    )
    for (const namespace of ['engineering', 'marketing']) {
      expect(cluster.get('Service', namespace, 'printer')?.spec.ports?.[0]).toMatchObject({
        port: 80,
        targetPort: 8080,
      })
      expect(pods(cluster, 'printer', namespace)).toHaveLength(1)
    }
    expect(pods(cluster, 'dev', 'engineering')).toHaveLength(1)
    expect(pods(cluster, 'intern', 'marketing')).toHaveLength(1)
    expect(
      cluster.store.list('EndpointSlice', { labels: { 'kubernetes.io/service-name': 'coffee-shop' } })[0]?.endpoints,
    ).toHaveLength(3)
  })

  test('side doors: one shop, on floor-2, behind extension 8088', () => {
    const cluster = make('cafe-side-doors')
    expect(pods(cluster, 'coffee-shop').map(({ spec, status }) => [spec.nodeName, status.podIP])).toEqual([
      ['floor-2', '10.244.2.10'],
    ])
    expect(cluster.get('Service', 'default', 'coffee-shop')?.spec).toMatchObject({
      type: 'ClusterIP',
      ports: [{ port: 8088, targetPort: 8080 }],
    })
    expect(pods(cluster, 'coffee-shop')[0]?.spec.containers[0]?.ports).toEqual([{ containerPort: 8080 }])
  })

  test('lobby: three shops with Services, two domains, no controller', () => {
    const cluster = make('cafe-lobby')
    for (const name of ['menu', 'order', 'tea']) {
      expect(cluster.get('Service', 'default', name)?.spec).toMatchObject({
        type: 'ClusterIP',
        ports: [{ port: 80, targetPort: 8080 }],
      })
      expect(pods(cluster, name).length).toBeGreaterThan(0)
    }
    expect(cluster.settings).toMatchObject({
      provider: 'cloud',
      publicDns: { 'coffee.com': '203.0.113.10', 'tea.com': '203.0.113.10' },
    })
    expect(cluster.store.count('IngressClass')).toBe(0)
  })
})
