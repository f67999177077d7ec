import { describe, expect, test } from 'vitest'
import { create, remove } from '../../../src/cluster/api.ts'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import { createCluster } from '../../../src/cluster/create.ts'
import { isReady } from '../../../src/cluster/kinds/pod.ts'
import { withMetadata } from '../../../src/cluster/object.ts'
import { controller, curl, curls, ingress, nslookup, tally } from './world.ts'

const CLOCK = Date.parse('2026-03-01T12:00:00Z')
const start = (options: Partial<Parameters<typeof createCluster>[0]> = {}): Cluster =>
  createCluster({ seed: 7, clock: CLOCK, ...options })

const deployment = (name: string, replicas = 3, image = 'nginx') => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'default' },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image }] } },
  },
})

const serviceFor = (name: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'default' },
  spec: { selector: { app: name }, ports: [{ port: 80 }], ...spec },
})

const podsOf = (cluster: Cluster, app: string) => cluster.store.list('Pod', { namespace: 'default', labels: { app } })

/** A Deployment `web` and its Service, with everything settled. */
function withWeb(spec: object = {}, options: Partial<Parameters<typeof createCluster>[0]> = {}): Cluster {
  const cluster = start(options)
  create(cluster, deployment('web'))
  create(cluster, serviceFor('web', spec))
  cluster.settle()
  return cluster
}

describe('with the real controllers', () => {
  test('a Deployment and its Service: thirty calls, three pods', () => {
    const counts = tally(curls(withWeb(), 'http://web', 30))
    expect(Object.keys(counts)).toHaveLength(3)
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(30)
  })

  test('R-EPS-10 R-SVC-9 pods come and go, the name and the ClusterIP stay', () => {
    const cluster = withWeb()
    const [before] = nslookup(cluster, 'web').answers
    const [first] = podsOf(cluster, 'web')
    const old = first!.status.podIP!
    remove(cluster, 'Pod', 'default', first!.metadata.name)
    cluster.settle()
    expect(nslookup(cluster, 'web').answers).toEqual([before])
    const attempts = curls(cluster, 'http://web', 40)
    expect(Object.keys(tally(attempts))).toHaveLength(3)
    expect(attempts.every(({ answeredBy }) => answeredBy !== `default/${first!.metadata.name}`)).toBe(true)
    const stale = curl(cluster, `http://${old}`)
    expect(stale).toMatchObject({ outcome: 'timeout', blame: { kind: 'Pod', name: first!.metadata.name } })
    expect(stale.hops.at(-1)?.law).toBe('retiredAddressAnswers')
  })

  test('R-OWN-7 R-LBL-6 a pod without its label loses the traffic and goes on answering', () => {
    const cluster = withWeb()
    const [first] = podsOf(cluster, 'web')
    cluster.put(withMetadata(first!, { labels: { app: 'trainee' } }))
    cluster.settle()
    const counts = tally(curls(cluster, 'http://web', 60))
    expect(Object.keys(counts)).toHaveLength(3)
    expect(counts).not.toHaveProperty(`default/${first!.metadata.name}`)
    expect(curl(cluster, `http://${first!.status.podIP}`).outcome).toBe('ok')
  })

  test('R-SVC-19 scaled to nothing: refused, and the Deployment is to blame', () => {
    const cluster = withWeb()
    const web = cluster.get('Deployment', 'default', 'web')!
    cluster.put({ ...web, metadata: { ...web.metadata, generation: 2 }, spec: { ...web.spec, replicas: 0 } })
    cluster.settle()
    expect(curl(cluster, 'http://web')).toMatchObject({
      outcome: 'refused',
      blame: { kind: 'Deployment', name: 'web', field: 'spec.replicas' },
    })
  })

  test('R-NOD-5 a node goes dark: first silence now and then, then its pods leave the endpoints', () => {
    const cluster = withWeb()
    const [victim] = podsOf(cluster, 'web')
    const node = victim!.spec.nodeName!
    const origin = `node/${cluster.store.list('Node').find(({ metadata }) => metadata.name !== node)!.metadata.name}`
    cluster.configure({ down: { [node]: cluster.now } })
    const address = nslookup(cluster, 'web', {
      from: podsOf(cluster, 'web').find(({ spec }) => spec.nodeName !== node)!.metadata.name,
    }).answers[0]!.value
    const at = new Set(curls(cluster, `http://${address}`, 60, { from: origin }).map(({ outcome }) => outcome))
    expect(at).toEqual(new Set(['ok', 'timeout']))
    cluster.settle()
    const later = new Set(curls(cluster, `http://${address}`, 60, { from: origin }).map(({ outcome }) => outcome))
    expect(later).toEqual(new Set(['ok']))
  })

  test('R-KPX-8 R-LB-05 node ports as the API server gives them out', () => {
    const cluster = withWeb({ type: 'NodePort' })
    const { nodePort } = cluster.get('Service', 'default', 'web')!.spec.ports![0]!
    for (const host of [11, 12, 13])
      expect(curl(cluster, `http://192.168.49.${host}:${nodePort}`, { from: 'office' }).outcome).toBe('ok')
    expect(curl(cluster, `http://192.168.49.11:${nodePort}`, { from: 'home' }).blame).toMatchObject({
      kind: 'Firewall',
    })
  })

  test('R-LB-01 R-LB-02 a load balancer in the cloud and none on one’s own ground', () => {
    const cloud = withWeb({ type: 'LoadBalancer' }, { provider: 'cloud' })
    const address = cloud.get('Service', 'default', 'web')!.status.loadBalancer?.ingress?.[0]?.ip
    expect(address).toMatch(/^203\.0\.113\./)
    expect(curl(cloud, `http://${address}`, { from: 'internet' }).outcome).toBe('ok')
    const own = withWeb({ type: 'LoadBalancer' })
    expect(own.get('Service', 'default', 'web')!.status.loadBalancer?.ingress).toBe(undefined)
    expect(curl(own, 'http://web').outcome).toBe('ok')
  })

  test('R-ING-01 R-ING-60 an Ingress and a controller made of real objects', () => {
    const cluster = withWeb({}, { provider: 'cloud' })
    create(cluster, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'lobby-system' } })
    for (const object of controller())
      if (object.kind === 'IngressClass') create(cluster, { ...object, metadata: { name: object.metadata.name } })
    create(cluster, {
      ...deployment('lobby', 1, 'lobby/ingress-controller:1'),
      metadata: { name: 'lobby', namespace: 'lobby-system' },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'lobby' } },
        template: {
          metadata: { labels: { app: 'lobby' } },
          spec: {
            containers: [
              {
                name: 'controller',
                image: 'lobby/ingress-controller:1',
                ports: [
                  { name: 'http', containerPort: 80 },
                  { name: 'https', containerPort: 443 },
                ],
              },
            ],
          },
        },
      },
    })
    create(cluster, {
      ...serviceFor('lobby', {
        type: 'LoadBalancer',
        ports: [
          { name: 'http', port: 80 },
          { name: 'https', port: 443 },
        ],
      }),
      metadata: { name: 'lobby', namespace: 'lobby-system' },
    })
    const { uid: _uid, creationTimestamp: _born, ...metadata } = ingress('shop', {}).metadata
    const { apiVersion, kind, spec } = ingress('shop', { 'coffee.com': { '/': 'web' } })
    create(cluster, { apiVersion, kind, metadata, spec })
    cluster.settle()
    const address = cluster.get('Ingress', 'default', 'shop')!.status.loadBalancer?.ingress?.[0]?.ip
    expect(address).toMatch(/^203\.0\.113\./)
    cluster.configure({ publicDns: { 'coffee.com': address! } })
    expect(curl(cluster, 'http://coffee.com/', { from: 'internet' })).toMatchObject({
      outcome: 'ok',
      status: 200,
      speaker: 'app',
    })
  })

  test('R-KPX-9 R-EPS-10 a sticky client stays through scaling and a deleted neighbour', () => {
    const cluster = withWeb({ sessionAffinity: 'ClientIP' })
    create(cluster, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'me', namespace: 'default' },
      spec: { containers: [{ name: 'me', image: 'busybox', command: ['sleep', '3600'] }] },
    })
    cluster.settle()
    const mine = () => Object.keys(tally(curls(cluster, 'http://web', 10, { from: 'me' })))
    const [own, ...others] = mine()
    expect(others).toEqual([])
    const web = cluster.get('Deployment', 'default', 'web')!
    cluster.put({ ...web, metadata: { ...web.metadata, generation: 2 }, spec: { ...web.spec, replicas: 9 } })
    cluster.settle()
    expect(podsOf(cluster, 'web').filter(isReady)).toHaveLength(9)
    expect(mine()).toEqual([own])
    const neighbour = podsOf(cluster, 'web').find(({ metadata }) => `default/${metadata.name}` !== own)!
    remove(cluster, 'Pod', 'default', neighbour.metadata.name)
    cluster.settle()
    expect(mine()).toEqual([own])
  })

  test('traffic changes nothing that is saved, except what nodes remember for sticky clients', () => {
    const cluster = withWeb()
    const before = JSON.stringify(cluster.snapshot())
    curls(cluster, 'http://web', 50)
    curl(cluster, 'http://nobody')
    nslookup(cluster, 'web')
    expect(JSON.stringify(cluster.snapshot())).toBe(before)
  })
})

