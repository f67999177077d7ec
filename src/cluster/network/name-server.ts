import { parseImage } from '../apps/image.ts'
import type { Pod } from '../kinds/pod.ts'
import type { DnsRecord, Rcode, RecordType } from './attempt.ts'
import { answerInCluster } from './cluster-zone.ts'
import { deliver } from './deliver.ts'
import { addressOfReverse, CLUSTER_DOMAIN, fullName, isInDomain } from './dns-name.ts'
import { Journey, stopped } from './journey.ts'
import { kubernetes } from './laws.ts'
import type { Origin } from './origin.ts'
import { NODES_NAME_SERVER, PUBLIC_NAME_SERVERS } from './place.ts'
import { answerInNodesNetwork, answerInPublic } from './public-zone.ts'
import { answerInReverse } from './reverse-zone.ts'

/** Answers one question about a full name. */
export type NameServer = (name: string, type: RecordType) => { rcode: Rcode; answers: DnsRecord[] }

const DNS_PORT = 53

/** How often a resolver asks the same server before it gives up. */
const ATTEMPTS = 2

/**
 * The name server behind an address as one sender reaches it; undefined if no answer comes from there. A server in the
 * cluster is reached as everything else is: through its Service to a ready pod that listens on UDP port 53.
 */
export function nameServerAt(journey: Journey, sender: Origin, address: string): NameServer | undefined {
  if (address === NODES_NAME_SERVER)
    return sender.zone === 'street' ? undefined : (name, type) => answerInNodesNetwork(journey.cluster, name, type)
  if (PUBLIC_NAME_SERVERS.has(address)) return (name, type) => answerInPublic(journey.cluster, name, type)
  // Beliefs are about the learner's own traffic: nobody who holds one expects DNS to fail for it.
  const way = new Journey({ ...journey, laws: kubernetes })
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const delivery = deliver(way, { sender, address, port: DNS_PORT, protocol: 'UDP' })
    if (stopped(delivery) || delivery.at !== 'pod' || !isCoreDns(delivery.pod)) continue
    return (name, type) => askCoreDns(journey, name, type)
  }
  return undefined
}

const isCoreDns = ({ spec }: Pod): boolean =>
  spec.containers.some(({ image }) => parseImage(image)?.repository.split('/').at(-1) === 'coredns')

/** How many aliases CoreDNS follows before it gives up. */
const LONGEST_CHAIN = 8

/** CoreDNS: the cluster's own domain, reverse names, and the rest from the resolver of the nodes. */
function askCoreDns(journey: Journey, name: string, type: RecordType): { rcode: Rcode; answers: DnsRecord[] } {
  const { cluster, laws } = journey
  if (isInDomain(name, CLUSTER_DOMAIN)) return followAliases(journey, name, type, [])
  if (addressOfReverse(name) !== undefined) {
    const answers = answerInReverse(cluster, laws, name)
    if (answers) return { rcode: 'NOERROR', answers: type === 'PTR' ? answers : [] }
  }
  return answerInNodesNetwork(cluster, name, type)
}

/**
 * An alias is answered together with what it stands for (R-DNS-6). An alias inside the cluster that leads nowhere, or
 * back to itself, is left out; one that leads outside is kept even where public DNS knows nothing of its target.
 */
function followAliases(
  journey: Journey,
  name: string,
  type: RecordType,
  seen: readonly string[],
): { rcode: Rcode; answers: DnsRecord[] } {
  const { rcode, answers } = answerInCluster(journey.cluster, journey.laws, name, type)
  const [alias] = answers
  if (alias?.type !== 'CNAME' || type === 'CNAME') return { rcode, answers }
  const target = fullName(alias.value)
  if (seen.includes(target) || target === name || seen.length >= LONGEST_CHAIN) return { rcode, answers: [] }
  if (!isInDomain(target, CLUSTER_DOMAIN))
    return { rcode, answers: [alias, ...answerInNodesNetwork(journey.cluster, target, type).answers] }
  const further = followAliases(journey, target, type, [...seen, name])
  return { rcode, answers: further.answers.length > 0 ? [alias, ...further.answers] : [] }
}
