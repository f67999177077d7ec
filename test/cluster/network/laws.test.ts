import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TrafficEndpoint } from '../../../src/cluster/network/endpoints.ts'
import { endpointsFromPods, targetPortOn } from '../../../src/cluster/network/endpoints.ts'
import { believing, kubernetes, type LawName, type Laws } from '../../../src/cluster/network/laws.ts'
import type { KubeObject } from '../../../src/cluster/object.ts'
import { Random } from '../../../src/cluster/random.ts'
import type { Settings } from '../../../src/cluster/settings.ts'
import {
  behind,
  type Call,
  cafe,
  controller,
  curl,
  curls,
  ingress,
  LOBBY_IP,
  nslookup,
  pod,
  service,
  slice,
  tally,
  world,
} from './world.ts'

const endpoint = (address: string, more: Partial<TrafficEndpoint> = {}): TrafficEndpoint => ({
  address,
  port: 80,
  node: 'node-1',
  pod: undefined,
  hostname: undefined,
  ready: true,
  serving: true,
  terminating: false,
  ...more,
})

describe('R-KPX-3 the choice of an endpoint', () => {
  test('is uniform for every number of endpoints', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer(), (count, seed) => {
        const endpoints = Array.from({ length: count }, (_, index) => endpoint(`10.0.0.${index}`))
        const dice = new Random(seed)
        const counts = new Map<string, number>()
        const draws = 4000
        for (let draw = 0; draw < draws; draw++) {
          const { address } = kubernetes.chooseEndpoint(endpoints, dice)
          counts.set(address, (counts.get(address) ?? 0) + 1)
        }
        const expected = draws / count
        const chi = [...counts.values()].reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0)
        expect(counts.size).toBe(count)
        expect(chi).toBeLessThan(45)
      }),
      { numRuns: 30 },
    )
  })

  test('draws at most n-1 times, and not at all for a single endpoint', () => {
    const dice = new Random(7)
    kubernetes.chooseEndpoint([endpoint('a')], dice)
    expect(dice.state).toBe(7)
  })
})

describe('R-SVC-5 a targetPort', () => {
  const port = (targetPort: number | string) => ({ port: 80, protocol: 'TCP' as const, targetPort })
  const multi = pod('m', {
    ip: '10.244.1.2',
    spec: {
      containers: [
        { name: 'a', image: 'a', ports: [{ name: 'dns', containerPort: 53, protocol: 'UDP' }] },
        { name: 'b', image: 'b', ports: [{ name: 'dns', containerPort: 5353 }] },
      ],
      initContainers: [
        { name: 'i', image: 'i', ports: [{ name: 'late', containerPort: 1 }] },
        { name: 's', image: 's', restartPolicy: 'Always', ports: [{ name: 'late', containerPort: 2 }] },
      ],
    },
  })
  test.each([
    [8080, 8080],
    ['dns', 5353],
    ['late', 2],
    ['none', undefined],
  ])('%s is %s', (targetPort, expected) => expect(targetPortOn(multi, port(targetPort))).toBe(expected))
})

/** One wrong belief: the laws with one of them replaced, a question, what it is in truth and what they expect. */
interface Belief {
  id: string
  replaced: Partial<Laws>
  objects: () => KubeObject[]
  settings?: Partial<Settings>
  ask: (cluster: ReturnType<typeof world>, laws: Laws) => unknown
  truth: unknown
  belief: unknown
}

const labels = { app: 'coffee-shop' }
const outcome =
  (url: string, call: Call = {}) =>
  (cluster: ReturnType<typeof world>, laws: Laws) =>
    curl(cluster, url, { ...call, laws }).outcome
const status =
  (url: string, call: Call = {}) =>
  (cluster: ReturnType<typeof world>, laws: Laws) => {
    const attempt = curl(cluster, url, { from: 'internet', ...call, laws })
    return attempt.speaker === 'app' ? attempt.answeredBy : (attempt.status ?? attempt.outcome)
  }
