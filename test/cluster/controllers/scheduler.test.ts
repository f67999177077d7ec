import { describe, expect, test } from 'vitest'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import type { Node } from '../../../src/cluster/kinds/node.ts'
import type { Pod, PodSpec } from '../../../src/cluster/kinds/pod.ts'
import { withMetadata } from '../../../src/cluster/object.ts'
import { deletePod } from '../../../src/cluster/pod-deletion.ts'
import { container, deployment, eventsOf, node, pod, pods, replicaSet, testCluster } from './fixtures.ts'

const nodeOf = (cluster: Cluster, name: string) => cluster.get('Pod', 'default', name)?.spec.nodeName
const put = (cluster: Cluster, name: string, spec: Partial<PodSpec> = {}): Pod | undefined => {
  cluster.put(pod(name, spec))
  cluster.settle()
  return cluster.get('Pod', 'default', name)
}
const change = (cluster: Cluster, name: string, spec: Partial<Node['spec']>) => {
  const object = cluster.get('Node', undefined, name)!
  cluster.put<Node>({ ...object, spec: { ...object.spec, ...spec } })
  cluster.settle()
}
const taint = (effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute', key = 'dedicated', value = 'db') => ({
  key,
  value,
  effect,
})
const port = (hostPort: number) => ({ containers: [container('nginx', { ports: [{ containerPort: 80, hostPort }] })] })

describe('spreading', () => {
  test('pods of one owner go to different nodes before they share one', () => {
    const cluster = testCluster({ nodes: 3 })
    cluster.put(deployment('web', 7))
    cluster.settle()
    const counts = ['node-1', 'node-2', 'node-3'].map((name) => cluster.store.count('Pod', { index: ['node', name] }))
    expect(counts).toEqual([3, 2, 2])
  })

  test('among equals the node with the fewest pods wins, then the first by name', () => {
    const cluster = testCluster({ nodes: 3 })
    put(cluster, 'a', { nodeName: 'node-1' })
    put(cluster, 'b', { nodeName: 'node-2' })
    cluster.put(deployment('web', 1))
    cluster.put(deployment('api', 1))
    cluster.settle()
    const [web, api] = ['web', 'api'].map((app) => pods(cluster, { app })[0]?.spec.nodeName)
    expect([web, api]).toEqual(['node-3', 'node-1'])
  })

  test('a pod on its way out fills its node but is no sibling to keep away from', () => {
    const cluster = testCluster({ nodes: 2 })
    cluster.put(replicaSet('web', 2))
    cluster.settle()
    const [, second] = pods(cluster) as [Pod, Pod]
    deletePod(cluster, second)
    cluster.settle()
    expect(
      pods(cluster)
        .map(({ spec }) => spec.nodeName)
        .sort(),
    ).toEqual(['node-1', 'node-2'])
  })
})

