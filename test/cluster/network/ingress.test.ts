import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { certificates } from '../../../src/certificates.ts'
import type { Ingress } from '../../../src/cluster/kinds/ingress.ts'
import { useCertificateReader } from '../../../src/cluster/network/certificate.ts'
import { decideRoute } from '../../../src/cluster/network/ingress-route.ts'
import { Journey } from '../../../src/cluster/network/journey.ts'
import { kubernetes } from '../../../src/cluster/network/laws.ts'
import { pathMatches } from '../../../src/cluster/network/path.ts'
import type { KubeObject } from '../../../src/cluster/object.ts'
import { Random } from '../../../src/cluster/random.ts'
import type { Settings } from '../../../src/cluster/settings.ts'
import {
  backend,
  behind,
  type Call,
  controller,
  curl,
  curls,
  ingress,
  LOBBY_IP,
  NOW,
  namespace,
  pod,
  secret,
  service,
  slice,
  tally,
  world,
} from './world.ts'

/** A Service with one pod; the pod echoes what it receives. */
const app = (
  name: string,
  host: number,
  options: { namespace?: string; ready?: boolean; targetPort?: number; port?: number } = {},
): KubeObject[] => {
  const { namespace: inside = 'default', ready = true, targetPort = 8080, port = 80 } = options
  return behind(
    service(name, {
      namespace: inside,
      clusterIP: `10.96.50.${host}`,
      selector: { app: name },
      ports: [{ name: 'web', port, targetPort }],
    }),
    pod(`${name}-1`, {
      namespace: inside,
      labels: { app: name },
      ip: `10.244.2.${host}`,
      image: 'example/echo',
      ports: [{ containerPort: 8080 }],
      ready,
    }),
  )
}

const apps = [...app('menu', 31), ...app('order', 32), ...app('tea', 33)]
const settings: Partial<Settings> = {
  publicDns: {
    'coffee.com': LOBBY_IP,
    'tea.com': LOBBY_IP,
    'a.foo.test': LOBBY_IP,
    'a.b.foo.test': LOBBY_IP,
    'foo.test': LOBBY_IP,
  },
}
const lobby = (...objects: KubeObject[]) => world([...controller(), ...apps, ...objects], settings)
const visit = (cluster: ReturnType<typeof world>, url: string, call: Call = {}) =>
  curl(cluster, url, { from: 'internet', ...call })

/** Who answers a visit: the app's name, or the status that the controller gives itself. */
const answer = (cluster: ReturnType<typeof world>, url: string, call: Call = {}) => {
  const { speaker, answeredBy, status, outcome } = visit(cluster, url, call)
  if (speaker === 'app') return answeredBy?.split('/')[1]?.replace(/-1$/, '')
  return status ?? outcome
}

beforeAll(() => {
  useCertificateReader((certificate, key) => {
    const [names, days, trust] = certificate.split(' ')
    if (names === undefined || days === undefined || key !== 'key') return undefined
    const day = 86_400_000
    return {
      names: names.split(','),
      notBefore: NOW - 10 * day,
      notAfter: NOW + Number(days) * day,
      trusted: trust !== 'self',
    }
  })
})

afterAll(() => useCertificateReader(certificates.read))

describe('an Ingress and its controller', () => {
  const menu = ingress('lobby', { 'coffee.com': { '/menu': 'menu' } })

  test('R-ING-01 R-LB-09 without a controller it is data: nobody answers, and the blame says so', () => {
    const cluster = world([...apps, menu], settings)
    const attempt = visit(cluster, 'http://coffee.com/menu')
    expect(attempt).toMatchObject({
      outcome: 'timeout',
      status: null,
      blame: { kind: 'Ingress', name: 'lobby', field: 'status.loadBalancer' },
    })
  })

  test('R-ING-01 R-PIPE-01 with a controller: name, balancer, node, controller, rule, Service, pod', () => {
    const attempt = visit(lobby(menu), 'http://coffee.com/menu')
    expect(attempt).toMatchObject({
      outcome: 'ok',
      status: 200,
      speaker: 'app',
      answeredBy: 'default/menu-1',
      answeredPort: 8080,
      blame: null,
    })
    expect(attempt.hops.map(({ at }) => at)).toEqual([
      'DNS',
      'load balancer',
      expect.stringMatching(/^node-/),
      'ingress-controller',
      'ingress-controller',
      'menu-1',
    ])
    expect(attempt.hops.map(({ law }) => law)).toEqual([
      'namesInScope',
      'servicesAt',
      'chooseEndpoint',
      'pathMatches',
      'chooseEndpoint',
      'listens',
    ])
  })

  test('R-PIPE-04 the app sees the controller’s pod as its client, and the visitor in a header', () => {
    const attempt = visit(lobby(menu), 'http://coffee.com/menu?size=l', { headers: { 'X-Ask': 'yes' } })
    expect(attempt.clientIp).toBe('10.244.3.99')
    expect(attempt.received).toMatchObject({
      method: 'GET',
      scheme: 'http',
      host: 'coffee.com',
      path: '/menu?size=l',
      headers: { 'x-ask': 'yes', 'x-forwarded-host': 'coffee.com', 'x-forwarded-proto': 'http' },
    })
    expect(attempt.received?.headers['x-forwarded-for']).toMatch(/^192\.168\.49\.1[123]$/)
  })

  test('a controller that is not ready takes no traffic', () => {
    const cluster = world([...controller(false), ...apps, menu], settings)
    expect(visit(cluster, 'http://coffee.com/menu').outcome).toBe('refused')
  })

  test.each<[string, Partial<Ingress['spec']>, string]>([
    ['R-ING-08 a class that does not exist', { ingressClassName: 'nobody' }, 'there is no IngressClass "nobody"'],
  ])('%s is never served: 404 from the controller', (_rule, spec, why) => {
    const attempt = visit(lobby({ ...menu, spec: { ...menu.spec, ...spec } } as Ingress), 'http://coffee.com/menu')
    expect(attempt).toMatchObject({
      status: 404,
      speaker: 'ingress-controller',
      blame: { field: 'spec.ingressClassName', why },
    })
  })

  test('R-ING-07 no class: not served; the old annotation counts for ingress-nginx only', () => {
    const classless = (annotations: Record<string, string>): Ingress => {
      const made = ingress('lobby', { 'coffee.com': { '/menu': 'menu' } }, { annotations })
      const { ingressClassName: _, ...spec } = made.spec
      return { ...made, spec }
    }
    expect(answer(lobby(classless({})), 'http://coffee.com/menu')).toBe(404)
    expect(answer(lobby(classless({ 'kubernetes.io/ingress.class': 'nginx' })), 'http://coffee.com/menu')).toBe('menu')
    expect(answer(lobby(classless({ 'kubernetes.io/ingress.class': 'lobby' })), 'http://coffee.com/menu')).toBe(404)
  })

  test('R-ING-04 a controller serves the classes that name it, and no others', () => {
    const other = ingress('lobby', { 'coffee.com': { '/menu': 'menu' } }, { ingressClassName: 'theirs' })
    const theirs = {
      ...controller()[1]!,
      metadata: { ...controller()[1]!.metadata, name: 'theirs' },
      spec: { controller: 'example.com/theirs' },
    } as KubeObject
    expect(answer(lobby(other, theirs), 'http://coffee.com/menu')).toBe(404)
  })

  test('R-ING-60 its Service has a node port too, which works without an address', () => {
    expect(
      curl(lobby(menu), 'http://192.168.49.11:30081/menu', { from: 'office', headers: { Host: 'coffee.com' } }).status,
    ).toBe(200)
  })
})

