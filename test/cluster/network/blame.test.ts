import { describe, expect, test } from 'vitest'
import type { Deployment } from '../../../src/cluster/kinds/deployment.ts'
import type { ReplicaSet } from '../../../src/cluster/kinds/replica-set.ts'
import { isSlip } from '../../../src/cluster/network/blame.ts'
import { type KubeObject, ownedBy, withMetadata } from '../../../src/cluster/object.ts'
import { behind, type Call, cafe, curl, nslookup, pod, service, slice, world } from './world.ts'

const web = (spec: Parameters<typeof service>[1] = {}) =>
  service('web', { clusterIP: '10.96.1.1', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }], ...spec })

const deployment = (name: string, replicas = 1): Deployment => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'default', uid: `d-${name}`, creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: { replicas, selector: {}, template: { metadata: { labels: { app: name } }, spec: { containers: [] } } },
  status: {},
})

/** A pod of a Deployment, with the ReplicaSet between them. */
const managed = (name: string, options: Parameters<typeof pod>[1]): KubeObject[] => {
  const owner = deployment(name)
  const replicaSet = {
    ...owner,
    kind: 'ReplicaSet',
    metadata: { ...owner.metadata, name: `${name}-rs`, uid: `r-${name}`, ownerReferences: [ownedBy(owner)] },
    status: { replicas: 1 },
  } as unknown as ReplicaSet
  return [owner, replicaSet, withMetadata(pod(`${name}-1`, options), { ownerReferences: [ownedBy(replicaSet)] })]
}

const blamed = (objects: KubeObject[], url = 'http://web', call: Call = {}) => curl(world(objects), url, call).blame

describe('nobody behind a Service', () => {
  const empty = (of = web()) => [of, slice(of, [])]

  test.each<[string, Record<string, string>, string]>([
    ['a slip in the value', { app: 'wbe' }, 'app=wbe'],
    ['another value of the same label', { app: 'shop' }, 'app=shop'],
    ['the value under another label', { name: 'web' }, 'name=web'],
    ['another case', { App: 'x' }, 'App=x'],
  ])('the selector fits no pod; the label that was meant is named: %s', (_how, labels, meant) => {
    const blame = blamed([...empty(), pod('p', { ip: '10.244.1.20', labels })])
    expect(blame).toMatchObject({ kind: 'Service', name: 'web', field: 'spec.selector' })
    expect(blame?.why).toBe(`no pod in namespace default has app=web; there are pods with ${meant}`)
  })

  test('where several other apps run, none of them is named as the one that was meant', () => {
    const others = ['shop', 'tea'].map((app, at) => pod(app, { ip: `10.244.1.2${at}`, labels: { app } }))
    expect(blamed([...empty(), ...others])?.why).toBe('no pod in namespace default has app=web')
  })

  test('with several pairs the one that is missing is looked for', () => {
    const two = web({ selector: { app: 'web', tier: 'front' } })
    const blame = blamed([...empty(two), pod('p', { ip: '10.244.1.20', labels: { app: 'web', tier: 'fornt' } })])
    expect(blame?.why).toContain('tier=fornt')
  })

  test('no pods at all', () => expect(blamed(empty())?.why).toBe('no pod in namespace default has app=web'))

  test('a Deployment that is scaled to 0', () => {
    expect(blamed([...empty(), deployment('web', 0)])).toMatchObject({
      kind: 'Deployment',
      name: 'web',
      field: 'spec.replicas',
    })
  })

  const unready = (options: Partial<Parameters<typeof pod>[1]>) => {
    const [owner, replicaSet, one] = managed('web', {
      labels: { app: 'web' },
      ip: '10.244.1.20',
      ready: false,
      ...options,
    })
    return [owner!, replicaSet!, ...behind(web(), one as ReturnType<typeof pod>)]
  }

  test.each<[string, Partial<Parameters<typeof pod>[1]>, object]>([
    [
      'its image cannot be pulled',
      { waiting: 'ImagePullBackOff' },
      { kind: 'Deployment', field: 'spec.template.spec.containers[0].image' },
    ],
    ['it crashes again and again', { waiting: 'CrashLoopBackOff' }, { kind: 'Pod', field: 'spec.containers[0]' }],
    [
      'its readiness probe fails',
      { container: { readinessProbe: { httpGet: { port: 8080, path: '/ready' } } } },
      { kind: 'Deployment', field: 'spec.template.spec.containers[0].readinessProbe' },
    ],
    ['it is on its way out', { deleting: true }, { kind: 'Pod', field: 'metadata.deletionTimestamp' }],
    ['nobody knows why', {}, { kind: 'Pod', field: 'status.conditions' }],
  ])('the pod is not ready: %s', (_why, options, expected) => expect(blamed(unready(options))).toMatchObject(expected))

  test('the pod waits for a node, or its node is gone', () => {
    const { nodeName: _, ...spec } = pod('p', { ip: '10.244.1.20' }).spec
    const waits = { ...pod('p', { ip: '10.244.1.20', labels: { app: 'web' }, ready: false }), spec }
    expect(blamed([...empty(), waits])).toMatchObject({ kind: 'Pod', field: 'spec.nodeName' })
    const lost = curl(world(unready({ ip: '10.244.3.20' }), { down: { 'node-3': 0 } }), 'http://web')
    expect(lost.blame).toMatchObject({ kind: 'Node', name: 'node-3' })
  })

  test('several pods: it says so', () => {
    const pods = [1, 2].map((number) =>
      pod(`p${number}`, { ip: `10.244.1.2${number}`, labels: { app: 'web' }, waiting: 'CrashLoopBackOff' }),
    )
    expect(blamed(behind(web(), ...pods))?.why).toBe('2 pods selected, none ready; p1 waits: CrashLoopBackOff')
  })

  test('ready pods that the slices do not know', () => {
    expect(blamed([...empty(), pod('p', { ip: '10.244.1.20', labels: { app: 'web' } })])?.why).toContain(
      'not in its EndpointSlices yet',
    )
  })
})

