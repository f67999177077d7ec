import { beforeEach, describe, expect, test } from 'vitest'
import { create, read, update } from '../../../src/cluster/api.ts'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import type { Deployment } from '../../../src/cluster/kinds/deployment.ts'
import { deployment } from '../../../src/cluster/kinds/deployment-kind.ts'
import type { ReplicaSet } from '../../../src/cluster/kinds/replica-set.ts'
import { quietCluster } from '../world.ts'

let cluster: Cluster

beforeEach(() => {
  cluster = quietCluster()
})

const input = (spec: object = {}, kind = 'Deployment') => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'web' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
    ...spec,
  },
})
const stored = (): Deployment => cluster.get('Deployment', 'default', 'web') as Deployment

describe('Deployments', () => {
  test('R-DEP-1 defaults', () => {
    const { spec } = create(cluster, input()).object as Deployment
    expect(spec).toMatchObject({
      replicas: 1,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      template: { spec: { restartPolicy: 'Always', containers: [{ imagePullPolicy: 'Always' }] } },
    })
    expect(stored().spec.template).toEqual(input().spec.template)
  })

  test('R-DEP-1 what is given stays', () => {
    const given = {
      replicas: 0,
      strategy: { type: 'Recreate' as const },
      revisionHistoryLimit: 0,
      progressDeadlineSeconds: 60,
      paused: true,
    }
    expect((create(cluster, input(given)).object as Deployment).spec).toMatchObject(given)
    expect(stored().spec.strategy).toEqual({ type: 'Recreate' })
  })

  test('R-DEP-1 half a rolling update', () => {
    create(cluster, input({ strategy: { rollingUpdate: { maxSurge: 0 } } }))
    expect(stored().spec.strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: 0, maxUnavailable: '25%' },
    })
  })

  test('R-DEP-3 writing out a default is no change of the template', () => {
    create(cluster, input())
    const before = stored()
    const shown = read(cluster, 'Deployment', 'default', 'web') as Deployment
    expect(update(cluster, JSON.parse(JSON.stringify(shown))).object.metadata.generation).toBe(1)
    expect(stored().spec).toEqual(before.spec)
  })

  test('the table', () => {
    const object = {
      ...(create(cluster, input({ replicas: 3 })).object as Deployment),
      status: { readyReplicas: 1, updatedReplicas: 2, availableReplicas: 1 },
    }
    expect(deployment.columns.map(({ cell }) => cell(object, cluster))).toEqual([
      'web',
      '1/3',
      '2',
      '1',
      '0s',
      'c',
      'nginx',
      'app=web',
    ])
  })
})

describe('ReplicaSets', () => {
  test('R-OWN-6 the template may change, the selector may not', () => {
    create(cluster, input({}, 'ReplicaSet'))
    const template = { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'c', image: 'redis' }] } }
    expect(() => update(cluster, input({ template, selector: { matchLabels: { app: 'x' } } }, 'ReplicaSet'))).toThrow(
      'spec.selector: Invalid value: {"matchLabels":{"app":"x"}}: field is immutable',
    )
    const next = update(
      cluster,
      input({ template: { ...template, metadata: { labels: { app: 'web', v: '2' } } } }, 'ReplicaSet'),
    )
    expect(next.object).toMatchObject({ metadata: { generation: 2 }, spec: { replicas: 1 } })
    expect((next.object as ReplicaSet).spec.template.spec.containers[0]?.image).toBe('redis')
  })
})
