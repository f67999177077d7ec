import { Cluster } from '../../../src/cluster/cluster.ts'
import type { EndpointSlice } from '../../../src/cluster/kinds/endpoint-slice.ts'
import type { Ingress, IngressBackend, IngressPath } from '../../../src/cluster/kinds/ingress.ts'
import type { IngressClass } from '../../../src/cluster/kinds/ingress-class.ts'
import type { Namespace } from '../../../src/cluster/kinds/namespace.ts'
import type { Node } from '../../../src/cluster/kinds/node.ts'
import type { Container, Pod, PodSpec } from '../../../src/cluster/kinds/pod.ts'
import type { Secret } from '../../../src/cluster/kinds/secret.ts'
import type { Service, ServicePort } from '../../../src/cluster/kinds/service.ts'
import type { Attempt, Lookup, RecordType } from '../../../src/cluster/network/attempt.ts'
import type { ConnectRequest } from '../../../src/cluster/network/connect.ts'
import { lookup } from '../../../src/cluster/network/dns.ts'
import type { Laws } from '../../../src/cluster/network/laws.ts'
import { parseOrigin } from '../../../src/cluster/network/origin.ts'
import { type Target, targetFrom } from '../../../src/cluster/network/target.ts'
import { connect } from '../../../src/cluster/network/trace.ts'
import type { KubeObject } from '../../../src/cluster/object.ts'
import { Random } from '../../../src/cluster/random.ts'
import { defaultSettings, type Settings } from '../../../src/cluster/settings.ts'

const BORN = '2026-01-01T00:00:00Z'
export const NOW = Date.parse('2026-01-01T01:00:00Z')

const metadata = (name: string, namespace?: string) => ({
  name,
  ...(namespace !== undefined && { namespace }),
  uid: `${namespace ?? ''}/${name}`,
  creationTimestamp: BORN,
})

export const namespace = (name: string): Namespace => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: metadata(name),
  status: { phase: 'Active' },
})

export const node = (number: number, ready = true): Node => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: metadata(`node-${number}`),
  spec: { podCIDR: `10.244.${number}.0/24` },
  status: {
    addresses: [{ type: 'InternalIP', address: `192.168.49.${10 + number}` }],
    conditions: [{ type: 'Ready', status: ready ? 'True' : 'Unknown' }],
  },
})

export interface PodOptions {
  namespace?: string
  labels?: Record<string, string>
  /** The third part of the address says the node. */
  ip: string
  image?: string
  ports?: Container['ports']
  container?: Partial<Container>
  spec?: Partial<PodSpec> | undefined
  ready?: boolean
  /** Reason that the container waits for; absent for one that runs. */
  waiting?: string
  deleting?: boolean
  phase?: Pod['status']['phase']
}

export function pod(name: string, options: PodOptions): Pod {
  const { ip, image = 'cafe/coffee-shop', ready = true, waiting, deleting, phase = 'Running' } = options
  const container: Container = {
    name: 'main',
    image,
    ...(options.ports && { ports: options.ports }),
    ...options.container,
  }
  const state = waiting === undefined ? { running: { startedAt: BORN } } : { waiting: { reason: waiting } }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...metadata(name, options.namespace ?? 'default'),
      ...(options.labels && { labels: options.labels }),
      ...(deleting && { deletionTimestamp: BORN }),
    },
    spec: { containers: [container], nodeName: `node-${ip.split('.')[2]}`, ...options.spec },
    status: {
      phase,
      podIP: ip,
      conditions: [{ type: 'Ready', status: ready && waiting === undefined ? 'True' : 'False' }],
      containerStatuses: [{ name: 'main', ready: ready && waiting === undefined, restartCount: 0, state }],
    },
  }
}

export type PortOptions = Partial<ServicePort> & { port: number }

export function service(
  name: string,
  spec: Partial<Omit<Service['spec'], 'ports'>> & { namespace?: string; ports?: PortOptions[] },
): Service {
  const { namespace: inside = 'default', ports, ...rest } = spec
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(name, inside),
    spec: {
      type: 'ClusterIP',
      ...(ports && {
        ports: ports.map((port) => ({ protocol: 'TCP' as const, targetPort: port.targetPort ?? port.port, ...port })),
      }),
      ...rest,
    },
    status: {},
  }
}