describe('hosts', () => {
  const rules = (...objects: KubeObject[]) => lobby(...objects)

  test('R-ING-10 R-PIPE-03 the Host header decides, in any case and without its port; DNS has no say', () => {
    const cluster = rules(ingress('lobby', { 'coffee.com': { '/': 'menu' } }))
    const by = (host: string) => answer(cluster, `http://${LOBBY_IP}/`, { headers: { Host: host } })
    expect(by('coffee.com')).toBe('menu')
    expect(by('COFFEE.com:8080')).toBe('menu')
    expect(by('tea.com')).toBe(404)
    expect(answer(cluster, `http://${LOBBY_IP}/`)).toBe(404)
    expect(answer(cluster, 'http://coffee.com/', { headers: { host: 'tea.com' } })).toBe(404)
    const resolve = [{ host: 'coffee.com', port: 80, address: LOBBY_IP }]
    expect(
      answer(world([...controller(), ...apps, ingress('l', { 'coffee.com': { '/': 'menu' } })]), 'http://coffee.com/', {
        resolve,
      }),
    ).toBe('menu')
  })

  test('R-ING-10 a rule without host is for any host', () => {
    const cluster = rules(ingress('lobby', { '*': { '/': 'tea' } }))
    expect(answer(cluster, `http://${LOBBY_IP}/`)).toBe('tea')
    expect(answer(cluster, 'http://coffee.com/x')).toBe('tea')
  })

  test('R-ING-11 a wildcard stands for exactly one label', () => {
    const cluster = rules(ingress('lobby', { '*.foo.test': { '/': 'tea' } }))
    expect(answer(cluster, 'http://a.foo.test/')).toBe('tea')
    expect(answer(cluster, 'http://a.b.foo.test/')).toBe(404)
    expect(answer(cluster, 'http://foo.test/')).toBe(404)
  })

  test('R-ING-12 exact host before wildcard before none', () => {
    const cluster = rules(
      ingress('lobby', { '*': { '/': 'tea' }, '*.foo.test': { '/': 'order' }, 'a.foo.test': { '/': 'menu' } }),
    )
    expect(answer(cluster, 'http://a.foo.test/')).toBe('menu')
    expect(answer(cluster, `http://${LOBBY_IP}/`, { headers: { Host: 'b.foo.test' } })).toBe('order')
    expect(answer(cluster, 'http://foo.test/')).toBe('tea')
  })

  test.each([
    ['lobby', 'tea'],
    ['nginx', 404],
  ])('R-ING-13 class %s: where the host fits and no path does', (ingressClassName, expected) => {
    const cluster = rules(
      ingress('lobby', { '*': { '/': 'tea' }, 'a.foo.test': { '/only': 'menu' } }, { ingressClassName }),
    )
    expect(answer(cluster, 'http://a.foo.test/else')).toBe(expected)
  })

  test('R-ING-13 NGX: the blame names a path of the host that was chosen', () => {
    const hosts = { '*.foo.test': { '/': 'tea' }, 'a.foo.test': { '/only': 'menu' } }
    const cluster = rules(ingress('lobby', hosts, { ingressClassName: 'nginx' }))
    const { blame } = visit(cluster, 'http://a.foo.test/else')
    expect(blame).toMatchObject({ field: 'spec.rules[1].http.paths[0].path', why: 'Prefix /only does not cover /else' })
  })

  test('R-ING-14 rules of several Ingresses for one host are taken together; for the same path the oldest wins', () => {
    const first = ingress('z-first', { 'coffee.com': { '/menu': 'menu' } }, { born: '2025-01-01T00:00:00Z' })
    const second = ingress(
      'a-second',
      { 'coffee.com': { '/order': 'order', '/menu': 'tea' } },
      { born: '2025-06-01T00:00:00Z' },
    )
    const cluster = rules(first, second)
    expect(answer(cluster, 'http://coffee.com/menu')).toBe('menu')
    expect(answer(cluster, 'http://coffee.com/order')).toBe('order')
    const nginx = (each: Ingress): Ingress => ({ ...each, spec: { ...each.spec, ingressClassName: 'nginx' } })
    expect(answer(rules(nginx(first), nginx(second)), 'http://coffee.com/menu')).toBe('menu')
    const decided = visit(cluster, 'http://coffee.com/menu').hops.find(({ law }) => law === 'pathMatches')
    expect(decided?.what).toBe('coffee.com/menu → Service menu, the older claim')
    expect(decided?.detail).toContain('Ingress default/a-second claims the same path; it came later')
    expect(visit(cluster, 'http://coffee.com/order').hops.map(({ what }) => what)).toContain(
      'coffee.com/order → Service order',
    )
  })

  test('two classes that claim one host: the older Ingress decides whose rules are read', () => {
    const old = ingress(
      'old',
      { 'coffee.com': { '/menu': 'menu' } },
      { born: '2025-01-01T00:00:00Z', ingressClassName: 'nginx' },
    )
    const young = ingress('young', { 'coffee.com': { '/order': 'order' } })
    expect(answer(rules(old, young), 'http://coffee.com/menu')).toBe('menu')
    expect(answer(rules(old, young), 'http://coffee.com/order')).toBe(404)
  })
})

