import { describe, expect, test } from 'vitest'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import { victims } from '../../../src/cluster/controllers/replica-set/victims.ts'
import type { Pod } from '../../../src/cluster/kinds/pod.ts'
import { timestamp, withMetadata } from '../../../src/cluster/object.ts'
import { deletePod } from '../../../src/cluster/pod-deletion.ts'
import {
  deployment,
  edit,
  eventsOf,
  metadata,
  pod,
  pods,
  readyPods,
  replicaSet,
  START,
  testCluster,
  withReplicas,
} from './fixtures.ts'

function running(replicas = 3): Cluster {
  const cluster = testCluster()
  cluster.put(replicaSet('web', replicas))
  cluster.settle()
  return cluster
}

const web = (cluster: Cluster) => cluster.get('ReplicaSet', 'default', 'web')!
const owned = (cluster: Cluster) => cluster.store.list('Pod', { owner: web(cluster).metadata.uid })
const relabel = (cluster: Cluster, name: string, labels: Record<string, string>) =>
  cluster.put(withMetadata(cluster.get('Pod', 'default', name)!, { labels }))

describe('number of pods', () => {
  test('R-OWN-1: creates what is missing and tells each', () => {
    const cluster = running(2)
    expect(owned(cluster)).toHaveLength(2)
    expect(eventsOf(cluster, web(cluster))).toEqual(
      cluster.events.records
        .filter(({ reason }) => reason === 'SuccessfulCreate')
        .map(({ message }) => `SuccessfulCreate: ${message}`),
    )
    expect(eventsOf(cluster, web(cluster))[0]).toMatch(/^SuccessfulCreate: Created pod: web-\w{5}$/)
  })

  test('R-OWN-1: a pod that is deleted, finished or on its way out is replaced at once', () => {
    const cluster = running()
    const [first, second] = owned(cluster) as [Pod, Pod]
    deletePod(cluster, first)
    cluster.put<Pod>({ ...second, status: { phase: 'Failed', reason: 'Evicted' } })
    cluster.advance(cluster.now)
    expect(owned(cluster)).toHaveLength(5)
    cluster.settle()
    expect(readyPods(cluster)).toHaveLength(3)
  })

  test('R-POD-3: a replacement is a new pod: new name, UID and address, no restarts', () => {
    const cluster = running(1)
    const [before] = owned(cluster) as [Pod]
    deletePod(cluster, before)
    cluster.settle()
    const [after] = owned(cluster) as [Pod]
    expect(after.metadata.name).not.toBe(before.metadata.name)
    expect(after.metadata.uid).not.toBe(before.metadata.uid)
    expect(after.status.podIP).not.toBe(before.status.podIP)
    expect(after.status.containerStatuses?.[0]?.restartCount).toBe(0)
    expect(after.metadata.labels).toEqual(before.metadata.labels)
  })

  test('R-OWN-6: a new template does not touch the pods that are there', () => {
    const cluster = running()
    const before = owned(cluster).map(({ metadata: { uid } }) => uid)
    edit(cluster, 'ReplicaSet', 'web', (spec) => ({
      ...spec,
      template: { ...spec.template, spec: { containers: [{ name: 'main', image: 'httpd' }] } },
    }))
    cluster.settle()
    expect(owned(cluster).map(({ metadata: { uid } }) => uid)).toEqual(before)
  })

  test('status counts what is there', () => {
    const cluster = running(2)
    expect(web(cluster).status).toEqual({
      replicas: 2,
      fullyLabeledReplicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      observedGeneration: 1,
    })
  })
})

describe('membership', () => {
  test('R-OWN-2, R-OWN-3: a relabelled pod is released, keeps running with its IP, and is replaced', () => {
    const cluster = running()
    const [before] = owned(cluster) as [Pod]
    relabel(cluster, before.metadata.name, { app: 'trainee' })
    cluster.settle()
    const after = cluster.get('Pod', 'default', before.metadata.name)!
    expect(after.metadata.ownerReferences).toBe(undefined)
    expect(after.status).toEqual(before.status)
    expect(owned(cluster)).toHaveLength(3)
    expect(pods(cluster)).toHaveLength(4)
  })

  test('R-OWN-3: with its label back it is adopted again and one surplus pod is deleted', () => {
    const cluster = running()
    const [pod] = owned(cluster) as [Pod]
    relabel(cluster, pod.metadata.name, { app: 'trainee' })
    cluster.settle()
    relabel(cluster, pod.metadata.name, { app: 'web' })
    cluster.settle()
    expect(owned(cluster)).toHaveLength(3)
    expect(pods(cluster)).toHaveLength(3)
  })

  test('R-OWN-4: a bare pod that matches is adopted and counted', () => {
    const cluster = testCluster()
    cluster.put(pod('lonely', {}, { labels: { app: 'web', extra: 'yes' } }))
    cluster.put(replicaSet('web', 2))
    cluster.settle()
    expect(owned(cluster).map((each) => each.metadata.name)).toContain('lonely')
    expect(owned(cluster)).toHaveLength(2)
  })

  test('R-OWN-4: a bare pod without the hash is not adopted by the ReplicaSet of a Deployment', () => {
    const cluster = testCluster()
    cluster.put(pod('lonely', {}, { labels: { app: 'web' } }))
    cluster.put(deployment('web', 2))
    cluster.settle()
    expect(cluster.get('Pod', 'default', 'lonely')?.metadata.ownerReferences).toBe(undefined)
    expect(pods(cluster)).toHaveLength(3)
  })

  test('R-OWN-2: pods of other namespaces, of other controllers and on their way out are not taken', () => {
    const cluster = testCluster()
    const owner = {
      apiVersion: 'v1',
      kind: 'Node',
      name: 'node-1',
      uid: cluster.get('Node', undefined, 'node-1')!.metadata.uid,
      controller: true,
    }
    cluster.put(pod('elsewhere', {}, { namespace: 'other', labels: { app: 'web' } }))
    cluster.put(pod('owned', {}, { labels: { app: 'web' }, ownerReferences: [owner] }))
    cluster.put(
      pod('going', { nodeName: 'node-1' }, { labels: { app: 'web' }, deletionTimestamp: timestamp(START + 30_000) }),
    )
    cluster.put(replicaSet('web', 1))
    cluster.advance(cluster.now)
    expect(owned(cluster)).toHaveLength(1)
    expect(owned(cluster)[0]?.metadata.name).toMatch(/^web-/)
  })

  test('R-OWN-2: matchExpressions count as well', () => {
    const cluster = testCluster()
    const set = replicaSet('web', 1)
    cluster.put(pod('canary', {}, { labels: { app: 'web', track: 'canary' } }))
    cluster.put(pod('stable', {}, { labels: { app: 'web' } }))
    const matchExpressions = [{ key: 'track', operator: 'DoesNotExist' as const }]
    cluster.put({ ...set, spec: { ...set.spec, selector: { matchLabels: { app: 'web' }, matchExpressions } } })
    cluster.settle()
    expect(owned(cluster).map((each) => each.metadata.name)).toEqual(['stable'])
  })
})

