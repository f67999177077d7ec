import { describe, expect, test } from 'vitest'
import type { EndpointSlice } from '../../../src/cluster/kinds/endpoint-slice.ts'
import { Connection } from '../../../src/cluster/network/connection.ts'
import { Random } from '../../../src/cluster/random.ts'
import { behind, cafe, curl, curls, node, nslookup, pod, service, slice, tally, world } from './world.ts'

const labels = { app: 'coffee-shop' }
const shops = [
  pod('coffee-1', { labels, ip: '10.244.1.5' }),
  pod('coffee-2', { labels, ip: '10.244.2.10' }),
  pod('coffee-3', { labels, ip: '10.244.3.2' }),
]
const customer = pod('customer', { ip: '10.244.1.7', image: 'cafe/customer' })
const shop = (spec: Parameters<typeof service>[1] = {}) =>
  service('coffee-shop', {
    clusterIP: '10.96.14.7',
    selector: labels,
    ports: [{ port: 80, targetPort: 8080 }],
    ...spec,
  })

describe('ClusterIP', () => {
  test('R-KPX-1 the defined port answers; the pod keeps its own port number', () => {
    const attempt = curl(world(cafe()), 'http://10.96.14.7', { from: 'customer' })
    expect(attempt).toMatchObject({ outcome: 'ok', status: 200, speaker: 'app', answeredPort: 8080, blame: null })
    expect(attempt.hops.map(({ law }) => law)).toEqual(['chooseEndpoint', 'listens'])
  })

  test('R-KPX-1 a port that the Service does not define: silence, and the blame names spec.ports', () => {
    const attempt = curl(world(cafe()), 'http://coffee-shop:8080', { from: 'customer' })
    expect(attempt).toMatchObject({
      outcome: 'timeout',
      status: null,
      speaker: null,
      answeredBy: null,
      blame: { kind: 'Service', name: 'coffee-shop', namespace: 'default', field: 'spec.ports' },
    })
    expect(attempt.ms).toBeGreaterThanOrEqual(2000)
    expect(attempt.hops.at(-1)).toMatchObject({ at: 'node-1', law: 'portOnService' })
  })

  test('--resolve: an entry for the name comes before one for all names, and both only count for their port', () => {
    const resolve = [
      { host: '*', port: 80, address: '10.244.1.5' },
      { host: 'tea.example', port: 80, address: '10.96.14.7' },
      { host: '*', port: 8080, address: '10.244.2.10' },
    ]
    const reached = (url: string) => curl(world(cafe()), url, { from: 'customer', resolve })
    expect(reached('http://tea.example')).toMatchObject({ outcome: 'ok', answeredPort: 8080 })
    expect(reached('http://any.example')).toMatchObject({ outcome: 'refused' })
    expect(reached('http://any.example:8080')).toMatchObject({ outcome: 'ok', answeredBy: 'default/coffee-2' })
    expect(reached('http://tea.example:81').outcome).toBe('nxdomain')
  })

  test('R-KPX-1 the protocol is part of the rule: UDP on a TCP port is another port', () => {
    expect(curl(world(cafe()), 'udp://coffee-shop:80', { from: 'customer' }).outcome).toBe('timeout')
    expect(curl(world(cafe()), 'sctp://coffee-shop:80', { from: 'customer' }).outcome).toBe('timeout')
    expect(curl(world(cafe()), 'tcp://coffee-shop:80', { from: 'customer' })).toMatchObject({
      outcome: 'ok',
      status: null,
      speaker: null,
      answeredPort: 8080,
    })
  })

  test('R-KPX-1 the same number on TCP and UDP leads to different ports', () => {
    const dns = service('both', {
      clusterIP: '10.96.1.9',
      ports: [
        { name: 'a', port: 53, targetPort: 5353, protocol: 'UDP' },
        { name: 'b', port: 53, targetPort: 8053 },
      ],
    })
    const server = pod('server', {
      ip: '10.244.1.9',
      image: 'example/dns',
      ports: [{ containerPort: 5353, protocol: 'UDP' }, { containerPort: 8053 }],
    })
    const cluster = world([...behind(dns, server)])
    expect(curl(cluster, 'udp://both:53').answeredPort).toBe(5353)
    expect(curl(cluster, 'tcp://both:53').answeredPort).toBe(8053)
  })

  test('R-KPX-1 R-LB-06 ping to a ClusterIP gets no answer, to a pod and a node it does', () => {
    const cluster = world(cafe())
    const ping = (host: string) => curl(cluster, `icmp://${host}`, { from: 'customer' })
    expect(ping('coffee-shop')).toMatchObject({
      outcome: 'timeout',
      blame: { kind: 'Service', field: 'spec.clusterIP' },
    })
    expect(ping('10.244.3.2')).toMatchObject({ outcome: 'ok', status: null, answeredBy: 'default/coffee-3' })
    expect(ping('192.168.49.12').outcome).toBe('ok')
    expect(ping('localhost').outcome).toBe('ok')
    expect(ping('10.244.3.77').outcome).toBe('timeout')
  })

  test.each([
    ['office', 'timeout'],
    ['laptop', 'timeout'],
    ['internet', 'timeout'],
    ['home', 'timeout'],
    ['browser', 'timeout'],
    ['ip/192.168.49.77', 'timeout'],
    ['node/node-2', 'ok'],
    ['customer', 'ok'],
    [undefined, 'ok'],
  ])('R-KPX-2 R-LB-06 a ClusterIP from %s: %s', (from, outcome) => {
    const attempt = curl(world(cafe()), 'http://10.96.14.7', from === undefined ? {} : { from })
    expect(attempt.outcome).toBe(outcome)
    if (outcome === 'timeout') expect(attempt.blame).toMatchObject({ kind: 'Service', field: 'spec.type' })
  })

  test('R-KPX-3 each connection chooses at random, every endpoint equally often and not in turns', () => {
    const attempts = curls(world(cafe()), 'http://coffee-shop', 3000, { from: 'customer' })
    const counts = Object.values(tally(attempts))
    expect(counts).toHaveLength(3)
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120)
    const order = attempts.map(({ answeredBy }) => answeredBy)
    const repeats = order.filter((name, index) => name === order[index - 1]).length
    expect(repeats).toBeGreaterThan(800)
  })

  test('R-KPX-3 a connection that is kept alive stays with one pod, as long as it lives', () => {
    const cluster = world(cafe())
    const connection = new Connection()
    const attempts = curls(cluster, 'http://coffee-shop', 12, { from: 'customer', connection })
    expect(Object.keys(tally(attempts))).toHaveLength(1)
    expect(attempts[1]?.hops[0]?.what).toBe('uses its open connection again')
    cluster.remove(`Pod/${attempts[0]!.answeredBy}` as 'Pod/default/x')
    const [next] = curls(cluster, 'http://coffee-shop', 1, { from: 'customer', connection })
    expect(next?.hops[0]?.at).toBe('DNS')
  })

  test('R-KPX-5 R-LB-07 R-SVC-19 no endpoint anywhere: the name still resolves, the connection is refused at once', () => {
    const cluster = world([shop(), slice(shop(), []), customer])
    expect(nslookup(cluster, 'coffee-shop', { from: 'customer' }).answers[0]?.value).toBe('10.96.14.7')
    const attempt = curl(cluster, 'http://coffee-shop', { from: 'customer' })
    expect(attempt).toMatchObject({ outcome: 'refused', blame: { kind: 'Service', field: 'spec.selector' } })
    expect(attempt.ms).toBeLessThan(100)
    expect(attempt.hops.at(-1)).toMatchObject({ at: 'node-1', law: 'endpointReceivesTraffic' })
  })

  test('R-EPS-3 R-EPS-7 pods that are not ready get no traffic from the Service, and still answer on their own address', () => {
    const lazy = pod('coffee-9', { labels, ip: '10.244.2.9', ready: false })
    const cluster = world([...behind(shop(), shops[0]!, lazy), customer])
    expect(tally(curls(cluster, 'http://coffee-shop', 30, { from: 'customer' }))).toEqual({ 'default/coffee-1': 30 })
    expect(curl(cluster, 'http://10.244.2.9:8080', { from: 'customer' }).answeredBy).toBe('default/coffee-9')
  })

  test('R-EPS-3 publishNotReadyAddresses lets them in', () => {
    const lazy = pod('coffee-9', { labels, ip: '10.244.2.9', ready: false })
    const cluster = world([...behind(shop({ publishNotReadyAddresses: true }), lazy), customer])
    expect(curl(cluster, 'http://coffee-shop', { from: 'customer' }).answeredBy).toBe('default/coffee-9')
  })

  test('R-KPX-4 without a ready endpoint those that still serve while they terminate are used', () => {
    const leaving = pod('coffee-9', { labels, ip: '10.244.2.9', deleting: true })
    const broken = pod('coffee-8', { labels, ip: '10.244.2.8', deleting: true, ready: false })
    const cluster = world([...behind(shop(), leaving, broken), customer])
    expect(tally(curls(cluster, 'http://coffee-shop', 20, { from: 'customer' }))).toEqual({ 'default/coffee-9': 20 })
    const withReady = world([...behind(shop(), leaving, shops[0]!), customer])
    expect(tally(curls(withReady, 'http://coffee-shop', 20, { from: 'customer' }))).toEqual({ 'default/coffee-1': 20 })
  })

  test('R-KPX-5 a wrong targetPort is refused by the pod, and the blame names targetPort', () => {
    const wrong = shop({ ports: [{ port: 80, targetPort: 8000 }] })
    const attempt = curl(world([...behind(wrong, ...shops), customer]), 'http://coffee-shop', { from: 'customer' })
    expect(attempt).toMatchObject({
      outcome: 'refused',
      answeredBy: null,
      blame: { kind: 'Service', name: 'coffee-shop', field: 'spec.ports[0].targetPort' },
    })
    expect(attempt.blame?.why).toContain('8080')
    expect(attempt.hops.at(-1)?.law).toBe('listens')
  })

  test('R-KPX-6 internalTrafficPolicy Local: only endpoints of the caller’s node, else the packet is dropped', () => {
    const local = shop({ internalTrafficPolicy: 'Local' })
    const cluster = world([...behind(local, ...shops), customer, pod('far', { ip: '10.244.2.77', image: 'cafe/dev' })])
    expect(tally(curls(cluster, 'http://coffee-shop', 20, { from: 'customer' }))).toEqual({ 'default/coffee-1': 20 })
    expect(tally(curls(cluster, 'http://coffee-shop', 20, { from: 'far' }))).toEqual({ 'default/coffee-2': 20 })
    const lonely = world([...behind(local, shops[1]!), customer])
    expect(curl(lonely, 'http://coffee-shop', { from: 'customer' })).toMatchObject({
      outcome: 'timeout',
      blame: { field: 'spec.internalTrafficPolicy' },
    })
  })

  test('R-KPX-5 policy Local and no endpoint on any node: refused, not dropped', () => {
    const local = shop({ internalTrafficPolicy: 'Local' })
    expect(curl(world([local, slice(local, []), customer]), 'http://coffee-shop', { from: 'customer' }).outcome).toBe(
      'refused',
    )
  })

  test('R-KPX-4 Local is judged separately: a terminating endpoint here wins over a ready one elsewhere', () => {
    const local = shop({ internalTrafficPolicy: 'Local' })
    const leaving = pod('coffee-9', { labels, ip: '10.244.1.9', deleting: true })
    const cluster = world([...behind(local, leaving, shops[1]!), customer])
    expect(curl(cluster, 'http://coffee-shop', { from: 'customer' }).answeredBy).toBe('default/coffee-9')
  })

  test('R-KPX-7 the pod sees the caller’s own address; one that meets itself sees the bridge', () => {
    const cluster = world([...behind(shop(), shops[0]!), customer])
    expect(curl(cluster, 'http://coffee-shop', { from: 'customer' }).clientIp).toBe('10.244.1.7')
    expect(curl(cluster, 'http://coffee-shop', { from: 'coffee-1' })).toMatchObject({
      outcome: 'ok',
      answeredBy: 'default/coffee-1',
      clientIp: '10.244.1.1',
    })
    expect(curl(cluster, 'http://10.96.14.7', { from: 'node/node-2' }).clientIp).toBe('192.168.49.12')
  })

  test('R-SVC-5 a named targetPort may mean another number on each pod', () => {
    const named = shop({ ports: [{ port: 80, targetPort: 'web' }] })
    const one = pod('one', {
      labels,
      ip: '10.244.1.21',
      image: 'example/a',
      ports: [{ name: 'web', containerPort: 3000 }],
    })
    const two = pod('two', {
      labels,
      ip: '10.244.1.22',
      image: 'example/b',
      ports: [{ name: 'web', containerPort: 4000 }],
    })
    const second = slice(named, [two], [4000])
    const cluster = world([
      named,
      one,
      two,
      slice(named, [one], [3000]),
      { ...second, metadata: { ...second.metadata, name: 'coffee-shop-other' } },
      customer,
    ])
    const ports = curls(cluster, 'http://coffee-shop', 30, { from: 'customer' }).map((attempt) => attempt.answeredPort)
    expect(new Set(ports)).toEqual(new Set([3000, 4000]))
  })

  test('R-SVC-5 a named targetPort that no pod has: refused, and the blame names it', () => {
    const named = shop({ ports: [{ port: 80, targetPort: 'web' }] })
    const cluster = world([named, ...shops, { ...slice(named, []), ports: [] } as EndpointSlice, customer])
    expect(curl(cluster, 'http://coffee-shop', { from: 'customer' })).toMatchObject({
      outcome: 'refused',
      blame: { kind: 'Service', field: 'spec.ports[0].targetPort' },
    })
  })

  test('R-SVC-17 R-EPS-9 a Service without selector stands for the slices that carry its name and its port name', () => {
    const byHand = service('printer', { clusterIP: '10.96.3.3', ports: [{ name: 'http', port: 80, targetPort: 9376 }] })
    const target = pod('printer-1', { ip: '10.244.2.30', image: 'cafe/printer' })
    const manual = (name: string): EndpointSlice => ({
      ...slice(byHand, []),
      ports: [{ name, protocol: 'TCP', port: 8080 }],
      endpoints: [{ addresses: ['10.244.2.30'] }],
    })
    expect(curl(world([byHand, target, manual('http')]), 'http://printer').answeredBy).toBe('default/printer-1')
    expect(curl(world([byHand, target, manual('web')]), 'http://printer')).toMatchObject({
      outcome: 'refused',
      blame: { kind: 'EndpointSlice', field: 'ports[0].name' },
    })
    expect(curl(world([byHand, target]), 'http://printer')).toMatchObject({
      outcome: 'refused',
      blame: { kind: 'Service', field: 'spec.selector' },
    })
  })

  test('R-EPS-9 a manual endpoint that says ready: false gets nothing, one that says nothing is ready', () => {
    const byHand = service('printer', { clusterIP: '10.96.3.3', ports: [{ port: 80, targetPort: 8080 }] })
    const target = pod('printer-1', { ip: '10.244.2.30', image: 'cafe/printer' })
    const manual = (conditions: object): EndpointSlice => ({
      ...slice(byHand, []),
      endpoints: [{ addresses: ['10.244.2.30'], ...conditions }],
    })
    expect(curl(world([byHand, target, manual({})]), 'http://printer').outcome).toBe('ok')
    expect(curl(world([byHand, target, manual({ conditions: { ready: false } })]), 'http://printer')).toMatchObject({
      outcome: 'refused',
      blame: { kind: 'EndpointSlice', field: 'endpoints' },
    })
  })

  test('R-EPS-9 a manual endpoint outside the cluster is sent to, and nobody there answers', () => {
    const byHand = service('my-service', {
      clusterIP: '10.96.3.3',
      ports: [{ name: 'http', port: 80, targetPort: 9376 }],
    })
    const manual: EndpointSlice = { ...slice(byHand, []), endpoints: [{ addresses: ['10.4.5.6'] }] }
    expect(curl(world([byHand, manual]), 'http://my-service').outcome).toBe('timeout')
  })

  test('R-SVC-18 a Service may span several Deployments, and several Services one pod', () => {
    const second = service('second', {
      clusterIP: '10.96.1.1',
      selector: { tier: 'front' },
      ports: [{ port: 81, targetPort: 8080 }],
    })
    const cluster = world([...behind(shop(), ...shops), second, slice(second, [shops[0]!]), customer])
    expect(curl(cluster, 'http://second:81', { from: 'customer' }).answeredBy).toBe('default/coffee-1')
  })

  test('R-SVC-6 the Service kubernetes leads to the API server, which knows nothing of the caller', () => {
    const cluster = world([])
    expect(curl(cluster, 'tcp://kubernetes:443').outcome).toBe('ok')
    expect(curl(cluster, 'https://kubernetes').outcome).toBe('tls-mismatch')
    expect(curl(cluster, 'https://kubernetes', { insecure: true })).toMatchObject({ outcome: 'ok', status: 403 })
  })
})

