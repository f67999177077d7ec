import { describe, expect, test } from 'vitest'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import { boundsOf } from '../../../src/cluster/controllers/deployment/arithmetic.ts'
import { templateHash } from '../../../src/cluster/controllers/deployment/template-hash.ts'
import type { ReplicaSet } from '../../../src/cluster/kinds/replica-set.ts'
import { keyFor, withMetadata } from '../../../src/cluster/object.ts'
import {
  container,
  deployment,
  edit,
  eventsOf,
  pods,
  readyPods,
  replicaSet,
  storyOf,
  testCluster,
  withImage,
  withReplicas,
} from './fixtures.ts'

const web = (cluster: Cluster) => cluster.get('Deployment', 'default', 'web')!
const sets = (cluster: Cluster): ReplicaSet[] =>
  cluster.store.list('ReplicaSet', { namespace: 'default' }).sort((left, right) => revision(left) - revision(right))
const revision = ({ metadata }: ReplicaSet) => Number(metadata.annotations?.['deployment.kubernetes.io/revision'])
const sizes = (cluster: Cluster) => sets(cluster).map(({ spec }) => spec.replicas)
const condition = (cluster: Cluster, wanted: string) =>
  web(cluster).status.conditions?.find(({ type }) => type === wanted)

function running(replicas = 3, spec = {}): Cluster {
  const cluster = testCluster()
  cluster.put(deployment('web', replicas, spec))
  cluster.settle()
  return cluster
}

