import { expect, test } from 'vitest'
import { remove } from '../../../src/cluster/api.ts'
import { createCluster } from '../../../src/cluster/create.ts'
import type { Kind } from '../../../src/cluster/kinds/index.ts'
import { START } from './fixtures.ts'

test('the API server creates its Service, the endpoints of that and the namespaces of the system anew', () => {
  const cluster = createCluster({ seed: 1, clock: START })
  const own: { kind: Kind; namespace?: string; name: string }[] = [
    { kind: 'Service', namespace: 'default', name: 'kubernetes' },
    { kind: 'EndpointSlice', namespace: 'default', name: 'kubernetes' },
    { kind: 'Namespace', name: 'kube-node-lease' },
  ]
  const uids = () => own.map(({ kind, namespace, name }) => cluster.get(kind, namespace, name)?.metadata.uid)
  const before = uids()
  cluster.begin({ author: 'you', line: 'delete' })
  for (const { kind, namespace, name } of own) remove(cluster, kind, namespace, name)
  cluster.settle()
  const after = uids()
  expect(after.every((uid, index) => uid !== undefined && uid !== before[index])).toBe(true)
  expect(cluster.get('Service', 'default', 'kubernetes')?.spec.clusterIP).toBe('10.96.0.1')
  expect(cluster.story.map(({ by, text }) => `${by}: ${text}`)).toContain(
    'kube-apiserver: created kubernetes anew: it cannot do without',
  )
  cluster.undo()
  cluster.settle()
  expect(uids()).toEqual(before)
})

test('other Services and namespaces that are deleted stay away', () => {
  const cluster = createCluster({ seed: 1, clock: START })
  remove(cluster, 'Service', 'kube-system', 'kube-dns')
  cluster.settle()
  expect(cluster.get('Service', 'kube-system', 'kube-dns')).toBeUndefined()
})
