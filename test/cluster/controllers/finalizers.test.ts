import { describe, expect, test } from 'vitest'
import { create, read, remove, update } from '../../../src/cluster/api.ts'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import { createCluster } from '../../../src/cluster/create.ts'
import type { Kind } from '../../../src/cluster/kinds/index.ts'
import type { Pod } from '../../../src/cluster/kinds/pod.ts'
import { curl } from '../network/world.ts'
import { START } from './fixtures.ts'

const FINALIZERS = ['example.com/hold']

const pod = (namespace: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'held', namespace, finalizers: FINALIZERS },
  spec: { containers: [{ name: 'main', image: 'nginx' }] },
})

const configMap = (namespace: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'held', namespace, finalizers: FINALIZERS },
})

function world(...manifests: object[]): Cluster {
  const cluster = createCluster({ seed: 1, clock: START })
  for (const manifest of manifests) create(cluster, manifest)
  cluster.settle()
  return cluster
}

/** Takes the finalizers away, as a controller of its own would. */
function letGo(cluster: Cluster, kind: Kind, namespace: string): void {
  const { metadata, ...rest } = read(cluster, kind, namespace, 'held')
  const { finalizers: _, ...others } = metadata
  update(cluster, { ...rest, metadata: others })
  cluster.settle()
}

describe('R-POD-9 a finalizer keeps a pod that has been deleted', () => {
  const held = (cluster: Cluster) => cluster.get('Pod', 'default', 'held')

  test('nothing runs in it any more, its address is given up, and it goes with its last finalizer', () => {
    const cluster = world(pod('default'))
    const { podIP } = held(cluster)!.status
    remove(cluster, 'Pod', 'default', 'held')
    cluster.settle()
    expect(held(cluster)).toMatchObject({
      metadata: { deletionGracePeriodSeconds: 0 },
      status: { phase: 'Succeeded', containerStatuses: [{ ready: false, state: { terminated: { exitCode: 0 } } }] },
    } satisfies Partial<Record<keyof Pod, unknown>>)
    expect(cluster.retired.map(({ ip }) => ip)).toEqual([podIP])
    expect(curl(cluster, `http://${podIP}`).outcome).toBe('timeout')
    letGo(cluster, 'Pod', 'default')
    expect(held(cluster)).toBeUndefined()
  })

  test('force does not help, and a second deletion changes nothing', () => {
    const cluster = world(pod('default'))
    remove(cluster, 'Pod', 'default', 'held', { gracePeriodSeconds: 0 })
    cluster.settle()
    const { version } = cluster
    remove(cluster, 'Pod', 'default', 'held')
    remove(cluster, 'Pod', 'default', 'held', { gracePeriodSeconds: 0 })
    cluster.settle()
    expect(held(cluster)).toBeDefined()
    expect(cluster.version).toBe(version)
  })
})

describe('R-NSP-5 a namespace stays Terminating until its content is gone', () => {
  test.each([
    ['Pod', pod],
    ['ConfigMap', configMap],
  ] as const)('a %s with a finalizer holds it up until the finalizer is taken away', (kind, manifest) => {
    const cluster = world({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } }, manifest('team'))
    remove(cluster, 'Namespace', undefined, 'team')
    cluster.settle()
    expect(cluster.get('Namespace', undefined, 'team')?.status.phase).toBe('Terminating')
    letGo(cluster, kind, 'team')
    expect(cluster.get('Namespace', undefined, 'team')).toBeUndefined()
  })
})
