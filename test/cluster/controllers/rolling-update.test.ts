import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Cluster } from '../../../src/cluster/cluster.ts'
import { boundsOf } from '../../../src/cluster/controllers/deployment/arithmetic.ts'
import { controllers } from '../../../src/cluster/controllers/index.ts'
import { isActive, isReady } from '../../../src/cluster/kinds/pod.ts'
import type { KubeObject } from '../../../src/cluster/object.ts'
import { deployment, edit, pods, testCluster, withImage, withReplicas } from './fixtures.ts'

/** A cluster that looks at itself after every change of its store. */
class WatchedCluster extends Cluster {
  check: () => void = () => undefined

  override put<T extends KubeObject>(object: T): T {
    const stored = super.put(object)
    this.check()
    return stored
  }
}

const limit = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.integer({ min: 0, max: 100 }).map((percent) => `${percent}%`),
)

const setting = fc.record({
  replicas: fc.integer({ min: 1, max: 12 }),
  maxSurge: limit,
  maxUnavailable: limit,
  images: fc.array(fc.constantFrom('nginx:1.24', 'nginx:1.25', 'httpd', 'nginx:no-such-tag'), {
    minLength: 1,
    maxLength: 4,
  }),
  /** Seconds between two changes of the template: some come in the middle of a rollout. */
  pauses: fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 4, maxLength: 4 }),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
})

describe('R-DEP-4: a rolling update keeps its limits at every single change', () => {
  test('total ≤ replicas + surge, available ≥ replicas − unavailable', () => {
    fc.assert(
      fc.property(setting, ({ replicas, maxSurge, maxUnavailable, images, pauses, seed }) => {
        const cluster = new WatchedCluster(testCluster({ seed }).snapshot(), controllers)
        const strategy = { type: 'RollingUpdate' as const, rollingUpdate: { maxSurge, maxUnavailable } }
        const { surge, unavailable } = boundsOf(cluster.put(deployment('web', replicas, { strategy })))
        cluster.settle()
        cluster.check = () => {
          const active = pods(cluster).filter(isActive)
          expect(active.length).toBeLessThanOrEqual(replicas + surge)
          expect(active.filter(isReady).length).toBeGreaterThanOrEqual(replicas - unavailable)
        }
        for (const [index, image] of images.entries()) {
          edit(cluster, 'Deployment', 'web', withImage(image))
          cluster.advance(cluster.now + (pauses[index] ?? 0) * 1000)
        }
        cluster.settle(120_000)
        edit(cluster, 'Deployment', 'web', withImage('nginx:1.26'))
        cluster.settle(120_000)
        expect(pods(cluster).map(({ spec }) => spec.containers[0]?.image)).toEqual(Array(replicas).fill('nginx:1.26'))
      }),
      { numRuns: 40 },
    )
  })

  test('scaling at any moment ends with the wanted number, and never goes over the larger limit', () => {
    fc.assert(
      fc.property(
        setting,
        fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 4 }),
        (given, sizes) => {
          const { replicas, maxSurge, maxUnavailable, images, pauses, seed } = given
          const cluster = new WatchedCluster(testCluster({ seed }).snapshot(), controllers)
          const strategy = { type: 'RollingUpdate' as const, rollingUpdate: { maxSurge, maxUnavailable } }
          cluster.put(deployment('web', replicas, { strategy }))
          cluster.settle()
          const most = Math.max(
            ...[replicas, ...sizes].map((size) => size + boundsOf(deployment('web', size, { strategy })).surge),
          )
          cluster.check = () => expect(pods(cluster).filter(isActive).length).toBeLessThanOrEqual(most)
          for (const [index, size] of sizes.entries()) {
            edit(cluster, 'Deployment', 'web', withImage(images[index % images.length] ?? 'nginx'))
            cluster.advance(cluster.now + (pauses[index] ?? 0) * 1000)
            edit(cluster, 'Deployment', 'web', withReplicas(size))
            cluster.advance(cluster.now + (pauses.at(-index) ?? 0) * 1000)
          }
          edit(cluster, 'Deployment', 'web', withImage('nginx:1.26'))
          cluster.settle(180_000)
          expect(pods(cluster).filter(isReady)).toHaveLength(sizes.at(-1) ?? replicas)
        },
      ),
      { numRuns: 30 },
    )
  })
})