describe('names and revisions', () => {
  test('R-DEP-2: the ReplicaSet is called DEPLOY-HASH, its pods DEPLOY-HASH-xxxxx, and the hash is in selector and labels', () => {
    const cluster = running(2)
    const [set] = sets(cluster)
    const hash = set?.metadata.labels?.['pod-template-hash'] ?? ''
    expect(set?.metadata.name).toBe(`web-${hash}`)
    expect(set?.spec.selector.matchLabels).toEqual({ app: 'web', 'pod-template-hash': hash })
    for (const pod of pods(cluster)) {
      expect(pod.metadata.name).toMatch(new RegExp(`^web-${hash}-[bcdfghjklmnpqrstvwxz2456789]{5}$`))
      expect(pod.metadata.labels).toEqual({ app: 'web', 'pod-template-hash': hash })
    }
  })

  test('R-NAM-7: the hash uses its alphabet, is stable, and differs between templates', () => {
    const template = (image: string) => ({
      metadata: { labels: { app: 'web' } },
      spec: { containers: [container(image)] },
    })
    const hashes = Array.from({ length: 200 }, (_, index) => templateHash(template(`nginx:${index}`)))
    for (const hash of hashes) expect(hash).toMatch(/^[4-9bcdf]{1,10}$/)
    expect(new Set(hashes).size).toBe(200)
    expect(templateHash(template('nginx'))).toBe(
      templateHash({ spec: { containers: [{ image: 'nginx', name: 'main' }] }, metadata: { labels: { app: 'web' } } }),
    )
  })

  test('R-DEP-3: only the template makes a revision; scaling, pausing and labels do not', () => {
    const cluster = running()
    edit(cluster, 'Deployment', 'web', withReplicas(5))
    cluster.settle()
    edit(cluster, 'Deployment', 'web', (spec) => ({ ...spec, paused: true }))
    cluster.put(withMetadata(web(cluster), { labels: { app: 'web', team: 'a' } }))
    cluster.settle()
    expect(sets(cluster).map(revision)).toEqual([1])
    edit(cluster, 'Deployment', 'web', (spec) => ({ ...withImage('nginx:1.25')(spec), paused: false }))
    cluster.settle()
    expect(sets(cluster).map(revision)).toEqual([1, 2])
    expect(web(cluster).metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('2')
  })

  test('R-DEP-3: an old template brings its ReplicaSet back under the newest number', () => {
    const cluster = running()
    const [first] = sets(cluster)
    edit(cluster, 'Deployment', 'web', withImage('nginx:1.25'))
    cluster.settle()
    edit(cluster, 'Deployment', 'web', withImage('nginx'))
    cluster.settle()
    expect(sets(cluster).map(revision)).toEqual([2, 3])
    expect(sets(cluster)[1]?.metadata.uid).toBe(first?.metadata.uid)
    expect(sizes(cluster)).toEqual([0, 3])
  })

  test('R-DEP-8: the change cause travels with the ReplicaSet', () => {
    const cluster = testCluster()
    cluster.put(withMetadata(deployment('web', 1), { annotations: { 'kubernetes.io/change-cause': 'first' } }))
    cluster.settle()
    expect(sets(cluster)[0]?.metadata.annotations?.['kubernetes.io/change-cause']).toBe('first')
  })

  test('R-DEP-1: old ReplicaSets beyond revisionHistoryLimit go, oldest first', () => {
    const cluster = running(1, { revisionHistoryLimit: 2 })
    for (const tag of ['1.21', '1.22', '1.23', '1.24']) {
      edit(cluster, 'Deployment', 'web', withImage(`nginx:${tag}`))
      cluster.settle()
    }
    expect(sets(cluster).map(revision)).toEqual([3, 4, 5])
  })

  test('R-OWN-2: an orphaned ReplicaSet with matching labels is adopted', () => {
    const cluster = running()
    const [set] = sets(cluster)
    const { ownerReferences: _, ...metadata } = set!.metadata
    cluster.put({ ...set!, metadata })
    cluster.settle()
    expect(sets(cluster)[0]?.metadata.ownerReferences?.[0]?.uid).toBe(web(cluster).metadata.uid)
    expect(sets(cluster)).toHaveLength(1)
  })

  test('R-DEP-13: deleting the ReplicaSet of a living Deployment brings back one of the same name with new pods', () => {
    const cluster = running()
    const [set] = sets(cluster)
    const before = pods(cluster).map(({ metadata }) => metadata.name)
    cluster.remove(keyFor('ReplicaSet', 'default', set!.metadata.name))
    cluster.settle()
    expect(sets(cluster).map(({ metadata }) => metadata.name)).toEqual([set?.metadata.name])
    expect(readyPods(cluster)).toHaveLength(3)
    for (const pod of pods(cluster)) expect(before).not.toContain(pod.metadata.name)
  })
})

describe('rolling update', () => {
  test.each([
    [10, '25%', '25%', 3, 2],
    [3, '25%', '25%', 1, 0],
    [1, '25%', '25%', 1, 0],
    [4, '50%', '50%', 2, 2],
    [3, 0, '10%', 0, 1],
    [5, 2, 1, 2, 1],
    [5, '100%', 0, 5, 0],
  ])(
    'R-DEP-4: %i replicas, surge %s, unavailable %s give %i and %i',
    (replicas, maxSurge, maxUnavailable, surge, unavailable) => {
      const strategy = { type: 'RollingUpdate' as const, rollingUpdate: { maxSurge, maxUnavailable } }
      expect(boundsOf(deployment('web', replicas, { strategy }))).toEqual({ surge, unavailable })
    },
  )

  test('R-DEP-5: with 3 replicas and defaults it goes one by one, new before old', () => {
    const cluster = running()
    cluster.begin({ author: 'you', line: 'set image' })
    edit(cluster, 'Deployment', 'web', withImage('nginx:1.25'))
    cluster.settle()
    const steps = eventsOf(cluster, web(cluster)).slice(1)
    expect(steps.map((step) => step.replace(/ScalingReplicaSet: |replica set web-\w+ /g, ''))).toEqual([
      'Scaled up from 0 to 1',
      'Scaled down from 3 to 2',
      'Scaled up from 1 to 2',
      'Scaled down from 2 to 1',
      'Scaled up from 2 to 3',
      'Scaled down from 1 to 0',
    ])
    expect(sizes(cluster)).toEqual([0, 3])
  })

  test('R-DEP-6: a bad version stalls at 3 old and 1 broken new pod; after the deadline the condition says so', () => {
    const cluster = running()
    edit(cluster, 'Deployment', 'web', withImage('nginx:no-such-tag'))
    cluster.settle()
    expect(sizes(cluster)).toEqual([3, 1])
    expect(readyPods(cluster)).toHaveLength(3)
    expect(condition(cluster, 'Available')?.status).toBe('True')
    expect(condition(cluster, 'Progressing')?.status).toBe('True')
    cluster.advance(cluster.now + 601_000)
    expect(condition(cluster, 'Progressing')).toMatchObject({
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: `ReplicaSet "${sets(cluster)[1]?.metadata.name}" has timed out progressing.`,
    })
    expect(sizes(cluster), 'no automatic rollback').toEqual([3, 1])
  })

  test('R-DEP-5: unhealthy old pods go before healthy ones', () => {
    const cluster = running()
    edit(cluster, 'Deployment', 'web', withImage('nginx:no-such-tag'))
    cluster.settle()
    edit(cluster, 'Deployment', 'web', withImage('nginx:1.25'))
    cluster.advance(cluster.now)
    expect(sizes(cluster)).toEqual([3, 0, 1])
  })

  test('R-DEP-7: Recreate ends all old pods, terminating ones too, before the first new one', () => {
    const cluster = running(3, { strategy: { type: 'Recreate' } })
    edit(cluster, 'Deployment', 'web', withImage('nginx:1.25'))
    cluster.advance(cluster.now)
    expect(sizes(cluster)).toEqual([0])
    expect(pods(cluster).every(({ metadata }) => metadata.deletionTimestamp !== undefined)).toBe(true)
    cluster.settle()
    expect(sizes(cluster)).toEqual([0, 3])
    expect(readyPods(cluster)).toHaveLength(3)
  })

  test('a paused Deployment scales and does not roll out', () => {
    const cluster = running()
    edit(cluster, 'Deployment', 'web', (spec) => ({ ...withImage('nginx:1.25')(spec), paused: true, replicas: 5 }))
    cluster.settle()
    expect(sizes(cluster)).toEqual([5])
    expect(condition(cluster, 'Progressing')).toMatchObject({ status: 'Unknown', reason: 'DeploymentPaused' })
    edit(cluster, 'Deployment', 'web', (spec) => ({ ...spec, paused: false }))
    cluster.settle()
    expect(sizes(cluster)).toEqual([0, 5])
  })

  test('scaling in the middle of a rollout gives every ReplicaSet its share', () => {
    // The example of the Kubernetes documentation.
    const strategy = { type: 'RollingUpdate' as const, rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } }
    const cluster = running(10, { strategy })
    edit(cluster, 'Deployment', 'web', withImage('nginx:no-such-tag'))
    cluster.settle()
    expect(sizes(cluster)).toEqual([8, 5])
    edit(cluster, 'Deployment', 'web', withReplicas(15))
    cluster.settle()
    expect(sizes(cluster)).toEqual([11, 7])
  })

  test('minReadySeconds: a pod counts as available only after it', () => {
    const cluster = running(1, { minReadySeconds: 20 })
    edit(cluster, 'Deployment', 'web', (spec) => ({ ...withImage('nginx:1.25')(spec), minReadySeconds: 20 }))
    cluster.settle(15_000)
    expect(sizes(cluster)).toEqual([1, 1])
    expect(web(cluster).status).toMatchObject({ readyReplicas: 2, availableReplicas: 1 })
    cluster.settle()
    expect(sizes(cluster)).toEqual([0, 1])
  })
})