describe('client affinity', () => {
  const sticky = (spec: Parameters<typeof service>[1] = {}) => shop({ sessionAffinity: 'ClientIP', ...spec })
  const clients = Array.from({ length: 12 }, (_, index) =>
    pod(`c${index}`, { ip: `10.244.1.${100 + index}`, image: 'cafe/dev' }),
  )
  const sticksTo = (cluster: ReturnType<typeof world>, from: string, times = 8) =>
    Object.keys(tally(curls(cluster, 'http://coffee-shop', times, { from })))

  test('R-KPX-9 R-SVC-15 one address stays with one pod, different addresses spread', () => {
    const cluster = world([...behind(sticky(), ...shops), ...clients])
    const chosen = clients.map(({ metadata }) => sticksTo(cluster, metadata.name))
    for (const pods of chosen) expect(pods).toHaveLength(1)
    expect(new Set(chosen.flat()).size).toBe(3)
  })

  test('R-KPX-9 a pin survives more pods and the loss of others, and breaks when its own pod goes', () => {
    const cluster = world([...behind(sticky(), ...shops), customer])
    const [own] = sticksTo(cluster, 'customer')
    const more = Array.from({ length: 20 }, (_, index) =>
      pod(`new-${index}`, { labels, ip: `10.244.2.${100 + index}` }),
    )
    for (const each of more) cluster.put(each)
    cluster.put(slice(sticky(), [...shops, ...more]))
    expect(sticksTo(cluster, 'customer')).toEqual([own])
    const left = shops.filter(({ metadata }) => `default/${metadata.name}` !== own)
    cluster.put(slice(sticky(), [...left.slice(1), ...more, ...shops.filter((each) => !left.includes(each))]))
    expect(sticksTo(cluster, 'customer')).toEqual([own])
    cluster.put(slice(sticky(), [...left, ...more]))
    const [next, ...others] = sticksTo(cluster, 'customer')
    expect(others).toEqual([])
    expect(next).not.toBe(own)
  })

  test('R-KPX-9 after the timeout of silence the client is new again; what is remembered is saved', () => {
    const cluster = world([
      ...behind(sticky({ sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } } }), ...shops),
      customer,
    ])
    sticksTo(cluster, 'customer')
    const [[key, pin] = ['', undefined]] = [...cluster.affinity]
    const other = ['10.244.1.5', '10.244.2.10', '10.244.3.2'].find((address) => address !== pin?.address)!
    cluster.affinity.set(key, { address: other, at: cluster.now })
    const [pinned] = sticksTo(cluster, 'customer')
    expect(Object.values(cluster.snapshot().affinity ?? {})).toEqual([{ address: other, at: cluster.now }])
    const dice = new Random(7)
    const visits = Array.from({ length: 20 }, () => {
      cluster.advance(cluster.now + 61_000)
      return Object.keys(tally(curls(cluster, 'http://coffee-shop', 3, { from: 'customer', dice })))
    })
    for (const pods of visits) expect(pods).toHaveLength(1)
    expect(new Set(visits.flat()).size).toBe(3)
    expect(visits.flat()).toContain(pinned)
  })

  test('R-KPX-9 the memory is bounded', () => {
    const cluster = world(behind(sticky(), ...shops))
    for (let host = 1; host <= 100; host++) curl(cluster, 'http://10.244.1.5', { from: `ip/192.168.49.${host + 100}` })
    for (let host = 1; host <= 80; host++) {
      cluster.put(pod('walker', { ip: `10.244.1.${host + 20}`, image: 'cafe/dev' }))
      curl(cluster, 'http://coffee-shop', { from: 'walker' })
    }
    expect(cluster.affinity.size).toBe(64)
  })
})