/** The slice that the endpointslice controller would write for these pods: one port set, all pods of `pods`. */
export function slice(of: Service, pods: readonly Pod[], numbers?: readonly number[]): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      ...metadata(`${of.metadata.name}-abcde`, of.metadata.namespace),
      labels: { 'kubernetes.io/service-name': of.metadata.name },
    },
    addressType: 'IPv4',
    ports: (of.spec.ports ?? []).map(({ name, protocol, targetPort }, index) => ({
      name: name ?? '',
      protocol,
      port: numbers?.[index] ?? Number(targetPort),
    })),
    endpoints: pods.map((each) => {
      const serving = each.status.conditions?.[0]?.status === 'True'
      const terminating = each.metadata.deletionTimestamp !== undefined
      return {
        addresses: [each.status.podIP ?? ''],
        conditions: {
          ready: of.spec.publishNotReadyAddresses === true || (serving && !terminating),
          serving,
          terminating,
        },
        ...(each.spec.hostname !== undefined &&
          each.spec.subdomain === of.metadata.name && { hostname: each.spec.hostname }),
        ...(each.spec.nodeName !== undefined && { nodeName: each.spec.nodeName }),
        targetRef: { kind: 'Pod', namespace: each.metadata.namespace ?? '', name: each.metadata.name },
      }
    }),
  }
}

/** A Service together with its pods and their slice. */
export const behind = (of: Service, ...pods: Pod[]): KubeObject[] => [of, ...pods, slice(of, pods)]

export const backend = (name: string, port: number | string = 80): IngressBackend => ({
  service: { name, port: typeof port === 'number' ? { number: port } : { name: port } },
})

/** `'/menu'` is a Prefix path, `'=/menu'` an Exact one, `'~/menu'` ImplementationSpecific. */
export function ingress(
  name: string,
  rules: Record<string, Record<string, string | IngressBackend>>,
  more: Partial<Ingress['spec']> & { namespace?: string; annotations?: Record<string, string>; born?: string } = {},
): Ingress {
  const { namespace: inside = 'default', annotations, born, ...spec } = more
  const types = { '=': 'Exact', '~': 'ImplementationSpecific' } as const
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      ...metadata(name, inside),
      ...(annotations && {
        annotations: Object.fromEntries(
          Object.entries(annotations).map(([key, value]) => [
            key.includes('/') ? key : `nginx.ingress.kubernetes.io/${key}`,
            value,
          ]),
        ),
      }),
      ...(born !== undefined && { creationTimestamp: born }),
    },
    spec: {
      ingressClassName: 'lobby',
      ...(Object.keys(rules).length > 0 && {
        rules: Object.entries(rules).map(([host, paths]) => ({
          ...(host !== '*' && { host }),
          http: {
            paths: Object.entries(paths).map(([written, to]): IngressPath => {
              const type = types[written[0] as keyof typeof types]
              return {
                path: type ? written.slice(1) : written,
                pathType: type ?? 'Prefix',
                backend: typeof to === 'string' ? backend(to) : to,
              }
            }),
          },
        })),
      }),
      ...spec,
    },
    status: {},
  }
}

const ingressClass = (name: string, controller: string): IngressClass => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: metadata(name),
  spec: { controller },
})

export const secret = (
  name: string,
  data: Record<string, string>,
  type = 'kubernetes.io/tls',
  inside = 'default',
): Secret => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: metadata(name, inside),
  type,
  data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, btoa(value)])),
})

export const LOBBY_IP = '203.0.113.10'

/** The ingress controller as the add-on makes it; `ready: false` for one that has not started. */
export function controller(ready = true): KubeObject[] {
  const lobby = service('lobby', {
    namespace: 'lobby-system',
    type: 'LoadBalancer',
    clusterIP: '10.96.7.7',
    selector: { app: 'lobby' },
    ports: [
      { name: 'http', port: 80, nodePort: 30081 },
      { name: 'https', port: 443, nodePort: 30443 },
    ],
  })
  const runs = pod('lobby-1', {
    namespace: 'lobby-system',
    labels: { app: 'lobby' },
    ip: '10.244.3.99',
    image: 'lobby/ingress-controller:1',
    ports: [
      { name: 'http', containerPort: 80 },
      { name: 'https', containerPort: 443 },
    ],
    ready,
  })
  return [
    namespace('lobby-system'),
    ingressClass('lobby', 'room-service.example/lobby'),
    ingressClass('nginx', 'k8s.io/ingress-nginx'),
    ...behind({ ...lobby, status: { loadBalancer: { ingress: [{ ip: LOBBY_IP }] } } }, runs),
  ]
}