describe('hard constraints', () => {
  const PREEMPTION = 'no new claims to deallocate, preemption:'
  const helpless = (count: number, nodes = count) =>
    `${PREEMPTION} 0/${nodes} nodes are available: ${count} Preemption is not helpful for scheduling.`

  test.each<[string, (cluster: Cluster) => void, Partial<PodSpec>, string]>([
    [
      'cordoned nodes',
      (cluster) => {
        for (const name of ['node-1', 'node-2']) change(cluster, name, { unschedulable: true })
      },
      {},
      `0/2 nodes are available: 2 node(s) were unschedulable. ${helpless(2)}`,
    ],
    [
      'taints',
      (cluster) => {
        change(cluster, 'node-1', { taints: [taint('NoSchedule')] })
        change(cluster, 'node-2', { taints: [taint('NoExecute')] })
      },
      { tolerations: [{ key: 'other', operator: 'Exists' }] },
      `0/2 nodes are available: 2 node(s) had untolerated taint(s). ${helpless(2)}`,
    ],
    [
      'nodeSelector',
      () => undefined,
      { nodeSelector: { disk: 'ssd' } },
      `0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector. ${helpless(2)}`,
    ],
    [
      'host ports, mixed with a cordoned node',
      (cluster) => {
        put(cluster, 'first', { ...port(8080), nodeName: 'node-1' })
        change(cluster, 'node-2', { unschedulable: true })
      },
      port(8080),
      `0/2 nodes are available: 1 node(s) didn't have free ports for the requested pod ports, 1 node(s) were unschedulable. ${PREEMPTION} 0/2 nodes are available: 1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling.`,
    ],
  ])('R-POD-13: %s', (_name, prepare, spec, message) => {
    const cluster = testCluster({ nodes: 2 })
    prepare(cluster)
    const waiting = put(cluster, 'waiting', spec)!
    expect(waiting.spec.nodeName).toBe(undefined)
    expect(waiting.status).toMatchObject({
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
    })
    expect(waiting.status.podIP, 'R-POD-4: no address without a node').toBe(undefined)
    expect(eventsOf(cluster, waiting)).toEqual([`FailedScheduling: ${message}`])
  })

  test('R-POD-13: without any node', () => {
    const cluster = testCluster({ nodes: 0 })
    expect(eventsOf(cluster, put(cluster, 'waiting')!)).toEqual([
      'FailedScheduling: no nodes available to schedule pods',
    ])
  })

  test('a node takes 110 pods', () => {
    const cluster = testCluster({ nodes: 1 })
    cluster.put(replicaSet('web', 111))
    cluster.settle()
    const waiting = cluster.store.list('Pod', { index: ['node', ''] })
    expect(waiting).toHaveLength(1)
    expect(waiting[0]?.status.conditions?.[0]?.message).toMatch(/^0\/1 nodes are available: 1 Too many pods\. /)
  })

  test('R-NOD-7: a toleration allows, it does not attract', () => {
    const cluster = testCluster({ nodes: 2 })
    change(cluster, 'node-2', { taints: [taint('NoSchedule')] })
    put(cluster, 'crowd')
    const tolerations = [{ key: 'dedicated', operator: 'Equal' as const, value: 'db', effect: 'NoSchedule' as const }]
    expect(put(cluster, 'tolerant', { tolerations })?.spec.nodeName).toBe('node-2')
    expect(put(cluster, 'tolerant-too', { tolerations })?.spec.nodeName).toBe('node-1')
  })

  test('R-NOD-7: PreferNoSchedule is avoided while there is another node', () => {
    const cluster = testCluster({ nodes: 2 })
    change(cluster, 'node-1', { taints: [taint('PreferNoSchedule')] })
    put(cluster, 'a')
    put(cluster, 'b')
    expect([nodeOf(cluster, 'a'), nodeOf(cluster, 'b')]).toEqual(['node-2', 'node-2'])
    change(cluster, 'node-2', { unschedulable: true })
    expect(put(cluster, 'c')?.spec.nodeName).toBe('node-1')
  })

  test('R-POD-6: two pods with hostNetwork and the same port never share a node', () => {
    const cluster = testCluster({ nodes: 2 })
    const spec = { hostNetwork: true, containers: [container('nginx', { ports: [{ containerPort: 80 }] })] }
    for (const name of ['a', 'b', 'c']) put(cluster, name, spec)
    expect(['a', 'b', 'c'].map((name) => nodeOf(cluster, name))).toEqual(['node-1', 'node-2', undefined])
  })

  test('spec.nodeName goes past the scheduler, cordoned or not', () => {
    const cluster = testCluster({ nodes: 2 })
    change(cluster, 'node-2', { unschedulable: true })
    const placed = put(cluster, 'placed', { nodeName: 'node-2' })!
    expect(placed.status.podIP).toBe('10.244.2.2')
    expect(eventsOf(cluster, placed).some((event) => event.startsWith('Scheduled'))).toBe(false)
  })
})

describe('tries again', () => {
  test('when a node is opened, labelled or added, and when a pod leaves', () => {
    const cluster = testCluster({ nodes: 1 })
    change(cluster, 'node-1', { unschedulable: true })
    put(cluster, 'uncordoned')
    change(cluster, 'node-1', { unschedulable: false })
    expect(nodeOf(cluster, 'uncordoned')).toBe('node-1')

    put(cluster, 'labelled', { nodeSelector: { disk: 'ssd' } })
    cluster.put(withMetadata(cluster.get('Node', undefined, 'node-1')!, { labels: { disk: 'ssd' } }))
    cluster.settle()
    expect(nodeOf(cluster, 'labelled')).toBe('node-1')

    put(cluster, 'first', port(9000))
    put(cluster, 'second', port(9000))
    put(cluster, 'third', port(9000))
    expect(nodeOf(cluster, 'second')).toBe(undefined)
    deletePod(cluster, cluster.get('Pod', 'default', 'first')!)
    cluster.settle()
    expect([nodeOf(cluster, 'second'), nodeOf(cluster, 'third')]).toEqual(['node-1', undefined])
    cluster.put(node('node-2', 2))
    cluster.settle()
    expect(nodeOf(cluster, 'third')).toBe('node-2')
  })

  test('a scheduled pod keeps its node for life (R-POD-12)', () => {
    const cluster = testCluster({ nodes: 2 })
    put(cluster, 'steady')
    change(cluster, 'node-1', { unschedulable: true })
    expect(nodeOf(cluster, 'steady')).toBe('node-1')
  })

  test('it is told where a pod went, and the condition goes away', () => {
    const cluster = testCluster({ nodes: 1 })
    change(cluster, 'node-1', { unschedulable: true })
    put(cluster, 'late')
    change(cluster, 'node-1', { unschedulable: false })
    const late = cluster.get('Pod', 'default', 'late')!
    expect(eventsOf(cluster, late)).toContain('Scheduled: Successfully assigned default/late to node-1')
    expect(late.status.conditions?.map(({ type }) => type)).toEqual(['Ready'])
  })
})
