import { describe, expect, test } from 'vitest'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import type { EndpointSlice } from '../../../src/cluster/kinds/endpoint-slice.ts'
import { kinds } from '../../../src/cluster/kinds/index.ts'
import type { Pod } from '../../../src/cluster/kinds/pod.ts'
import type { Service } from '../../../src/cluster/kinds/service.ts'
import { keyFor, withMetadata } from '../../../src/cluster/object.ts'
import { deletePod } from '../../../src/cluster/pod-deletion.ts'
import {
  container,
  deployment,
  edit,
  node,
  pod,
  pods,
  readyPods,
  service,
  storyOf,
  testCluster,
  withReplicas,
} from './fixtures.ts'

const slices = (cluster: Cluster, name = 'web'): EndpointSlice[] =>
  cluster.store.list('EndpointSlice', { labels: { 'kubernetes.io/service-name': name } })
/** As the API server shows it, with the conditions that are not stored. */
const shown = (cluster: Cluster, name = 'web') =>
  slices(cluster, name).flatMap((slice) => (kinds.EndpointSlice.present!(slice, cluster) as EndpointSlice).endpoints)
const ready = (cluster: Cluster) =>
  shown(cluster)
    .filter(({ conditions }) => conditions?.ready)
    .map(({ addresses }) => addresses[0])
const addresses = (found: readonly Pod[]) => found.map(({ status }) => status.podIP).sort()

function serving(replicas = 3, spec: Partial<Service['spec']> = {}): Cluster {
  const cluster = testCluster()
  cluster.put(deployment('web', replicas))
  cluster.put(service('web', spec))
  cluster.settle()
  return cluster
}

