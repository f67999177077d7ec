import { beforeEach, describe, expect, test } from 'vitest'
import { create, listObjects, read, update } from '../../../src/cluster/api.ts'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import { type Kind, kinds } from '../../../src/cluster/kinds/index.ts'
import type { Node } from '../../../src/cluster/kinds/node.ts'
import type { Secret } from '../../../src/cluster/kinds/secret.ts'
import type { KindDefinition, KubeObject } from '../../../src/cluster/object.ts'
import { quietCluster, START } from '../world.ts'

let cluster: Cluster

beforeEach(() => {
  cluster = quietCluster()
})

const core = (kind: string, name: string, fields: object = {}, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, ...metadata },
  ...fields,
})
const cells = (object: KubeObject): string[] => {
  const definition: KindDefinition = kinds[object.kind as Kind]
  return definition.columns.map(({ cell }) => cell(object, cluster))
}

describe('Namespaces', () => {
  test('R-NSP-1 carry their name as a label, which cannot be taken away', () => {
    const { metadata } = create(cluster, core('Namespace', 'shop', {}, { labels: { a: 'b' } })).object
    expect(metadata.labels).toEqual({ a: 'b', 'kubernetes.io/metadata.name': 'shop' })
    expect(update(cluster, core('Namespace', 'shop')).object.metadata.labels).toEqual({
      'kubernetes.io/metadata.name': 'shop',
    })
  })

  test('are Active', () => {
    const { object } = create(cluster, core('Namespace', 'shop'))
    expect(object).toMatchObject({ spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } })
    expect(cells(object)).toEqual(['shop', 'Active', '0s'])
  })
})

describe('Nodes', () => {
  const node = (spec: object = {}) =>
    core('Node', 'node-1', { spec: { podCIDR: '10.244.1.0/24', podCIDRs: ['10.244.1.0/24'], ...spec } })
  const reported = (status: 'True' | 'False' | 'Unknown', spec: object = {}): Node => {
    if (!cluster.get('Node', undefined, 'node-1')) create(cluster, node(spec))
    const stored = cluster.get('Node', undefined, 'node-1') as Node
    cluster.put({
      ...stored,
      spec: { ...stored.spec, ...spec },
      status: {
        addresses: [{ type: 'InternalIP', address: '192.168.49.11' }],
        conditions: [{ type: 'Ready', status, reason: 'x' }],
      },
    } as Node)
    return read(cluster, 'Node', undefined, 'node-1') as Node
  }

  test('R-NOD-1 the range of a node is fixed', () => {
    create(cluster, node())
    expect(() => update(cluster, node({ podCIDR: '10.244.9.0/24', podCIDRs: ['10.244.9.0/24'] }))).toThrow(
      'spec.podCIDRs: Forbidden: node updates may not change podCIDR except from "" to valid',
    )
    expect(() => update(cluster, node({ unschedulable: true }))).not.toThrow()
  })

  test.each<[status: 'True' | 'False' | 'Unknown', spec: object, word: string]>([
    ['True', {}, 'Ready'],
    ['False', {}, 'NotReady'],
    ['Unknown', {}, 'NotReady'],
    ['True', { unschedulable: true }, 'Ready,SchedulingDisabled'],
    ['Unknown', { unschedulable: true }, 'NotReady,SchedulingDisabled'],
  ])('R-NOD-2 Ready %s %j is %s', (status, spec, word) => {
    expect(cells(reported(status, spec))[1]).toBe(word)
  })

  test('R-NOD-5 a silent kubelet leaves everything unknown', () => {
    const { status } = reported('Unknown')
    expect(status.conditions.map((condition) => `${condition.type}=${condition.status}`)).toEqual([
      'MemoryPressure=Unknown',
      'DiskPressure=Unknown',
      'PIDPressure=Unknown',
      'Ready=Unknown',
    ])
  })

  test('capacity and versions are shown once a kubelet has reported', () => {
    expect(create(cluster, node()).object).not.toHaveProperty('status.capacity')
    expect(reported('True')).toMatchObject({
      status: { capacity: { pods: '110' }, nodeInfo: { operatingSystem: 'linux' } },
    })
    expect(JSON.stringify(cluster.get('Node', undefined, 'node-1'))).not.toContain('capacity')
  })

  test.each([
    [{ key: 'a b', effect: 'NoSchedule' }, 'metadata.taints[0].key: Invalid value: "a b": name part must consist of'],
    [{ key: 'a' }, 'metadata.taints[0].effect: Required value'],
    [
      { key: 'a', effect: 'Never' },
      'metadata.taints[0].effect: Unsupported value: "Never": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
    ],
  ])('R-NOD-7 taint %j', (taint, message) => {
    expect(() => create(cluster, node({ taints: [taint] }))).toThrow(message)
  })
})

