import { beforeEach, describe, expect, test } from 'vitest'
import { create, read, update } from '../../../src/cluster/api.ts'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import type { Service } from '../../../src/cluster/kinds/service.ts'
import { service } from '../../../src/cluster/kinds/service-kind.ts'
import { quietCluster } from '../world.ts'

let cluster: Cluster

beforeEach(() => {
  cluster = quietCluster()
})

const input = (spec: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec })
const created = (spec: object): Service => create(cluster, input(spec)).object as Service
const changed = (spec: object): Service => update(cluster, input(spec)).object as Service
const ports = [{ port: 80 }]

describe('defaults', () => {
  test('R-SVC-1 of ClusterIP', () => {
    const { spec, status } = created({ selector: { app: 'web' }, ports })
    expect(spec).toEqual({
      type: 'ClusterIP',
      selector: { app: 'web' },
      ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
      clusterIP: expect.stringMatching(/^10\.96\./),
      clusterIPs: [spec.clusterIP],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      internalTrafficPolicy: 'Cluster',
      sessionAffinity: 'None',
    })
    expect(status).toEqual({ loadBalancer: {} })
  })

  test('R-SVC-1 targetPort 0 and "" are the port', () => {
    const { spec } = created({
      ports: [
        { name: 'a', port: 80, targetPort: 0 },
        { name: 'b', port: 81, targetPort: '' },
      ],
    })
    expect(spec.ports?.map(({ targetPort }) => targetPort)).toEqual([80, 81])
  })

  test('R-SVC-1 of NodePort, LoadBalancer and client affinity', () => {
    const { spec } = created({ type: 'LoadBalancer', ports, sessionAffinity: 'ClientIP' })
    expect(spec).toMatchObject({
      externalTrafficPolicy: 'Cluster',
      allocateLoadBalancerNodePorts: true,
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } },
    })
  })

  test('R-SVC-10 headless', () => {
    expect(created({ clusterIP: 'None', selector: { app: 'web' } }).spec).toMatchObject({
      clusterIP: 'None',
      clusterIPs: ['None'],
      type: 'ClusterIP',
    })
  })

  test('R-SVC-14 ExternalName has no address', () => {
    const { spec } = created({ type: 'ExternalName', externalName: 'db.example.com.' })
    expect(spec).toEqual({ type: 'ExternalName', externalName: 'db.example.com.', sessionAffinity: 'None' })
    expect(() =>
      create(cluster, { ...input({ type: 'ExternalName', externalName: '10.0.0.1' }), metadata: { name: 'ip' } }),
    ).not.toThrow()
  })

  test('R-SVC-13 a LoadBalancer without node ports', () => {
    const { spec } = created({ type: 'LoadBalancer', ports, allocateLoadBalancerNodePorts: false })
    expect(spec.ports?.[0]).not.toHaveProperty('nodePort')
  })

  test('R-SVC-15 the longest affinity', () => {
    const config = (timeoutSeconds: number) => ({ clientIP: { timeoutSeconds } })
    expect(
      created({ ports, sessionAffinity: 'ClientIP', sessionAffinityConfig: config(86_400) }).spec.sessionAffinityConfig,
    ).toEqual(config(86_400))
  })
})

