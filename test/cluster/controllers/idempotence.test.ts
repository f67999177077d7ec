import { describe, expect, test } from 'vitest'
import { setAddon } from '../../../src/cluster/addons.ts'
import { crash, nodeDown, nodeUp } from '../../../src/cluster/chaos.ts'
import { Cluster } from '../../../src/cluster/cluster.ts'
import type { Controller } from '../../../src/cluster/controller.ts'
import { controllers } from '../../../src/cluster/controllers/index.ts'
import { createCluster, restoreCluster } from '../../../src/cluster/create.ts'
import type { Key } from '../../../src/cluster/object.ts'
import { keyFor } from '../../../src/cluster/object.ts'
import { deletePod } from '../../../src/cluster/pod-deletion.ts'
import {
  container,
  deployment,
  edit,
  pod,
  pods,
  START,
  service,
  testCluster,
  withImage,
  withReplicas,
} from './fixtures.ts'

/** What happens to a cluster, step by step. */
type Scenario = readonly ((cluster: Cluster) => void)[]

const settle = (cluster: Cluster) => cluster.settle()
const wait = (seconds: number) => (cluster: Cluster) => cluster.advance(cluster.now + seconds * 1000)
const first = (cluster: Cluster) => pods(cluster)[0]!

const scenarios: Record<string, Scenario> = {
  'a Deployment with its Service, rolled out and scaled': [
    (cluster) => {
      cluster.put(deployment('web', 4))
      cluster.put(service('web'))
    },
    settle,
    (cluster) => edit(cluster, 'Deployment', 'web', withImage('nginx:1.25')),
    wait(3),
    (cluster) => edit(cluster, 'Deployment', 'web', withReplicas(7)),
    settle,
    (cluster) => edit(cluster, 'Deployment', 'web', withReplicas(2)),
    settle,
  ],
  'a rollout that never ends': [
    (cluster) => cluster.put(deployment('web', 3, { minReadySeconds: 5 })),
    settle,
    (cluster) => edit(cluster, 'Deployment', 'web', withImage('nginx:1.999')),
    wait(700),
  ],
  Recreate: [
    (cluster) => cluster.put(deployment('web', 3, { strategy: { type: 'Recreate' } })),
    settle,
    (cluster) => edit(cluster, 'Deployment', 'web', withImage('nginx:1.25')),
    settle,
  ],
  'crashes, probes, and commands that end': [
    (cluster) => {
      cluster.put(pod('loop', { containers: [container('busybox')] }))
      cluster.put(
        pod('once', { restartPolicy: 'Never', containers: [container('busybox', { command: ['sleep', '5'] })] }),
      )
      cluster.put(
        pod('unready', { containers: [container('nginx', { readinessProbe: { httpGet: { path: '/x', port: 80 } } })] }),
      )
      cluster.put(pod('unlive', { containers: [container('nginx', { livenessProbe: { tcpSocket: { port: 81 } } })] }))
      cluster.put(
        pod('init', {
          initContainers: [
            { name: 'i', image: 'busybox', command: ['sh', '-c', 'until nslookup web; do sleep 2; done'] },
          ],
        }),
      )
      cluster.put(pod('broken', { volumes: [{ name: 'v', configMap: { name: 'none' } }] }))
    },
    wait(400),
    (cluster) => crash(cluster, 'unready'),
    settle,
    (cluster) => deletePod(cluster, cluster.get('Pod', 'default', 'loop')!),
    settle,
  ],
  'a node that goes and comes back': [
    (cluster) => {
      cluster.put(deployment('web', 3))
      cluster.put(service('web'))
      cluster.put(pod('nowhere', { nodeSelector: { none: 'such' } }))
    },
    settle,
    (cluster) => void nodeDown(cluster, 'node-2'),
    wait(400),
    (cluster) => void nodeUp(cluster, 'node-2'),
    settle,
    (cluster) => cluster.remove(keyFor('Node', undefined, 'node-3')),
    wait(100),
  ],
  'labels that change and owners that go': [
    (cluster) => {
      cluster.put(deployment('web', 2))
      cluster.put(service('web'))
    },
    settle,
    (cluster) =>
      void cluster.put({ ...first(cluster), metadata: { ...first(cluster).metadata, labels: { app: 'trainee' } } }),
    settle,
    (cluster) => cluster.remove(keyFor('Service', 'default', 'web')),
    (cluster) => cluster.remove(keyFor('Deployment', 'default', 'web')),
    settle,
  ],
}

