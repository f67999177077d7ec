import { deployment, type Manifest, pod, service, type World, type WorldStep } from './world.ts'

/** The public address of the lobby; the domains of the lessons point to it. */
export const LOBBY_ADDRESS = '203.0.113.10'

/** The ground on which every scene of the café stands (three floors, four departments, a landlord with addresses). */
const ground = {
  nodeName: (index: number) => `floor-${index}`,
  dns: ['10.244.1.2', '10.244.3.12'],
  namespaces: ['engineering', 'hr', 'marketing'],
  settings: {
    provider: 'cloud',
    publicDns: { 'coffee.com': LOBBY_ADDRESS, 'tea.com': LOBBY_ADDRESS },
    rooms: { '10.244.1.5': 101, '10.244.2.10': 205 },
  },
} satisfies Partial<World>

const coffeeShop = (replicas: number, containerPort?: number): Manifest =>
  deployment('coffee-shop', 'cafe/coffee-shop:1', {
    replicas,
    container: 'coffee',
    ...(containerPort !== undefined && { containerPort }),
  })

const regulars = (url: string): Manifest => deployment('regulars', 'cafe/regulars:1', { env: { COFFEE_URL: url } })

/** Objects that stand on one floor, the first of them with this address. */
const at = (address: string, ...objects: Manifest[]): WorldStep[] => [
  { only: [`floor-${address.split('.')[2]}`] },
  { nextAddress: address },
  { create: objects },
]

/** Customers live on floor-3, so that a drain of the shop's floor meets no bare pod. */
const customers = (note: string): WorldStep[] => [
  ...at('10.244.3.7', pod('customer', 'cafe/customer:1')),
  ...at('10.244.3.8', regulars(note)),
]

/** From here on pods go where there is room; the article's next rooms are 205 and 302. */
const open: readonly WorldStep[] = [{ only: [] }, { nextAddress: '10.244.2.10' }, { nextAddress: '10.244.3.2' }]

const bakery: readonly WorldStep[] = at('10.244.1.10', deployment('bakery', 'cafe/bakery:1'))

/** One shop in room 101. */
const monday: readonly WorldStep[] = [
  ...at('10.244.1.5', coffeeShop(1)),
  ...bakery,
  { nextAddress: '10.244.1.6' },
  ...customers('http://10.244.1.5:8080'),
  ...open,
]

/** Three shops in rooms 101, 205 and 302; the regulars' note is from the week before. */
const wednesday = (note: string): readonly WorldStep[] => [
  ...at('10.244.1.5', coffeeShop(1)),
  ...bakery,
  ...customers(note),
  ...open,
  { scale: 'coffee-shop', replicas: 3 },
]

const STALE_ADDRESS = '10.244.1.4'
const stale = [{ ip: STALE_ADDRESS, pod: 'coffee-shop', namespace: 'default', workload: 'coffee-shop' }]

/** Two departments on different floors, each with a printer and somebody who uses it. */
const departments: readonly WorldStep[] = [
  ...department('engineering', 'floor-2', 'dev'),
  ...department('marketing', 'floor-3', 'intern'),
  { only: [] },
]

function department(namespace: string, floor: string, worker: string): WorldStep[] {
  return [
    { only: [floor] },
    {
      create: [
        deployment('printer', 'cafe/printer:1', { namespace }),
        pod(worker, `cafe/${worker}:1`, { namespace }),
        service('printer', { namespace }),
      ],
    },
  ]
}

/** Apps behind Services, two Pods each. */
const apps = (...names: string[]): Manifest[] =>
  names.flatMap((name) => [deployment(name, `cafe/${name}:1`, { replicas: 2 }), service(name)])

export const cafe: World = {
  ...ground,
  summary: 'The whole café: three coffee shops behind a Service, bakery, menu, order, tea, printers, customers',
  steps: [
    ...wednesday('http://coffee-shop'),
    { create: [service('coffee-shop'), service('bakery')] },
    ...departments,
    { create: apps('menu', 'order', 'tea') },
  ],
}

export const cafeMonday: World = {
  ...ground,
  summary: 'One coffee shop in room 101, customers who know its number, no Service',
  steps: monday,
}

export const cafeWednesday: World = {
  ...ground,
  summary: 'Three coffee shops, a bakery, customers with an old number, no Service',
  steps: wednesday(`http://${STALE_ADDRESS}:8080`),
  retired: stale,
}

export const cafeDepartments: World = {
  ...ground,
  summary: 'The coffee shop with its Service, and a printer in each of two departments',
  steps: [...wednesday('http://coffee-shop'), { create: [service('coffee-shop')] }, ...departments],
}

export const cafeSideDoors: World = {
  ...ground,
  summary: 'One coffee shop on floor-2 behind a Service with extension 8088, and neighbours who want coffee',
  steps: [
    ...at('10.244.2.10', coffeeShop(1, 8080)),
    ...customers('http://coffee-shop:8088'),
    { create: [service('coffee-shop', { port: 8088 })] },
    { only: [] },
  ],
}

export const cafeLobby: World = {
  ...ground,
  summary: 'Menu, order and tea behind Services, two domains, and nobody in the lobby yet',
  // Tea is on floor-3: take the elevator.
  steps: [
    ...customers('http://order'),
    ...at('10.244.3.20', ...apps('tea')),
    { only: ['floor-1', 'floor-2'] },
    { nextAddress: '10.244.1.20' },
    { create: apps('menu', 'order') },
    { only: [] },
  ],
}
