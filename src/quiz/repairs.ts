import { caller, deployment } from './generate/scenery.ts'
import { ingress, service } from './manifest.ts'
import type { Manifest, Scenery } from './world.ts'

/** A cluster with one fault, the ticket of those who suffer from it, and what must be so when it is repaired. */
export interface Repair {
  id: string
  /** What people complain of: the symptom, never the cause. */
  ticket: string
  scenery: Scenery
  /** A check in the language of the lessons. It also closes the short cuts. */
  goal: Readonly<Record<string, unknown>>
}

const SHOP = 'coffee-shop'

/** The shop with something changed in its Pod template. */
function shopWith(container: Record<string, unknown>): Manifest {
  const shop = deployment(SHOP, 3, { containerPort: 8080 }) as Manifest & {
    spec: { template: { spec: { containers: [Record<string, unknown>] } } }
  }
  const [first] = shop.spec.template.spec.containers
  const spec = { ...shop.spec.template.spec, containers: [{ ...first, ...container }] }
  return { ...shop, spec: { ...shop.spec, template: { ...shop.spec.template, spec } } }
}

const guest = caller('customer')

/** All three shops are open, stand behind the desk, and customers get coffee. */
const served = [
  { equal: [{ eps: 'svc/coffee-shop' }, { ready: { owner: 'deploy/coffee-shop' } }] },
  { count: { of: { eps: 'svc/coffee-shop' }, op: 'ge', n: 3 } },
  {
    probe: {
      from: 'customer',
      url: 'http://coffee-shop',
      times: 10,
      expect: { outcome: 'ok', answeredBy: { owner: 'deploy/coffee-shop' } },
    },
  },
]

const calls =
  'The customer calls http://coffee-shop and gets no coffee. Three shops shall serve, and all of them get calls.'
const visits = 'Visitors of http://coffee.com/menu/today get nothing of use. They shall reach the coffee-shop.'

const inLobby = (sheet: Manifest): Scenery => ({
  objects: [deployment(SHOP, 2, { containerPort: 8080 }), service(SHOP), sheet],
  addons: ['ingress'],
  provider: 'cloud',
  publicDns: { 'coffee.com': '203.0.113.10' },
})

const visited = [
  { exists: 'svc/coffee-shop' },
  {
    probe: {
      from: 'internet',
      url: 'http://coffee.com/menu/today',
      times: 4,
      expect: { outcome: '200', answeredBy: { owner: 'deploy/coffee-shop' } },
    },
  },
]

const sheet = (className: string, pathType: 'Prefix' | 'Exact'): Manifest => {
  const good = ingress('lobby', [['coffee.com/menu', SHOP, pathType]]) as Manifest & { spec: object }
  return { ...good, spec: { ...good.spec, ingressClassName: className } }
}

/** What can be repaired in a break-fix round. */
export const repairs: readonly Repair[] = [
  {
    id: 'selector',
    ticket: calls,
    scenery: {
      objects: [
        deployment(SHOP, 3, { containerPort: 8080 }),
        service(SHOP, { selector: { app: 'coffeeshop' } }),
        guest,
      ],
    },
    goal: { all: served },
  },
  {
    id: 'target-port',
    ticket: calls,
    scenery: { objects: [deployment(SHOP, 3, { containerPort: 8080 }), service(SHOP, { targetPort: 80 }), guest] },
    goal: { all: served },
  },
  {
    id: 'readiness',
    ticket: `${calls} Whoever is not ready shall still be found out by a probe.`,
    scenery: {
      objects: [
        shopWith({ readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 5 } }),
        service(SHOP),
        guest,
      ],
    },
    goal: {
      all: [
        ...served,
        { field: { obj: 'deploy/coffee-shop', path: 'spec.template.spec.containers[].readinessProbe', present: true } },
      ],
    },
  },
  {
    id: 'bind-address',
    ticket: calls,
    scenery: { objects: [shopWith({ env: [{ name: 'BIND_ADDRESS', value: '127.0.0.1' }] }), service(SHOP), guest] },
    goal: { all: served },
  },
  { id: 'class', ticket: visits, scenery: inLobby(sheet('street', 'Prefix')), goal: { all: visited } },
  { id: 'path-type', ticket: visits, scenery: inLobby(sheet('lobby', 'Exact')), goal: { all: visited } },
]
