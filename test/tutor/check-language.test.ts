import { describe, expect, test } from 'vitest'
import { parseChannel } from '../../src/channel.ts'
import { restoreCluster } from '../../src/cluster/create.ts'
import { type Check, checkSchema } from '../../src/tutor/check.ts'
import { evaluate } from '../../src/tutor/evaluate.ts'
import type { Evidence } from '../../src/tutor/evidence.ts'
import type { Line } from '../../src/tutor/lesson.ts'
import { Player } from '../player.ts'

/** What the first step of a lesson can be judged by, after these lines. */
async function evidenceAfter(lesson: string, ...lines: Line[]): Promise<Evidence> {
  const player = new Player()
  for (const line of [`/lesson start ${lesson}`, ...lines]) await player.play(line)
  const { document } = (await player.store.load(`channel/${player.channel}`))!
  const { cluster, lesson: state } = parseChannel(document, restoreCluster)
  const { start, sightings, askings, seq, refusals } = state!
  return { cluster, start, sightings, askings, newest: seq, refusals, predicted: [], said: {} }
}

const holds = (check: Check, evidence: Evidence): boolean => {
  expect(() => checkSchema.parse(check)).not.toThrow()
  return evaluate(check, evidence).passed
}

const some = (of: Extract<Check, { count: unknown }>['count']['of']): Check => ({ count: { of, op: 'ge', n: 1 } })

describe('routes', () => {
  const evidence = evidenceAfter(
    'ingress-routing',
    '/kubectl create ingress a --class=lobby --rule=coffee.com/menu*=menu:80 --rule=coffee.com/exact=order:8080',
    '/kubectl create ingress b -n marketing --rule=tea.com/tea/*=tea:80 --default-backend=tea:80',
    '/cluster addon ingress on',
  )

  test.each([
    [{ host: 'coffee.com', path: '/menu', service: 'menu', pathType: 'Prefix' }, true],
    [{ host: 'coffee.com', path: '/menu', pathType: 'Exact' }, false],
    [{ host: 'coffee.com', path: '/exact', pathType: 'Exact', port: 8080 }, true],
    [{ host: 'coffee.com', path: '/exact', notPort: 8080 }, false],
    [{ host: 'tea.com', path: '/tea', service: 'tea' }, true],
    [{ host: 'tea.com', notNamespace: 'default' }, true],
    [{ host: 'tea.com', namespace: 'default' }, false],
    [{ host: 'tea.com', class: 'lobby' }, false],
    [{ host: 'tea.com', notClass: 'lobby' }, true],
    [{ host: '*', service: 'tea' }, true],
    [{ host: '*', notService: 'tea' }, false],
    [{ host: 'coffee.com', address: '{{public coffee.com}}' }, true],
    [{ host: 'tea.com', address: '{{public coffee.com}}' }, false],
  ] as const)('%j: %s', async (routes, expected) => {
    expect(holds(some({ routes }), await evidence)).toBe(expected)
  })

  test('are named by host, path and Service where a count is not met', async () => {
    const verdict = evaluate({ count: { of: { routes: { host: 'coffee.com' } }, op: 'eq', n: 9 } }, await evidence)
    expect(verdict).toMatchObject({
      failure: {
        expected: 'exactly 9 × Ingress rule coffee.com',
        found: '2 (coffee.com/exact → order, coffee.com/menu → menu)',
      },
    })
  })

  test('objects can be chosen by a condition', async () => {
    const ingresses = (path: string, eq: string) => some({ objects: 'ingresses', where: { path, eq } })
    expect(holds(ingresses('spec.rules[].host', 'tea.com'), await evidence)).toBe(true)
    expect(holds(ingresses('spec.rules[].host', 'cake.com'), await evidence)).toBe(false)
  })
})