/** Every controller, each of whose calls is followed by a second one that must change nothing. */
const doubled = controllers.map<Controller>((controller) => ({
  ...controller,
  reconcile(cluster: Cluster, key: Key) {
    const wanted = controller.reconcile(cluster, key)
    const { version } = cluster
    const before = JSON.stringify(cluster.snapshot())
    const again = controller.reconcile(cluster, key)
    expect(cluster.version, `${controller.name} ${key} changed something in its second call`).toBe(version)
    expect(JSON.stringify(cluster.snapshot()), `${controller.name} ${key}`).toBe(before)
    expect(again, `${controller.name} ${key} wants to be called again at another time`).toEqual(wanted)
    return wanted
  },
}))

const play = (cluster: Cluster, scenario: Scenario): void => {
  for (const [index, step] of scenario.entries()) {
    cluster.begin({ author: 'you', line: `step ${index}` })
    step(cluster)
    cluster.commit()
  }
}

describe.each(Object.entries(scenarios))('%s', (_name, scenario) => {
  test('every controller is idempotent: a second call right after the first changes nothing', () => {
    const cluster = new Cluster(testCluster().snapshot(), doubled)
    expect.hasAssertions()
    play(cluster, scenario)
  })

  test('once settled, settling again visits nothing', () => {
    const cluster = testCluster()
    play(cluster, scenario)
    cluster.settle(3_600_000)
    cluster.settle(0)
    const { visited } = cluster.store
    cluster.settle(0)
    expect(cluster.store.visited).toBe(visited)
  })
})

describe('determinism', () => {
  const script: Scenario = [
    ...(scenarios['a Deployment with its Service, rolled out and scaled'] ?? []),
    (cluster) => void crash(cluster, first(cluster).metadata.name),
    settle,
    (cluster) => void setAddon(cluster, 'ingress', true),
    settle,
  ]
  const run = (seed: number, through: (cluster: Cluster) => Cluster): string => {
    let cluster = createCluster({ seed, clock: START })
    for (const [index, step] of script.entries()) {
      cluster.begin({ author: 'you', line: `step ${index}` })
      step(cluster)
      // A cluster is stored when its queue is empty.
      cluster.settle(0)
      cluster.commit()
      cluster = through(cluster)
    }
    return JSON.stringify(cluster.snapshot())
  }
  const stored = (cluster: Cluster): Cluster => restoreCluster(JSON.parse(JSON.stringify(cluster.snapshot())))
  // Objects that tests put in have UIDs from a counter; only what the cluster makes itself is compared.
  const withoutTestUids = (text: string): string => text.replace(/uid-\w+-\d+/g, 'uid')

  test('the same seed and the same commands give the same cluster, byte for byte', () => {
    const same = (cluster: Cluster) => cluster
    expect(withoutTestUids(run(7, same))).toBe(withoutTestUids(run(7, same)))
    expect(withoutTestUids(run(7, same))).not.toBe(withoutTestUids(run(8, same)))
  })

  test('also through storage after every step', () => {
    expect(withoutTestUids(run(7, stored))).toBe(withoutTestUids(run(7, (cluster) => cluster)))
  })

  test('undo leads back over every step, also through storage', () => {
    const contents = (cluster: Cluster) =>
      cluster
        .snapshot()
        .objects.map(({ metadata: { resourceVersion: _, ...metadata }, ...object }) => ({ ...object, metadata }))
    for (const through of [(cluster: Cluster) => cluster, stored]) {
      let cluster = testCluster()
      const before: unknown[] = []
      for (const [index, step] of (scenarios['labels that change and owners that go'] ?? []).entries()) {
        before.push(contents(cluster))
        cluster.begin({ author: 'you', line: `step ${index}` })
        step(cluster)
        cluster.settle()
        cluster.commit()
        cluster = through(cluster)
        if (cluster.history.length < before.length) before.pop()
      }
      while (cluster.history.length > 0) {
        cluster.undo()
        cluster.settle()
        const wanted = before.pop() as { metadata: { uid: string } }[]
        const sorted = (objects: { metadata: { uid: string } }[]) =>
          [...objects].sort((a, b) => (a.metadata.uid < b.metadata.uid ? -1 : 1))
        expect(sorted(contents(cluster))).toEqual(sorted(wanted))
      }
    }
  })
})
