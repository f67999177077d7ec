import { fold, PHONE_COLUMNS } from '../chat/fold.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { isNodeReady, type Node } from '../cluster/kinds/node.ts'
import { isReady, type Pod } from '../cluster/kinds/pod.ts'
import type { Service, ServicePort } from '../cluster/kinds/service.ts'

/** One room of the building: a pod with what a visitor sees of it. */
interface Room {
  number: string
  pod: Pod
  state: string
}

interface Floor {
  node: Node
  state: string
  rooms: Room[]
}

/** A front desk: a Service, with the rooms behind it. */
interface Desk {
  service: Service
  rooms: string[]
}

/** What both views of the building tell, worked out once. */
export interface Building {
  floors: Floor[]
  waiting: Pod[]
  desks: Desk[]
  lobby: string
  /** What the street knows of the cluster: public names, and what the firewall lets in. */
  street: string[]
  podRange: string
}

/** Namespaces that keep the building itself running; `all` shows them too. */
const BACKSTAGE = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'lobby-system'])

/** Looks at a cluster as a building. Reads only. */
export function surveyBuilding(cluster: Cluster, all = false): Building {
  const shown = (namespace: string | undefined) => all || !BACKSTAGE.has(namespace ?? '')
  const pods = cluster.store.list('Pod').filter(({ metadata }) => shown(metadata.namespace))
  const nodes = cluster.store.list('Node')
  const floors = nodes.map((node, index) => ({
    node,
    state: floorState(node),
    rooms: pods
      .filter(({ spec }) => spec.nodeName === node.metadata.name)
      .map((pod) => ({ number: roomNumber(cluster, index + 1, pod), pod, state: roomState(pod) }))
      .sort((a, b) => a.number.localeCompare(b.number, 'en', { numeric: true })),
  }))
  const numbers = new Map(floors.flatMap(({ rooms }) => rooms.map(({ number, pod }) => [pod.metadata.uid, number])))
  const desks = cluster.store
    .list('Service')
    .filter(({ metadata }) => shown(metadata.namespace) && !isApiServer(metadata))
    .map((service) => ({ service, rooms: roomsBehind(cluster, service, numbers) }))
  return {
    floors,
    waiting: pods.filter(({ spec }) => spec.nodeName === undefined),
    desks,
    lobby: lobbyState(cluster),
    street: streetOf(cluster),
    podRange:
      nodes.map(({ spec }) => spec.podCIDR ?? '').filter((range) => range !== '').length > 0 ? '10.244.0.0/16' : '',
  }
}

const isApiServer = ({ namespace, name }: { namespace?: string; name: string }): boolean =>
  namespace === 'default' && name === 'kubernetes'

/** Floor and last part of the IP, unless the world's story says otherwise. */
function roomNumber(cluster: Cluster, floor: number, { status, spec }: Pod): string {
  const ip = status.podIP
  if (ip === undefined || spec.hostNetwork) return `${floor}--`
  return String(cluster.settings.rooms[ip] ?? `${floor}${ip.split('.')[3]?.padStart(2, '0')}`)
}

function floorState(node: Node): string {
  const states = [
    ...(isNodeReady(node) ? [] : ['dark (NotReady)']),
    ...(node.spec.unschedulable ? ['closed to new rooms (cordoned)'] : []),
  ]
  return states.join(', ')
}

function roomState(pod: Pod): string {
  if (pod.metadata.deletionTimestamp !== undefined) return 'terminating'
  if (pod.status.phase === 'Succeeded') return 'finished'
  if (pod.status.phase === 'Failed') return 'failed'
  if (isReady(pod)) return 'ready'
  const waiting = pod.status.containerStatuses?.find(({ state }) => state.waiting)?.state.waiting?.reason
  return waiting ?? (pod.status.phase === 'Running' ? 'not ready' : 'pending')
}

function roomsBehind(cluster: Cluster, { metadata }: Service, numbers: ReadonlyMap<string, string>): string[] {
  const slices = cluster.store.list('EndpointSlice', {
    namespace: metadata.namespace,
    labels: { 'kubernetes.io/service-name': metadata.name },
  })
  return slices.flatMap(({ endpoints }) =>
    endpoints
      .filter(({ conditions }) => conditions?.ready ?? true)
      .map(({ targetRef, addresses }) => numbers.get(targetRef?.uid ?? '') ?? addresses[0] ?? ''),
  )
}

/** The lobby is open while an ingress controller runs there, whoever put it there (R-ING-01). */
function lobbyState(cluster: Cluster): string {
  const sheets = count(cluster.store.count('Ingress'), 'rule sheet')
  const controllers = cluster.store.list('Pod', { index: ['ingress', ''] })
  if (controllers.some(isReady)) return `open, ${sheets}`
  const closed = controllers.length === 0 ? 'closed' : 'closed, its controller is not ready'
  return cluster.store.count('Ingress') === 0 ? closed : `${closed}; nobody reads the ${sheets}`
}

function streetOf({ settings }: Cluster): string[] {
  const names = Object.entries(settings.publicDns).map(([host, address]) => `public name ${host} → ${address}`)
  return settings.firewall.length === 0 ? names : [...names, `cloud firewall lets in ${settings.firewall.join(', ')}`]
}

