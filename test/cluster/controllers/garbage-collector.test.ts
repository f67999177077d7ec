import { describe, expect, test } from 'vitest'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import { orphanDependants } from '../../../src/cluster/deletion.ts'
import { type KubeObject, keyFor, keyOf, ownedBy, withMetadata } from '../../../src/cluster/object.ts'
import { deployment, metadata, pod, pods, readyPods, service, testCluster } from './fixtures.ts'

const configMap = (name: string, given = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: metadata(name, given),
})

function serving(): Cluster {
  const cluster = testCluster()
  cluster.put(deployment('web', 2))
  cluster.put(service('web'))
  cluster.settle()
  return cluster
}

describe('garbage collection', () => {
  test('R-DEP-13: a Deployment takes its ReplicaSets and pods with it, gracefully', () => {
    const cluster = serving()
    cluster.remove(keyFor('Deployment', 'default', 'web'))
    cluster.advance(cluster.now)
    expect(cluster.store.count('ReplicaSet')).toBe(0)
    expect(pods(cluster).every(({ metadata: { deletionTimestamp } }) => deletionTimestamp !== undefined)).toBe(true)
    cluster.settle()
    expect(pods(cluster)).toEqual([])
  })

  test('R-DEP-13: orphaned, they stay', () => {
    const cluster = serving()
    const web = cluster.get('Deployment', 'default', 'web')!
    orphanDependants(cluster, web)
    cluster.remove(keyOf(web))
    cluster.settle()
    expect(cluster.store.count('ReplicaSet')).toBe(1)
    expect(readyPods(cluster)).toHaveLength(2)
  })

  test('R-EPS-1: a Service takes its slices with it', () => {
    const cluster = serving()
    cluster.remove(keyFor('Service', 'default', 'web'))
    cluster.settle()
    expect(cluster.store.count('EndpointSlice')).toBe(0)
  })

  test('an owner that never was counts as gone; one of two owners is enough to stay', () => {
    const cluster = testCluster()
    const owner = cluster.put(configMap('owner'))
    cluster.put(configMap('lost', { ownerReferences: [{ ...ownedBy(owner), uid: 'another' }] }))
    cluster.put(
      configMap('kept', { ownerReferences: [ownedBy(owner), { ...ownedBy(owner), name: 'none', uid: 'none' }] }),
    )
    cluster.settle()
    expect(cluster.get('ConfigMap', 'default', 'lost')).toBe(undefined)
    expect(cluster.get('ConfigMap', 'default', 'kept')?.metadata.ownerReferences).toEqual([ownedBy(owner)])
  })

  test('a recreated owner of the same name is another owner', () => {
    const cluster = testCluster()
    const owner = cluster.put(configMap('owner'))
    cluster.put(configMap('child', { ownerReferences: [ownedBy(owner)] }))
    cluster.settle()
    cluster.remove(keyOf(owner))
    cluster.put(configMap('owner'))
    cluster.settle()
    expect(cluster.get('ConfigMap', 'default', 'child')).toBe(undefined)
  })

  test('the work does not depend on how many other objects there are', () => {
    const visits = [0, 1_000].map((others) => {
      const cluster = serving()
      for (let index = 0; index < others; index++) cluster.put(configMap(`other-${index}`))
      cluster.settle()
      const before = cluster.store.visited
      cluster.remove(keyFor('Deployment', 'default', 'web'))
      cluster.settle()
      return cluster.store.visited - before
    })
    expect(visits[1]).toBe(visits[0])
  })
})

describe('namespaces', () => {
  function leaving(): Cluster {
    const cluster = testCluster()
    const { namespace: _, ...rest } = metadata('shop')
    cluster.put({ apiVersion: 'v1', kind: 'Namespace', metadata: rest, status: { phase: 'Active' } } as KubeObject)
    const inside = <T extends KubeObject>(object: T): T => withMetadata(object, { namespace: 'shop' })
    cluster.put(inside(deployment('web', 2)))
    cluster.put(inside(service('web')))
    cluster.put(inside(pod('bare')))
    cluster.put(inside(configMap('settings')))
    cluster.put(pod('neighbour'))
    cluster.settle()
    const namespace = cluster.get('Namespace', undefined, 'shop')!
    cluster.put({
      ...withMetadata(namespace, { deletionTimestamp: '2026-01-05T09:01:00Z' }),
      status: { phase: 'Terminating' as const },
    })
    return cluster
  }

  test('R-NSP-5: everything in it is deleted; it stays Terminating until it is empty', () => {
    const cluster = leaving()
    cluster.advance(cluster.now)
    expect(cluster.get('Namespace', undefined, 'shop')?.status.phase).toBe('Terminating')
    expect(cluster.store.count('Deployment', { namespace: 'shop' })).toBe(0)
    expect(cluster.store.count('Pod', { namespace: 'shop' })).toBe(3)
    cluster.settle()
    expect(cluster.get('Namespace', undefined, 'shop')).toBe(undefined)
    expect([...cluster.store.all()].filter((object) => object.metadata.namespace === 'shop')).toEqual([])
    expect(cluster.get('Pod', 'default', 'neighbour')).toBeDefined()
  })
})