describe('a pod that refuses', () => {
  test('listens on another port; directly, the pod is meant', () => {
    expect(blamed([pod('p', { ip: '10.244.1.20' })], 'http://10.244.1.20')).toMatchObject({
      kind: 'Pod',
      why: 'it listens on 8080, not on 80',
    })
  })

  test('listens on another protocol', () => {
    const udp = pod('p', { ip: '10.244.1.20', image: 'example/x', ports: [{ containerPort: 53, protocol: 'UDP' }] })
    expect(blamed([udp], 'tcp://10.244.1.20:53')?.why).toBe('port 53 is open for UDP, not TCP')
  })

  test('listens on nothing', () => {
    expect(blamed([pod('p', { ip: '10.244.1.20', image: 'cafe/customer' })], 'http://10.244.1.20')?.field).toBe(
      'spec.containers[0].image',
    )
  })

  test.each([
    [{ args: ['-listen=127.0.0.1:5678'], image: 'hashicorp/http-echo' }, 'spec.containers[0].args', 5678],
    [{ env: [{ name: 'BIND_ADDRESS', value: '127.0.0.1' }] }, 'spec.containers[0].env[BIND_ADDRESS]', 8080],
  ])('binds to the loopback address: %o', (container, field, port) => {
    expect(blamed([pod('p', { ip: '10.244.1.20', container })], `http://10.244.1.20:${port}`)).toMatchObject({ field })
  })

  test('a Deployment’s pod: its template is meant', () => {
    const objects = managed('web', {
      ip: '10.244.1.20',
      container: { env: [{ name: 'BIND_ADDRESS', value: '127.0.0.1' }] },
    })
    expect(blamed(objects, 'http://10.244.1.20:8080')).toMatchObject({
      kind: 'Deployment',
      field: 'spec.template.spec.containers[0].env[BIND_ADDRESS]',
    })
  })

  test('the second port of a Service is the one to look at', () => {
    const two = web({
      ports: [
        { name: 'a', port: 80, targetPort: 8080 },
        { name: 'b', port: 81, targetPort: 81 },
      ],
    })
    expect(blamed(behind(two, pod('p', { ip: '10.244.1.20' })), 'http://web:81')?.field).toBe(
      'spec.ports[1].targetPort',
    )
  })
})