describe('traffic', () => {
  test('paths and hosts may be given by their beginning, senders as one of several', async () => {
    const evidence = await evidenceAfter('ingress-routing', '/curl http://coffee.com/menu/today --from home')
    const seen = (to: object, vantage: string | string[] = ['internet', 'home']): boolean =>
      holds({ saw: { from: { vantage }, to, outcome: 'timeout' } }, evidence)
    expect(seen({ path: '/menu*', host: 'coffee*' })).toBe(true)
    expect(seen({ path: '/menu' })).toBe(false)
    expect(seen({ path: '/menu/today' }, 'home')).toBe(true)
    expect(seen({ path: '/menu/today' }, ['office', 'laptop'])).toBe(false)
  })

  test('a certificate counts for the host that visitors accept it for', async () => {
    const seal = (...files: string[]) => [
      '/cluster addon ingress on',
      `/kubectl create secret tls any-name --cert=${files[0]} --key=${files[1]}`,
      '/kubectl create ingress s --class=lobby --rule=coffee.com/menu*=menu:80,tls=any-name',
      '/curl -k https://coffee.com/menu --from internet',
    ]
    const sealed = (certificate: string): Check => ({ saw: { outcome: '200', certificate } })
    const probed: Check = {
      probe: {
        from: 'internet',
        url: 'https://coffee.com/menu',
        expect: { outcome: '200', certificate: 'coffee.com' },
      },
    }
    const right = await evidenceAfter('ingress-routing', ...seal('coffee.crt', 'coffee.key'))
    expect([holds(sealed('coffee.com'), right), holds(sealed('tea.com'), right), holds(probed, right)]).toEqual([
      true,
      false,
      true,
    ])
    const wrong = await evidenceAfter('ingress-routing', ...seal('tea.crt', 'tea.key'))
    expect([holds(sealed('coffee.com'), wrong), holds(sealed('tea.com'), wrong), holds(probed, wrong)]).toEqual([
      false,
      true,
      false,
    ])
    const none = await evidenceAfter(
      'ingress-routing',
      '/cluster addon ingress on',
      '/curl -k https://coffee.com/menu --from internet',
    )
    expect(holds(sealed('coffee.com'), none)).toBe(false)
  })

  test('the lookup that a call makes counts as one', async () => {
    const evidence = await evidenceAfter('dns-and-namespaces', '/curl http://coffee-shop --from marketing/intern')
    const asked = { from: { namespace: 'marketing' }, name: 'coffee-*', rcode: 'NXDOMAIN', tries: 4 } as const
    expect(holds({ asked }, evidence)).toBe(true)
    expect(holds({ asked: { ...asked, name: 'coffee' } }, evidence)).toBe(false)
  })

  test('last is about the newest command, whatever that has done', async () => {
    const called: Check = { last: { to: { host: 'printer' } } }
    const asked: Check = { lastAsked: { name: 'printer' } }
    const first = ['/curl http://printer --from engineering/dev', '/nslookup coffee-shop', '/lesson check'] as const
    const evidences = await Promise.all(
      [1, 2, 3].map((count) => evidenceAfter('dns-and-namespaces', ...first.slice(0, count))),
    )
    expect(evidences.map((evidence) => holds(called, evidence))).toEqual([true, false, false])
    expect(evidences.map((evidence) => holds(asked, evidence))).toEqual([true, false, false])
    const changed = await evidenceAfter('dns-and-namespaces', first[0], '/kubectl label pod customer a=b')
    expect(holds(called, changed)).toBe(false)
    expect(holds({ saw: { to: { host: 'printer' } } }, changed)).toBe(true)
  })
})

describe('what the API server refuses', () => {
  const tooLow =
    '/kubectl patch service coffee-shop -p \'{"spec":{"type":"NodePort","ports":[{"port":8088,"nodePort":80}]}}\''
  const refused: Check = { refused: { kind: 'Service', path: 'spec.ports[0].nodePort' } }

  test('is known by kind and field until the next command', async () => {
    expect(holds(refused, await evidenceAfter('service-types', tooLow))).toBe(true)
    expect(
      holds({ refused: { kind: 'Service', path: 'spec.type' } }, await evidenceAfter('service-types', tooLow)),
    ).toBe(false)
    expect(holds(refused, await evidenceAfter('service-types', tooLow, '/kubectl get services'))).toBe(false)
  })

  test('is worth a word only where the step knows the mistake', async () => {
    const player = new Player()
    await player.play('/lesson start service-types')
    expect((await player.play(tooLow)).text).not.toContain('Not yet')
  })
})

describe('claims', () => {
  const evidence = evidenceAfter('dns-and-namespaces')
  const said = async (claim: string, query: object) =>
    holds({ said: { id: 'a', ...query } }, { ...(await evidence), said: { a: claim } })

  test.each([
    ['Desk', { equals: 'desk' }, true],
    ['room', { equals: 'desk', accept: ['room'] }, true],
    ['printer.default.svc', { accept: ['printer.default*'] }, true],
    ['printer', { accept: ['printer.default*'] }, false],
    ['printer.engineering.svc.cluster.local.', { resolvesTo: 'engineering/svc/printer' }, true],
    ['printer.engineering', { resolvesTo: 'engineering/svc/printer' }, false],
    ['80 8080', { chain: ['{{svc/coffee-shop port}}', '{{svc/coffee-shop targetPort}}'] }, true],
    ['80→8080', { chain: ['80', '8080'] }, true],
    ['80 -> 8080', { chain: ['80', '8080'] }, true],
    ['80:8080/80', { chain: ['80', '8080', '80'] }, true],
    ['8080 80', { chain: ['80', '8080'] }, false],
    ['80', { chain: ['80', '8080'] }, false],
    ['', { chain: ['80'] }, false],
  ])('%j meets %j: %s', async (claim, query, expected) => {
    expect(await said(claim, query)).toBe(expected)
  })
})

describe('settings', () => {
  test('the open ports are compared as a whole, ranges and templates included', async () => {
    const sideDoor =
      '/kubectl patch service coffee-shop -p \'{"spec":{"type":"NodePort","ports":[{"port":8088,"nodePort":30080}]}}\''
    const open = async (openPorts: (string | number)[], ...ports: string[]) =>
      holds(
        { setting: { openPorts } },
        await evidenceAfter('service-types', sideDoor, ...ports.map((port) => `/cluster firewall allow ${port}`)),
      )
    expect(await open(['{{svc/coffee-shop nodePort}}'], '30080')).toBe(true)
    expect(await open([30080], '30080', '22')).toBe(false)
    expect(await open(['30000-32767', 22], '22/TCP', '30000-32767')).toBe(true)
    expect(await open([])).toBe(true)
  })
})

describe('the schema', () => {
  test.each([
    { saw: { from: { vantage: 'pod', planet: 'mars' } } },
    { count: { of: { routes: { colour: 'red' } }, op: 'ge', n: 1 } },
    { said: { id: 'a', matches: '.*' } },
    { refused: { kind: 'Service' } },
    { nonsense: true },
    {},
  ])('refuses %j', (check) => expect(checkSchema.safeParse(check).success).toBe(false))
})
