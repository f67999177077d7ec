import { describe, expect, test } from 'vitest'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import { createCluster, restoreCluster } from '../../../src/cluster/create.ts'
import type { Pod } from '../../../src/cluster/kinds/pod.ts'
import { timestamp } from '../../../src/cluster/object.ts'
import { deployment, edit, pod, START, service, testCluster, withReplicas } from './fixtures.ts'

/** Objects visited by `scale` to this size and all that follows. */
function visits(cluster: Cluster, replicas: number): number {
  const before = cluster.store.visited
  edit(cluster, 'Deployment', 'web', withReplicas(replicas))
  cluster.settle()
  return cluster.store.visited - before
}

const NODES = 100

/** A pod that has been running for long. */
function settled(index: number): Pod {
  const node = index % NODES
  const startedAt = timestamp(START)
  const address = `10.244.${node + 1}.${2 + Math.floor(index / NODES)}`
  return {
    ...pod(`other-${index}`, { nodeName: `node-${node + 1}` }),
    status: {
      phase: 'Running',
      podIP: address,
      startTime: startedAt,
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: startedAt }],
      containerStatuses: [
        { name: 'main', image: 'nginx', ready: true, restartCount: 0, state: { running: { startedAt } } },
      ],
    },
  }
}

/** 10 pods of a Deployment behind a Service, beside so many others. */
function crowded(others: number, seed = 1): Cluster {
  const empty = testCluster({ nodes: NODES }).snapshot()
  const objects = [...empty.objects, ...Array.from({ length: others }, (_, index) => settled(index))]
  const cluster = restoreCluster({ ...empty, objects, random: seed })
  cluster.put(deployment('web', 10))
  cluster.put(service('web'))
  cluster.settle()
  return cluster
}

describe('work in proportion to what changes', () => {
  test('scale ±3 visits as many objects among 10,000 other pods as among none', () => {
    const [none, thousand, tenThousand] = [0, 1_000, 10_000].map((others, index) => {
      const cluster = crowded(others, index + 1)
      return [visits(cluster, 13), visits(cluster, 10)]
    })
    expect(thousand).toEqual(none)
    expect(tenThousand).toEqual(none)
  })

  test('a second settle visits nothing, and a settled cluster has no timers', () => {
    const cluster = crowded(0)
    const before = cluster.store.visited
    cluster.settle()
    expect(cluster.store.visited).toBe(before)
    expect(cluster.snapshot().timers).toEqual({})
  })

  test('time that passes over running pods costs nothing', () => {
    const cluster = crowded(100)
    const before = cluster.store.visited
    cluster.advance(cluster.now + 7 * 86_400_000)
    expect(cluster.store.visited).toBe(before)
  })
})

describe('size', () => {
  test('a channel with 10 pods and 20 steps of undo takes at most 60 KB', () => {
    const cluster = createCluster({ seed: 1, clock: START })
    cluster.put(deployment('web', 8))
    cluster.put(service('web'))
    cluster.settle()
    for (let step = 0; step < 20; step++) {
      cluster.advance(cluster.now + 30_000)
      cluster.begin({ author: 'somebody', line: `/kubectl scale deployment web --replicas=${step % 2 ? 8 : 11}` })
      edit(cluster, 'Deployment', 'web', withReplicas(step % 2 ? 8 : 11))
      cluster.settle()
      cluster.commit()
    }
    expect(cluster.store.count('Pod')).toBe(10)
    expect(cluster.history).toHaveLength(20)
    expect(JSON.stringify(cluster.snapshot()).length).toBeLessThanOrEqual(60 * 1024)
  })

  test('a pod takes at most 1 KB', () => {
    const cluster = crowded(0)
    for (const pod of cluster.store.list('Pod')) expect(JSON.stringify(pod).length).toBeLessThanOrEqual(1024)
  })
})