describe('changes', () => {
  test('R-SVC-9 the address stays where it is not named, whatever the type', () => {
    const { clusterIP } = created({ ports }).spec
    for (const type of ['NodePort', 'LoadBalancer', 'ClusterIP'])
      expect(changed({ type, ports }).spec.clusterIP).toBe(clusterIP)
  })

  test('R-SVC-9 ExternalName gives the address up, and back there is a new one', () => {
    const { clusterIP } = created({ ports }).spec
    expect(changed({ type: 'ExternalName', externalName: 'a.test' }).spec).not.toHaveProperty('clusterIP')
    create(cluster, { ...input({ ports, clusterIP }), metadata: { name: 'heir' } })
    expect(changed({ type: 'ClusterIP', ports }).spec.clusterIP).not.toBe(clusterIP)
  })

  test('R-SVC-12 node ports stay with the type and go with it', () => {
    const nodePortOf = ({ spec }: Service) => spec.ports?.[0]?.nodePort
    const first = nodePortOf(created({ type: 'NodePort', ports }))
    expect(nodePortOf(changed({ type: 'NodePort', ports }))).toBe(first)
    expect(nodePortOf(changed({ type: 'LoadBalancer', ports }))).toBe(first)
    expect(nodePortOf(changed({ type: 'ClusterIP', ports }))).toBeUndefined()
  })

  test('R-SVC-16 what belongs to a type goes with it', () => {
    created({ type: 'LoadBalancer', ports, externalTrafficPolicy: 'Local' })
    const shown = read(cluster, 'Service', 'default', 'web') as Service
    const { spec } = changed({ ...shown.spec, type: 'ClusterIP' })
    for (const field of ['healthCheckNodePort', 'allocateLoadBalancerNodePorts', 'externalTrafficPolicy'])
      expect(spec).not.toHaveProperty(field)
  })

  test('R-SVC-13 the address of the load balancer goes with the type, too', () => {
    const object = created({ type: 'LoadBalancer', ports })
    cluster.put({
      ...(cluster.get('Service', 'default', 'web') as Service),
      status: { loadBalancer: { ingress: [{ ip: '203.0.113.1' }] } },
    })
    expect(changed({ type: 'LoadBalancer', ports }).status).toEqual({
      loadBalancer: { ingress: [{ ip: '203.0.113.1' }] },
    })
    expect(changed({ type: 'NodePort', ports }).status).toEqual({ loadBalancer: {} })
    expect(object.status).toEqual({ loadBalancer: {} })
  })
})

describe('R-SVC-20 the table', () => {
  const cells = (spec: object, status: object = { loadBalancer: {} }): string => {
    const object = { ...input(spec), metadata: { name: 'web', creationTimestamp: '2026-11-23T07:55:00Z' }, status }
    return service.columns
      .filter(({ wide }) => !wide)
      .map(({ cell }) => cell(object as unknown as Service, cluster))
      .join(' | ')
  }
  const address = { clusterIP: '10.96.1.9', clusterIPs: ['10.96.1.9'] }
  const lb = (...ingress: object[]) => ({ loadBalancer: { ingress } })

  test.each<[spec: object, status: object | undefined, row: string]>([
    [
      { type: 'ClusterIP', ...address, ports: [{ port: 80, protocol: 'TCP' }] },
      undefined,
      'web | ClusterIP | 10.96.1.9 | <none> | 80/TCP | 5m',
    ],
    [
      { type: 'ClusterIP', ...address, externalIPs: ['1.2.3.4', '5.6.7.8'], ports: [{ port: 80, protocol: 'TCP' }] },
      undefined,
      'web | ClusterIP | 10.96.1.9 | 1.2.3.4,5.6.7.8 | 80/TCP | 5m',
    ],
    [
      {
        type: 'NodePort',
        ...address,
        ports: [
          { port: 80, protocol: 'TCP', nodePort: 30080 },
          { port: 53, protocol: 'UDP', nodePort: 30053 },
        ],
      },
      undefined,
      'web | NodePort | 10.96.1.9 | <none> | 80:30080/TCP,53:30053/UDP | 5m',
    ],
    [
      { type: 'LoadBalancer', ...address, ports: [{ port: 80, protocol: 'TCP', nodePort: 30080 }] },
      undefined,
      'web | LoadBalancer | 10.96.1.9 | <pending> | 80:30080/TCP | 5m',
    ],
    [
      { type: 'LoadBalancer', ...address, ports: [{ port: 80, protocol: 'TCP' }] },
      lb({ ip: '203.0.113.1' }, { hostname: 'lb.test' }),
      'web | LoadBalancer | 10.96.1.9 | 203.0.113.1,lb.test | 80/TCP | 5m',
    ],
    [
      { type: 'LoadBalancer', ...address, externalIPs: ['1.2.3.4'], ports: [] },
      lb({ ip: '203.0.113.1' }),
      'web | LoadBalancer | 10.96.1.9 | 203.0.113.1,1.2.3.4 | <none> | 5m',
    ],
    [
      { type: 'ClusterIP', clusterIP: 'None', clusterIPs: ['None'] },
      undefined,
      'web | ClusterIP | None | <none> | <none> | 5m',
    ],
    [{ type: 'ExternalName', externalName: 'a.test' }, undefined, 'web | ExternalName | <none> | a.test | <none> | 5m'],
  ])('%j', (spec, status, row) => {
    expect(cells(spec, status)).toBe(row)
  })
})
