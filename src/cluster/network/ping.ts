import { isIPv4, isLoopback } from './address.ts'
import { blame, blameOutside } from './blame.ts'
import { blameForNobody, blameForRetired } from './blame-address.ts'
import type { Exchange } from './exchange.ts'
import type { Journey } from './journey.ts'
import type { LawName } from './laws.ts'
import { nodeAt } from './node-address.ts'
import type { Origin } from './origin.ts'
import { PLACES } from './place.ts'
import { podAt } from './to-pod.ts'

/**
 * An echo request. Pods and nodes answer it; a ClusterIP is no machine, so nobody does (R-KPX-1, R-LB-06), and load
 * balancers pass on their ports only.
 */
export function ping(journey: Journey, sender: Origin, address: string): Exchange {
  if (isLoopback(address))
    return reply(journey, sender.label, 'answers itself', 'localhostIs', `${address} is ${sender.label} itself.`)
  if (!isIPv4(address))
    return silent(
      journey,
      'the network',
      'has no route: IPv6 is not modelled here',
      'podIPReachableFrom',
      `${address} is IPv6.`,
      null,
    )
  return (
    pingService(journey, address) ??
    pingPod(journey, sender, address) ??
    pingNode(journey, sender, address) ??
    pingOther(journey, sender, address)
  )
}

function reply(journey: Journey, at: string, what: string, law: LawName, detail: string): Exchange {
  journey.ms += 1
  journey.hop(at, what, law, detail)
  return { outcome: 'ok', blame: null }
}

function silent(
  journey: Journey,
  at: string,
  what: string,
  law: LawName,
  detail: string,
  blamed: Exchange['blame'],
): Exchange {
  journey.hop(at, what, law, detail)
  return { ...journey.stop('timeout', blamed) }
}

function pingService(journey: Journey, address: string): Exchange | undefined {
  const { store } = journey.cluster
  const [service] = store.list('Service', { index: ['clusterIP', address] })
  if (service)
    return silent(
      journey,
      'the network',
      `nobody answers: ${address} is a ClusterIP`,
      'portOnService',
      `${address} is the ClusterIP of Service ${service.metadata.namespace}/${service.metadata.name}: a rule for its ports, no machine that could answer a ping. Use curl. (In ipvs mode it would answer.)`,
      blame(service, 'spec.clusterIP', 'a ClusterIP answers on its ports only, never to ping'),
    )
  const [balanced] = journey.laws.servicesAt(journey.cluster, address)
  if (!balanced || store.count('Node', { index: ['address', address] }) > 0) return undefined
  return silent(
    journey,
    'load balancer',
    `passes on its ports only, no ping`,
    'servicesAt',
    `${address} belongs to Service ${balanced.metadata.namespace}/${balanced.metadata.name}.`,
    blame(balanced, 'spec.ports', 'its address answers on its ports only'),
  )
}

function pingPod(journey: Journey, sender: Origin, address: string): Exchange | undefined {
  const { laws, cluster } = journey
  const pod = podAt(journey, address)
  if (!pod) return undefined
  const { nodeName = '' } = pod.spec
  if (!laws.podIPReachableFrom(sender.zone))
    return silent(
      journey,
      sender.label,
      `has no route to ${address}`,
      'podIPReachableFrom',
      "A pod's address is known inside the cluster only.",
      blame(pod, 'status.podIP', "a pod's address works only inside the cluster"),
    )
  if (!laws.nodeAnswers(cluster.settings.down, nodeName)) {
    const node = cluster.get('Node', undefined, nodeName)
    return silent(
      journey,
      nodeName,
      'does not answer: the node is down',
      'nodeAnswers',
      `The pod is on ${nodeName}.`,
      blame(node ?? pod, 'status.conditions', `${nodeName} is down`),
    )
  }
  const answer = reply(
    journey,
    pod.metadata.name,
    `answers from ${address}`,
    'podIPReachableFrom',
    `${address} is pod ${pod.metadata.namespace}/${pod.metadata.name} on ${nodeName}. That it answers says nothing about its ports.`,
  )
  return { ...answer, answeredBy: `${pod.metadata.namespace}/${pod.metadata.name}` }
}

function pingNode(journey: Journey, sender: Origin, address: string): Exchange | undefined {
  const { laws, cluster } = journey
  const node = nodeAt(cluster, address, laws.podIPReachableFrom(sender.zone))
  if (!node) return undefined
  const name = node.metadata.name
  if (sender.zone === 'street')
    return silent(
      journey,
      'firewall',
      'drops ICMP',
      'firewallAdmits',
      'The cloud firewall lets single ports in, and no ping.',
      blameOutside('Firewall', 'firewall', 'allow', 'it lets in ports, no ping'),
    )
  if (!laws.nodeAnswers(cluster.settings.down, name))
    return silent(
      journey,
      name,
      'does not answer: the node is down',
      'nodeAnswers',
      `${name} is down.`,
      blame(node, 'status.conditions', 'the node is down'),
    )
  return reply(journey, name, `answers from ${address}`, 'nodeAnswers', `${address} is node ${name}.`)
}

function pingOther(journey: Journey, sender: Origin, address: string): Exchange {
  const { cluster } = journey
  const neighbour = PLACES.find(({ ip, zone }) => ip === address && zone === 'lan' && sender.zone !== 'street')
  if (neighbour)
    return reply(journey, neighbour.name, `answers from ${address}`, 'listens', `${address} is the ${neighbour.name}.`)
  const retired = cluster.retired.findLast(({ ip }) => ip === address)
  const blamed = retired ? blameForRetired(cluster, sender, retired) : blameForNobody(cluster, address, undefined)
  return silent(
    journey,
    'the network',
    `nobody answers at ${address}`,
    'retiredAddressAnswers',
    `Nothing has the address ${address}.`,
    blamed,
  )
}
