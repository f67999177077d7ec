import { beforeEach, describe, expect, test } from 'vitest'
import { create, update } from '../../../src/cluster/api.ts'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import { describedLines } from '../../../src/cluster/described.ts'
import type { EndpointSlice } from '../../../src/cluster/kinds/endpoint-slice.ts'
import type { Ingress } from '../../../src/cluster/kinds/ingress.ts'
import { describeIngress } from '../../../src/cluster/kinds/ingress-describe.ts'
import { ingress } from '../../../src/cluster/kinds/ingress-kind.ts'
import { quietCluster, START } from '../world.ts'

let cluster: Cluster

beforeEach(() => {
  cluster = quietCluster()
})

const backend = (name: string, port: object = { number: 80 }) => ({ service: { name, port } })
const input = (spec: object, metadata: object = {}, name = 'v') => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name, ...metadata },
  spec,
})
const ingressClass = (name: string, isDefault?: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name, ...(isDefault && { annotations: { 'ingressclass.kubernetes.io/is-default-class': isDefault } }) },
  spec: { controller: 'k8s.io/ingress-nginx' },
})
const plain = { defaultBackend: backend('web') }
const classOf = (object: unknown): string | undefined =>
  (create(cluster, object).object as Ingress).spec.ingressClassName

describe('the class', () => {
  test('R-ING-01, R-ING-05 none without a default', () => {
    create(cluster, ingressClass('nginx'))
    create(cluster, ingressClass('other', 'yes'))
    expect(classOf(input(plain))).toBeUndefined()
  })

  test('R-ING-05 the default goes into new Ingresses that name none', () => {
    create(cluster, input(plain, {}, 'old'))
    create(cluster, ingressClass('nginx', 'true'))
    expect(classOf(input(plain))).toBe('nginx')
    expect(classOf(input({ ...plain, ingressClassName: 'other' }, {}, 'named'))).toBe('other')
    expect(
      classOf(input(plain, { annotations: { 'kubernetes.io/ingress.class': 'other' } }, 'annotated')),
    ).toBeUndefined()
    expect((update(cluster, input(plain, {}, 'old')).object as Ingress).spec.ingressClassName).toBeUndefined()
  })

  test('R-ING-06 of two defaults the newest counts, then the name', () => {
    create(cluster, ingressClass('z-older', 'true'))
    cluster.advance(START + 5000)
    create(cluster, ingressClass('b', 'true'))
    create(cluster, ingressClass('a', 'true'))
    expect(classOf(input(plain))).toBe('a')
  })
})

describe('R-ING-61 the table', () => {
  const cells = (spec: object, addresses: object[] = []): string => {
    const metadata = { name: 'v', creationTimestamp: '2026-11-23T07:55:00Z' }
    const object = { ...input(spec, metadata), status: { loadBalancer: { ingress: addresses } } }
    return ingress.columns.map(({ cell }) => cell(object as unknown as Ingress, cluster)).join(' | ')
  }
  const hosts = (...names: string[]) => ({ rules: names.map((host) => ({ host })) })

  test.each<[spec: object, addresses: object[], row: string]>([
    [plain, [], 'v | <none> | * |  | 80 | 5m'],
    [
      { ingressClassName: 'nginx', ...hosts('a.test') },
      [{ ip: '203.0.113.1' }],
      'v | nginx | a.test | 203.0.113.1 | 80 | 5m',
    ],
    [
      { ...hosts('a.test', 'b.test', 'c.test'), tls: [{}] },
      [{ hostname: 'lb.test' }],
      'v | <none> | a.test,b.test,c.test | lb.test | 80, 443 | 5m',
    ],
    [hosts('a', 'b', 'c', 'd', 'e'), [], 'v | <none> | a,b,c + 2 more... |  | 80 | 5m'],
  ])('%j', (spec, addresses, row) => {
    expect(cells(spec, addresses)).toBe(row)
  })
})

test('R-ING-62 the description says what is behind each path', () => {
  const service = (name: string) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
  })
  const slice = (name: string, ...endpoints: EndpointSlice['endpoints']) => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `${name}-1`, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    ports: [{ name: 'http', port: 8080 }],
    endpoints,
  })
  const ready = (...octets: number[]) =>
    octets.map((octet) => ({ addresses: [`10.244.1.${octet}`], conditions: { ready: true } }))
  for (const name of ['web', 'many', 'unready', 'bare']) create(cluster, service(name))
  create(cluster, slice('web', ...ready(2, 3)))
  create(cluster, slice('many', ...ready(4, 5, 6, 7, 8)))
  create(cluster, slice('unready', { addresses: ['10.244.1.9'], conditions: { ready: false } }))
  const paths = ['web', 'many', 'unready', 'bare', 'none'].map((name) => ({
    path: `/${name}`,
    pathType: 'Prefix',
    backend: backend(name),
  }))
  const spec = {
    rules: [
      { host: 'a.test', http: { paths } },
      { http: { paths: [{ pathType: 'Prefix', path: '/', backend: backend('web', { name: 'http' }) }] } },
    ],
    tls: [{ hosts: ['a.test', 'b.test'], secretName: 'cert' }, { hosts: ['c.test'] }],
  }
  const object = create(cluster, input(spec)).object as Ingress
  expect(describedLines(describeIngress(object, cluster))).toEqual([
    'Name:\tv',
    'Labels:\t<none>',
    'Namespace:\tdefault',
    'Address:\t',
    'Ingress Class:\t<none>',
    'Default backend:\t<default>',
    'TLS:',
    '  cert terminates a.test,b.test',
    '  SNI routes c.test',
    'Rules:',
    '  Host\tPath\tBackends',
    '  ----\t----\t--------',
    '  a.test\t',
    '    \t/web \tweb:80 (10.244.1.2:8080,10.244.1.3:8080)',
    '    \t/many \tmany:80 (10.244.1.4:8080,10.244.1.5:8080,10.244.1.6:8080 + 2 more...)',
    '    \t/unready \tunready:80 ()',
    '    \t/bare \tbare:80 (<none>)',
    '    \t/none \tnone:80 (<error: services "none" not found>)',
    '  *\t',
    '    \t/ \tweb:http (10.244.1.2:8080,10.244.1.3:8080)',
    'Annotations:\t<none>',
    'Events:\t<none>',
  ])
})