describe('paths', () => {
  const TABLE: [string, Record<string, string>, string, string | number][] = [
    ['Prefix /', { '/': 'menu' }, '/anything/at/all', 'menu'],
    ['Exact /foo', { '=/foo': 'menu' }, '/foo', 'menu'],
    ['Exact /foo', { '=/foo': 'menu' }, '/bar', 404],
    ['Exact /foo', { '=/foo': 'menu' }, '/foo/', 404],
    ['Exact /foo', { '=/foo': 'menu' }, '/FOO', 404],
    ['Exact /foo', { '=/foo': 'menu' }, '/foo/x', 404],
    ['Exact /foo/', { '=/foo/': 'menu' }, '/foo', 404],
    ['Prefix /foo', { '/foo': 'menu' }, '/foo', 'menu'],
    ['Prefix /foo', { '/foo': 'menu' }, '/foo/', 'menu'],
    ['Prefix /foo', { '/foo': 'menu' }, '/foo/x', 'menu'],
    ['Prefix /foo', { '/foo': 'menu' }, '/FOO', 404],
    ['Prefix /foo/', { '/foo/': 'menu' }, '/foo', 'menu'],
    ['Prefix /foo/', { '/foo/': 'menu' }, '/foo/', 'menu'],
    ['Prefix /aaa/bb', { '/aaa/bb': 'menu' }, '/aaa/bbb', 404],
    ['Prefix /aaa/bbb', { '/aaa/bbb': 'menu' }, '/aaa/bbb', 'menu'],
    ['Prefix /aaa/bbb', { '/aaa/bbb': 'menu' }, '/aaa/bbb/', 'menu'],
    ['Prefix /aaa/bbb', { '/aaa/bbb': 'menu' }, '/aaa/bbb/ccc', 'menu'],
    ['Prefix /aaa/bbb/', { '/aaa/bbb/': 'menu' }, '/aaa/bbb', 'menu'],
    ['Prefix /aaa/bbb', { '/aaa/bbb': 'menu' }, '/aaa/bbbxyz', 404],
    ['Prefix / and /aaa', { '/': 'menu', '/aaa': 'order' }, '/aaa/ccc', 'order'],
    ['Prefix /, /aaa and /aaa/bbb', { '/': 'menu', '/aaa': 'order', '/aaa/bbb': 'tea' }, '/aaa/bbb', 'tea'],
    ['Prefix /, /aaa and /aaa/bbb', { '/': 'menu', '/aaa': 'order', '/aaa/bbb': 'tea' }, '/ccc', 'menu'],
    ['Prefix /aaa', { '/aaa': 'menu' }, '/ccc', 404],
    ['both /foo', { '/foo': 'menu', '=/foo': 'order' }, '/foo', 'order'],
    ['both /foo', { '=/foo': 'order', '/foo': 'menu' }, '/foo/', 'menu'],
    ['both /foo', { '/foo': 'menu', '=/foo': 'order' }, '/foo/x', 'menu'],
    ['Exact /foo and Prefix /foo/', { '/foo/': 'menu', '=/foo': 'order' }, '/foo', 'order'],
    ['ImplementationSpecific', { '~/foo': 'menu' }, '/foo/x', 'menu'],
    ['ImplementationSpecific', { '~/foo': 'menu' }, '/foox', 404],
  ]

  for (const ingressClassName of ['lobby', 'nginx'])
    test.each(TABLE)(
      `R-ING-21 R-ING-22 R-ING-23 R-ING-24 R-ING-25 class ${ingressClassName}, %s %o asked for %s`,
      (_rule, paths, path, expected) => {
        const cluster = lobby(ingress('lobby', { 'coffee.com': paths }, { ingressClassName }))
        expect(answer(cluster, `http://coffee.com${path}`)).toBe(expected)
      },
    )

  test('R-ING-20 query, fragment, method and headers do not matter', () => {
    const cluster = lobby(ingress('lobby', { 'coffee.com': { '=/menu': 'menu' } }))
    expect(answer(cluster, 'http://coffee.com/menu?x=/order#y', { method: 'DELETE', headers: { accept: 'x' } })).toBe(
      'menu',
    )
    expect(answer(cluster, 'http://coffee.com?/menu')).toBe(404)
  })

  test('R-ING-24 the order in the manifest never matters', () => {
    const paths = { '/': 'menu', '/a': 'order', '=/a': 'tea' }
    const orders = [
      ['/', '/a', '=/a'],
      ['=/a', '/a', '/'],
      ['/a', '/', '=/a'],
    ] as const
    for (const order of orders) {
      const cluster = lobby(
        ingress('lobby', { 'coffee.com': Object.fromEntries(order.map((key) => [key, paths[key]])) }),
      )
      expect(['/x', '/a/b', '/a'].map((path) => answer(cluster, `http://coffee.com${path}`))).toEqual([
        'menu',
        'order',
        'tea',
      ])
    }
  })

  test('R-ING-22 element by element, as a naive reading of the text has it', () => {
    const part = fc.constantFrom('', 'a', 'b', 'ab', 'A', 'a.b', '%20')
    const path = fc.array(part, { maxLength: 4 }).map((parts) => `/${parts.join('/')}`)
    const trim = (text: string) => text.replace(/\/$/, '')
    fc.assert(
      fc.property(path, path, (rule, request) => {
        const naive = trim(request) === trim(rule) || request.startsWith(`${trim(rule)}/`)
        expect(pathMatches(rule, 'Prefix', request)).toBe(naive)
        expect(pathMatches(rule, 'Exact', request)).toBe(rule === request)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('default backends and 404', () => {
  test('R-ING-30 no rules: every host, path and method', () => {
    for (const ingressClassName of ['lobby', 'nginx']) {
      const cluster = lobby(ingress('all', {}, { ingressClassName, defaultBackend: backend('tea') }))
      expect(answer(cluster, 'http://coffee.com/x')).toBe('tea')
      expect(answer(cluster, `http://${LOBBY_IP}/`, { method: 'PUT' })).toBe('tea')
    }
  })

  test.each([
    ['lobby', 'tea'],
    ['nginx', 404],
  ])('R-ING-31 class %s: rules and a default backend', (ingressClassName, elsewhere) => {
    const cluster = lobby(
      ingress('some', { 'coffee.com': { '/menu': 'menu' } }, { ingressClassName, defaultBackend: backend('tea') }),
    )
    expect(answer(cluster, 'http://coffee.com/menu')).toBe('menu')
    expect(answer(cluster, 'http://coffee.com/nope')).toBe('tea')
    expect(answer(cluster, 'http://tea.com/')).toBe(elsewhere)
  })

  test('R-ING-32 nothing matches: the controller’s own 404, which does not look like an app’s', () => {
    const nginx = visit(
      lobby(ingress('n', { 'coffee.com': { '/menu': 'menu' } }, { ingressClassName: 'nginx' })),
      'http://coffee.com/nope',
    )
    expect(nginx).toMatchObject({
      outcome: 'ok',
      status: 404,
      speaker: 'ingress-controller',
      blame: { field: 'spec.rules[0].http.paths[0].path' },
    })
    expect(nginx.body).toContain('<center><h1>404 Not Found</h1></center>')
    expect(nginx.body).toContain('<hr><center>nginx</center>')
    const own = visit(lobby(ingress('l', { 'coffee.com': { '/menu': 'menu' } })), 'http://coffee.com/nope')
    expect(own.body).toBe('default backend - 404')
    const wrongHost = visit(lobby(ingress('l', { 'coffee.com': { '/menu': 'menu' } })), `http://${LOBBY_IP}/menu`)
    expect(wrongHost).toMatchObject({ status: 404, blame: { kind: 'Ingress', field: 'spec.rules[0].host' } })
  })

  test('R-ING-33 a rule with a host and no paths uses the default backend for that host', () => {
    const bare = (defaultBackend?: ReturnType<typeof backend>): Ingress => {
      const made = ingress('bare', {}, defaultBackend && { defaultBackend })
      return { ...made, spec: { ...made.spec, rules: [{ host: 'coffee.com' }] } }
    }
    for (const ingressClassName of ['lobby', 'nginx']) {
      const of = (each: Ingress): Ingress => ({ ...each, spec: { ...each.spec, ingressClassName } })
      expect(answer(lobby(of(bare(backend('tea')))), 'http://coffee.com/x')).toBe('tea')
      expect(
        answer(
          lobby(of(bare()), ingress('any', { '*': { '/': 'menu' } }, { ingressClassName })),
          'http://coffee.com/x',
        ),
      ).toBe(404)
    }
  })

  test('R-ING-34 a backend that is no Service: nobody here serves it', () => {
    const resource = { resource: { apiGroup: 'x.test', kind: 'Bucket', name: 'b' } }
    expect(visit(lobby(ingress('r', { 'coffee.com': { '/': resource } })), 'http://coffee.com/')).toMatchObject({
      status: 503,
      blame: { field: 'spec.rules[0].http.paths[0].backend.resource' },
    })
  })
})

describe('broken backends', () => {
  const to = (name: string, port: number | string = 80) =>
    ingress('lobby', { 'coffee.com': { '/': backend(name, port) } })
  const field = (rest: string) => `spec.rules[0].http.paths[0].backend.service.${rest}`

  test('R-ING-02 no such Service in its own namespace: 503, and the blame names the other namespace', () => {
    const cluster = lobby(to('shop'), ...app('shop', 40, { namespace: 'marketing' }))
    const attempt = visit(cluster, 'http://coffee.com/')
    expect(attempt).toMatchObject({
      outcome: 'ok',
      status: 503,
      speaker: 'ingress-controller',
      blame: { kind: 'Ingress', field: field('name') },
    })
    expect(attempt.blame?.why).toContain('marketing')
  })

  test('R-ING-03 the port is the Service’s, by number or name; the container’s gives 503', () => {
    expect(answer(lobby(to('menu')), 'http://coffee.com/')).toBe('menu')
    expect(answer(lobby(to('menu', 'web')), 'http://coffee.com/')).toBe('menu')
    expect(visit(lobby(to('menu', 8080)), 'http://coffee.com/')).toMatchObject({
      status: 503,
      blame: { field: field('port.number') },
    })
    expect(visit(lobby(to('menu', 'http')), 'http://coffee.com/')).toMatchObject({
      status: 503,
      blame: { field: field('port.name') },
    })
  })

  test('R-ING-40 R-ING-41 nobody ready: 503, without trying a pod', () => {
    const cluster = lobby(to('lazy'), ...app('lazy', 41, { ready: false }))
    const attempt = visit(cluster, 'http://coffee.com/')
    expect(attempt).toMatchObject({
      status: 503,
      speaker: 'ingress-controller',
      blame: { kind: 'Pod', name: 'lazy-1' },
    })
    expect(
      attempt.hops.some(({ detail }) => detail.includes('Service "default/lazy" does not have any active Endpoint')),
    ).toBe(true)
  })

  test('R-ING-40 a pod that refuses: 502, and the blame names targetPort', () => {
    const cluster = lobby(to('wrong'), ...app('wrong', 42, { targetPort: 9999 }))
    expect(visit(cluster, 'http://coffee.com/')).toMatchObject({
      status: 502,
      speaker: 'ingress-controller',
      blame: { kind: 'Service', field: 'spec.ports[0].targetPort' },
    })
  })

  test('R-ING-40 something that is no web server: 502', () => {
    const redis = behind(
      service('redis', { clusterIP: '10.96.50.60', ports: [{ port: 80, targetPort: 6379 }] }),
      pod('redis-1', { ip: '10.244.2.60', image: 'redis' }),
    )
    expect(answer(lobby(to('redis'), ...redis), 'http://coffee.com/')).toBe(502)
    const https = ingress(
      'lobby',
      { 'coffee.com': { '/': 'menu' } },
      { ingressClassName: 'nginx', annotations: { 'backend-protocol': 'HTTPS' } },
    )
    expect(answer(lobby(https), 'http://coffee.com/')).toBe(502)
  })

  test('R-ING-40 a pod that does not answer in time: 504', () => {
    const slow = (seconds: string) =>
      behind(
        service('slow', { clusterIP: '10.96.50.61', ports: [{ port: 80, targetPort: 8080 }] }),
        pod('slow-1', {
          ip: '10.244.2.61',
          image: 'example/echo',
          ports: [{ containerPort: 8080 }],
          container: { env: [{ name: 'ECHO_DELAY_SECONDS', value: seconds }] },
        }),
      )
    const late = visit(lobby(to('slow'), ...slow('90')), 'http://coffee.com/')
    expect(late).toMatchObject({ status: 504, speaker: 'ingress-controller', blame: { kind: 'Pod', name: 'slow-1' } })
    expect(late.ms).toBeLessThan(61_000)
    expect(late.hops.at(-2)?.what).toMatch(/^port 8080 answers 200 after 90 s: /)
    expect(answer(lobby(to('slow'), ...slow('30')), 'http://coffee.com/')).toBe('slow')
    const impatient = ingress(
      'lobby',
      { 'coffee.com': { '/': 'slow' } },
      { ingressClassName: 'nginx', annotations: { 'proxy-read-timeout': '10' } },
    )
    expect(answer(lobby(impatient, ...slow('30')), 'http://coffee.com/')).toBe(504)
  })

  test('R-ING-40 a pod on a node without power: 504 after the time for connecting', () => {
    const far = behind(
      service('far', { clusterIP: '10.96.50.62', ports: [{ port: 80, targetPort: 8080 }] }),
      pod('far-1', { ip: '10.244.1.62' }),
    )
    const cluster = world([...controller(), to('far'), ...far], { ...settings, down: { 'node-1': 0 } })
    const attempts = curls(cluster, 'http://coffee.com/', 5, { from: 'internet' })
    for (const attempt of attempts)
      expect(attempt).toMatchObject({ status: 504, blame: { kind: 'Node', name: 'node-1' } })
  })

  test('the app’s own status is passed on, and it is the app that speaks', () => {
    const teapot = behind(
      service('pot', { clusterIP: '10.96.50.63', ports: [{ port: 80, targetPort: 8080 }] }),
      pod('pot-1', {
        ip: '10.244.2.63',
        image: 'example/echo',
        ports: [{ containerPort: 8080 }],
        container: { env: [{ name: 'ECHO_STATUS', value: '404' }] },
      }),
    )
    expect(visit(lobby(to('pot'), ...teapot), 'http://coffee.com/')).toMatchObject({
      status: 404,
      speaker: 'app',
      answeredBy: 'default/pot-1',
    })
  })

  test('R-ING-41 all ready replicas are used', () => {
    const labels = { app: 'many' }
    const many = behind(
      service('many', { clusterIP: '10.96.50.70', selector: labels, ports: [{ port: 80, targetPort: 8080 }] }),
      ...[1, 2, 3].map((number) => pod(`many-${number}`, { labels, ip: `10.244.${number}.70` })),
    )
    expect(
      Object.keys(tally(curls(lobby(to('many'), ...many), 'http://coffee.com/', 40, { from: 'internet' }))),
    ).toHaveLength(3)
  })

  test('headless and alias Services as backends', () => {
    const headless = behind(
      service('h', { clusterIP: 'None', ports: [{ port: 80, targetPort: 8080 }] }),
      pod('h-1', { ip: '10.244.2.71' }),
    )
    expect(answer(lobby(to('h'), ...headless), 'http://coffee.com/')).toBe('h')
    const alias = service('alias', {
      type: 'ExternalName',
      externalName: 'menu.default.svc.cluster.local',
      ports: [{ port: 80 }],
    })
    expect(answer(lobby(to('alias'), alias), 'http://coffee.com/')).toBe('menu')
    const dead = service('alias', { type: 'ExternalName', externalName: 'gone.example', ports: [{ port: 80 }] })
    expect(visit(lobby(to('alias'), dead), 'http://coffee.com/')).toMatchObject({
      status: 503,
      blame: { field: 'spec.externalName' },
    })
  })
})

describe('TLS', () => {
  const cert = (text: string, inside = 'default', type?: string) =>
    secret('coffee-tls', { 'tls.crt': text, 'tls.key': 'key' }, type, inside)
  const tls = (more: Parameters<typeof ingress>[2] = {}) =>
    ingress(
      'lobby',
      { 'coffee.com': { '/': 'menu' } },
      { tls: [{ hosts: ['coffee.com'], secretName: 'coffee-tls' }], ...more },
    )

  test('R-ING-50 TLS ends at the controller; plain HTTP goes on to the pod', () => {
    const attempt = visit(lobby(tls(), cert('coffee.com 90')), 'https://coffee.com/menu')
    expect(attempt).toMatchObject({
      outcome: 'ok',
      status: 200,
      tls: { host: 'coffee.com', certificate: 'default/coffee-tls' },
      received: { scheme: 'http', headers: { 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' } },
    })
    expect(attempt.hops.find(({ law }) => law === 'certificateCovers')?.what).toBe('ends TLS for coffee.com')
  })

  test.each<[string, KubeObject[], string, string]>([
    ['R-ING-52 the Secret is missing', [], 'default', 'there is no Secret "coffee-tls" in namespace default'],
    [
      'R-ING-50 the Secret is in another namespace',
      [cert('coffee.com 90', 'marketing')],
      'default',
      'there is no Secret "coffee-tls" in namespace default',
    ],
    ['R-ING-52 it is no certificate', [cert('nonsense')], 'default', 'its type must be'],
    ['R-ING-50 it has another type', [cert('coffee.com 90', 'default', 'Opaque')], 'default', 'its type must be'],
    ['R-PIPE-02 it is for another host', [cert('tea.com 90')], 'default/coffee-tls', 'for another name'],
    ['R-PIPE-02 it has expired', [cert('coffee.com -1')], 'default/coffee-tls', 'expired'],
    ['R-PIPE-02 nobody trusts its issuer', [cert('coffee.com 90 self')], 'default/coffee-tls', 'not trusted'],
  ])('%s: the client refuses, and with -k it gets through', (_rule, objects, certificate, why) => {
    for (const ingressClassName of ['lobby', 'nginx']) {
      const cluster = lobby(tls({ ingressClassName }), ...objects)
      const refused = visit(cluster, 'https://coffee.com/')
      expect(refused).toMatchObject({
        outcome: 'tls-mismatch',
        status: null,
        speaker: null,
        tls: { host: 'coffee.com', certificate },
      })
      expect(refused.blame?.why).toContain(why)
      expect(visit(cluster, 'https://coffee.com/', { insecure: true })).toMatchObject({
        status: 200,
        tls: { certificate },
      })
    }
  })

  test('R-ING-51 tls.hosts must list the host; listing one creates no route', () => {
    const elsewhere = tls({ tls: [{ hosts: ['tea.com'], secretName: 'coffee-tls' }] })
    expect(visit(lobby(elsewhere, cert('coffee.com 90')), 'https://coffee.com/')).toMatchObject({
      outcome: 'tls-mismatch',
      tls: { certificate: 'default' },
      blame: { kind: 'Ingress', field: 'spec.tls' },
    })
    expect(answer(lobby(elsewhere, cert('tea.com 90')), 'http://tea.com/')).toBe(404)
    const nameless = tls({ tls: [{ hosts: ['coffee.com'] }] })
    expect(visit(lobby(nameless), 'https://coffee.com/')).toMatchObject({
      tls: { certificate: 'default' },
      blame: { field: 'spec.tls[0].secretName', why: 'it names no Secret' },
    })
    const anyHost = tls({ tls: [{ secretName: 'coffee-tls' }] })
    expect(visit(lobby(anyHost, cert('coffee.com 90')), 'https://coffee.com/').outcome).toBe('ok')
  })

  test('R-ING-52 NGX: a certificate whose names fit is found although tls.hosts does not list the host', () => {
    const elsewhere = tls({ tls: [{ hosts: ['tea.com'], secretName: 'coffee-tls' }], ingressClassName: 'nginx' })
    expect(visit(lobby(elsewhere, cert('coffee.com,tea.com 90')), 'https://coffee.com/').outcome).toBe('ok')
  })

  test('R-ING-50 a wildcard certificate covers one label', () => {
    const wild = ingress(
      'w',
      { 'a.foo.test': { '/': 'menu' }, 'a.b.foo.test': { '/': 'menu' } },
      { tls: [{ hosts: ['a.foo.test', 'a.b.foo.test'], secretName: 'coffee-tls' }] },
    )
    const cluster = lobby(wild, cert('*.foo.test 90'))
    expect(visit(cluster, 'https://a.foo.test/').outcome).toBe('ok')
    expect(visit(cluster, 'https://a.b.foo.test/').outcome).toBe('tls-mismatch')
  })

  test('R-ING-54 R-PIPE-03 a host without tls, and a visit by address, get the default certificate', () => {
    const cluster = lobby(ingress('l', { 'coffee.com': { '/': 'menu' } }))
    expect(visit(cluster, 'https://coffee.com/')).toMatchObject({
      outcome: 'tls-mismatch',
      tls: { certificate: 'default' },
    })
    const open = visit(cluster, 'https://coffee.com/', { insecure: true })
    expect(open.status).toBe(200)
    expect(open.hops.map(({ what }) => what)).toContain('ends TLS for coffee.com (default certificate)')
    const named = lobby(tls(), cert('coffee.com 90'))
    const header = visit(named, `https://${LOBBY_IP}/`, { headers: { Host: 'coffee.com' } })
    expect(header).toMatchObject({ outcome: 'tls-mismatch', tls: { certificate: 'default' } })
    const resolve = [{ host: 'coffee.com', port: 443, address: LOBBY_IP }]
    expect(visit(named, 'https://coffee.com/', { resolve }).outcome).toBe('ok')
  })

  test('R-ING-53 NGX redirects to https where the host has a tls entry, even without the Secret; the API does not', () => {
    const nginx = lobby(tls({ ingressClassName: 'nginx' }))
    expect(visit(nginx, 'http://coffee.com/menu?x=1')).toMatchObject({
      status: 308,
      speaker: 'ingress-controller',
      location: 'https://coffee.com/menu?x=1',
    })
    expect(visit(nginx, 'http://coffee.com/').location).toBe('https://coffee.com')
    const menuOnly = ingress(
      'm',
      { 'coffee.com': { '/menu': 'menu' } },
      { ingressClassName: 'nginx', tls: [{ hosts: ['coffee.com'], secretName: 'coffee-tls' }] },
    )
    expect(answer(lobby(menuOnly), 'http://coffee.com/else'), 'also for a path without a rule').toBe(308)
    expect(answer(lobby(menuOnly), 'http://tea.com/'), 'not for other hosts').toBe(404)
    const anyHost = ingress('a', { '*': { '/': 'tea' } }, { tls: [{ secretName: 'coffee-tls' }] })
    const plain = ingress('p', { 'coffee.com': { '/': 'menu' } }, { ingressClassName: 'nginx' })
    expect(answer(lobby(anyHost, plain), 'http://coffee.com/'), 'not by an entry of another class').toBe('menu')
    const hostless = (certificate: string) =>
      lobby(tls({ ingressClassName: 'nginx', tls: [{ secretName: 'coffee-tls' }] }), cert(certificate))
    expect(answer(hostless('coffee.com 90'), 'http://coffee.com/')).toBe(308)
    expect(answer(hostless('tea.com 90'), 'http://coffee.com/')).toBe('menu')
    expect(answer(lobby(tls(), cert('coffee.com 90')), 'http://coffee.com/')).toBe('menu')
    expect(
      answer(lobby(tls({ ingressClassName: 'nginx', annotations: { 'ssl-redirect': 'false' } })), 'http://coffee.com/'),
    ).toBe('menu')
    const forced = ingress(
      'f',
      { 'coffee.com': { '/': 'menu' } },
      { ingressClassName: 'nginx', annotations: { 'force-ssl-redirect': 'true' } },
    )
    expect(answer(lobby(forced), 'http://coffee.com/')).toBe(308)
  })

  test('plain HTTP to the TLS port and TLS to the plain port', () => {
    const cluster = lobby(tls(), cert('coffee.com 90'))
    expect(visit(cluster, 'http://coffee.com:443/').status).toBe(400)
    expect(visit(cluster, 'https://coffee.com:80/').outcome).toBe('tls-mismatch')
  })
})

describe('ingress-nginx', () => {
  const nginx = (paths: Record<string, string>, annotations: Record<string, string>, name = 'n') =>
    ingress(name, { 'coffee.com': paths }, { ingressClassName: 'nginx', annotations })
  const path = (cluster: ReturnType<typeof world>, asked: string) =>
    visit(cluster, `http://coffee.com${asked}`).received?.path

  test.each([
    ['/x', '/'],
    ['/x/', '/'],
    ['/x/new', '/new'],
    ['/x/new?a=1', '/new?a=1'],
  ])('R-NGX-01 rewrite-target /$2: %s -> %s', (asked, received) => {
    expect(path(lobby(nginx({ '~/x(/|$)(.*)': 'menu' }, { 'rewrite-target': '/$2' })), asked)).toBe(received)
  })

  test('R-NGX-01 without groups every path becomes the target; class lobby knows no rewriting', () => {
    expect(path(lobby(nginx({ '/x': 'menu' }, { 'rewrite-target': '/' })), '/x/deep/down')).toBe('/')
    const own = ingress('l', { 'coffee.com': { '/x': 'menu' } }, { annotations: { 'rewrite-target': '/' } })
    expect(path(lobby(own), '/x/deep/down')).toBe('/x/deep/down')
  })

  test('R-NGX-02 one Ingress with use-regex turns all paths of the host into expressions', () => {
    const plain = nginx({ '/app': 'menu', '=/exact': 'order' }, {}, 'plain')
    expect(answer(lobby(plain), 'http://coffee.com/application')).toBe(404)
    const cluster = lobby(plain, nginx({ '~/tea[0-9]': 'tea' }, { 'use-regex': 'true' }, 'regex'))
    expect(answer(cluster, 'http://coffee.com/application')).toBe('menu')
    expect(answer(cluster, 'http://coffee.com/APP')).toBe('menu')
    expect(answer(cluster, 'http://coffee.com/exact/no')).toBe('order')
    expect(answer(cluster, 'http://coffee.com/tea7')).toBe('tea')
    expect(answer(cluster, 'http://coffee.com/teax')).toBe(404)
  })

  test('R-NGX-02 the longest expression is tried first', () => {
    const cluster = lobby(nginx({ '~/a.*': 'menu', '~/a/b.*c': 'tea' }, { 'use-regex': 'true' }))
    expect(answer(cluster, 'http://coffee.com/a/bxc')).toBe('tea')
    expect(answer(cluster, 'http://coffee.com/a/bx')).toBe('menu')
  })

  test('R-NGX-02 an expression that could take for ever is not compared at all', () => {
    const cluster = lobby(
      nginx({ '~/(a+)+$': 'menu', '~/(a|a)*b': 'menu', '~/.*.*.*x': 'menu', '~/[': 'menu' }, { 'use-regex': 'true' }),
    )
    expect(answer(cluster, `http://coffee.com/${'a'.repeat(5000)}`)).toBe(404)
  })

  test('R-NGX-04 redirects of their own', () => {
    const to = (annotations: Record<string, string>, asked: string) => {
      const { status, location } = visit(lobby(nginx({ '/': 'menu' }, annotations)), `http://coffee.com${asked}`)
      return [status, location]
    }
    expect(to({ 'app-root': '/home' }, '/')).toEqual([302, 'http://coffee.com/home'])
    expect(to({ 'app-root': '/home' }, '/x')[0]).toBe(200)
    expect(to({ 'permanent-redirect': 'https://tea.com' }, '/x')).toEqual([301, 'https://tea.com'])
    expect(to({ 'permanent-redirect': 'https://tea.com', 'permanent-redirect-code': '308' }, '/x')[0]).toBe(308)
    expect(to({ 'temporal-redirect': 'https://tea.com' }, '/x')).toEqual([302, 'https://tea.com'])
  })

  test('R-NGX-05 a canary: header before cookie before weight', () => {
    const main = nginx({ '/': 'menu' }, {}, 'main')
    const canary = (annotations: Record<string, string>) =>
      nginx({ '/': 'tea' }, { canary: 'true', ...annotations }, 'canary')
    const ask = (annotations: Record<string, string>, headers: Record<string, string>) =>
      answer(lobby(main, canary(annotations)), 'http://coffee.com/', { headers })
    const header = { 'canary-by-header': 'X-New', 'canary-by-cookie': 'fresh', 'canary-weight': '0' }
    expect(ask(header, {})).toBe('menu')
    expect(ask(header, { 'x-new': 'always' })).toBe('tea')
    expect(ask({ ...header, 'canary-weight': '100' }, { 'x-new': 'never' })).toBe('menu')
    expect(ask({ ...header, 'canary-weight': '100' }, { 'x-new': 'maybe' })).toBe('tea')
    expect(ask(header, { cookie: 'a=b; fresh=always' })).toBe('tea')
    expect(ask({ ...header, 'canary-by-header-value': 'yes' }, { 'x-new': 'yes' })).toBe('tea')
    expect(ask({ ...header, 'canary-by-header-value': 'yes' }, { 'x-new': 'always' })).toBe('menu')
    const share = tally(
      curls(lobby(main, canary({ 'canary-weight': '20' })), 'http://coffee.com/', 1000, { from: 'internet' }),
    )
    expect(share['default/tea-1']).toBeGreaterThan(150)
    expect(share['default/tea-1']).toBeLessThan(250)
  })

  test('R-NGX-07 every decision of it says that it is retired, and which annotations have no effect here', () => {
    const { hops } = visit(
      lobby(nginx({ '/': 'menu' }, { 'enable-cors': 'true', 'rewrite-target': '/' })),
      'http://coffee.com/',
    )
    const text = hops.map(({ detail }) => detail).join('\n')
    expect(text).toContain('retired since March 2026')
    expect(text).toContain('nginx.ingress.kubernetes.io/enable-cors')
    expect(text).not.toContain('rewrite-target.')
    const own = visit(lobby(ingress('l', { 'coffee.com': { '/': 'menu' } })), 'http://coffee.com/')
    expect(own.hops.map(({ detail }) => detail).join()).not.toContain('retired')
  })

  test('R-ING-26 a rule path that ends in a slash: what the real one would do is said, not done', () => {
    const attempt = visit(lobby(nginx({ '/shop/': 'menu' }, {})), 'http://coffee.com/shop')
    expect(attempt.status).toBe(200)
    expect(attempt.hops.some(({ detail }) => detail.includes('301 to /shop/'))).toBe(true)
  })

  test('whitelist-source-range keeps others out', () => {
    const only = (range: string) => lobby(nginx({ '/': 'menu' }, { 'whitelist-source-range': range }))
    expect(visit(only('10.0.0.0/8'), 'http://coffee.com/')).toMatchObject({
      status: 403,
      speaker: 'ingress-controller',
    })
    expect(answer(only('192.168.49.0/24, 10.0.0.0/8'), 'http://coffee.com/')).toBe('menu')
  })
})

describe('the work of a decision', () => {
  /** `count` rules, each of a host of its own, in Ingresses of `each` rules. */
  const many = (count: number, each: number) =>
    Array.from({ length: count / each }, (_, block) =>
      ingress(
        `i${block}`,
        Object.fromEntries(
          Array.from({ length: each }, (_rule, index) => [
            `h${block * each + index}.test`,
            { '/a': 'menu', '/': 'tea' },
          ]),
        ),
      ),
    )
  const decide = (cluster: ReturnType<typeof world>, host: string) => {
    const journey = new Journey({
      cluster,
      laws: kubernetes,
      apps: { listenersOf: () => [], respond: () => undefined },
      dice: new Random(1),
    })
    const before = cluster.store.visited
    const { route, visited } = decideRoute(journey, ['room-service.example/lobby'], host, '/a')
    return { route: route.to, visited, stored: cluster.store.visited - before }
  }

  test.each([
    ['each rule in an Ingress of its own', 1],
    ['a hundred rules in each Ingress', 100],
    ['all rules in one Ingress', 1000],
  ])('among 1,000 rules only those of the host are looked at: %s', (_how, each) => {
    const big = decide(lobby(...many(1000, each)), 'h7.test')
    expect(big).toMatchObject({ route: 'path' })
    expect(big.visited).toBeLessThanOrEqual(4)
    expect(big.stored).toBeLessThanOrEqual(4)
    expect(decide(lobby(...many(1000, each)), 'nobody.test').visited).toBe(0)
  })

  test('it is proportional to the rules of its host', () => {
    const same = (count: number) =>
      lobby(
        ...Array.from({ length: count }, (_, index) =>
          ingress(`i${index}`, { 'coffee.com': { [`/p${index}`]: 'menu' } }),
        ),
      )
    expect(decide(same(100), 'coffee.com').visited).toBeGreaterThan(90)
    expect(decide(same(100), 'coffee.com').visited).toBeLessThan(250)
  })
})

describe('odd visits', () => {
  test('no URL, host or header makes an attempt throw', () => {
    const cluster = lobby(
      ingress(
        'a',
        { 'coffee.com': { '/': 'menu' }, '*.foo.test': { '=/x': 'tea' } },
        { defaultBackend: backend('order') },
      ),
      ingress(
        'b',
        { 'tea.com': { '~/x(/|$)(.*)': 'tea' } },
        { ingressClassName: 'nginx', annotations: { 'rewrite-target': '/$2', 'app-root': '//' } },
      ),
    )
    const part = fc.constantFrom(
      'coffee.com',
      'tea.com',
      'a.foo.test',
      '__proto__',
      '..',
      '%2e',
      'ü',
      '[::1]',
      '::1',
      '0',
      '255.255.255.255',
      '10.96.0.1',
    )
    const host = fc.oneof(part, fc.string({ minLength: 1, maxLength: 80 }), fc.ipV4(), fc.ipV6())
    fc.assert(
      fc.property(
        host,
        fc.string(),
        fc.option(fc.string()),
        fc.integer({ min: 1, max: 65535 }),
        fc.constantFrom('http', 'https', 'tcp', 'udp', 'icmp'),
        fc.constantFrom('internet', 'office', undefined, 'node/node-1', 'ip/10.0.0.1'),
        (name, path, header, port, scheme, from) => {
          const attempt = curl(cluster, 'http://x/', {
            ...(from !== undefined && { from }),
            ...({
              scheme,
              host: name,
              port,
              path: `/${path}`,
              ...(header !== null && { headers: { Host: header } }),
            } as object),
          })
          expect(['ok', 'refused', 'timeout', 'nxdomain', 'tls-mismatch', 'reset']).toContain(attempt.outcome)
          expect(attempt.hops.length).toBeGreaterThan(0)
          for (const hop of attempt.hops) expect(hop.what.length).toBeLessThanOrEqual(60)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('a namespace with long names: every hop fits a phone', () => {
    const long = 'a-very-long-name-that-somebody-has-given-to-a-thing-of-no-weight'.slice(0, 60)
    const cluster = world(
      [
        namespace(long),
        ...controller(),
        ...app(long, 90, { namespace: long, ready: false }),
        ingress(long, { 'coffee.com': { [`/${long}`]: long } }, { namespace: long }),
      ],
      settings,
    )
    for (const url of [
      `http://coffee.com/${long}`,
      'http://coffee.com/',
      `https://coffee.com/${long}`,
      `http://${long}.${long}/`,
    ])
      for (const hop of [...visit(cluster, url).hops, ...curl(cluster, url, { namespace: long }).hops]) {
        expect(hop.what.length).toBeLessThanOrEqual(60)
        expect(hop.at.length).toBeLessThanOrEqual(26)
        expect(hop.detail).toMatch(/\.\)?$/)
      }
    expect(slice).toBeTypeOf('function')
  })
})
