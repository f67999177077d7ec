import type { CommandContext } from '../chat/context.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { equal } from '../cluster/delta.ts'
import type { Pod } from '../cluster/kinds/pod.ts'
import { isIPv4 } from '../cluster/network/address.ts'
import type { Origin } from '../cluster/network/origin.ts'
import type { SeenConnection, SeenLookup } from '../cluster/network/seen.ts'
import { type Facts, podsBehind, workloadOf } from './facts.ts'
import { withoutTag } from './pod-query.ts'
import type { LessonState } from './progress.ts'
import { namesServed } from './served-certificate.ts'
import type { Asking, Party, Sender, Sighting } from './sighting.ts'

/** How many different sightings and askings of a step are kept, newest last. */
const KEPT = 60

/**
 * Takes down what a command has sent, asked and been refused, for the lesson under way. `changed` tells whether the
 * cluster is another than before. Returns whether there is anything to judge.
 */
export function witness({ channel, connections, lookups, refusals }: CommandContext, changed: boolean): boolean {
  const state = channel.lesson
  if (!state) return false
  const refused = refusals.map(({ kind, path }) => ({ kind, path }))
  if (!equal(refused, state.refusals)) channel.lesson = { ...state, refusals: refused }
  if (!changed && connections.length === 0 && lookups.length === 0) return false
  channel.lesson = { ...channel.lesson!, ...seenBy(channel.cluster, state, connections, lookups) }
  return true
}

function seenBy(
  cluster: Cluster,
  state: LessonState,
  connections: readonly SeenConnection[],
  lookups: readonly SeenLookup[],
): Pick<LessonState, 'seq' | 'sightings' | 'askings' | 'stoppedAt'> {
  const seq = state.seq + 1
  const sightings = connections.reduce<Sighting[]>(
    (seen, connection) => counted(seen, sightingOf(cluster, connection, state.start, seq)),
    [...state.sightings],
  )
  const made = connections.flatMap(({ origin, lookup }) => (lookup ? [{ origin, lookup }] : []))
  const askings = [...made, ...lookups].map((seen) => askingOf(cluster, seen, seq))
  const failed = connections.findLast(({ attempt }) => attempt.outcome !== 'ok')?.attempt
  return {
    seq,
    sightings: sightings.slice(-KEPT),
    askings: [...state.askings, ...askings].slice(-KEPT),
    stoppedAt: connections.length === 0 ? state.stoppedAt : (failed?.hops.at(-1)?.what ?? null),
  }
}

/** Counts a sighting up where the same one has been seen, and makes it the newest. */
function counted(sightings: Sighting[], sighting: Sighting): Sighting[] {
  const same = sightings.find((known) => equal({ ...known, seq: 0, count: 0 }, { ...sighting, seq: 0, count: 0 }))
  const others = sightings.filter((known) => known !== same)
  return [...others, { ...sighting, count: sighting.count + (same?.count ?? 0) }]
}

function sightingOf(cluster: Cluster, connection: SeenConnection, start: Facts, seq: number): Sighting {
  const { origin, target, address, attempt, keepAlive } = connection
  const { host, scheme, port, path } = target
  const service = serviceAt(cluster, address, port)
  const owner = podAt(cluster, attempt.answeredBy) ?? podWithAddress(cluster, address)
  const retired = cluster.retired.findLast(({ ip }) => ip === address)
  const entered = address === undefined ? undefined : nodeWithAddress(cluster, address)
  return {
    seq,
    from: senderOf(cluster, origin),
    host: host.toLowerCase(),
    typed: isIPv4(host) ? 'ip' : 'name',
    scheme,
    port,
    ...(path !== undefined && { path }),
    ...(service && { service: service.key }),
    ...(owner && { pod: partyOf(cluster, owner) }),
    ...(!owner && retired && { retiredFrom: retired.workload }),
    ...(owner && origin.node !== undefined && { sameNode: owner.spec.nodeName === origin.node }),
    ...(entered && service && { nodeHasEndpoint: service.behind.some(({ spec }) => spec.nodeName === entered) }),
    outcome: attempt.outcome,
    ...(attempt.status !== null && { status: attempt.status }),
    ...(attempt.speaker !== null && { speaker: attempt.speaker }),
    ...(attempt.answeredBy !== null && owner && { answeredBy: partyOf(cluster, owner) }),
    ...(attempt.tls && { certificate: namesServed(cluster, attempt.tls.certificate) }),
    ...(keepAlive && { keepAlive: true as const }),
    ...(service && hasChanged(service, start) && { afterChange: true as const }),
    count: 1,
  }
}

function askingOf(cluster: Cluster, { origin, lookup }: SeenLookup, seq: number): Asking {
  return {
    seq,
    from: senderOf(cluster, origin),
    name: lookup.name.toLowerCase(),
    rcode: lookup.rcode,
    answers: lookup.answers.map(({ value }) => value),
    tries: lookup.tried.length,
  }
}

function senderOf(cluster: Cluster, { pod, node, place, label }: Origin): Sender {
  if (pod)
    return {
      vantage: 'pod',
      namespace: pod.metadata.namespace ?? '',
      pod: pod.metadata.name,
      labels: pod.metadata.labels ?? {},
      owner: workloadOf(cluster, pod) ?? pod.metadata.name,
    }
  return { vantage: place?.name ?? (node === undefined ? label : 'node') }
}

const partyOf = (cluster: Cluster, pod: Pod): Party => ({
  namespace: pod.metadata.namespace ?? '',
  name: pod.metadata.name,
  uid: pod.metadata.uid,
  labels: pod.metadata.labels ?? {},
  owner: workloadOf(cluster, pod) ?? pod.metadata.name,
  images: pod.spec.containers.map(({ image }) => withoutTag(image)),
})

interface Found {
  key: string
  behind: Pod[]
}

/** The Service that an address and port belong to: its own, or a node's with its nodePort. */
function serviceAt(cluster: Cluster, address: string | undefined, port: number): Found | undefined {
  if (address === undefined) return undefined
  const [service] = [
    ...cluster.store.list('Service', { index: ['clusterIP', address] }),
    ...cluster.store.list('Service', { index: ['externalIP', address] }),
    ...(nodeWithAddress(cluster, address) === undefined
      ? []
      : cluster.store.list('Service', { index: ['nodePort', String(port)] })),
  ]
  if (!service) return undefined
  const { namespace, name } = service.metadata
  return { key: `${namespace}/${name}`, behind: podsBehind(cluster, namespace!, name) }
}

const nodeWithAddress = (cluster: Cluster, address: string): string | undefined =>
  cluster.store.list('Node', { index: ['address', address] })[0]?.metadata.name

const podWithAddress = (cluster: Cluster, address: string | undefined): Pod | undefined =>
  address === undefined ? undefined : cluster.store.list('Pod', { index: ['ip', address] })[0]

function podAt(cluster: Cluster, name: string | null): Pod | undefined {
  const [namespace, pod] = name?.split('/') ?? []
  return pod === undefined ? undefined : cluster.get('Pod', namespace, pod)
}

/** Whether other pods answer for the Service than at the step's start. */
function hasChanged({ key, behind }: Found, start: Facts): boolean {
  const then = new Set(start.services[key]?.behind ?? [])
  return behind.length !== then.size || behind.some(({ metadata }) => !then.has(metadata.uid))
}
