import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EndpointSlice } from '../../../src/cluster/kinds/endpoint-slice.ts'
import type { RecordType } from '../../../src/cluster/network/attempt.ts'
import { nameProblem, searchNames } from '../../../src/cluster/network/dns-name.ts'
import { kubernetes } from '../../../src/cluster/network/laws.ts'
import { parseOrigin } from '../../../src/cluster/network/origin.ts'
import { resolvConf, resolverOf } from '../../../src/cluster/network/resolver.ts'
import { behind, cafe, curl, nslookup, pod, service, slice, system, world } from './world.ts'

const labels = { app: 'db' }
const replicas = [1, 2, 3].map((number) =>
  pod(`db-${number}`, {
    labels,
    ip: `10.244.${number}.20`,
    ready: number !== 3,
    spec: { hostname: `db-${number}`, subdomain: 'db' },
  }),
)
const headless = service('db', {
  clusterIP: 'None',
  selector: labels,
  ports: [
    { name: 'sql', port: 5432, targetPort: 5432 },
    { name: 'http', port: 80, targetPort: 8080 },
  ],
})
const plain = service('web', {
  clusterIP: '10.96.20.20',
  ports: [
    { name: 'http', port: 80, targetPort: 8080 },
    { name: 'dns', port: 53, targetPort: 53, protocol: 'UDP' },
  ],
})
const alias = (name: string, externalName: string, inside = 'default') =>
  service(name, { namespace: inside, type: 'ExternalName', externalName })

const cluster = () =>
  world(
    [
      ...cafe(),
      ...behind(headless, ...replicas),
      plain,
      alias('docs', 'docs.example.com'),
      alias('shop', 'coffee-shop.default.svc.cluster.local', 'marketing'),
      alias('nowhere', 'missing.example.com'),
      alias('dangling', 'gone.default.svc.cluster.local'),
      alias('numbers', '192.0.2.7'),
      alias('me', 'me.default.svc.cluster.local'),
      alias('ping', 'pong.default.svc.cluster.local'),
      alias('pong', 'ping.default.svc.cluster.local'),
    ],
    { publicDns: { 'docs.example.com': '203.0.113.80', 'coffee.com': '203.0.113.10' } },
  )

const values = (name: string, type: RecordType = 'A') => {
  const { rcode, answers } = nslookup(cluster(), name, { type, from: 'customer' })
  return [rcode, ...answers.map((answer) => answer.value)]
}

const FULL = 'svc.cluster.local.'