const served = (paths: Record<string, string>): KubeObject[] => [
  ...controller(),
  ...cafe(),
  ingress('lobby', { 'coffee.com': paths }),
]
const lobbyDns: Partial<Settings> = { publicDns: { 'coffee.com': LOBBY_IP } }
let turn = 0

const beliefs: Belief[] = [
  {
    id: 'R1 anyLabel: one matching pair is enough',
    replaced: {
      selectorMatches: (selector, own) => Object.entries(selector).some(([key, value]) => own[key] === value),
    },
    objects: () => {
      const strict = service('web', {
        clusterIP: '10.96.1.1',
        selector: { app: 'coffee-shop', tier: 'x' },
        ports: [{ port: 80, targetPort: 8080 }],
      })
      return [strict, slice(strict, []), pod('c', { labels, ip: '10.244.1.30' })]
    },
    ask: outcome('http://web'),
    truth: 'refused',
    belief: 'ok',
  },
  {
    id: 'R2 nameMatch: a Service finds pods by its own name',
    replaced: { serviceEndpoints: endpointsFromPods((of, each) => each.metadata.name.startsWith(of.metadata.name)) },
    objects: () => {
      const web = service('web', {
        clusterIP: '10.96.1.1',
        selector: { app: 'x' },
        ports: [{ port: 80, targetPort: 8080 }],
      })
      return [web, slice(web, []), pod('web-1', { ip: '10.244.1.30' })]
    },
    ask: outcome('http://web'),
    truth: 'refused',
    belief: 'ok',
  },
  {
    id: 'R3 ignoreReady: Running is enough',
    replaced: { endpointReceivesTraffic: () => true },
    objects: () =>
      behind(
        service('web', { clusterIP: '10.96.1.1', ports: [{ port: 80, targetPort: 8080 }] }),
        pod('c', { ip: '10.244.1.30', ready: false }),
      ),
    ask: outcome('http://web'),
    truth: 'refused',
    belief: 'ok',
  },
  {
    id: 'R4 globalNames: short names are the same everywhere',
    replaced: { searchPath: (_namespace, namespaces) => namespaces().map((name) => `${name}.svc.cluster.local`) },
    objects: cafe,
    ask: outcome('http://coffee-shop', { from: 'marketing/intern' }),
    truth: 'nxdomain',
    belief: 'ok',
  },
  {
    id: 'R5 nsIsolates: namespaces are walls',
    replaced: { namespaceAdmits: (from, to) => from === to },
    objects: cafe,
    ask: outcome('http://10.244.1.5:8080', { from: 'marketing/intern' }),
    truth: 'ok',
    belief: 'timeout',
  },
  {
    id: 'R6 keepPodIP: the replacement has the old address',
    replaced: {
      retiredAddressAnswers: (cluster, retired) =>
        cluster.store
          .list('Pod', { namespace: retired.namespace })
          .find(({ metadata }) => metadata.labels?.app === retired.workload),
    },
    objects: cafe,
    ask: (cluster, laws) => {
      cluster.retire({ ip: '10.244.1.99', pod: 'old', namespace: 'default', workload: 'coffee-shop' })
      return curl(cluster, 'http://10.244.1.99:8080', { laws }).outcome
    },
    truth: 'timeout',
    belief: 'ok',
  },
  {
    id: 'R7 restartNewIP: a restarted container has a new address',
    replaced: {
      podKeepsAddress: ({ status: { containerStatuses } }) =>
        !containerStatuses?.some(({ restartCount }) => restartCount > 0),
    },
    objects: () => {
      const restarted = pod('c', { ip: '10.244.1.30' })
      return [
        {
          ...restarted,
          status: {
            ...restarted.status,
            containerStatuses: [{ ...restarted.status.containerStatuses![0]!, restartCount: 1 }],
          },
        } as KubeObject,
      ]
    },
    ask: outcome('http://10.244.1.30:8080'),
    truth: 'ok',
    belief: 'timeout',
  },
  {
    id: 'R8 svcPortIsTargetPort: the Service is called on the pod’s port',
    replaced: { portOnService: ({ spec }, number) => spec.ports?.find(({ targetPort }) => targetPort === number) },
    objects: cafe,
    ask: outcome('http://coffee-shop:8080'),
    truth: 'timeout',
    belief: 'ok',
  },
  {
    id: 'R9 containerPortGates: only declared ports are open',
    replaced: {
      listens: ({ spec }, listeners, port) =>
        spec.containers.some(({ ports }) => ports?.some(({ containerPort }) => containerPort === port))
          ? listeners.find((listener) => listener.port === port)
          : undefined,
    },
    objects: cafe,
    ask: outcome('http://10.244.1.5:8080'),
    truth: 'ok',
    belief: 'refused',
  },
  {
    id: 'R10 nodePortLocalOnly: only the node of the pod answers',
    replaced: {
      endpointsInReach: (endpoints, { via, node, policy }) =>
        via === 'node-port' || policy === 'Local' ? endpoints.filter((each) => each.node === node) : endpoints,
    },
    objects: () =>
      behind(
        service('web', {
          type: 'NodePort',
          clusterIP: '10.96.1.1',
          ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }],
        }),
        pod('c', { ip: '10.244.2.30' }),
      ),
    ask: outcome('http://192.168.49.11:30080', { from: 'office' }),
    truth: 'ok',
    belief: 'timeout',
  },
  {
    id: 'R11 clusterIPPublic: a ClusterIP is reachable from everywhere',
    replaced: { clusterIPReachableFrom: () => true },
    objects: cafe,
    ask: outcome('http://10.96.14.7', { from: 'internet' }),
    truth: 'timeout',
    belief: 'ok',
  },
  {
    id: 'R12 textPrefix: Prefix compares letters',
    replaced: { pathMatches: (rule, _type, path) => path.startsWith(rule) },
    objects: () => served({ '/menu': 'coffee-shop' }),
    settings: lobbyDns,
    ask: (cluster, laws) => curl(cluster, 'http://coffee.com/menus', { from: 'internet', laws }).status,
    truth: 404,
    belief: 200,
  },
  {
    id: 'R13 stripPath: the matched part is cut off',
    replaced: { forwardedPath: (rule, path) => path.slice(rule.length) || '/' },
    objects: () => served({ '/menu': 'coffee-shop' }),
    settings: lobbyDns,
    ask: (cluster, laws) => curl(cluster, 'http://coffee.com/menu/today', { from: 'internet', laws }).received?.path,
    truth: '/menu/today',
    belief: '/today',
  },
  {
    id: 'R14 hostIgnored: the address alone is enough',
    replaced: { ruleHostsFor: () => undefined },
    objects: () => served({ '/': 'coffee-shop' }),
    ask: (cluster, laws) => curl(cluster, `http://${LOBBY_IP}/`, { from: 'internet', laws }).status,
    truth: 404,
    belief: 200,
  },
  {
    id: 'R15 ingressAlone: an Ingress needs no controller',
    replaced: { ingressServed: () => true },
    objects: () => [...cafe(), ingress('lobby', { 'coffee.com': { '/': 'coffee-shop' } })],
    settings: lobbyDns,
    ask: (cluster, laws) => curl(cluster, 'http://coffee.com/', { from: 'internet', laws }).outcome,
    truth: 'timeout',
    belief: 'ok',
  },
  {
    id: 'R16 404for503: whatever is broken behind a rule is 404',
    replaced: { brokenBackendStatus: () => 404 },
    objects: () => served({ '/': 'nobody' }),
    settings: lobbyDns,
    ask: status('http://coffee.com/'),
    truth: 503,
    belief: 404,
  },
  {
    id: 'R23 roundRobin: strict turns',
    replaced: { chooseEndpoint: (endpoints) => endpoints[turn++ % endpoints.length]! },
    objects: cafe,
    ask: (cluster, laws) =>
      new Set(Object.values(tally(curls(cluster, 'http://coffee-shop', 300, { from: 'customer', laws })))).size === 1,
    truth: false,
    belief: true,
  },
  {
    id: 'R24 sticky: always the same pod',
    replaced: { chooseEndpoint: (endpoints) => endpoints[0]! },
    objects: cafe,
    ask: (cluster, laws) =>
      Object.keys(tally(curls(cluster, 'http://coffee-shop', 60, { from: 'customer', laws }))).length,
    truth: 3,
    belief: 1,
  },
  {
    id: 'R25 headlessTranslates: a headless Service maps ports',
    replaced: {
      headlessPort: ({ spec }, port) => Number(spec.ports?.find((each) => each.port === port)?.targetPort ?? port),
    },
    objects: () =>
      behind(
        service('web', { clusterIP: 'None', ports: [{ port: 80, targetPort: 8080 }] }),
        pod('c', { ip: '10.244.2.30' }),
      ),
    ask: outcome('http://web'),
    truth: 'refused',
    belief: 'ok',
  },
  {
    id: 'R26 lbEverywhere: a LoadBalancer always has an address',
    replaced: {
      servicesAt: (cluster, address) =>
        address === '203.0.113.50' ? cluster.store.list('Service', { index: ['type', 'LoadBalancer'] }) : [],
    },
    objects: () =>
      behind(
        service('web', { type: 'LoadBalancer', clusterIP: '10.96.1.1', ports: [{ port: 80, targetPort: 8080 }] }),
        pod('c', { ip: '10.244.2.30' }),
      ),
    ask: outcome('http://203.0.113.50', { from: 'internet' }),
    truth: 'timeout',
    belief: 'ok',
  },
  {
    id: 'R29 fwOpen: node ports are public',
    replaced: { firewallAdmits: () => true },
    objects: () =>
      behind(
        service('web', {
          type: 'NodePort',
          clusterIP: '10.96.1.1',
          ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }],
        }),
        pod('c', { ip: '10.244.2.30' }),
      ),
    ask: outcome('http://192.168.49.11:30080', { from: 'home' }),
    truth: 'timeout',
    belief: 'ok',
  },
  {
    id: 'R30 localhostShared: localhost is the whole node',
    replaced: {
      localhostIs: (cluster, { spec }) => cluster.store.list('Pod', { index: ['node', spec.nodeName ?? ''] }),
    },
    objects: cafe,
    ask: outcome('http://localhost:8080', { from: 'customer' }),
    truth: 'refused',
    belief: 'ok',
  },
]