describe('node ports', () => {
  const ports = [{ port: 80, targetPort: 8080, nodePort: 30080 }]
  const open = (spec: Parameters<typeof service>[1] = {}) => shop({ type: 'NodePort', ports, ...spec })
  const nodes = ['192.168.49.11', '192.168.49.12', '192.168.49.13']

  test.each(nodes)('R-KPX-8 R-LB-04 R-SVC-11 every node opens it, also %s without a pod', (address) => {
    const attempt = curl(world(behind(open(), shops[1]!)), `http://${address}:30080`, { from: 'office' })
    expect(attempt).toMatchObject({ outcome: 'ok', answeredBy: 'default/coffee-2' })
  })

  test('R-KPX-7 R-LB-05 policy Cluster hides the client behind the node, Local keeps its address', () => {
    const local = open({ externalTrafficPolicy: 'Local' })
    expect(curl(world(behind(open(), ...shops)), 'http://192.168.49.13:30080', { from: 'office' }).clientIp).toBe(
      '192.168.49.13',
    )
    const kept = curls(world(behind(local, ...shops)), 'http://192.168.49.13:30080', 10, { from: 'office' })
    expect(tally(kept)).toEqual({ 'default/coffee-3': 10 })
    expect(kept[0]?.clientIp).toBe('192.168.49.100')
  })

  test('R-KPX-5 R-KPX-6 R-LB-05 Local on a node without an endpoint: dropped', () => {
    const cluster = world(behind(open({ externalTrafficPolicy: 'Local' }), shops[1]!))
    expect(curl(cluster, 'http://192.168.49.11:30080', { from: 'office' })).toMatchObject({
      outcome: 'timeout',
      blame: { kind: 'Service', field: 'spec.externalTrafficPolicy' },
    })
    expect(curl(cluster, 'http://192.168.49.12:30080', { from: 'office' }).outcome).toBe('ok')
  })

  test('R-KPX-6 clients inside the cluster reach all endpoints in spite of Local', () => {
    const cluster = world([...behind(open({ externalTrafficPolicy: 'Local' }), shops[1]!), customer])
    expect(curl(cluster, 'http://192.168.49.11:30080', { from: 'customer' }).outcome).toBe('ok')
    expect(curl(cluster, 'http://192.168.49.11:30080', { from: 'node/node-1' }).outcome).toBe('ok')
  })

  test('R-KPX-5 R-LB-07 a node port without endpoints is refused, also with policy Local', () => {
    const cluster = world([open(), slice(open(), [])])
    expect(curl(cluster, 'http://192.168.49.11:30080', { from: 'office' }).outcome).toBe('refused')
    const local = open({ externalTrafficPolicy: 'Local' })
    expect(curl(world([local, slice(local, [])]), 'http://192.168.49.11:30080', { from: 'office' }).outcome).toBe(
      'refused',
    )
  })

  test('R-KPX-8 the Service’s own port is not open on nodes', () => {
    const attempt = curl(world(behind(open(), ...shops)), 'http://192.168.49.11:80', { from: 'office' })
    expect(attempt).toMatchObject({ outcome: 'refused', blame: { kind: 'Service', name: 'coffee-shop' } })
    expect(attempt.blame?.why).toContain('30080')
  })

  test('R-KPX-8 a node reaches it on its own localhost, a pod does not', () => {
    const cluster = world([...behind(open(), ...shops), customer])
    expect(curl(cluster, 'http://localhost:30080', { from: 'node/node-1' })).toMatchObject({
      outcome: 'ok',
      clientIp: '192.168.49.11',
    })
    expect(curl(cluster, 'http://localhost:80', { from: 'node/node-1' }).outcome).toBe('refused')
    expect(curl(cluster, 'http://localhost:30080', { from: 'customer' }).outcome).toBe('refused')
  })

  test('R-POD-5 the bridge to the pods is an address of its node, for those with a route to the pods', () => {
    const cluster = world([...behind(open(), ...shops), customer])
    expect(curl(cluster, 'icmp://10.244.2.1', { from: 'customer' }).outcome).toBe('ok')
    expect(curl(cluster, 'http://10.244.2.1:30080', { from: 'customer' }).outcome).toBe('ok')
    expect(curl(cluster, 'http://10.244.2.1:80', { from: 'customer' }).outcome).toBe('refused')
    expect(curl(cluster, 'icmp://10.244.2.1', { from: 'office' }).outcome).toBe('timeout')
    expect(curl(cluster, 'http://10.244.2.1:30080', { from: 'office' }).outcome).toBe('timeout')
  })

  test('R-SVC-11 a NodePort Service has a ClusterIP as well', () => {
    const cluster = world([...behind(open(), ...shops), customer])
    expect(curl(cluster, 'http://coffee-shop', { from: 'customer' }).outcome).toBe('ok')
  })

  test.each(['internet', 'home', 'browser'])('the firewall keeps %s out until it lists the port', (from) => {
    const objects = behind(open(), ...shops)
    const shut = curl(world(objects), 'http://192.168.49.11:30080', { from })
    expect(shut).toMatchObject({ outcome: 'timeout', blame: { kind: 'Firewall', namespace: null } })
    expect(shut.hops).toHaveLength(1)
    const opened = world(objects, { firewall: ['30080/TCP'] })
    expect(curl(opened, 'http://192.168.49.11:30080', { from }).outcome).toBe('ok')
    expect(curl(opened, 'http://192.168.49.11:30081', { from }).outcome).toBe('timeout')
    expect(curl(opened, 'icmp://192.168.49.11', { from }).outcome).toBe('timeout')
  })

  test('R-NOD-5 a node without power answers nobody', () => {
    const cluster = world(behind(open(), ...shops), { down: { 'node-1': 0 } })
    expect(curl(cluster, 'http://192.168.49.11:30080', { from: 'office' })).toMatchObject({
      outcome: 'timeout',
      blame: { kind: 'Node', name: 'node-1', namespace: null },
    })
    expect(curl(cluster, 'icmp://192.168.49.11', { from: 'office' }).outcome).toBe('timeout')
    expect(curl(cluster, 'http://10.244.1.5:8080', { from: 'node/node-2' })).toMatchObject({
      outcome: 'timeout',
      blame: { kind: 'Node' },
    })
  })

  test('R-POD-6 pods on the host network and host ports are doors of their node', () => {
    const host = pod('agent', {
      ip: '192.168.49.12',
      image: 'cafe/agent',
      spec: { hostNetwork: true, nodeName: 'node-2' },
    })
    const mapped = pod('web', { ip: '10.244.3.9', image: 'nginx', ports: [{ containerPort: 80, hostPort: 9000 }] })
    const cluster = world([host, mapped])
    expect(curl(cluster, 'http://192.168.49.12:8080', { from: 'office' }).answeredBy).toBe('default/agent')
    expect(curl(cluster, 'http://192.168.49.13:9000', { from: 'office' })).toMatchObject({
      answeredBy: 'default/web',
      answeredPort: 80,
    })
    expect(curl(cluster, 'http://localhost:8080', { from: 'node/node-2' }).answeredBy).toBe('default/agent')
    expect(curl(cluster, 'http://localhost:8080', { from: 'node/node-1' }).outcome).toBe('refused')
  })

  test('the kubelet listens on its port and wants credentials', () => {
    const cluster = world([])
    expect(curl(cluster, 'tcp://192.168.49.11:10250', { from: 'office' }).outcome).toBe('ok')
    expect(curl(cluster, 'http://192.168.49.11:10250', { from: 'office' }).status).toBe(400)
    expect(curl(cluster, 'https://192.168.49.11:10250/pods', { from: 'office', insecure: true }).status).toBe(401)
  })
})