describe('a name without address', () => {
  const at = (name: string, from = 'marketing/intern') => {
    const cluster = world([
      ...cafe(),
      deployment('kitchen'),
      service('empty', { clusterIP: 'None', selector: { app: 'x' }, ports: [{ port: 80 }] }),
    ])
    return curl(cluster, `http://${name}`, { from }).blame
  }

  test('R-DNS-8 the Service is in another namespace', () => {
    expect(at('coffee-shop')).toMatchObject({ kind: 'Service', namespace: 'default', field: 'metadata.namespace' })
    expect(at('coffee-shop')?.why).toBe('it is in namespace default; from marketing its name is coffee-shop.default')
  })

  test('the namespace was put first', () =>
    expect(at('default.coffee-shop')?.why).toBe('the Service comes first: coffee-shop.default'))
  test('a slip', () => expect(at('cofee-shop', 'customer')?.why).toBe('the Service is called coffee-shop'))
  test('a Deployment without Service', () =>
    expect(at('kitchen', 'customer')).toMatchObject({ kind: 'Deployment', name: 'kitchen' }))
  test('R-DNS-3 a pod’s name', () => expect(at('bakery', 'customer')).toMatchObject({ kind: 'Pod', name: 'bakery' }))
  test('a part of the full name is missing', () =>
    expect(at('coffee-shop.default.cluster.local')?.why).toContain('coffee-shop.default.svc.cluster.local'))
  test('R-DNS-2 a headless Service without ready pods', () =>
    expect(at('empty', 'customer')).toMatchObject({ kind: 'Service', name: 'empty', field: 'spec.selector' }))
  test('R-DNS-9 asked from outside', () =>
    expect(at('coffee-shop.default.svc.cluster.local', 'laptop')).toMatchObject({
      kind: 'Service',
      field: 'metadata.name',
    }))
  test('nothing like it', () => expect(at('zebra.example')).toBe(null))
  test('an alias to nothing', () => {
    const alias = service('docs', { type: 'ExternalName', externalName: 'gone.example' })
    expect(blamed([alias], 'http://docs')).toMatchObject({
      kind: 'Service',
      field: 'spec.externalName',
      why: 'it names gone.example, which has no address',
    })
  })

  test('R-DNS-6 aliases in a circle', () => {
    const alias = (name: string, other: string) =>
      service(name, { type: 'ExternalName', externalName: `${other}.default.svc.cluster.local` })
    expect(blamed([alias('a', 'b'), alias('b', 'a')], 'http://a')?.why).toBe(
      'it names b.default.svc.cluster.local, which leads round in a circle',
    )
    expect(blamed([alias('me', 'me')], 'http://me')?.why).toContain('in a circle')
    expect(blamed([alias('a', 'gone')], 'http://a')?.why).toContain('has no address')
  })

  test('R-LB-08 R-LB-09 a public name for an address that works inside only', () => {
    const cluster = world(cafe(), {
      publicDns: { 'coffee.com': '10.96.14.7', 'tea.com': '192.168.77.1', 'old.com': '203.0.113.99' },
    })
    expect(curl(cluster, 'http://coffee.com', { from: 'internet' })).toMatchObject({
      outcome: 'timeout',
      blame: { kind: 'Service' },
    })
    expect(curl(cluster, 'http://coffee.com', { from: 'customer' }).outcome).toBe('ok')
    expect(curl(cluster, 'http://tea.com', { from: 'internet' })).toMatchObject({
      outcome: 'timeout',
      blame: { kind: 'DNS', name: 'tea.com' },
    })
    expect(curl(cluster, 'http://old.com', { from: 'internet' })).toMatchObject({
      outcome: 'timeout',
      blame: { kind: 'DNS', name: 'old.com' },
    })
    expect(nslookup(cluster, 'coffee.com', { from: 'internet' }).rcode).toBe('NOERROR')
  })
})

describe('slips', () => {
  test.each([
    ['coffee', 'cofee', true],
    ['coffee', 'coffeee', true],
    ['coffee', 'coffex', true],
    ['coffee', 'cofefe', true],
    ['coffee', 'coffee', false],
    ['coffee', 'tea', false],
    ['ab', 'cd', false],
    ['', 'a', true],
  ])('%s and %s: %s', (left, right, expected) => {
    expect(isSlip(left, right)).toBe(expected)
    expect(isSlip(right, left)).toBe(expected)
  })
})