describe('a misconception is Kubernetes with one law replaced', () => {
  test.each(beliefs)('$id', ({ replaced, objects, settings, ask, truth, belief }) => {
    expect(Object.keys(replaced)).toHaveLength(1)
    turn = 0
    expect(ask(world(objects(), settings), kubernetes)).toEqual(truth)
    expect(ask(world(objects(), settings), believing(replaced))).toEqual(belief)
  })

  test('a belief without any replacement is Kubernetes itself', () => expect(believing({})).toEqual(kubernetes))

  test('every law is named by some hop or replaced by some belief', () => {
    const replaced = new Set(beliefs.flatMap((belief) => Object.keys(belief.replaced)))
    const others: LawName[] = [
      'addressIsPublic',
      'certificateCovers',
      'namesInScope',
      'nodeAnswers',
      'podIPReachableFrom',
    ]
    expect([...replaced, ...others].sort()).toEqual(Object.keys(kubernetes).sort())
  })

  test('the endpoints worked out from pods are those of the slices', () => {
    const objects = cafe()
    const laws = believing({ selectorMatches: kubernetes.selectorMatches })
    const cluster = world(objects)
    const of = cluster.get('Service', 'default', 'coffee-shop')!
    const [port] = of.spec.ports!
    const own = laws.serviceEndpoints(cluster, of, port!)
    expect(own).toEqual(kubernetes.serviceEndpoints(cluster, of, port!))
    expect(nslookup(cluster, 'coffee-shop', { laws }).rcode).toBe('NOERROR')
  })
})