describe('load balancers and external addresses', () => {
  const ports = [{ port: 80, targetPort: 8080, nodePort: 30080 }]
  const balanced = (spec: Parameters<typeof service>[1] = {}, ip = '203.0.113.20') => ({
    ...shop({ type: 'LoadBalancer', ports, ...spec }),
    status: { loadBalancer: { ingress: [{ ip }] } },
  })

  test('R-LB-01 R-SVC-13 R-LB-02 its address works from the street without a rule of the firewall', () => {
    const cluster = world([...behind(balanced(), ...shops), customer])
    for (const from of ['internet', 'home', 'browser', 'office', 'customer', 'node/node-1'])
      expect(curl(cluster, 'http://203.0.113.20', { from }), from).toMatchObject({ outcome: 'ok', answeredPort: 8080 })
    const visit = curl(cluster, 'http://203.0.113.20', { from: 'internet' })
    expect(visit.hops.map(({ at }) => at).slice(0, 1)).toEqual(['load balancer'])
    expect(visit.clientIp).toMatch(/^192\.168\.49\.1[123]$/)
  })

  test('R-LB-01 while it is pending the node port and the ClusterIP still work', () => {
    const cluster = world([...behind(shop({ type: 'LoadBalancer', ports }), ...shops), customer])
    expect(curl(cluster, 'http://192.168.49.12:30080', { from: 'office' }).outcome).toBe('ok')
    expect(curl(cluster, 'http://coffee-shop', { from: 'customer' }).outcome).toBe('ok')
    expect(curl(cluster, 'http://203.0.113.20', { from: 'internet' }).outcome).toBe('timeout')
  })

  test('R-LB-05 Local: only nodes with an endpoint get traffic, and the visitor’s address is kept', () => {
    const cluster = world(behind(balanced({ externalTrafficPolicy: 'Local' }), shops[1]!))
    const attempts = curls(cluster, 'http://203.0.113.20', 20, { from: 'home' })
    expect(tally(attempts)).toEqual({ 'default/coffee-2': 20 })
    expect(attempts[0]?.clientIp).toBe('198.51.100.20')
  })

  test('R-LB-05 R-SVC-16 kube-proxy tells on the healthCheckNodePort which nodes have an endpoint', () => {
    const cluster = world(behind(balanced({ externalTrafficPolicy: 'Local', healthCheckNodePort: 30999 }), shops[1]!))
    const health = (node: number) => curl(cluster, `http://192.168.49.1${node}:30999/healthz`, { from: 'office' })
    expect([1, 2, 3].map((node) => health(node).status)).toEqual([503, 200, 503])
    expect(JSON.parse(health(2).body ?? '')).toEqual({
      service: { namespace: 'default', name: 'coffee-shop' },
      localEndpoints: 1,
      serviceProxyHealthy: true,
    })
    expect(health(1)).toMatchObject({ outcome: 'ok', speaker: null, answeredBy: null })
    expect(curl(cluster, 'https://192.168.49.12:30999', { from: 'office' }).outcome).toBe('tls-mismatch')
    expect(curl(cluster, 'http://192.168.49.12:30999', { from: 'internet' }).blame).toMatchObject({ kind: 'Firewall' })
  })

  test('R-SVC-13 loadBalancerSourceRanges: others are dropped at its address, not at the node port', () => {
    const cluster = world(behind(balanced({ loadBalancerSourceRanges: ['198.51.100.20/32'] }), ...shops))
    expect(curl(cluster, 'http://203.0.113.20', { from: 'home' }).outcome).toBe('ok')
    expect(curl(cluster, 'http://203.0.113.20', { from: 'internet' })).toMatchObject({
      outcome: 'timeout',
      blame: { field: 'spec.loadBalancerSourceRanges' },
    })
    expect(curl(cluster, 'http://192.168.49.12:30080', { from: 'office' }).outcome).toBe('ok')
  })

  test('R-LB-07 R-KPX-5 without endpoints the connection is refused', () => {
    const cluster = world([balanced(), slice(balanced(), [])])
    expect(curl(cluster, 'http://203.0.113.20', { from: 'internet' }).outcome).toBe('refused')
  })

  test('a port that the Service does not have: the balancer drops it', () => {
    expect(curl(world(behind(balanced(), ...shops)), 'http://203.0.113.20:81', { from: 'internet' })).toMatchObject({
      outcome: 'timeout',
      blame: { kind: 'Service', field: 'spec.ports' },
    })
  })

  test('R-LB-03 R-LB-08 a private address works in its own network only', () => {
    const cluster = world(behind(balanced({}, '192.168.49.200'), ...shops))
    expect(curl(cluster, 'http://192.168.49.200', { from: 'office' }).outcome).toBe('ok')
    expect(curl(cluster, 'http://192.168.49.200', { from: 'internet' })).toMatchObject({ outcome: 'timeout' })
  })

  test('R-SVC-13 allocateLoadBalancerNodePorts false: the balancer works without node ports', () => {
    const without = {
      ...balanced(),
      spec: { ...balanced().spec, ports: [{ port: 80, protocol: 'TCP' as const, targetPort: 8080 }] },
    }
    expect(curl(world(behind(without, ...shops)), 'http://203.0.113.20', { from: 'internet' }).outcome).toBe('ok')
  })

  test('R-SVC-16 externalIPs: an address of a node opens the Service’s port there, a foreign one is nobody’s', () => {
    const cluster = world([...behind(shop({ externalIPs: ['192.168.49.12', '198.18.0.9'] }), ...shops), customer])
    expect(curl(cluster, 'http://192.168.49.12', { from: 'office' }).outcome).toBe('ok')
    expect(curl(cluster, 'http://192.168.49.12:81', { from: 'office' }).outcome).toBe('refused')
    expect(curl(cluster, 'http://192.168.49.12', { from: 'internet' })).toMatchObject({ blame: { kind: 'Firewall' } })
    expect(curl(cluster, 'http://198.18.0.9', { from: 'customer' }).outcome).toBe('ok')
    for (const from of ['office', 'internet'])
      for (const port of [80, 81])
        expect(curl(cluster, `http://198.18.0.9:${port}`, { from }).outcome, from).toBe('timeout')
    const lost = curl(cluster, 'http://198.18.0.9', { from: 'office' })
    expect(lost.blame).toMatchObject({ kind: 'Service', name: 'coffee-shop', field: 'spec.externalIPs' })
    expect(lost.hops).toMatchObject([{ at: 'the network', what: 'brings 198.18.0.9 to no node' }])
  })

  test('R-SVC-16 an externalIP that is a node’s address is behind the firewall like its other ports', () => {
    const objects = behind(shop({ externalIPs: ['192.168.49.12'] }), ...shops)
    const visit = curl(world(objects, { firewall: ['80/TCP'] }), 'http://192.168.49.12', { from: 'internet' })
    expect(visit).toMatchObject({ outcome: 'ok', clientIp: '192.168.49.12' })
    expect(visit.hops.map(({ at }) => at).slice(0, 2)).toEqual(['firewall', 'node-2'])
  })

  test('R-KPX-9 a balancer keeps a sticky client on one node, so that it stays with one pod', () => {
    const cluster = world(behind(balanced({ sessionAffinity: 'ClientIP' }), ...shops))
    expect(Object.keys(tally(curls(cluster, 'http://203.0.113.20', 12, { from: 'internet' })))).toHaveLength(1)
  })

  test('R-LB-05 no ready node at all', () => {
    const cluster = world([...behind(balanced(), ...shops), node(1, false), node(2, false), node(3, false)])
    expect(curl(cluster, 'http://203.0.113.20', { from: 'internet' }).outcome).toBe('timeout')
  })
})

