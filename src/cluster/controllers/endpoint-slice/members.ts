import type { Cluster } from '../../cluster.ts'
import type { Endpoint, EndpointPort } from '../../kinds/endpoint-slice.ts'
import { isFinished, isReady, type Pod } from '../../kinds/pod.ts'
import type { Service } from '../../kinds/service.ts'
import { targetPortOn } from '../../network/endpoints.ts'

/** One pod behind a Service, and the ports on which the Service reaches it. */
export interface Member {
  endpoint: Endpoint
  ports: EndpointPort[]
}

const ZONE_LABEL = 'topology.kubernetes.io/zone'

/** The pods that the Service lists (R-EPS-2…4, R-EPS-8), by name. */
export function membersOf(cluster: Cluster, service: Service): Member[] {
  const { metadata, spec } = service
  const pods = cluster.store.list('Pod', { namespace: metadata.namespace, labels: spec.selector })
  const zones = new Map<string, string | undefined>()
  // Numbers are the same for every pod; only a named targetPort has to be looked up in each (R-SVC-5).
  const isNamed = spec.ports?.some(({ targetPort }) => typeof targetPort === 'string')
  const common = isNamed || !pods[0] ? undefined : portsOf(service, pods[0])
  return pods
    .filter((pod) => pod.status.podIP !== undefined && !isFinished(pod))
    .map((pod) => ({
      endpoint: endpointOf(service, pod, zoneOf(cluster, pod.spec.nodeName, zones)),
      ports: common ?? portsOf(service, pod),
    }))
}

function zoneOf(
  cluster: Cluster,
  node: string | undefined,
  zones: Map<string, string | undefined>,
): string | undefined {
  if (node === undefined) return undefined
  if (!zones.has(node)) zones.set(node, cluster.get('Node', undefined, node)?.metadata.labels?.[ZONE_LABEL])
  return zones.get(node)
}

function endpointOf({ metadata, spec }: Service, pod: Pod, zone: string | undefined): Endpoint {
  const { name, namespace, uid, deletionTimestamp } = pod.metadata
  const { nodeName, hostname, subdomain } = pod.spec
  const serving = isReady(pod)
  const terminating = deletionTimestamp !== undefined
  const ready = spec.publishNotReadyAddresses === true || (serving && !terminating)
  return {
    addresses: [pod.status.podIP ?? ''],
    conditions: {
      ready,
      // Left out where it follows from `ready`; filled in for output.
      ...(serving !== ready && { serving }),
      ...(terminating && { terminating }),
    },
    ...(hostname !== undefined && subdomain === metadata.name && { hostname }),
    ...(nodeName !== undefined && { nodeName }),
    targetRef: { kind: 'Pod', namespace: namespace ?? '', name, uid },
    ...(zone !== undefined && { zone }),
  }
}

/** Slice ports carry the number behind targetPort and the Service port's name; a name is looked up in each pod (R-SVC-5). */
function portsOf({ spec }: Service, pod: Pod): EndpointPort[] {
  return (spec.ports ?? []).flatMap(({ name = '', protocol = 'TCP', port, targetPort = port, appProtocol }) => {
    const number = targetPortOn(pod, { targetPort, protocol })
    if (number === undefined) return []
    return [{ name, protocol, port: number, ...(appProtocol !== undefined && { appProtocol }) }]
  })
}
