import { describe, expect, test } from 'vitest'
import { nodeDown, nodeUp } from '../../../src/cluster/chaos.ts'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import { isNodeReady, type Node } from '../../../src/cluster/kinds/node.ts'
import { isReady, type Pod } from '../../../src/cluster/kinds/pod.ts'
import { keyFor } from '../../../src/cluster/object.ts'
import { deployment, eventsOf, node, pod, pods, readyPods, START, service, storyOf, testCluster } from './fixtures.ts'

const get = (cluster: Cluster, name: string): Node => cluster.get('Node', undefined, name)!
const on = (cluster: Cluster, name: string): Pod[] => cluster.store.list('Pod', { index: ['node', name] })
const endpoints = (cluster: Cluster) =>
  cluster.store.list('EndpointSlice').flatMap((slice) => slice.endpoints.filter(({ conditions }) => conditions?.ready))

function serving(): Cluster {
  const cluster = testCluster()
  cluster.put(deployment('web', 3))
  cluster.put(service('web'))
  cluster.settle()
  cluster.begin({ author: 'you', line: 'chaos' })
  return cluster
}

describe('pod CIDRs', () => {
  test('R-NOD-1: each node gets one /24 of its own, in order; that of a deleted node is free again', () => {
    const cluster = testCluster({ nodes: 0 })
    const bare = (name: string) => ({ ...node(name, 1), spec: {} })
    for (const name of ['a', 'b', 'c']) cluster.put(bare(name))
    cluster.settle()
    expect(['a', 'b', 'c'].map((name) => get(cluster, name).spec.podCIDR)).toEqual([
      '10.244.1.0/24',
      '10.244.2.0/24',
      '10.244.3.0/24',
    ])
    expect(get(cluster, 'b').spec.podCIDRs).toEqual(['10.244.2.0/24'])
    cluster.remove(keyFor('Node', undefined, 'b'))
    cluster.put(bare('d'))
    cluster.settle()
    expect(get(cluster, 'd').spec.podCIDR).toBe('10.244.2.0/24')
  })
})

