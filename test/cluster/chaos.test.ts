import { describe, expect, test } from 'vitest'
import { ChaosError, crash, killPod, nodeDown, nodeUp, reuseAddress } from '../../src/cluster/chaos.ts'
import type { Cluster } from '../../src/cluster/cluster.ts'
import { deployment, pod, pods, readyPods, testCluster } from './controllers/fixtures.ts'

function running(replicas = 1): Cluster {
  const cluster = testCluster()
  cluster.put(deployment('web', replicas))
  cluster.put(pod('bare', { nodeName: 'node-3' }))
  cluster.settle()
  return cluster
}

describe('crash', () => {
  test.each(['web', 'deploy/web', 'default/web'])('%s: the one pod of the workload restarts in place', (target) => {
    const cluster = running()
    const [before] = pods(cluster, { app: 'web' })
    expect(crash(cluster, target)).toBe(
      `The process of container main in ${before?.metadata.name} has crashed (exit code 1).`,
    )
    cluster.settle()
    const [after] = pods(cluster, { app: 'web' })
    expect(after?.metadata.uid).toBe(before?.metadata.uid)
    expect(after?.status.containerStatuses?.[0]?.restartCount).toBe(1)
  })

  test('a workload with several pods is ambiguous: it names them', () => {
    const cluster = running(2)
    expect(() => crash(cluster, 'web')).toThrow(/^web has 2 pods\. Name one: web-\w+-\w+, web-\w+-\w+\.$/)
  })

  test('unknown names and pods that do not run are refused', () => {
    const cluster = running()
    expect(() => crash(cluster, 'nobody')).toThrow(ChaosError)
    expect(() => crash(cluster, 'bare', 'other')).toThrow('There is no pod "bare" in namespace other.')
    cluster.put(pod('waiting', { nodeSelector: { none: 'such' } }))
    expect(() => crash(cluster, 'waiting')).toThrow('No container of waiting runs at the moment.')
    expect(() => crash(cluster, '__proto__')).toThrow(ChaosError)
  })
})

test('kill-pod: gone at once and for good, replaced where somebody wants it', () => {
  const cluster = running()
  const [before] = pods(cluster, { app: 'web' })
  expect(killPod(cluster, before!.metadata.name)).toBe(
    `Pod ${before?.metadata.name} is gone, and its address 10.244.1.2 with it.`,
  )
  expect(cluster.get('Pod', 'default', before!.metadata.name)).toBe(undefined)
  killPod(cluster, 'bare')
  cluster.settle()
  expect(readyPods(cluster)).toHaveLength(1)
})

test('node-down and node-up: only once each, only nodes', () => {
  const cluster = running()
  nodeDown(cluster, 'node-1')
  expect(() => nodeDown(cluster, 'node-1')).toThrow('node-1 is down already.')
  expect(() => nodeDown(cluster, 'web')).toThrow('There is no node "web". There are: node-1, node-2, node-3.')
  nodeUp(cluster, 'node/node-1')
  expect(() => nodeUp(cluster, 'node-1')).toThrow('node-1 is not down.')
  expect(cluster.settings.down).toEqual({})
})

describe('reuse-ip', () => {
  const lost = (cluster: Cluster): string => {
    const [web] = pods(cluster, { app: 'web' })
    killPod(cluster, web!.metadata.name)
    cluster.settle()
    return web!.status.podIP!
  }

  test.each([
    ['the workload', () => 'web'],
    ['the node', () => 'node-1'],
    ['the address', (ip: string) => ip],
  ])('by %s: the next pod there takes the address', (_name, target) => {
    const cluster = running()
    const ip = lost(cluster)
    expect(reuseAddress(cluster, target(ip))).toBe(`The next pod on node-1 gets ${ip}, which was an address of web.`)
    cluster.put(pod('intruder', { nodeName: 'node-1' }))
    cluster.settle()
    expect(cluster.get('Pod', 'default', 'intruder')?.status.podIP).toBe(ip)
    expect(() => reuseAddress(cluster, ip)).toThrow(`${ip} belongs to another pod already.`)
  })

  test('it counts as a change that must be saved', () => {
    const cluster = running()
    const ip = lost(cluster)
    const { version } = cluster
    reuseAddress(cluster, ip)
    expect(cluster.version).toBeGreaterThan(version)
  })

  test('nothing given up: refused', () => {
    expect(() => reuseAddress(running(), 'web')).toThrow('No address of web has been given up lately.')
  })
})