describe('status', () => {
  test('counts, Available and Progressing as upstream words them', () => {
    const cluster = running()
    const { conditions, ...counts } = web(cluster).status
    expect(counts).toEqual({
      observedGeneration: 1,
      replicas: 3,
      updatedReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
    })
    expect(conditions?.map(({ type, status, reason, message }) => [type, status, reason, message])).toEqual([
      ['Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.'],
      [
        'Progressing',
        'True',
        'NewReplicaSetAvailable',
        `ReplicaSet "${sets(cluster)[0]?.metadata.name}" has successfully progressed.`,
      ],
    ])
  })

  test('0 replicas are complete, and no timer stays behind', () => {
    const cluster = running(0)
    expect(condition(cluster, 'Progressing')?.reason).toBe('NewReplicaSetAvailable')
    expect(cluster.snapshot().timers).toEqual({})
  })

  test('a ReplicaSet of somebody else is left alone', () => {
    const cluster = testCluster()
    cluster.put(replicaSet('web', 1, { app: 'other' }))
    cluster.put(deployment('web', 1))
    cluster.settle()
    expect(cluster.get('ReplicaSet', 'default', 'web')?.metadata.ownerReferences).toBe(undefined)
  })

  test('the story tells who did what and why', () => {
    const cluster = testCluster()
    cluster.begin({ author: 'you', line: 'create' })
    cluster.put(deployment('web', 1))
    cluster.settle()
    const told = storyOf(cluster).map((line) => line.replace(/web-\w+-\w{5}/g, 'POD').replace(/web-[4-9bcdf]+/g, 'SET'))
    expect(told).toEqual([
      'deployment web: the first pod template: created ReplicaSet SET',
      'deployment web: scaled SET up from 0 to 1',
      'replicaset SET: wanted 1, had 0: created POD',
      'scheduler POD: assigned to node-1: fewest pods there (0 of its owner, 0 in all)',
      'kubelet POD: ready after 2 s at 10.244.1.2',
      'deployment web: complete: 1 pod of SET wanted and available',
    ])
  })
})