describe('cordon', () => {
  test('R-NOD-3: it adds the taint and leaves running pods alone; uncordon takes it away', () => {
    const cluster = serving()
    const before = pods(cluster)
    const object = get(cluster, 'node-2')
    cluster.put<Node>({ ...object, spec: { ...object.spec, unschedulable: true } })
    cluster.settle()
    expect(get(cluster, 'node-2').spec.taints).toMatchObject([
      { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' },
    ])
    expect(pods(cluster)).toEqual(before)
    const { unschedulable: _, ...spec } = get(cluster, 'node-2').spec
    cluster.put<Node>({ ...get(cluster, 'node-2'), spec })
    cluster.settle()
    expect(get(cluster, 'node-2').spec.taints).toBe(undefined)
  })
})

describe('R-NOD-5: a node goes down', () => {
  test('nothing for the grace period; then NotReady, taints, and its pods leave the ready endpoints at once', () => {
    const cluster = serving()
    nodeDown(cluster, 'node-2')
    cluster.settle(30_000)
    expect(isNodeReady(get(cluster, 'node-2'))).toBe(true)
    expect(endpoints(cluster)).toHaveLength(3)
    cluster.settle()
    expect(get(cluster, 'node-2').status.conditions[0]).toMatchObject({
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
    })
    expect(get(cluster, 'node-2').spec.taints?.map(({ key, effect }) => `${key}:${effect}`)).toEqual([
      'node.kubernetes.io/unreachable:NoSchedule',
      'node.kubernetes.io/unreachable:NoExecute',
    ])
    const [lost] = on(cluster, 'node-2') as [Pod]
    expect(lost.status.phase, 'STATUS still shows Running').toBe('Running')
    expect(isReady(lost)).toBe(false)
    expect(endpoints(cluster)).toHaveLength(2)
    expect(eventsOf(cluster, lost)).toContain('NodeNotReady: Node is not ready')
  })

  test('after five minutes its pods are marked, replaced elsewhere, and cannot finish until the kubelet is back', () => {
    const cluster = serving()
    nodeDown(cluster, 'node-2')
    cluster.advance(cluster.now + 320_000)
    expect(readyPods(cluster)).toHaveLength(2)
    cluster.advance(cluster.now + 30_000)
    cluster.settle()
    expect(readyPods(cluster)).toHaveLength(3)
    const [lost] = on(cluster, 'node-2') as [Pod]
    expect(lost.metadata.deletionTimestamp).toBeDefined()
    cluster.advance(cluster.now + 3_600_000)
    expect(on(cluster, 'node-2'), 'Terminating for as long as the node is down').toHaveLength(1)
    nodeUp(cluster, 'node-2')
    cluster.settle()
    expect(on(cluster, 'node-2')).toHaveLength(0)
    expect(isNodeReady(get(cluster, 'node-2'))).toBe(true)
    expect(get(cluster, 'node-2').spec.taints).toBe(undefined)
  })

  test('back within five minutes: the same pods are ready again', () => {
    const cluster = serving()
    const before = on(cluster, 'node-2').map(({ metadata, status }) => [metadata.uid, status.podIP])
    nodeDown(cluster, 'node-2')
    cluster.advance(cluster.now + 120_000)
    nodeUp(cluster, 'node-2')
    cluster.settle()
    expect(on(cluster, 'node-2').map(({ metadata, status }) => [metadata.uid, status.podIP])).toEqual(before)
    expect(endpoints(cluster)).toHaveLength(3)
    expect(pods(cluster)).toHaveLength(3)
  })

  test('no new pod goes there; a bare pod is not recreated (R-POD-12)', () => {
    const cluster = testCluster({ nodes: 2 })
    cluster.put(pod('bare', { nodeName: 'node-2' }))
    cluster.settle()
    nodeDown(cluster, 'node-2')
    cluster.settle()
    cluster.put(deployment('web', 2))
    cluster.settle()
    expect(pods(cluster, { app: 'web' }).map(({ spec }) => spec.nodeName)).toEqual(['node-1', 'node-1'])
    cluster.advance(cluster.now + 400_000)
    expect(cluster.get('Pod', 'default', 'bare')?.metadata.deletionTimestamp).toBeDefined()
    expect(pods(cluster)).toHaveLength(3)
  })

  test('tolerationSeconds and tolerations for ever are kept to', () => {
    const cluster = testCluster({ nodes: 1 })
    const toleration = {
      key: 'node.kubernetes.io/unreachable',
      operator: 'Exists' as const,
      effect: 'NoExecute' as const,
    }
    cluster.put(pod('short', { tolerations: [{ ...toleration, tolerationSeconds: 10 }] }))
    cluster.put(pod('long', { tolerations: [toleration] }))
    cluster.settle()
    nodeDown(cluster, 'node-1')
    cluster.advance(cluster.now + 60_000)
    expect(cluster.get('Pod', 'default', 'short')?.metadata.deletionTimestamp).toBeDefined()
    cluster.advance(cluster.now + 3_600_000)
    expect(cluster.get('Pod', 'default', 'long')?.metadata.deletionTimestamp).toBe(undefined)
  })

  test('the story says why', () => {
    const cluster = serving()
    nodeDown(cluster, 'node-2')
    cluster.settle()
    expect(storyOf(cluster)[0]).toBe(
      'node-lifecycle node-2: no word from node-2 for 40 s: NotReady. Its pods leave the endpoints; they are replaced in about five minutes',
    )
  })
})

describe('taints and deleted nodes', () => {
  test('R-NOD-7: NoExecute evicts what does not tolerate it', () => {
    const cluster = serving()
    const object = get(cluster, 'node-2')
    cluster.put<Node>({ ...object, spec: { ...object.spec, taints: [{ key: 'repair', effect: 'NoExecute' }] } })
    cluster.settle()
    expect(on(cluster, 'node-2')).toHaveLength(0)
    expect(readyPods(cluster)).toHaveLength(3)
    cluster.put(pod('forced', { nodeName: 'node-2' }))
    cluster.settle()
    expect(cluster.get('Pod', 'default', 'forced')).toBe(undefined)
  })

  test.each([
    ['a node with a NoExecute taint', 'node-2'],
    ['a node that does not exist', 'node-9'],
  ])('a workload that insists on %s goes round and round, at less and less cost', (_name, nodeName) => {
    const cluster = testCluster()
    const object = get(cluster, 'node-2')
    cluster.put<Node>({ ...object, spec: { ...object.spec, taints: [{ key: 'repair', effect: 'NoExecute' }] } })
    cluster.put(deployment('web', 3, {}, { nodeName }))
    cluster.settle()
    expect(readyPods(cluster).length).toBeLessThanOrEqual(3)
    const { visited } = cluster.store
    cluster.advance(cluster.now + 30 * 86_400_000)
    expect(cluster.store.visited - visited).toBeLessThan(20_000)
  })

  test('R-NOD-6: the pods of a deleted Node go, their controllers replace them', () => {
    const cluster = serving()
    cluster.advance(cluster.now + 60_000)
    const [lost] = on(cluster, 'node-2') as [Pod]
    cluster.remove(keyFor('Node', undefined, 'node-2'))
    cluster.settle()
    expect(on(cluster, 'node-2')).toHaveLength(0)
    expect(readyPods(cluster)).toHaveLength(3)
    expect(cluster.retired).toMatchObject([{ ip: lost.status.podIP, workload: 'web' }])
  })

  test('a pod for a node that does not exist waits a moment for it, then goes', () => {
    const cluster = testCluster()
    cluster.put(pod('early', { nodeName: 'node-9' }))
    cluster.advance(START + 30_000)
    expect(cluster.get('Pod', 'default', 'early')?.status.phase).toBe('Pending')
    cluster.put(node('node-9', 9))
    cluster.settle()
    expect(isReady(cluster.get('Pod', 'default', 'early')!)).toBe(true)
    cluster.put(pod('lost', { nodeName: 'node-8' }))
    cluster.settle()
    expect(cluster.get('Pod', 'default', 'lost')).toBe(undefined)
  })

  test('a Node object without a machine behind it never becomes ready and takes no pods', () => {
    const cluster = testCluster({ nodes: 0 })
    cluster.put<Node>({ ...node('paper', 1), status: { addresses: [], conditions: [] } })
    cluster.settle()
    cluster.put(pod('p'))
    cluster.settle()
    expect(get(cluster, 'paper').status.conditions[0]).toMatchObject({
      status: 'Unknown',
      reason: 'NodeStatusNeverUpdated',
    })
    expect(cluster.get('Pod', 'default', 'p')?.spec.nodeName).toBe(undefined)
  })
})