describe('ConfigMaps and Secrets', () => {
  test('stringData becomes data and wins', () => {
    const { data, type } = create(
      cluster,
      core('Secret', 's', { data: { a: 'b2xk', b: 'Yg==' }, stringData: { a: 'näw' } }),
    ).object as Secret
    expect({ data, type }).toEqual({ data: { a: Buffer.from('näw').toString('base64'), b: 'Yg==' }, type: 'Opaque' })
    expect(cluster.get('Secret', 'default', 's')).not.toHaveProperty('stringData')
  })

  test('R-ING-50 a TLS Secret has certificate and key', () => {
    const tls = (data: object) => core('Secret', 's', { type: 'kubernetes.io/tls', data })
    expect(() => create(cluster, tls({ 'tls.crt': 'YQ==' }))).toThrow(
      'Secret "s" is invalid: data[tls.key]: Required value',
    )
    expect(create(cluster, tls({ 'tls.crt': 'YQ==', 'tls.key': 'YQ==' })).warnings).toEqual([
      'tls: failed to find any PEM data in certificate input',
    ])
  })

  test.each([
    ['kubernetes.io/basic-auth', {}, 'data[username]: Required value'],
    ['kubernetes.io/ssh-auth', {}, 'data[ssh-privatekey]: Required value'],
    ['kubernetes.io/dockerconfigjson', {}, 'data[.dockerconfigjson]: Required value'],
    [
      'kubernetes.io/dockerconfigjson',
      { '.dockerconfigjson': 'eA==' },
      'data[.dockerconfigjson]: Invalid value: "<secret contents redacted>"',
    ],
    ['Opaque', { 'a b': '' }, 'data[a b]: Invalid value: "a b": a valid config key must consist of'],
  ])('%s with %j: %s', (type, data, message) => {
    expect(() => create(cluster, core('Secret', 's', { type, data }))).toThrow(message)
  })

  test('the type of a Secret is fixed', () => {
    create(cluster, core('Secret', 's'))
    expect(() => update(cluster, core('Secret', 's', { type: 'x' }))).toThrow(
      'type: Invalid value: "x": field is immutable',
    )
  })

  test.each(['ConfigMap', 'Secret'])('an immutable %s stays as it is', (kind) => {
    create(cluster, core(kind, 'c', { immutable: true, data: { a: 'eA==' } }))
    expect(() => update(cluster, core(kind, 'c', { immutable: true, data: { a: 'eQ==' } }))).toThrow(
      'data: Forbidden: field is immutable when `immutable` is set',
    )
    expect(() => update(cluster, core(kind, 'c', { data: { a: 'eA==' } }))).toThrow(
      'immutable: Forbidden: field is immutable when `immutable` is set',
    )
    expect(() =>
      update(cluster, core(kind, 'c', { immutable: true, data: { a: 'eA==' } }, { labels: { x: 'y' } })),
    ).not.toThrow()
  })

  test('the largest ConfigMap', () => {
    const ofBytes = (length: number) => core('ConfigMap', 'c', { data: { a: 'x'.repeat(length) } })
    expect(() => create(cluster, ofBytes(1024 * 1024 + 1))).toThrow('Too long: may not be more than 1048576 bytes')
    expect(() => create(cluster, ofBytes(1024 * 1024))).not.toThrow()
  })

  test('R-LBL-8 the longest annotations', () => {
    const annotated = (length: number) => core('ConfigMap', 'c', {}, { annotations: { a: 'x'.repeat(length) } })
    expect(() => create(cluster, annotated(256 * 1024))).toThrow(
      'metadata.annotations: Too long: may not be more than 262144 bytes',
    )
    expect(() => create(cluster, annotated(256 * 1024 - 1))).not.toThrow()
    expect(() =>
      create(cluster, core('ConfigMap', 'd', {}, { annotations: { 'Example.com/A': '☃ any text' } })),
    ).not.toThrow()
  })
})