describe('R-OWN-5: who goes first', () => {
  interface Facts {
    node?: string
    phase?: Pod['status']['phase']
    ready?: boolean
    cost?: string
    readyFor?: number
    restarts?: number
    age?: number
  }
  const HOUR = 3_600_000
  const candidate = (name: string, facts: Facts): Pod => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: metadata(name, {
      uid: name,
      creationTimestamp: timestamp(START - (facts.age ?? HOUR)),
      ...(facts.cost !== undefined && { annotations: { 'controller.kubernetes.io/pod-deletion-cost': facts.cost } }),
    }),
    spec: { containers: [], ...(facts.node !== '' && { nodeName: facts.node ?? name }) },
    status: {
      phase: facts.phase ?? 'Running',
      conditions: [
        {
          type: 'Ready',
          status: (facts.ready ?? true) ? 'True' : 'False',
          lastTransitionTime: timestamp(START - (facts.readyFor ?? HOUR)),
        },
      ],
      containerStatuses: [{ name: 'main', ready: true, restartCount: facts.restarts ?? 0, state: {} }],
    },
  })
  const first = (left: Facts, right: Facts) => {
    const cluster = testCluster()
    // The name of the one that shall stay sorts first, so that nothing but the facts can decide.
    const candidates = [candidate('a-stays', right), candidate('b-goes', left)]
    return victims(cluster, replicaSet('web', 1), candidates, 1)[0]?.metadata.name
  }

  test.each<[string, Facts, Facts]>([
    ['unscheduled before scheduled', { node: '' }, { phase: 'Pending' }],
    ['pending before running', { phase: 'Pending', ready: false }, { ready: false }],
    ['unknown before running', { phase: 'Unknown', ready: false }, { ready: false }],
    ['unready before ready', { ready: false, cost: '100' }, { cost: '-100' }],
    ['cheap before expensive', { cost: '-1', restarts: 0 }, { restarts: 9 }],
    ['ready for a shorter time first', { readyFor: 60_000 }, { restarts: 9 }],
    ['more restarts first', { restarts: 2, age: 2 * HOUR }, { restarts: 1, age: 60_000 }],
    ['newer before older', { age: 60_000 }, { age: HOUR }],
  ])('%s', (_name, goes, stays) => {
    expect(first(goes, stays)).toBe('b-goes')
  })

  test('doubled up on a node before alone, counting the other ReplicaSets of the Deployment', () => {
    const cluster = testCluster()
    cluster.put(deployment('web', 3))
    cluster.settle()
    const set = cluster.store.list('ReplicaSet')[0]!
    const alone = candidate('a-alone', { node: 'node-9' })
    const crowded = candidate('b-crowded', { node: 'node-1' })
    expect(victims(cluster, { ...set, metadata: { ...set.metadata, uid: 'sibling' } }, [alone, crowded], 1)).toEqual([
      crowded,
    ])
  })

  test('ages of the same power of two are equal: the UID decides', () => {
    expect(first({ readyFor: HOUR - 1000 }, { readyFor: HOUR })).toBe('a-stays')
  })

  test('scaling down deletes gracefully and tells', () => {
    const cluster = running()
    edit(cluster, 'ReplicaSet', 'web', withReplicas(1))
    cluster.advance(cluster.now)
    expect(owned(cluster).filter((each) => each.metadata.deletionTimestamp !== undefined)).toHaveLength(2)
    expect(
      eventsOf(cluster, web(cluster)).filter((event) => event.startsWith('SuccessfulDelete: Deleted pod: web-')),
    ).toHaveLength(2)
    cluster.settle()
    expect(owned(cluster)).toHaveLength(1)
  })
})
