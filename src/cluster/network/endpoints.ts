import type { Cluster } from '../cluster.ts'
import { type EndpointSlice, SERVICE_NAME_LABEL } from '../kinds/endpoint-slice.ts'
import { type Container, isReady, type Pod, type Protocol } from '../kinds/pod.ts'
import type { Service, ServicePort } from '../kinds/service.ts'

/** One address behind one port of a Service, as kube-proxy, CoreDNS and ingress controllers read it from a slice. */
export interface TrafficEndpoint {
  address: string
  /** The pod's port, after targetPort has been resolved. */
  port: number
  node: string | undefined
  /** The pod that a slice names; undefined for an address that somebody wrote by hand. */
  pod: { namespace: string; name: string } | undefined
  hostname: string | undefined
  ready: boolean
  serving: boolean
  terminating: boolean
}

/** The slices of a Service (R-EPS-1, R-EPS-9). */
export const slicesOf = (cluster: Cluster, service: Service): EndpointSlice[] =>
  cluster.store.list('EndpointSlice', {
    namespace: service.metadata.namespace,
    labels: { [SERVICE_NAME_LABEL]: service.metadata.name },
  })

/** What the slices say of one port of a Service (R-EPS-3, R-EPS-5, R-EPS-8, R-EPS-9). */
export const endpointsFromSlices = (
  cluster: Cluster,
  service: Service,
  port: Pick<ServicePort, 'name' | 'protocol'>,
): readonly TrafficEndpoint[] => {
  const lists = slicesOf(cluster, service).map((slice) => endpointsOfSlice(slice, port.name ?? '', port.protocol))
  return lists.length === 1 ? lists[0]! : lists.flat()
}

/** Slices are immutable, so what they say is worked out once. */
const expanded = new WeakMap<EndpointSlice, Map<string, readonly TrafficEndpoint[]>>()

function endpointsOfSlice(slice: EndpointSlice, name: string, protocol: Protocol): readonly TrafficEndpoint[] {
  let ports = expanded.get(slice)
  if (!ports) {
    ports = new Map()
    expanded.set(slice, ports)
  }
  const key = `${protocol} ${name}`
  const known = ports.get(key)
  if (known) return known
  const number = slice.ports?.find((port) => (port.name ?? '') === name && (port.protocol ?? 'TCP') === protocol)?.port
  const endpoints = number === undefined || slice.addressType === 'FQDN' ? [] : addressesOfSlice(slice, number)
  ports.set(key, endpoints)
  return endpoints
}

/** Every address of a slice with a port number of the caller's choice. */
export const addressesOfSlice = (slice: EndpointSlice, port: number): TrafficEndpoint[] =>
  slice.endpoints.flatMap(({ addresses, conditions, hostname, nodeName, targetRef }) =>
    addresses.map((address) => ({
      address,
      port,
      node: nodeName,
      pod:
        targetRef?.kind === 'Pod'
          ? { namespace: targetRef.namespace ?? slice.metadata.namespace ?? '', name: targetRef.name }
          : undefined,
      hostname,
      ready: conditions?.ready ?? true,
      serving: conditions?.serving ?? conditions?.ready ?? true,
      terminating: conditions?.terminating ?? false,
    })),
  )

/**
 * A source of endpoints for beliefs about membership: the pods of the Service's namespace that `belongs` accepts,
 * instead of the slices. All else is as the endpointslice controller does it (R-EPS-2, R-EPS-3).
 */
export const endpointsFromPods =
  (belongs: (service: Service, pod: Pod) => boolean) =>
  (cluster: Cluster, service: Service, port: ServicePort): readonly TrafficEndpoint[] =>
    cluster.store.list('Pod', { namespace: service.metadata.namespace }).flatMap((pod) => {
      const { podIP, phase } = pod.status
      const number = targetPortOn(pod, port)
      if (podIP === undefined || phase === 'Succeeded' || phase === 'Failed' || number === undefined) return []
      if (!belongs(service, pod)) return []
      const terminating = pod.metadata.deletionTimestamp !== undefined
      const serving = isReady(pod)
      return [
        {
          address: podIP,
          port: number,
          node: pod.spec.nodeName,
          pod: { namespace: pod.metadata.namespace ?? '', name: pod.metadata.name },
          hostname: pod.spec.subdomain === service.metadata.name ? pod.spec.hostname : undefined,
          ready: service.spec.publishNotReadyAddresses === true || (serving && !terminating),
          serving,
          terminating,
        },
      ]
    })

/** The number behind a targetPort on one pod; a name is looked up per pod (R-SVC-5). */
export function targetPortOn(
  pod: Pod,
  { targetPort, protocol }: Pick<ServicePort, 'targetPort' | 'protocol'>,
): number | undefined {
  if (typeof targetPort === 'number') return targetPort
  const named = (container: Container) =>
    container.ports?.find((port) => port.name === targetPort && (port.protocol ?? 'TCP') === protocol)?.containerPort
  const sidecars = (pod.spec.initContainers ?? []).filter((container) => container.restartPolicy === 'Always')
  for (const container of [...pod.spec.containers, ...sidecars]) {
    const number = named(container)
    if (number !== undefined) return number
  }
  return undefined
}