describe('EndpointSlices and Endpoints', () => {
  const slice = (fields: object = {}) => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'db-1', labels: { 'kubernetes.io/service-name': 'db' } },
    addressType: 'IPv4',
    ports: [{ name: 'sql', port: 5432 }],
    endpoints: [{ addresses: ['192.0.2.7'] }],
    ...fields,
  })

  test('R-EPS-9 people may write them', () => {
    expect(create(cluster, slice()).object).toMatchObject({ ports: [{ name: 'sql', port: 5432, protocol: 'TCP' }] })
    expect(() => update(cluster, slice({ addressType: 'FQDN', endpoints: [] }))).toThrow(
      'addressType: Invalid value: "FQDN": field is immutable',
    )
  })

  test.each([
    [{ addressType: undefined }, 'addressType: Required value'],
    [{ addressType: 'ip' }, 'addressType: Unsupported value: "ip": supported values: "FQDN", "IPv4", "IPv6"'],
    [{ endpoints: [{ addresses: ['127.0.0.1'] }] }, 'may not be in the loopback range (127.0.0.0/8, ::1/128)'],
    [{ endpoints: [{ addresses: [] }] }, 'endpoints[0].addresses: Required value: must contain at least 1 address'],
    [{ ports: [{ port: 80 }, { port: 81 }] }, 'ports[1].name: Duplicate value: ""'],
  ])('R-EPS-9 %j', (fields, message) => {
    expect(() => create(cluster, slice(fields))).toThrow(message)
  })

  test('R-EPS-6 no ports, no endpoints', () => {
    const { object } = create(cluster, slice({ ports: undefined, endpoints: [] }))
    expect(cells(object)).toEqual(['db-1', 'IPv4', '<unset>', '<unset>', '0s'])
  })

  test('more than three are cut', () => {
    const endpoints = ['1', '2', '3', '4', '5'].map((octet) => ({ addresses: [`192.0.2.${octet}`] }))
    expect(cells(create(cluster, slice({ endpoints })).object)[3]).toBe('192.0.2.1,192.0.2.2,192.0.2.3 + 2 more...')
  })

  test('R-EPS-7 the legacy list has the ready ones, and the others apart', () => {
    create(cluster, core('Service', 'db', { spec: { selector: { app: 'db' }, ports: [{ name: 'sql', port: 5432 }] } }))
    create(cluster, core('Service', 'own', { spec: { ports: [{ port: 1 }] } }))
    create(
      cluster,
      slice({
        endpoints: [
          { addresses: ['192.0.2.9'] },
          { addresses: ['192.0.2.7'], conditions: { ready: true } },
          { addresses: ['192.0.2.8'], conditions: { ready: false } },
        ],
      }),
    )
    const [endpoints, ...others] = listObjects(cluster, 'Endpoints')
    expect(others).toEqual([])
    expect(endpoints).toMatchObject({
      metadata: { name: 'db' },
      subsets: [
        {
          addresses: [{ ip: '192.0.2.7' }, { ip: '192.0.2.9' }],
          notReadyAddresses: [{ ip: '192.0.2.8' }],
          ports: [{ name: 'sql', port: 5432, protocol: 'TCP' }],
        },
      ],
    })
    expect(cells(endpoints!)).toEqual(['db', '192.0.2.7:5432,192.0.2.9:5432', '0s'])
    expect((kinds.Endpoints as KindDefinition).warning).toMatch(/^v1 Endpoints is deprecated in v1\.33\+/)
  })
})

describe('Events', () => {
  test('the table and the order', () => {
    const about = { by: 'kubelet', kind: 'Pod' as const, namespace: 'default', name: 'web', uid: 'u' }
    const started = { ...about, fieldPath: 'spec.containers{c}', reason: 'Started', message: 'Container started' }
    cluster.events.add(started, START)
    cluster.events.add(
      { ...about, fieldPath: 'spec.containers{c}', reason: 'Created', message: 'Container created' },
      START,
    )
    cluster.events.add({ ...about, reason: 'BackOff', message: 'Back-off', warning: true }, START)
    cluster.events.add({ ...about, reason: 'BackOff', message: 'Back-off', warning: true }, START + 60_000)
    cluster.advance(START + 90_000)
    const events = listObjects(cluster, 'Event')
    expect(events.map((event) => (event as KubeObject & { reason: string }).reason)).toEqual([
      'Created',
      'Started',
      'BackOff',
    ])
    expect(cells(events[2]!)).toEqual([
      '30s',
      'Warning',
      'BackOff',
      'pod/web',
      '',
      'kubelet',
      'Back-off',
      '90s',
      '2',
      events[2]!.metadata.name,
    ])
    expect(cells(events[1]!)[4]).toBe('spec.containers{c}')
    expect(events[0]!.metadata.name).toMatch(/^web\.[0-9a-f]{16}$/)
  })
})

describe('every kind', () => {
  const definitions = Object.values(kinds) as KindDefinition[]

  test.each(definitions.map((definition) => [definition.kind, definition] as const))(
    '%s is explained in few words',
    (_, definition) => {
      const texts = Object.entries(definition.explain ?? {})
      expect(texts.length).toBeGreaterThan(0)
      for (const [path, text] of texts) {
        expect(text, path).toMatch(/^\S.*\.$/s)
        expect(text.length, path).toBeLessThanOrEqual(200)
      }
    },
  )

  test('names lead to one kind only', () => {
    const all = definitions.flatMap(({ plural, singular, shortNames }) => [
      ...new Set([plural, singular, ...shortNames]),
    ])
    expect(new Set(all).size).toBe(all.length)
  })
})
