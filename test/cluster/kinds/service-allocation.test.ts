import { beforeEach, describe, expect, test } from 'vitest'
import { create, remove, update } from '../../../src/cluster/api.ts'
import type { Cluster } from '../../../src/cluster/cluster.ts'
import type { Service } from '../../../src/cluster/kinds/service.ts'
import { allocateClusterIP, bandOffset } from '../../../src/cluster/kinds/service-allocation.ts'
import { Random } from '../../../src/cluster/random.ts'
import { quietCluster } from '../world.ts'

let cluster: Cluster

beforeEach(() => {
  cluster = quietCluster()
})

const spec = (name: string, fields: object = {}): Service['spec'] => {
  const object = { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { ports: [{ port: 80 }], ...fields } }
  return (create(cluster, object).object as Service).spec
}

const numberOf = (ip: string): number => ip.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0)

const FIRST_DYNAMIC = numberOf('10.96.1.1')
const LAST = numberOf('10.96.255.254')

/** A stored Service that owns ports, without going through the API. */
function occupy(name: string, fields: object): void {
  const metadata = { name, namespace: 'default', uid: name, creationTimestamp: '2026-11-23T08:00:00Z' }
  cluster.put({ apiVersion: 'v1', kind: 'Service', metadata, spec: fields, status: {} } as unknown as Service)
}

describe('ClusterIPs', () => {
  test.each([
    [4, 0],
    [16, 0],
    [32, 16],
    [256, 16],
    [1024, 64],
    [4096, 256],
    [65_536, 256],
    [2 ** 20, 256],
  ])('R-SVC-7 a range of %d keeps %d for people', (size, offset) => {
    expect(bandOffset(size, { step: 16, most: 256 })).toBe(offset)
  })

  test('R-SVC-6, R-SVC-7 a thousand are unique and in the dynamic band', () => {
    const ips = Array.from({ length: 1000 }, (_, index) => spec(`s${index}`).clusterIP!)
    expect(new Set(ips).size).toBe(1000)
    for (const ip of ips) {
      expect(numberOf(ip)).toBeGreaterThanOrEqual(FIRST_DYNAMIC)
      expect(numberOf(ip)).toBeLessThanOrEqual(LAST)
    }
  })

  test.each(['10.96.0.1', '10.96.0.200', '10.96.1.1', '10.96.255.254'])('R-SVC-8 %s can be chosen', (clusterIP) => {
    expect(spec('web', { clusterIP })).toMatchObject({ clusterIP, clusterIPs: [clusterIP] })
  })

  test.each(['10.96.0.0', '10.96.255.255', '10.95.255.255', '10.97.0.0'])('R-SVC-6, R-SVC-8 %s cannot', (clusterIP) => {
    expect(() => spec('web', { clusterIP })).toThrow(`failed to allocate IP ${clusterIP}: the provided`)
  })

  test('R-SVC-7 the static band is the last resort', () => {
    const free = new Set(['10.96.77.7', '10.96.0.9'])
    const isTaken = (_: string, { index: [, ip] }: { index: [string, string] }) => (free.has(ip) ? 0 : 1)
    const full = { random: new Random(1), store: { count: isTaken } } as unknown as Cluster
    for (const ip of ['10.96.77.7', '10.96.0.9', undefined]) {
      expect(allocateClusterIP(full)).toBe(ip)
      free.delete(ip ?? '')
    }
  })

  test('R-SVC-9 a deleted Service gives its address back', () => {
    spec('web', { clusterIP: '10.96.0.50' })
    remove(cluster, 'Service', 'default', 'web')
    expect(spec('api', { clusterIP: '10.96.0.50' }).clusterIP).toBe('10.96.0.50')
  })
})

describe('node ports', () => {
  const nodePorts = ({ ports = [] }: Service['spec']): (number | undefined)[] => ports.map(({ nodePort }) => nodePort)

  const LAST_STATIC = 30_085
  const LAST = 32_767

  test('R-SVC-11 auto values are unique and from the upper band', () => {
    const chosen = Array.from({ length: 300 }, (_, index) => nodePorts(spec(`s${index}`, { type: 'NodePort' }))[0]!)
    expect(new Set(chosen).size).toBe(300)
    expect(Math.min(...chosen)).toBeGreaterThan(LAST_STATIC)
    expect(Math.max(...chosen)).toBeLessThanOrEqual(LAST)
  })

  test('R-SVC-11 the lower band is the last resort', () => {
    const free = [31_000, 30_001]
    const all = Array.from({ length: LAST - 30_000 + 1 }, (_, index) => 30_000 + index)
    occupy('greedy', {
      ports: all.filter((port) => !free.includes(port)).map((nodePort) => ({ port: nodePort, nodePort })),
    })
    for (const port of free) expect(nodePorts(spec(`s${port}`, { type: 'NodePort' }))).toEqual([port])
    expect(() => spec('one-more', { type: 'NodePort' })).toThrow('failed to allocate a nodePort: range is full')
    remove(cluster, 'Service', 'default', 's30001')
    expect(nodePorts(spec('one-more', { type: 'NodePort' }))).toEqual([30_001])
  })

  test('R-SVC-11 TCP and UDP of one number share one node port', () => {
    const ports = [
      { name: 'a', port: 53, protocol: 'TCP' },
      { name: 'b', port: 53, protocol: 'UDP' },
      { name: 'c', port: 9153 },
    ]
    const [tcp, udp, metrics] = nodePorts(spec('dns', { type: 'NodePort', ports }))
    expect(tcp).toBe(udp)
    expect(metrics).not.toBe(tcp)
  })

  test('R-SVC-11 a NodePort Service has a ClusterIP as well', () => {
    expect(spec('web', { type: 'NodePort' }).clusterIP).toMatch(/^10\.96\./)
  })

  test('R-SVC-12 a changed node port frees the old one', () => {
    const ports = (nodePort: number) => [{ port: 80, nodePort }]
    spec('web', { type: 'NodePort', ports: ports(30_001) })
    const object = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } }
    update(cluster, { ...object, spec: { type: 'NodePort', ports: ports(30_002) } })
    expect(nodePorts(spec('api', { type: 'NodePort', ports: ports(30_001) }))).toEqual([30_001])
    expect(() => spec('x', { type: 'NodePort', ports: ports(30_002) })).toThrow('provided port is already allocated')
  })

  test('R-SVC-16 LoadBalancer with Local has a port for health checks of its own', () => {
    const { healthCheckNodePort, ports } = spec('lb', { type: 'LoadBalancer', externalTrafficPolicy: 'Local' })
    expect(healthCheckNodePort).toBeGreaterThanOrEqual(30_000)
    expect(healthCheckNodePort).not.toBe(ports?.[0]?.nodePort)
    expect(() => spec('x', { type: 'NodePort', ports: [{ port: 80, nodePort: healthCheckNodePort }] })).toThrow(
      'provided port is already allocated',
    )
  })
})
