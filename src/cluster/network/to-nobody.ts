import type { RetiredAddress } from '../cluster.ts'
import { inRanges } from './address.ts'
import { isApiServer } from './api-server.ts'
import { blameForNobody, blameForRetired } from './blame-address.ts'
import { duration } from './brief.ts'
import type { Journey } from './journey.ts'
import type { Delivery, Packet } from './packet.ts'
import { PLACES } from './place.ts'
import { toPod } from './to-pod.ts'

/** Nobody in the cluster owns the address. */
export function toNobody(journey: Journey, packet: Packet): Delivery {
  const { sender, address, port, protocol, host } = packet
  const { cluster, laws } = journey
  if (sender.zone !== 'street' && protocol === 'TCP' && isApiServer(cluster, address, port))
    return { at: 'machine', machine: 'kube-apiserver', clientIp: sender.source }
  const neighbour = PLACES.find(({ ip, zone }) => ip === address && zone === 'lan')
  if (neighbour && sender.zone !== 'street') {
    journey.hop(
      neighbour.name,
      `refuses: nothing listens on port ${port}`,
      'listens',
      `${address} is the ${neighbour.name}'s machine.`,
    )
    return journey.stop('refused', null)
  }
  const retired = cluster.retired.findLast(({ ip }) => ip === address)
  if (isPodNetwork(journey, address) && !laws.podIPReachableFrom(sender.zone)) {
    journey.hop(
      sender.label,
      `has no route to ${address}`,
      'podIPReachableFrom',
      `${address} lies in the pod network, which is known inside the cluster only.`,
    )
    return journey.stop('timeout', null)
  }
  if (retired) return toRetired(journey, packet, retired)
  if (sender.zone === 'street' && !laws.addressIsPublic(address)) {
    journey.hop(
      'the Internet',
      `does not route ${address}: it is private`,
      'addressIsPublic',
      `${address} means something only inside the network that uses it.`,
    )
    return journey.stop('timeout', blameForNobody(cluster, address, host))
  }
  journey.hop(
    'the network',
    `nobody answers at ${address}`,
    'servicesAt',
    `No pod, node or Service has the address ${address}. (Some networks say "no route to host" instead of staying silent.)`,
  )
  return journey.stop('timeout', blameForNobody(cluster, address, host))
}

function toRetired(journey: Journey, packet: Packet, retired: RetiredAddress): Delivery {
  const { sender, address, port, protocol } = packet
  const { cluster, laws } = journey
  const heir = laws.retiredAddressAnswers(cluster, retired)
  if (heir) return toPod(journey, { pod: heir, port, protocol, sender, clientIp: sender.source })
  const since = duration(cluster.now - retired.at)
  journey.hop(
    'the network',
    `nobody owns ${address} any more (retired ${since} ago)`,
    'retiredAddressAnswers',
    `${address} was the address of pod ${retired.namespace}/${retired.pod} of ${retired.workload} until ${since} ago. It is not forwarded; the replacement has an address of its own. (Some networks say "no route to host".)`,
  )
  return journey.stop('timeout', blameForRetired(cluster, sender, retired))
}

const isPodNetwork = ({ cluster }: Journey, address: string): boolean =>
  cluster.store.list('Node').some(({ spec }) => spec.podCIDR !== undefined && inRanges(address, [spec.podCIDR]))