describe('the café', () => {
  test('R-POD-3 Monday’s number is silent on Wednesday, and the regulars’ note is to blame', () => {
    const cluster = start({ world: 'cafe-wednesday' })
    const attempt = curl(cluster, 'http://10.244.1.4:8080', { from: 'regulars' })
    expect(attempt).toMatchObject({
      outcome: 'timeout',
      blame: {
        kind: 'Deployment',
        name: 'regulars',
        namespace: 'default',
        field: 'spec.template.spec.containers[0].env[COFFEE_URL]',
      },
    })
    expect(curl(cluster, 'http://10.244.1.5:8080', { from: 'customer' }).body).toContain('espresso')
    expect(curl(cluster, 'http://10.244.1.5', { from: 'customer' }).outcome).toBe('refused')
  })

  test('R-DNS-8 the same short name means the printer of one’s own department', () => {
    const cluster = start({ world: 'cafe-departments' })
    expect(curl(cluster, 'http://printer', { from: 'engineering/dev' }).answeredBy).toMatch(/^engineering\/printer-/)
    expect(curl(cluster, 'http://printer', { from: 'marketing/intern' }).answeredBy).toMatch(/^marketing\/printer-/)
    expect(curl(cluster, 'http://coffee-shop', { from: 'marketing/intern' }).outcome).toBe('nxdomain')
    expect(curl(cluster, 'http://coffee-shop.default', { from: 'marketing/intern' }).outcome).toBe('ok')
    expect(nslookup(cluster, 'tea.com', { from: 'customer' }).tried).toHaveLength(4)
    expect(nslookup(cluster, 'tea.com.', { from: 'customer' }).tried).toHaveLength(1)
  })
})