describe('pods', () => {
  test('R-KPX-11 R-NSP-3 any pod reaches any pod, across nodes and namespaces, ready or not', () => {
    const cluster = world([...cafe(), pod('hr', { namespace: 'engineering', ip: '10.244.3.40', ready: false })])
    const attempt = curl(cluster, 'http://10.244.3.40:8080', { from: 'marketing/intern' })
    expect(attempt).toMatchObject({ outcome: 'ok', answeredBy: 'engineering/hr', clientIp: '10.244.2.7' })
    expect(attempt.hops).toHaveLength(2)
  })

  test('R-NSP-3 full names reach Services of other namespaces; selectors stay in theirs', () => {
    const elsewhere = shop({ namespace: 'marketing', clusterIP: '10.96.9.9' })
    const cluster = world([...cafe(), elsewhere, slice(elsewhere, [])])
    expect(curl(cluster, 'http://coffee-shop.default', { from: 'marketing/intern' }).outcome).toBe('ok')
    expect(curl(cluster, 'http://coffee-shop', { from: 'marketing/intern' }).outcome).toBe('refused')
  })

  test.each([
    ['office', 'timeout'],
    ['internet', 'timeout'],
    ['home', 'timeout'],
    ['ip/192.168.49.77', 'ok'],
    ['node/node-3', 'ok'],
  ])('R-KPX-11 R-LB-06 a pod’s address from %s: %s', (from, outcome) => {
    expect(curl(world(cafe()), 'http://10.244.1.5:8080', { from }).outcome).toBe(outcome)
  })

  test('R-POD-8 a port that nobody listens on is refused by the pod, whatever it declares', () => {
    const declared = pod('liar', { ip: '10.244.1.40', ports: [{ containerPort: 80 }] })
    const cluster = world([declared, customer])
    expect(curl(cluster, 'http://10.244.1.40', { from: 'customer' })).toMatchObject({
      outcome: 'refused',
      blame: { kind: 'Pod', name: 'liar' },
    })
    expect(curl(cluster, 'http://10.244.1.40:8080', { from: 'customer' }).outcome).toBe('ok')
  })

  test('R-POD-8 a program on 127.0.0.1 answers its own pod only', () => {
    const bound = pod('shy', {
      ip: '10.244.1.40',
      container: { env: [{ name: 'BIND_ADDRESS', value: '127.0.0.1' }] },
    })
    const cluster = world([bound, customer])
    const attempt = curl(cluster, 'http://10.244.1.40:8080', { from: 'customer' })
    expect(attempt).toMatchObject({ outcome: 'refused', blame: { field: 'spec.containers[0].env[BIND_ADDRESS]' } })
    expect(curl(cluster, 'http://localhost:8080', { from: 'shy' })).toMatchObject({
      outcome: 'ok',
      answeredBy: 'default/shy',
      clientIp: '127.0.0.1',
    })
    expect(curl(cluster, 'http://10.244.1.40:8080', { from: 'shy' }).outcome).toBe('refused')
  })

  test('R-POD-4 localhost is the caller itself', () => {
    const cluster = world(cafe())
    expect(curl(cluster, 'http://localhost:8080', { from: 'coffee-1' }).answeredBy).toBe('default/coffee-1')
    expect(curl(cluster, 'http://127.0.0.1:8080', { from: 'coffee-2' }).answeredBy).toBe('default/coffee-2')
    expect(curl(cluster, 'http://localhost:8080', { from: 'customer' })).toMatchObject({
      outcome: 'refused',
      blame: { kind: 'Pod', name: 'customer' },
    })
    for (const from of ['office', 'internet', 'laptop', 'ip/10.9.9.9'])
      expect(curl(cluster, 'http://localhost:8080', { from }).outcome).toBe('refused')
  })

  test('R-POD-3 an address that a pod gave up: silence, and the blame names whoever wrote it down', () => {
    const cluster = world([
      pod('regulars', {
        ip: '10.244.2.50',
        image: 'cafe/regulars',
        container: { env: [{ name: 'COFFEE_URL', value: 'http://10.244.1.99:8080' }] },
      }),
      customer,
    ])
    cluster.retire({ ip: '10.244.1.99', pod: 'coffee-0', namespace: 'default', workload: 'coffee-shop' })
    cluster.advance(cluster.now + 40_000)
    const noted = curl(cluster, 'http://10.244.1.99:8080', { from: 'regulars' })
    expect(noted).toMatchObject({
      outcome: 'timeout',
      blame: { kind: 'Pod', name: 'regulars', field: 'spec.containers[0].env[COFFEE_URL]' },
    })
    expect(noted.hops.at(-1)?.what).toBe('nobody owns 10.244.1.99 any more (retired 40 s ago)')
    expect(curl(cluster, 'http://10.244.1.99:8080', { from: 'customer' }).blame).toMatchObject({
      kind: 'Pod',
      name: 'coffee-0',
    })
    expect(curl(cluster, 'http://10.244.1.99:8080', { from: 'office' }).hops.at(-1)?.law).toBe('podIPReachableFrom')
  })

  test('a finished pod keeps its address in its status and does not answer', () => {
    const cluster = world([pod('job', { ip: '10.244.1.60', phase: 'Succeeded' }), customer])
    expect(curl(cluster, 'http://10.244.1.60:8080', { from: 'customer' }).outcome).toBe('timeout')
  })

  test('a crashed container listens on nothing', () => {
    const cluster = world([pod('crashed', { ip: '10.244.1.60', waiting: 'CrashLoopBackOff' }), customer])
    const attempt = curl(cluster, 'http://10.244.1.60:8080', { from: 'customer' })
    expect(attempt.outcome).toBe('refused')
    expect(attempt.blame?.why).toContain('CrashLoopBackOff')
  })

  test('a program that speaks no HTTP closes the connection; TLS to a plain port fails in the handshake', () => {
    const cluster = world([pod('redis', { ip: '10.244.1.60', image: 'redis:7' }), ...cafe()])
    expect(curl(cluster, 'http://10.244.1.60:6379', { from: 'customer' }).outcome).toBe('reset')
    expect(curl(cluster, 'tcp://10.244.1.60:6379', { from: 'customer' })).toMatchObject({ outcome: 'ok', status: null })
    expect(curl(cluster, 'https://10.244.1.5:8080', { from: 'customer', insecure: true }).outcome).toBe('tls-mismatch')
  })

  test('an app that takes its time: the cluster’s clock says how long', () => {
    const slow = pod('slow', {
      ip: '10.244.1.61',
      image: 'example/echo',
      ports: [{ containerPort: 80 }],
      container: {
        env: [
          { name: 'ECHO_DELAY_SECONDS', value: '7' },
          { name: 'ECHO_STATUS', value: '418' },
        ],
      },
    })
    const attempt = curl(world([slow, customer]), 'http://10.244.1.61/tea?hot=1', {
      from: 'customer',
      method: 'POST',
      headers: { 'X-Cup': 'large', Host: 'cafe.test' },
    })
    expect(attempt).toMatchObject({
      outcome: 'ok',
      status: 418,
      received: {
        method: 'POST',
        scheme: 'http',
        host: 'cafe.test',
        path: '/tea?hot=1',
        headers: { 'x-cup': 'large' },
      },
    })
    expect(attempt.ms).toBeGreaterThanOrEqual(7000)
  })

  test('a front end asks its back end by name, and nobody asks for ever', () => {
    const hello = service('hello', {
      clusterIP: '10.96.5.5',
      selector: { tier: 'backend' },
      ports: [{ port: 80, targetPort: 80 }],
    })
    const back = pod('back', {
      labels: { tier: 'backend' },
      ip: '10.244.2.60',
      image: 'gcr.io/google-samples/hello-go-gke:1.0',
    })
    const front = pod('front', { ip: '10.244.1.60', image: 'gcr.io/google-samples/hello-frontend:1.0' })
    const cluster = world([...behind(hello, back), front, customer])
    expect(curl(cluster, 'http://10.244.1.60', { from: 'customer' }).body).toContain('"message":"Hello"')
    const circle = world([
      ...behind(
        hello,
        pod('loop', {
          labels: { tier: 'backend' },
          ip: '10.244.2.61',
          image: 'gcr.io/google-samples/hello-frontend:1.0',
        }),
      ),
      customer,
    ])
    expect(curl(circle, 'http://hello', { from: 'customer' }).status).toBe(502)
  })
})