/** CoreDNS and the API server's Service, as every cluster has them. */
export function system(dnsReady = true): KubeObject[] {
  const dns = service('kube-dns', {
    namespace: 'kube-system',
    clusterIP: '10.96.0.10',
    selector: { 'k8s-app': 'kube-dns' },
    ports: [
      { name: 'dns', port: 53, protocol: 'UDP' },
      { name: 'dns-tcp', port: 53 },
    ],
  })
  const coredns = (number: number) =>
    pod(`coredns-${number}`, {
      namespace: 'kube-system',
      labels: { 'k8s-app': 'kube-dns' },
      ip: `10.244.${number}.2`,
      image: 'registry.k8s.io/coredns/coredns:v1.12.1',
      ready: dnsReady,
    })
  const api = service('kubernetes', { clusterIP: '10.96.0.1', ports: [{ name: 'https', port: 443, targetPort: 6443 }] })
  return [
    ...['default', 'kube-system', 'marketing', 'engineering'].map(namespace),
    ...[1, 2, 3].map((number) => node(number)),
    ...behind(dns, coredns(1), coredns(2)),
    api,
    { ...slice(api, []), endpoints: [{ addresses: ['192.168.49.10'], conditions: { ready: true } }] } as EndpointSlice,
  ]
}

export const world = (objects: readonly KubeObject[], settings: Partial<Settings> = {}): Cluster =>
  new Cluster({ clock: NOW, objects: [...system(), ...objects], settings: { ...defaultSettings, ...settings } }, [])

/** Three coffee shops behind a Service 80 -> 8080, a customer, and a bakery that nobody selects. */
export function cafe(spec: Partial<Service['spec']> = {}): KubeObject[] {
  const shop = service('coffee-shop', {
    clusterIP: '10.96.14.7',
    selector: { app: 'coffee-shop' },
    ports: [{ port: 80, targetPort: 8080 }],
    ...spec,
  })
  const labels = { app: 'coffee-shop' }
  return [
    ...behind(
      shop,
      pod('coffee-1', { labels, ip: '10.244.1.5' }),
      pod('coffee-2', { labels, ip: '10.244.2.10' }),
      pod('coffee-3', { labels, ip: '10.244.3.2' }),
    ),
    pod('bakery', { labels: { app: 'bakery' }, ip: '10.244.1.10', image: 'cafe/bakery' }),
    pod('customer', { ip: '10.244.1.7', image: 'cafe/customer' }),
    pod('intern', { namespace: 'marketing', ip: '10.244.2.7', image: 'cafe/intern' }),
  ]
}

export interface Call extends Partial<Omit<Target, 'scheme' | 'host' | 'port'>> {
  from?: string
  namespace?: string
  laws?: Laws
  dice?: Random
  connection?: ConnectRequest['connection']
}

/** `curl URL --from X`, or `nc`/`ping` with `tcp://`, `udp://`, `sctp://`, `icmp://`. */
export function curl(cluster: Cluster, url: string, call: Call = {}): Attempt {
  const { from, namespace: inside = 'default', laws, dice = new Random(1), connection, ...more } = call
  const origin = parseOrigin(cluster, from, inside)
  return connect(cluster, {
    origin,
    target: { ...targetOf(url), ...more },
    dice,
    ...(laws && { laws }),
    ...(connection && { connection }),
  })
}

function targetOf(url: string): Target {
  const [, scheme, host = '', port] = /^(tcp|udp|sctp|icmp):\/\/([^:]+)(?::(\d+))?$/.exec(url) ?? []
  if (scheme !== undefined) return { scheme: scheme as Target['scheme'], host, port: Number(port ?? 0) }
  const target = targetFrom(url)
  if (!target) throw new Error(`no URL: ${url}`)
  return target
}

/** Many connections with one stream of chance. */
export function curls(cluster: Cluster, url: string, times: number, call: Call = {}): Attempt[] {
  const dice = new Random(42)
  return Array.from({ length: times }, () => curl(cluster, url, { dice, ...call }))
}

/** How often each pod answered. */
export function tally(attempts: readonly Attempt[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const { answeredBy } of attempts) counts.set(answeredBy ?? '-', (counts.get(answeredBy ?? '-') ?? 0) + 1)
  return Object.fromEntries([...counts].sort())
}

export function nslookup(
  cluster: Cluster,
  name: string,
  {
    from,
    type = 'A',
    namespace: inside = 'default',
    laws,
  }: { from?: string; type?: RecordType; namespace?: string; laws?: Laws } = {},
): Lookup {
  return lookup(cluster, { origin: parseOrigin(cluster, from, inside), name, type, ...(laws && { laws }) })
}
