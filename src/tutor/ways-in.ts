import type { Cluster } from '../cluster/cluster.ts'
import { internalIP, isNodeReady } from '../cluster/kinds/node.ts'
import type { Service, ServicePort } from '../cluster/kinds/service.ts'
import { ANY_HOST } from '../cluster/network/ingress-rules.ts'
import { OriginError, parseOrigin } from '../cluster/network/origin.ts'
import type { Target } from '../cluster/network/target.ts'
import { connect } from '../cluster/network/trace.ts'
import { Random } from '../cluster/random.ts'
import { SYSTEM_NAMESPACES } from './facts.ts'
import { routesOf } from './route-query.ts'

/** Where callers are compared from: inside, beside the nodes, on the street. */
const PLACES = { pod: undefined, office: 'office', street: 'internet' } as const

type PlaceName = keyof typeof PLACES

/** One way to reach an app. */
export interface WayIn {
  type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'Ingress'
  /** The Service, with its namespace where that is not the current one; for an Ingress host and path. */
  name: string
  /** Address and port, for an Ingress its address; undefined where it has got none. */
  address: string | undefined
  /** What a call from each place comes to: `yes`, `no`, or the status of an answer that is an error. */
  reached: Readonly<Record<PlaceName, string>>
}

/** All ways in of a cluster, and who gets through at this moment. The calls are made in a copy: nobody sees them. */
export function waysIn(cluster: Cluster, namespace: string): WayIn[] {
  const copy = cluster.fork()
  const reached = (target: Target | undefined): WayIn['reached'] => {
    const call = (place: PlaceName) => (target ? outcomeOf(copy, PLACES[place], namespace, target) : 'no')
    return { pod: call('pod'), office: call('office'), street: call('street') }
  }
  const services = cluster.store.list('Service').filter(isOfInterest)
  return [
    ...services.flatMap((service) =>
      (service.spec.ports ?? []).map((port): WayIn => {
        const address = addressOf(cluster, service, port)
        const scheme = port.protocol.toLowerCase() as 'tcp' | 'udp' | 'sctp'
        const target = address && { scheme, host: address.host, port: address.port }
        return {
          type: service.spec.type as WayIn['type'],
          name: nameOf(service, namespace),
          address: address && `${address.host}:${address.port}`,
          reached: reached(target),
        }
      }),
    ),
    ...cluster.store.list('Ingress').flatMap((ingress) =>
      routesOf(ingress).map(({ host, path }): WayIn => {
        const address = ingress.status.loadBalancer?.ingress?.[0]?.ip
        const name = host === ANY_HOST ? address : host.replace(/^\*/, 'www')
        return {
          type: 'Ingress',
          name: `${host === ANY_HOST ? '' : host}${path}`,
          address,
          reached: reached(name === undefined ? undefined : { scheme: 'http', host: name, port: 80, path }),
        }
      }),
    ),
  ]
}

/** Services with a number of their own; the API server and the machinery of the cluster are no part of any story. */
const isOfInterest = ({ metadata, spec }: Service): boolean =>
  !SYSTEM_NAMESPACES.has(metadata.namespace ?? '') &&
  !(metadata.namespace === 'default' && metadata.name === 'kubernetes') &&
  spec.type !== 'ExternalName' &&
  spec.clusterIP !== 'None'

const nameOf = ({ metadata }: Service, namespace: string): string =>
  metadata.namespace === namespace ? metadata.name : `${metadata.namespace}/${metadata.name}`

/** What callers dial: the number of the Service, of a node, or of the cloud's balancer. */
function addressOf(
  cluster: Cluster,
  { spec, status }: Service,
  { port, nodePort }: ServicePort,
): { host: string; port: number } | undefined {
  if (spec.type === 'LoadBalancer') {
    const ip = status.loadBalancer?.ingress?.[0]?.ip
    return ip === undefined ? undefined : { host: ip, port }
  }
  if (spec.type !== 'NodePort') return spec.clusterIP === undefined ? undefined : { host: spec.clusterIP, port }
  const node = cluster.store.list('Node').find(isNodeReady)
  return node && nodePort !== undefined ? { host: internalIP(node), port: nodePort } : undefined
}

function outcomeOf(cluster: Cluster, from: string | undefined, namespace: string, target: Target): string {
  try {
    const origin = parseOrigin(cluster, from, namespace)
    const { outcome, status } = connect(cluster, { origin, target, dice: new Random(1) })
    if (outcome !== 'ok') return 'no'
    return status !== null && status >= 400 ? String(status) : 'yes'
  } catch (error) {
    // Without a node that is ready there is no place to call from inside.
    if (error instanceof OriginError) return 'no'
    throw error
  }
}
