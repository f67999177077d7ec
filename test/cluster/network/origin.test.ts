import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Deployment } from '../../../src/cluster/kinds/deployment.ts'
import type { ReplicaSet } from '../../../src/cluster/kinds/replica-set.ts'
import { OriginError, originNames, parseOrigin } from '../../../src/cluster/network/origin.ts'
import { ownedBy, withMetadata } from '../../../src/cluster/object.ts'
import { cafe, curl, node, pod, world } from './world.ts'

const refusal = (run: () => unknown): OriginError => {
  try {
    run()
  } catch (error) {
    if (error instanceof OriginError) return error
    throw error
  }
  throw new Error('not refused')
}

describe('vantage points', () => {
  test.each([
    ['customer', 'default/customer', '10.244.1.7', 'pod'],
    ['default/customer', 'default/customer', '10.244.1.7', 'pod'],
    ['marketing/intern', 'marketing/intern', '10.244.2.7', 'pod'],
    ['node/node-2', 'node/node-2', '192.168.49.12', 'node'],
    ['office', 'office', '192.168.49.100', 'lan'],
    ['laptop', 'laptop', '192.168.49.101', 'lan'],
    ['internet', 'internet', '198.51.100.7', 'street'],
    ['home', 'home', '192.168.1.20', 'street'],
    ['browser', 'browser', '192.168.1.30', 'street'],
    ['ip/192.168.49.60', 'ip/192.168.49.60', '192.168.49.60', 'routed'],
    [undefined, 'default/client', '10.244.1.3', 'pod'],
  ])('%s', (from, label, ip, zone) => {
    expect(parseOrigin(world(cafe()), from, 'default')).toMatchObject({ label, ip, zone })
  })

  test('the throw-away pod is on the first node that is ready, with its next free address, and is not stored', () => {
    const cluster = world([node(1, false), pod('x', { ip: '10.244.2.3' })])
    const version = cluster.version
    expect(parseOrigin(cluster, undefined, 'marketing')).toMatchObject({
      label: 'marketing/client',
      node: 'node-2',
      ip: '10.244.2.4',
    })
    expect(cluster.version).toBe(version)
    expect(cluster.get('Pod', 'marketing', 'client')).toBe(undefined)
    cluster.ipam.set('node-2', 200)
    expect(parseOrigin(cluster, undefined, 'default').ip).toBe('10.244.2.200')
  })

  test('it leaves out nodes that are down or cordoned, as long as there is another', () => {
    const cordoned = { ...node(1), spec: { ...node(1).spec, unschedulable: true } }
    expect(parseOrigin(world([cordoned], { down: { 'node-2': 0 } }), undefined, 'default').node).toBe('node-3')
    const all = [1, 2, 3].map((number) => ({ ...node(number), spec: { ...node(number).spec, unschedulable: true } }))
    expect(parseOrigin(world(all), undefined, 'default').node).toBe('node-1')
  })

  test('a workload’s name stands for its first pod that can send', () => {
    const deployment: Deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'regulars', namespace: 'default', uid: 'd', creationTimestamp: '2026-01-01T00:00:00Z' },
      spec: { replicas: 1, selector: {}, template: { spec: { containers: [] } } },
      status: {},
    }
    const replicaSet = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { ...deployment.metadata, name: 'regulars-1', uid: 'r', ownerReferences: [ownedBy(deployment)] },
      spec: { replicas: 1, selector: {}, template: { spec: { containers: [] } } },
      status: { replicas: 1 },
    } as ReplicaSet
    const owned = (name: string, ip: string, waiting?: string) =>
      withMetadata(pod(name, { ip, ...(waiting !== undefined && { waiting }) }), {
        ownerReferences: [ownedBy(replicaSet)],
      })
    const cluster = world([
      deployment,
      replicaSet,
      owned('regulars-1-a', '10.244.1.80', 'CrashLoopBackOff'),
      owned('regulars-1-b', '10.244.2.80'),
    ])
    expect(parseOrigin(cluster, 'regulars', 'default').label).toBe('default/regulars-1-b')
    expect(parseOrigin(cluster, 'default/regulars-1', 'marketing').label).toBe('default/regulars-1-b')
  })

  test.each([
    ['nobody', 'There is no pod "nobody" in namespace default.'],
    ['marketing/customer', 'There is no pod "customer" in namespace marketing.'],
    ['nowhere/customer', 'There is no namespace "nowhere".'],
    ['node/node-9', 'There is no node "node-9".'],
    ['ip/300.1.1.1', '"300.1.1.1" is no IPv4 address, such as ip/192.168.49.50.'],
    ['ip/fd00::1', '"fd00::1" is no IPv4 address'],
    ['a/b/c', '"a/b/c" is no vantage point.'],
    ['', '"" is no vantage point.'],
    ['default/', '"default/" is no vantage point.'],
    ['__proto__', 'There is no pod "__proto__" in namespace default.'],
  ])('refuses %s and says what there is', (from, message) => {
    const error = refusal(() => parseOrigin(world(cafe()), from, 'default'))
    expect(error.message.startsWith(message)).toBe(true)
    expect(error.message).toContain('node/NAME')
    expect(error.candidates).toContain('customer')
    expect(error.candidates).toContain('office')
    expect(error.candidates).toContain('node/node-3')
  })

  test.each<[string, Partial<Parameters<typeof pod>[1]>, string]>([
    ['pending', { waiting: 'ImagePullBackOff', phase: 'Pending' }, 'none of its containers runs (ImagePullBackOff)'],
    ['done', { phase: 'Succeeded' }, 'it has finished (Succeeded)'],
    ['lost', { ip: '10.244.3.9' }, 'its node node-3 is down'],
    ['waiting', { waiting: 'CrashLoopBackOff' }, 'none of its containers runs (CrashLoopBackOff)'],
  ])('a pod that cannot send: %s', (name, options, why) => {
    const cluster = world([pod(name, { ip: '10.244.1.9', ...options })], { down: { 'node-3': 0 } })
    expect(refusal(() => parseOrigin(cluster, name, 'default')).message).toContain(why)
  })

  test('without any ready node, or in a namespace that is gone, there is no throw-away pod', () => {
    const dark = world([node(1, false), node(2, false), node(3, false)])
    expect(refusal(() => parseOrigin(dark, undefined, 'default')).message).toContain('No node is ready')
    expect(refusal(() => parseOrigin(world([]), undefined, 'gone')).message).toContain('There is no namespace "gone"')
    expect(
      refusal(() => parseOrigin(world([], { down: { 'node-1': 0 } }), 'node/node-1', 'default')).message,
    ).toContain('is down')
  })

  test('every name that is offered is taken', () => {
    const cluster = world(cafe())
    for (const name of originNames(cluster, 'default')) expect(parseOrigin(cluster, name, 'default').ip).not.toBe('')
  })

  test('any text gives an origin or a refusal', () => {
    const cluster = world(cafe())
    fc.assert(
      fc.property(fc.string(), (from) => {
        try {
          parseOrigin(cluster, from, 'default')
        } catch (error) {
          expect(error).toBeInstanceOf(OriginError)
        }
      }),
    )
  })

  test('machines of the nodes’ network answer ping and refuse everything else', () => {
    const cluster = world(cafe())
    expect(curl(cluster, 'icmp://192.168.49.100', { from: 'customer' }).outcome).toBe('ok')
    expect(curl(cluster, 'http://192.168.49.101', { from: 'customer' }).outcome).toBe('refused')
    expect(curl(cluster, 'icmp://192.168.49.100', { from: 'internet' }).outcome).toBe('timeout')
  })
})