/** `80`, or `80 (side door 30080)`. */
const extension = ({ port, nodePort }: ServicePort): string =>
  nodePort ? `${port} (side door ${nodePort})` : String(port)

/** The addresses that a load balancer has for a Service. */
const streetAddress = ({ status }: Service): string => {
  const addresses = (status.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip ?? hostname)
  return addresses.length === 0 ? '' : `, from the street ${addresses.join(', ')}`
}

/** The building as a drawing in text: floors from the top, rooms with their numbers, front desks below. */
export function renderBuilding(building: Building, name: string): string {
  const { floors, waiting, desks, lobby, street, podRange } = building
  const rooms = floors.reduce((sum, floor) => sum + floor.rooms.length, 0)
  const width = Math.max(...floors.map(({ node }) => node.metadata.name.length), 1)
  return [
    `THE BUILDING · ${name} · ${count(floors.length, 'floor')}, ${count(rooms, 'room')}`,
    ...(podRange ? [`room numbers from ${podRange}`] : []),
    ...[...floors].reverse().flatMap((floor) => renderFloor(floor, width)),
    ...waiting.map(({ metadata }) => `waiting for a room: ${cut(metadata.name, 36)}`),
    ...desks.flatMap((desk) => renderDesk(desk)),
    ...fold('lobby ', lobby),
    ...street.flatMap((line) => fold('', line)),
  ]
    .map((line) => cut(line, PHONE_COLUMNS))
    .join('\n')
}

function renderFloor({ node, state, rooms }: Floor, width: number): string[] {
  const name = node.metadata.name.padEnd(width)
  const heading = state === '' ? [] : [`${name} │ ${state}`]
  const lines = rooms.map(({ number, pod, state: word }, index) => {
    const head = index === 0 && heading.length === 0 ? name : ' '.repeat(width)
    const tail = `${pod.status.podIP ?? 'no number yet'} ${word}`
    const space = PHONE_COLUMNS - head.length - 3 - number.length - 1 - tail.length - 1
    const columns = Math.max(8, Math.min(space, 26))
    return `${head} │ ${number} ${shorten(roomName(pod), columns).padEnd(columns)} ${tail}`
  })
  return lines.length + heading.length === 0 ? [`${name} │ empty`] : [...heading, ...lines]
}

/** The pod's name, with its department where that is not the usual one. */
const roomName = ({ metadata: { name, namespace } }: Pod): string =>
  namespace === 'default' ? name : `${namespace}/${name}`

function renderDesk({ service, rooms }: Desk): string[] {
  const { metadata, spec } = service
  const name = metadata.namespace === 'default' ? metadata.name : `${metadata.namespace}/${metadata.name}`
  if (spec.type === 'ExternalName') return [`front desk ${name} passes on to ${spec.externalName}`]
  const number = spec.clusterIP === 'None' ? 'no number of its own' : (spec.clusterIP ?? '')
  return (spec.ports ?? []).flatMap((port) =>
    fold(
      'front desk ',
      `${name} ${number}:${extension(port)} → ${rooms.length === 0 ? 'nobody' : `${rooms.join(' ')} (door ${port.targetPort})`}${streetAddress(service)}`,
    ),
  )
}

/** The same facts as a plain numbered list, for screen readers. */
export function listBuilding({ floors, waiting, desks, lobby, street }: Building): string[] {
  return [
    ...floors.flatMap(({ node, state, rooms }) => [
      `Floor ${node.metadata.name}${state ? `, ${state}` : ''}: ${count(rooms.length, 'room')}.`,
      ...rooms.map(
        ({ number, pod, state: word }) =>
          `Room ${number}: Pod ${pod.metadata.name} in namespace ${pod.metadata.namespace}, IP ${pod.status.podIP ?? 'none yet'}, ${word}.`,
      ),
    ]),
    ...waiting.map(({ metadata }) => `Pod ${metadata.name} in namespace ${metadata.namespace} waits for a room.`),
    ...desks.map(
      ({ service, service: { metadata, spec }, rooms }) =>
        `Front desk: Service ${metadata.name} in namespace ${metadata.namespace}, ${spec.type}, ${
          spec.clusterIP === 'None' ? 'headless' : (spec.clusterIP ?? spec.externalName ?? '')
        }, ports ${(spec.ports ?? []).map((port) => `${extension(port)} to door ${port.targetPort}`).join(', ') || 'none'}, rooms behind it: ${rooms.join(', ') || 'none'}${streetAddress(service)}.`,
    ),
    `Lobby: ${lobby}.`,
    ...street.map((line) => `${line.charAt(0).toUpperCase()}${line.slice(1)}.`),
  ]
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`

const cut = (line: string, columns: number): string =>
  line.length <= columns ? line : `${line.slice(0, columns - 1)}…`

/** A generated name keeps its end, which tells siblings apart: `coffee-shop …x2kqp`. */
function shorten(name: string, columns: number): string {
  if (name.length <= columns) return name
  const tail = name.slice(-5)
  return `${name.slice(0, Math.max(1, columns - tail.length - 1))}…${tail}`
}