describe('what names stand for', () => {
  test.each<[string, string, RecordType, string[]]>([
    ['R-DNS-1 a Service', `coffee-shop.default.${FULL}`, 'A', ['NOERROR', '10.96.14.7']],
    ['R-DNS-1 a Service without endpoints', `web.default.${FULL}`, 'A', ['NOERROR', '10.96.20.20']],
    ['R-DNS-10 AAAA of an IPv4 Service', `web.default.${FULL}`, 'AAAA', ['NOERROR']],
    ['R-DNS-10 a namespace', `default.${FULL}`, 'A', ['NOERROR']],
    ['R-DNS-10 all Services', FULL, 'A', ['NOERROR']],
    ['R-DNS-10 the domain', 'cluster.local.', 'A', ['NOERROR']],
    ['R-DNS-10 no such Service', `nobody.default.${FULL}`, 'A', ['NXDOMAIN']],
    ['R-DNS-10 no such namespace', `web.nowhere.${FULL}`, 'A', ['NXDOMAIN']],
    ['R-DNS-10 no such endpoint name', `x.web.default.${FULL}`, 'A', ['NXDOMAIN']],
    ['R-DNS-10 no such port', `_ssh._tcp.web.default.${FULL}`, 'SRV', ['NXDOMAIN']],
    ['R-DNS-10 no such protocol', `_http._udp.web.default.${FULL}`, 'SRV', ['NXDOMAIN']],
    ['R-DNS-10 a name outside of the schema', 'web.default.cluster.local.', 'A', ['NXDOMAIN']],
    ['R-DNS-10 too many labels', `a.b.c.web.default.${FULL}`, 'A', ['NXDOMAIN']],
    ['R-DNS-2 R-SVC-10 headless: the ready pods', `db.default.${FULL}`, 'A', ['NOERROR', '10.244.1.20', '10.244.2.20']],
    ['R-DNS-3 a pod under its Service', `db-2.db.default.${FULL}`, 'A', ['NOERROR', '10.244.2.20']],
    ['R-DNS-3 an unready one has no name', `db-3.db.default.${FULL}`, 'A', ['NXDOMAIN']],
    ['R-DNS-3 by dashed address', `10-244-1-5.coffee-shop.default.${FULL}`, 'A', ['NOERROR', '10.244.1.5']],
    ['R-DNS-3 a pod by its name alone', `customer.default.${FULL}`, 'A', ['NXDOMAIN']],
    [
      'R-DNS-4 SRV of a ClusterIP',
      `_http._tcp.web.default.${FULL}`,
      'SRV',
      ['NOERROR', `0 100 80 web.default.${FULL}`],
    ],
    ['R-DNS-4 SRV over UDP', `_dns._udp.web.default.${FULL}`, 'SRV', ['NOERROR', `0 100 53 web.default.${FULL}`]],
    [
      'R-DNS-4 SRV of a headless Service',
      `_sql._tcp.db.default.${FULL}`,
      'SRV',
      ['NOERROR', `0 50 5432 db-1.db.default.${FULL}`, `0 50 5432 db-2.db.default.${FULL}`],
    ],
    [
      'R-DNS-4 R-EPS-8 SRV tells the pod’s port',
      `_http._tcp.db.default.${FULL}`,
      'SRV',
      ['NOERROR', `0 50 8080 db-1.db.default.${FULL}`, `0 50 8080 db-2.db.default.${FULL}`],
    ],
    ['R-DNS-5 PTR of a ClusterIP', '10.96.14.7', 'PTR', ['NOERROR', `coffee-shop.default.${FULL}`]],
    ['R-DNS-5 PTR of an endpoint', '10.244.1.5', 'A', ['NOERROR', `10-244-1-5.coffee-shop.default.${FULL}`]],
    ['R-DNS-5 PTR of an endpoint with a host name', '10.244.1.20', 'PTR', ['NOERROR', `db-1.db.default.${FULL}`]],
    ['R-DNS-5 PTR of an unready endpoint', '10.244.3.20', 'PTR', ['NXDOMAIN']],
    ['R-DNS-5 PTR of a pod without Service', '10.244.1.7', 'PTR', ['NXDOMAIN']],
    ['R-DNS-5 PTR of something else', '203.0.113.10', 'PTR', ['NXDOMAIN']],
    ['R-DNS-5 PTR of an IPv6 address', '2001:db8::1', 'A', ['NXDOMAIN']],
    [
      'R-DNS-6 R-SVC-14 an alias to the outside',
      `docs.default.${FULL}`,
      'A',
      ['NOERROR', 'docs.example.com.', '203.0.113.80'],
    ],
    [
      'R-DNS-6 an alias to another namespace',
      `shop.marketing.${FULL}`,
      'A',
      ['NOERROR', `coffee-shop.default.${FULL}`, '10.96.14.7'],
    ],
    ['R-DNS-6 the alias itself', `docs.default.${FULL}`, 'CNAME', ['NOERROR', 'docs.example.com.']],
    ['R-DNS-6 no alias', `web.default.${FULL}`, 'CNAME', ['NOERROR']],
    ['R-DNS-6 an alias to nothing outside', `nowhere.default.${FULL}`, 'A', ['NOERROR', 'missing.example.com.']],
    ['R-DNS-6 an alias to nothing inside', `dangling.default.${FULL}`, 'A', ['NOERROR']],
    ['R-DNS-6 an alias of itself', `me.default.${FULL}`, 'A', ['NOERROR']],
    ['R-DNS-6 aliases in a circle', `ping.default.${FULL}`, 'A', ['NOERROR']],
    ['R-DNS-6 nothing below an alias', `_http._tcp.docs.default.${FULL}`, 'SRV', ['NXDOMAIN']],
    ['R-DNS-6 no SRV of an alias', `docs.default.${FULL}`, 'SRV', ['NOERROR']],
    ['R-DNS-6 no name below an alias', `x.docs.default.${FULL}`, 'A', ['NXDOMAIN']],
    ['R-SVC-14 an alias that looks like an address', `numbers.default.${FULL}`, 'A', ['NXDOMAIN']],
    ['R-DNS-7 a pod by its address', '10-1-2-3.default.pod.cluster.local.', 'A', ['NOERROR', '10.1.2.3']],
    ['R-DNS-7 no address', 'web.default.pod.cluster.local.', 'A', ['NXDOMAIN']],
    ['R-DNS-7 no such namespace', '10-1-2-3.nowhere.pod.cluster.local.', 'A', ['NXDOMAIN']],
    ['R-DNS-11 upper case', `COFFEE-shop.Default.${FULL.toUpperCase()}`, 'A', ['NOERROR', '10.96.14.7']],
    ['R-DNS-11 the version', 'dns-version.cluster.local.', 'TXT', ['NOERROR', '1.1.0']],
    ['R-DNS-10 no text', `web.default.${FULL}`, 'TXT', ['NOERROR']],
    ['R-DNS-10 no text of what does not exist', `nothing.default.${FULL}`, 'TXT', ['NXDOMAIN']],
    ['R-DNS-8 R-DNS-11 the version through the search path', 'dns-version.cluster.local', 'TXT', ['NOERROR', '1.1.0']],
    ['public DNS through CoreDNS', 'coffee.com.', 'A', ['NOERROR', '203.0.113.10']],
    ['public DNS has no such host', 'tea.com.', 'A', ['NXDOMAIN']],
    ['a node', 'node-2.', 'A', ['NOERROR', '192.168.49.12']],
    ['the root', '.', 'A', ['NXDOMAIN']],
  ])('%s: %s %s', (_rule, name, type, expected) => {
    expect(values(name, type)).toEqual(expected)
  })

  test('R-DNS-2 R-EPS-3 publishNotReadyAddresses names all pods of a headless Service', () => {
    const all = { ...headless, spec: { ...headless.spec, publishNotReadyAddresses: true } }
    const answers = nslookup(world(behind(all, ...replicas)), 'db').answers
    expect(answers.map(({ value }) => value)).toEqual(['10.244.1.20', '10.244.2.20', '10.244.3.20'])
  })

  test('R-DNS-2 a headless Service without a ready pod does not exist', () => {
    const lookup = nslookup(world(behind(headless, replicas[2]!)), 'db')
    expect(lookup.rcode).toBe('NXDOMAIN')
  })

  test('R-DNS-2 a headless Service without ports, and one whose slice has a port of its own', () => {
    const bare = service('bare', { clusterIP: 'None', selector: labels })
    const names = (of: EndpointSlice) =>
      nslookup(world([bare, ...replicas, of]), 'bare').answers.map(({ value }) => value)
    expect(names(slice(bare, replicas))).toEqual(['10.244.1.20', '10.244.2.20'])
    expect(names({ ...slice(bare, replicas), ports: [{ name: 'x', port: 1 }] })).toEqual(['10.244.1.20', '10.244.2.20'])
  })

  test('R-SVC-10 R-KPX-10 nobody translates ports of a headless Service', () => {
    const web = service('web', { clusterIP: 'None', selector: { app: 'w' }, ports: [{ port: 80, targetPort: 8080 }] })
    const objects = [...behind(web, pod('w', { labels: { app: 'w' }, ip: '10.244.1.30' }))]
    expect(curl(world(objects), 'http://web:80').outcome).toBe('refused')
    expect(curl(world(objects), 'http://web:8080').answeredBy).toBe('default/w')
  })

  test('R-SVC-14 R-KPX-10 an alias proxies nothing: port and Host are the caller’s own', () => {
    const objects = [...cafe(), alias('espresso', 'coffee-shop.default.svc.cluster.local', 'marketing')]
    const attempt = curl(world(objects), 'http://espresso', { from: 'marketing/intern' })
    expect(attempt).toMatchObject({ outcome: 'ok', received: { host: 'espresso' } })
    expect(curl(world(objects), 'http://espresso:8080', { from: 'marketing/intern' }).outcome).toBe('timeout')
  })

  test('R-DNS-12 a deleted Service has no name; new pods do not change the answer', () => {
    const changed = cluster()
    const before = nslookup(changed, 'coffee-shop').answers
    changed.remove('Pod/default/coffee-1')
    expect(nslookup(changed, 'coffee-shop').answers).toEqual(before)
    changed.remove('Service/default/coffee-shop')
    expect(nslookup(changed, 'coffee-shop').rcode).toBe('NXDOMAIN')
  })

  test('a chain of aliases ends: eight are followed, not nine', () => {
    const chain = (length: number) =>
      world([
        ...cafe(),
        ...Array.from({ length }, (_, index) =>
          alias(
            `a${index}`,
            index === length - 1 ? 'coffee-shop.default.svc.cluster.local' : `a${index + 1}.default.svc.cluster.local`,
          ),
        ),
      ])
    expect(nslookup(chain(8), 'a0').answers.at(-1)?.value).toBe('10.96.14.7')
    expect(nslookup(chain(12), 'a0')).toMatchObject({ rcode: 'NOERROR', answers: [] })
  })
})