describe('the slice', () => {
  test('R-EPS-1: name, labels with those of the Service, owner', () => {
    const cluster = testCluster()
    cluster.put(service('web', {}, { labels: { team: 'a' } }))
    cluster.settle()
    const [slice] = slices(cluster)
    expect(slice?.metadata.name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/)
    expect(slice?.metadata.labels).toEqual({
      team: 'a',
      'kubernetes.io/service-name': 'web',
      'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
    })
    expect(slice?.metadata.ownerReferences?.[0]).toMatchObject({ kind: 'Service', name: 'web', controller: true })
    cluster.put(withMetadata(cluster.get('Service', 'default', 'web')!, { labels: { team: 'b' } }))
    cluster.settle()
    expect(slices(cluster)[0]?.metadata.labels?.team).toBe('b')
  })

  test('R-EPS-1: headless Services mark theirs', () => {
    const cluster = serving(1, { clusterIP: 'None' })
    expect(slices(cluster)[0]?.metadata.labels?.['service.kubernetes.io/headless']).toBe('')
  })

  test('R-EPS-4: address, node, pod and zone of an endpoint', () => {
    const cluster = testCluster({ nodes: 0 })
    cluster.put(withMetadata(node('node-1', 1), { labels: { 'topology.kubernetes.io/zone': 'a' } }))
    cluster.put(deployment('web', 1))
    cluster.put(service('web'))
    cluster.settle()
    const [only] = pods(cluster) as [Pod]
    expect(shown(cluster)).toEqual([
      {
        addresses: ['10.244.1.2'],
        conditions: { ready: true, serving: true, terminating: false },
        nodeName: 'node-1',
        targetRef: { kind: 'Pod', namespace: 'default', name: only.metadata.name, uid: only.metadata.uid },
        zone: 'a',
      },
    ])
  })

  test('R-EPS-4: hostname only with a subdomain that is the name of the Service', () => {
    const cluster = testCluster()
    cluster.put(pod('a', { hostname: 'one', subdomain: 'web' }, { labels: { app: 'web' } }))
    cluster.put(pod('b', { hostname: 'two', subdomain: 'other' }, { labels: { app: 'web' } }))
    cluster.put(pod('c', { hostname: 'three' }, { labels: { app: 'web' } }))
    cluster.put(service('web'))
    cluster.settle()
    expect(shown(cluster).map(({ hostname }) => hostname)).toEqual(['one', undefined, undefined])
  })

  test('R-EPS-8: ports carry the number behind targetPort and the name of the Service port', () => {
    const cluster = serving(1, { ports: [{ name: 'http', protocol: 'TCP', port: 8080, targetPort: 80 }] })
    expect(slices(cluster)[0]?.ports).toEqual([{ name: 'http', protocol: 'TCP', port: 80 }])
    expect(slices(serving(1))[0]?.ports).toEqual([{ name: '', protocol: 'TCP', port: 80 }])
  })

  test('R-EPS-6, R-SVC-19: a Service without pods has one empty slice', () => {
    const cluster = serving(0)
    expect(slices(cluster).map(({ endpoints, ports }) => [endpoints, ports])).toEqual([[[], []]])
    edit(cluster, 'Deployment', 'web', withReplicas(1))
    cluster.settle()
    expect(slices(cluster)).toHaveLength(1)
    edit(cluster, 'Deployment', 'web', withReplicas(0))
    cluster.settle()
    expect(slices(cluster).map(({ endpoints }) => endpoints)).toEqual([[]])
  })

  test('R-EPS-6, R-SVC-14, R-SVC-17: ExternalName and selector-less Services have none', () => {
    const cluster = testCluster()
    cluster.put(service('outside', { type: 'ExternalName', externalName: 'example.com' }))
    const { selector: _, ...rest } = service('manual').spec
    cluster.put({ ...service('manual'), spec: rest })
    cluster.put({ ...service('empty'), spec: { ...rest, selector: {} } })
    cluster.settle()
    expect(cluster.store.count('EndpointSlice')).toBe(0)
  })

  test('a slice that somebody deletes or changes is restored', () => {
    const cluster = serving(2)
    const [slice] = slices(cluster) as [EndpointSlice]
    cluster.put({ ...slice, endpoints: [] })
    cluster.settle()
    expect(ready(cluster)).toHaveLength(2)
    cluster.remove(keyFor('EndpointSlice', 'default', slice.metadata.name))
    cluster.settle()
    expect(ready(cluster)).toHaveLength(2)
  })

  test('R-EPS-9: slices that people make are not touched', () => {
    const cluster = testCluster()
    const { selector: _, ...rest } = service('manual').spec
    cluster.put({ ...service('manual'), spec: rest })
    const manual = cluster.put<EndpointSlice>({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { ...service('manual-1').metadata, labels: { 'kubernetes.io/service-name': 'manual' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.4.5.6'] }],
      ports: [{ name: '', protocol: 'TCP', port: 9376 }],
    })
    cluster.settle()
    expect(slices(cluster, 'manual')).toEqual([manual])
    expect(shown(cluster, 'manual')).toEqual([{ addresses: ['10.4.5.6'] }])
  })
})

describe('members', () => {
  test('R-EPS-2, R-SVC-18: same namespace, all pairs of the selector, an address, not finished', () => {
    const cluster = testCluster()
    cluster.put({ ...service('web'), spec: { ...service('web').spec, selector: { app: 'web', tier: 'front' } } })
    cluster.put(pod('fits', {}, { labels: { app: 'web', tier: 'front', extra: 'yes' } }))
    cluster.put(pod('half', {}, { labels: { app: 'web' } }))
    cluster.put(pod('case', {}, { labels: { app: 'Web', tier: 'front' } }))
    cluster.put(pod('elsewhere', {}, { namespace: 'other', labels: { app: 'web', tier: 'front' } }))
    cluster.put(pod('unscheduled', { nodeSelector: { none: 'such' } }, { labels: { app: 'web', tier: 'front' } }))
    cluster.put(
      pod(
        'done',
        { restartPolicy: 'Never', containers: [container('busybox', { command: ['true'] })] },
        { labels: { app: 'web', tier: 'front' } },
      ),
    )
    cluster.settle()
    expect(shown(cluster).map(({ targetRef }) => targetRef?.name)).toEqual(['fits'])
  })

  test('R-EPS-3, R-EPS-7: an unready pod stays listed as not ready', () => {
    const cluster = testCluster()
    const readinessProbe = { httpGet: { path: '/missing', port: 80 } }
    cluster.put(pod('web', { containers: [container('nginx', { readinessProbe })] }, { labels: { app: 'web' } }))
    cluster.put(service('web'))
    cluster.settle()
    expect(shown(cluster)[0]?.conditions).toEqual({ ready: false, serving: false, terminating: false })
  })

  test('R-EPS-3: publishNotReadyAddresses makes it ready all the same', () => {
    const cluster = testCluster()
    const readinessProbe = { httpGet: { path: '/missing', port: 80 } }
    cluster.put(pod('web', { containers: [container('nginx', { readinessProbe })] }, { labels: { app: 'web' } }))
    cluster.put(service('web', { publishNotReadyAddresses: true }))
    cluster.settle()
    expect(shown(cluster)[0]?.conditions).toEqual({ ready: true, serving: false, terminating: false })
  })

  test('R-POD-9, R-EPS-3: a pod on its way out is serving and terminating, and not ready at once', () => {
    const cluster = serving(1)
    const [only] = pods(cluster) as [Pod]
    deletePod(cluster, only)
    cluster.advance(cluster.now)
    const leaving = shown(cluster).find(({ targetRef }) => targetRef?.uid === only.metadata.uid)
    expect(leaving?.conditions).toEqual({ ready: false, serving: true, terminating: true })
    cluster.settle()
    expect(ready(cluster)).toEqual(addresses(readyPods(cluster)))
  })

  test('R-EPS-10: label change, deletion and scale change the list at once, never the ClusterIP', () => {
    const cluster = serving(3)
    const [first] = readyPods(cluster) as [Pod]
    cluster.put(withMetadata(first, { labels: { app: 'trainee' } }))
    cluster.advance(cluster.now)
    expect(ready(cluster)).not.toContain(first.status.podIP)
    cluster.settle()
    expect(ready(cluster)).toHaveLength(3)
    edit(cluster, 'Deployment', 'web', withReplicas(5))
    cluster.settle()
    expect(ready(cluster).sort()).toEqual(addresses(readyPods(cluster, { app: 'web' })))
    expect(cluster.get('Service', 'default', 'web')?.spec.clusterIP).toBe('10.96.1.1')
  })

  test('R-OWN-7, R-OWN-4: what counts are labels, whoever owns the pod', () => {
    const cluster = serving(1)
    cluster.put(pod('bare', {}, { labels: { app: 'web' } }))
    cluster.settle()
    expect(ready(cluster)).toHaveLength(2)
    expect(cluster.get('Pod', 'default', 'bare')?.metadata.ownerReferences).toBe(undefined)
  })

  test('R-SVC-18: several Services may list the same pod', () => {
    const cluster = serving(2)
    cluster.put(service('also', { selector: { app: 'web' } }))
    cluster.settle()
    expect(shown(cluster, 'also')).toEqual(shown(cluster))
  })

  test('R-SVC-9: a new selector empties the list without an error', () => {
    const cluster = serving(2)
    const web = cluster.get('Service', 'default', 'web')!
    cluster.put({ ...web, spec: { ...web.spec, selector: { app: 'wbe' } } })
    cluster.settle()
    expect(slices(cluster).map(({ endpoints }) => endpoints)).toEqual([[]])
  })
})

describe('ports and size', () => {
  test('R-SVC-5, R-EPS-5: a named targetPort is looked up in each pod; different numbers make different slices', () => {
    const cluster = testCluster()
    const named = (containerPort: number, name = 'http') => ({
      containers: [container('unknown/app', { ports: [{ name, containerPort }] })],
    })
    cluster.put(pod('a', named(8080), { labels: { app: 'web' } }))
    cluster.put(pod('b', named(9090), { labels: { app: 'web' } }))
    cluster.put(pod('c', named(7070, 'other'), { labels: { app: 'web' } }))
    cluster.put(service('web', { ports: [{ protocol: 'TCP', port: 80, targetPort: 'http' }] }))
    cluster.settle()
    const byPorts = Object.fromEntries(
      slices(cluster).map(({ ports, endpoints }) => [
        ports?.map(({ port }) => port).join(),
        endpoints.map(({ targetRef }) => targetRef?.name),
      ]),
    )
    expect(byPorts).toEqual({ 8080: ['a'], 9090: ['b'], '': ['c'] })
  })

  test('R-SVC-5: the name is found in a sidecar, and only with the right protocol', () => {
    const cluster = testCluster()
    const sidecar = {
      name: 'proxy',
      image: 'unknown/proxy',
      restartPolicy: 'Always' as const,
      ports: [{ name: 'dns', containerPort: 53, protocol: 'UDP' as const }],
    }
    cluster.put(pod('a', { initContainers: [sidecar] }, { labels: { app: 'web' } }))
    cluster.put(service('udp', { selector: { app: 'web' }, ports: [{ protocol: 'UDP', port: 53, targetPort: 'dns' }] }))
    cluster.put(service('tcp', { selector: { app: 'web' }, ports: [{ protocol: 'TCP', port: 53, targetPort: 'dns' }] }))
    cluster.settle()
    expect(slices(cluster, 'udp')[0]?.ports).toEqual([{ name: '', protocol: 'UDP', port: 53 }])
    expect(slices(cluster, 'tcp')[0]?.ports).toEqual([])
  })

  test('R-EPS-5: 250 pods make 100 + 100 + 50', () => {
    const cluster = testCluster({ nodes: 3 })
    cluster.put(deployment('web', 250))
    cluster.put(service('web'))
    cluster.settle()
    expect(
      slices(cluster)
        .map(({ endpoints }) => endpoints.length)
        .sort(),
    ).toEqual([100, 100, 50])
    edit(cluster, 'Deployment', 'web', withReplicas(90))
    cluster.settle()
    expect(slices(cluster).reduce((sum, { endpoints }) => sum + endpoints.length, 0)).toBe(90)
    expect(slices(cluster).every(({ endpoints }) => endpoints.length > 0)).toBe(true)
  })
})

test('the story tells who joined and who left, and why', () => {
  const cluster = serving(1)
  const [only] = pods(cluster) as [Pod]
  cluster.begin({ author: 'you', line: 'delete pod' })
  deletePod(cluster, only)
  cluster.settle()
  const told = storyOf(cluster).filter((line) => line.startsWith('endpointslice'))
  expect(told[0]).toBe(`endpointslice web: ${only.metadata.name} (on its way out) left. 0 endpoints ready`)
  expect(told[1]).toMatch(
    /^endpointslice web: web-\w+-\w+ \(10\.244\.2\.2\) joined: ready, and its labels match\. 1 endpoint ready$/,
  )
})