describe('the search list', () => {
  const tried = (name: string, from = 'customer') => nslookup(cluster(), name, { from }).tried

  test('R-DNS-8 a short name is one of the caller’s namespace', () => {
    expect(tried('coffee-shop')).toEqual(['coffee-shop.default.svc.cluster.local.'])
    expect(nslookup(cluster(), 'coffee-shop', { from: 'marketing/intern' })).toMatchObject({
      rcode: 'NXDOMAIN',
      tried: [
        'coffee-shop.marketing.svc.cluster.local.',
        'coffee-shop.svc.cluster.local.',
        'coffee-shop.cluster.local.',
        'coffee-shop.',
      ],
    })
  })

  test('R-DNS-8 name.namespace and name.namespace.svc work from anywhere', () => {
    expect(tried('coffee-shop.default', 'marketing/intern')).toEqual([
      'coffee-shop.default.marketing.svc.cluster.local.',
      'coffee-shop.default.svc.cluster.local.',
    ])
    expect(tried('coffee-shop.default.svc', 'marketing/intern').at(-1)).toBe('coffee-shop.default.svc.cluster.local.')
    expect(nslookup(cluster(), 'default.coffee-shop', { from: 'marketing/intern' }).rcode).toBe('NXDOMAIN')
  })

  test('R-DNS-8 fewer than five dots: the list first, so an outside name costs four questions; a final dot costs one', () => {
    expect(tried('tea.com')).toHaveLength(4)
    expect(tried('tea.com.')).toEqual(['tea.com.'])
    expect(tried('coffee-shop.default.svc.cluster.local')).toHaveLength(4)
    expect(tried('a.b.c.d.e.f')[0]).toBe('a.b.c.d.e.f.')
    expect(tried('a.b.c.d.e.f')).toHaveLength(4)
  })

  test('R-DNS-8 every name is told with what came of it, in the order in which it was asked', () => {
    const { queries } = nslookup(cluster(), 'coffee.com', { from: 'customer' })
    expect(queries.map(({ name, rcode }) => `${name} ${rcode}`)).toEqual([
      'coffee.com.default.svc.cluster.local. NXDOMAIN',
      'coffee.com.svc.cluster.local. NXDOMAIN',
      'coffee.com.cluster.local. NXDOMAIN',
      'coffee.com. NOERROR',
    ])
    const [dns] = curl(cluster(), 'http://coffee.com', { from: 'customer' }).hops
    expect(dns?.detail).toContain('coffee.com.svc.cluster.local. (does not exist)')
  })

  test('R-DNS-10 the search stops at a name that exists without such records', () => {
    expect(nslookup(cluster(), 'web', { type: 'AAAA' })).toMatchObject({
      rcode: 'NOERROR',
      answers: [],
      tried: ['web.default.svc.cluster.local.'],
    })
  })

  test.each<[string, Parameters<typeof pod>[1]['spec'], string]>([
    [
      'ClusterFirst',
      {},
      'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
    ],
    ['Default', { dnsPolicy: 'Default' }, 'nameserver 192.168.49.1\n'],
    ['hostNetwork', { hostNetwork: true }, 'nameserver 192.168.49.1\n'],
    [
      'ClusterFirstWithHostNet',
      { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' },
      'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
    ],
    [
      'None',
      {
        dnsPolicy: 'None',
        dnsConfig: {
          nameservers: ['1.1.1.1'],
          searches: ['my.test'],
          options: [{ name: 'ndots', value: '2' }, { name: 'edns0' }],
        },
      },
      'search my.test\nnameserver 1.1.1.1\noptions ndots:2 edns0\n',
    ],
    [
      'dnsConfig',
      { dnsConfig: { nameservers: ['1.1.1.1'], searches: ['my.test'], options: [{ name: 'ndots', value: '1' }] } },
      'search default.svc.cluster.local svc.cluster.local cluster.local my.test\nnameserver 10.96.0.10\nnameserver 1.1.1.1\noptions ndots:1\n',
    ],
  ])('R-DNS-8 R-DNS-9 resolv.conf with %s', (_policy, spec, text) => {
    const origin = parseOrigin(world([pod('p', { ip: '10.244.1.50', spec })]), 'p', 'default')
    expect(resolvConf(resolverOf(origin, kubernetes, () => []))).toBe(text)
  })

  test('R-DNS-9 the policy decides which names a pod knows', () => {
    const at = (spec: Parameters<typeof pod>[1]['spec'], name: string) =>
      nslookup(world([...cafe(), pod('p', { ip: '10.244.1.50', spec })]), name, { from: 'p' }).rcode
    expect(at({}, 'coffee-shop')).toBe('NOERROR')
    expect(at({ dnsPolicy: 'Default' }, 'coffee-shop.default.svc.cluster.local')).toBe('NXDOMAIN')
    expect(at({ hostNetwork: true }, 'coffee-shop.default.svc.cluster.local')).toBe('NXDOMAIN')
    expect(at({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }, 'coffee-shop')).toBe('NOERROR')
    expect(at({ dnsPolicy: 'None', dnsConfig: { nameservers: ['10.96.0.10'] } }, 'coffee-shop')).toBe('NXDOMAIN')
    expect(
      at(
        { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.96.0.10'], searches: ['default.svc.cluster.local'] } },
        'coffee-shop',
      ),
    ).toBe('NOERROR')
    expect(
      at({ dnsPolicy: 'None', dnsConfig: { nameservers: ['10.244.1.2'] } }, 'coffee-shop.default.svc.cluster.local'),
    ).toBe('NOERROR')
    expect(at({ dnsPolicy: 'None' }, 'coffee-shop')).toBe('TIMEOUT')
    expect(at({ dnsPolicy: 'None', dnsConfig: { nameservers: ['10.9.9.9'] } }, 'coffee-shop')).toBe('TIMEOUT')
    expect(
      at(
        { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.9.9.9', '10.96.0.10'] } },
        'coffee-shop.default.svc.cluster.local',
      ),
    ).toBe('NOERROR')
  })

  test.each(['office', 'laptop', 'internet', 'home', 'browser', 'node/node-1', 'ip/192.168.49.60'])(
    'R-DNS-9 cluster names are unknown to %s, public ones are not',
    (from) => {
      const lookup = nslookup(cluster(), 'coffee-shop.default.svc.cluster.local', { from })
      expect(lookup).toMatchObject({ rcode: 'NXDOMAIN', tried: ['coffee-shop.default.svc.cluster.local.'] })
      expect(nslookup(cluster(), 'coffee.com', { from }).answers[0]?.value).toBe('203.0.113.10')
    },
  )

  test('names of nodes are known in their own network only', () => {
    for (const from of ['office', 'laptop', 'node/node-1', 'customer'])
      expect(nslookup(cluster(), 'node-3', { from }).rcode).toBe('NOERROR')
    for (const from of ['internet', 'home', 'browser'])
      expect(nslookup(cluster(), 'node-3', { from }).rcode).toBe('NXDOMAIN')
  })

  test('a pod knows its own name from its hosts file, DNS does not', () => {
    expect(curl(cluster(), 'http://coffee-1:8080', { from: 'coffee-1' }).answeredBy).toBe('default/coffee-1')
    expect(curl(cluster(), 'http://coffee-2:8080', { from: 'coffee-1' }).outcome).toBe('nxdomain')
    expect(nslookup(cluster(), 'coffee-1', { from: 'coffee-1' }).rcode).toBe('NXDOMAIN')
    const [own] = curl(cluster(), 'http://customer:8080', { from: 'customer' }).hops
    expect(own).toMatchObject({ at: 'default/customer', what: 'is customer itself: 10.244.1.7 in its /etc/hosts' })
  })
})

describe('name servers', () => {
  test('without a ready CoreDNS nobody answers, and what is known by number still works', () => {
    const broken = world([...system(false), ...cafe()])
    const lookup = nslookup(broken, 'coffee-shop', { from: 'customer' })
    expect(lookup).toMatchObject({ rcode: 'TIMEOUT', answers: [], server: '10.96.0.10' })
    expect(lookup.ms).toBe(2000)
    const attempt = curl(broken, 'http://coffee-shop', { from: 'customer' })
    expect(attempt).toMatchObject({ outcome: 'nxdomain', blame: { kind: 'Pod', namespace: 'kube-system' } })
    expect(attempt.hops.at(-1)?.what).toBe('gives no answer for coffee-shop')
    expect(curl(broken, 'http://10.96.14.7', { from: 'customer' }).outcome).toBe('ok')
  })

  test('DNS is a Service like any other: without it, or with a wrong port, nobody answers', () => {
    const missing = world(cafe())
    missing.remove('Service/kube-system/kube-dns')
    expect(nslookup(missing, 'coffee-shop').rcode).toBe('TIMEOUT')
    const wrong = world(cafe())
    const [pods] = [wrong.store.list('EndpointSlice', { namespace: 'kube-system' })[0]!]
    wrong.put({ ...pods, ports: pods.ports!.map((port) => ({ ...port, port: 5353 })) })
    expect(nslookup(wrong, 'coffee-shop').rcode).toBe('TIMEOUT')
  })

  test('one CoreDNS of two is enough', () => {
    const cluster = world(cafe(), { down: { 'node-2': 0 } })
    const answered = Array.from({ length: 20 }, (_, index) =>
      nslookup(cluster, `coffee-shop.default.svc.cluster.local${'.'.repeat(index % 2)}`),
    )
    expect(answered.some(({ rcode }) => rcode === 'NOERROR')).toBe(true)
  })

  test('a ClusterIP of something else is no name server', () => {
    expect(
      nslookup(
        world([
          pod('p', { ip: '10.244.1.50', spec: { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.96.0.1'] } } }),
        ]),
        'x',
        { from: 'p' },
      ).rcode,
    ).toBe('TIMEOUT')
  })
})

describe('names that are none', () => {
  test.each([
    ['a..b', "'a..b' is not in legal name syntax (empty label)"],
    ['.a', "'.a' is not in legal name syntax (empty label)"],
    ['', "'' is not in legal name syntax (unexpected end of input)"],
    ['x'.repeat(64), `'${'x'.repeat(64)}' is not in legal name syntax (label too long)`],
    [`${'abcdefghi.'.repeat(30)}`, `'${'abcdefghi.'.repeat(30)}' is not in legal name syntax (ran out of space)`],
  ])('R-DNS-13 %s', (name, problem) => {
    const lookup = nslookup(cluster(), name)
    expect(lookup).toMatchObject({ rcode: 'NXDOMAIN', tried: [], answers: [], queries: [], problem })
    expect(curl(cluster(), 'http://x', { from: 'customer' }).outcome).toBe('nxdomain')
  })

  test('a name of 300 characters in a URL: no such host, and nothing was asked', () => {
    const attempt = curl(cluster(), `http://${'abcdefghi.'.repeat(30)}com`, { from: 'customer' })
    expect(attempt.outcome).toBe('nxdomain')
    expect(attempt.blame?.why).toContain('ran out of space')
  })

  test('the longest legal name is asked for, without the endings that would make it too long', () => {
    const long = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(50)}`
    expect(nameProblem(long)).toBe(undefined)
    expect(nslookup(cluster(), long).tried).toEqual([`${long}.`])
  })

  test('letters beyond ASCII are encoded as browsers do it', () => {
    const lookup = nslookup(world([], { publicDns: { 'xn--caf-dma.test': '203.0.113.9' } }), 'CAFÉ.test.')
    expect(lookup.answers[0]?.value).toBe('203.0.113.9')
    expect(nslookup(cluster(), 'a b\u200e.\u2603..').problem).not.toBe(null)
  })

  test('no text whatever makes a lookup throw, and the answer names what was tried', () => {
    const searches = ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local']
    const types: RecordType[] = ['A', 'AAAA', 'CNAME', 'SRV', 'PTR', 'TXT']
    const known = cluster()
    const label = fc.constantFrom(
      'coffee-shop',
      'default',
      'svc',
      'pod',
      'cluster',
      'local',
      '_http',
      '_tcp',
      '',
      'docs',
      '__proto__',
      '10-1-2-3',
      'in-addr',
      'arpa',
    )
    const name = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.array(label, { maxLength: 9 }).map((labels) => labels.join('.')),
    )
    fc.assert(
      fc.property(
        name,
        fc.constantFrom(...types),
        fc.constantFrom('customer', 'internet', 'node/node-1'),
        (text, type, from) => {
          const lookup = nslookup(known, text, { type, from })
          expect(lookup.tried).toEqual(lookup.queries.map((query) => query.name))
          expect(lookup.tried.length).toBeLessThanOrEqual(searches.length + 1)
          for (const tried of lookup.tried) expect(tried.endsWith('.')).toBe(true)
        },
      ),
      { numRuns: 400 },
    )
  })

  test('the names tried are the name with each ending, and the name as it is', () => {
    fc.assert(
      fc.property(
        fc.domain(),
        fc.array(fc.domain(), { maxLength: 4 }),
        fc.integer({ min: 0, max: 15 }),
        (name, searches, ndots) => {
          const names = searchNames(name, searches, ndots)
          const listFirst = name.split('.').length - 1 < ndots
          expect(names[listFirst ? names.length - 1 : 0]).toBe(`${name.toLowerCase()}.`)
          expect(new Set(names).size).toBe(names.length)
        },
      ),
    )
  })
})

describe('the work of a lookup', () => {
  test('follows the names tried, whatever else is in the cluster', () => {
    const visits = (services: number) => {
      const many = Array.from({ length: services }, (_, index) =>
        service(`s${index}`, { clusterIP: `10.97.${index >> 8}.${index & 255}`, ports: [{ port: 80 }] }),
      )
      const big = world([...cafe(), ...many])
      const origin = parseOrigin(big, 'customer', 'default')
      const before = big.store.visited
      const lookup = nslookup(big, 'no-such-name', { from: 'customer' })
      expect(origin.label).toBe(lookup.from)
      return big.store.visited - before
    }
    expect(visits(2000)).toBe(visits(10))
    expect(visits(10)).toBeLessThan(60)
  })
})
