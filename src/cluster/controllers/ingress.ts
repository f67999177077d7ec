import type { Cluster } from '../cluster.ts'
import type { Controller } from '../controller.ts'
import { equal } from '../delta.ts'
import type { Ingress } from '../kinds/ingress.ts'
import { internalIP } from '../kinds/node.ts'
import { isActive, isReady, mayControlIngress, type Pod } from '../kinds/pod.ts'
import type { Service } from '../kinds/service.ts'
import { controllerFor, controllersIn, NGINX_CONTROLLER } from '../network/ingress-controller.ts'
import { type Key, keyOf, partsOf } from '../object.ts'
import { matchesLabels } from '../selector.ts'
import { narrate } from './narrate.ts'

/**
 * What running ingress controllers write: the address of their own Service into the Ingresses of their classes
 * (R-ING-60). Without a controller that serves its class an Ingress has no address (R-ING-01).
 */
export const ingressStatus: Controller = {
  name: 'ingress',
  watches: {
    Ingress: (ingress) => [keyOf(ingress)],
    IngressClass: ({ metadata }, cluster) =>
      cluster.store.list('Ingress', { index: ['class', metadata.name] }).map(keyOf),
    Pod: (pod, cluster) => (mayControlIngress(pod) ? everyIngress(cluster) : []),
    Service: (service, cluster) => (leadsToController(cluster, service) ? everyIngress(cluster) : []),
  },
  reconcile(cluster: Cluster, key: Key) {
    const { namespace, name } = partsOf(key)
    const ingress = cluster.get('Ingress', namespace, name)
    if (!ingress) return undefined
    const controller = controllerFor(cluster, ingress)
    const pods = controller === undefined ? [] : controllerPods(cluster, controller)
    // A controller that cannot serve at the moment leaves the address as it is; only its end takes it away.
    if (pods.length > 0 && !pods.some(isReady)) return undefined
    const retired = controller === NGINX_CONTROLLER
    writeAddress(cluster, ingress, pods.length === 0 ? [] : addressesOf(cluster, pods), retired)
    return undefined
  },
}

const everyIngress = (cluster: Cluster): Key[] => cluster.store.list('Ingress').map(keyOf)

/** All pods that may be ingress controllers: few, whatever the size of the cluster. */
const candidates = (cluster: Cluster): Pod[] => cluster.store.list('Pod', { index: ['ingress', ''] })

/** The pods in which a controller of this name runs. */
const controllerPods = (cluster: Cluster, controller: string): Pod[] =>
  candidates(cluster).filter(
    (pod) => isActive(pod) && pod.status.podIP !== undefined && controllersIn(pod).includes(controller),
  )

const leadsToController = (cluster: Cluster, { metadata, spec }: Service): boolean =>
  spec.selector !== undefined &&
  candidates(cluster).some(
    (pod) => pod.metadata.namespace === metadata.namespace && matchesLabels(spec.selector ?? {}, pod.metadata.labels),
  )

/** The controller's own way in: the addresses of its load balancer, else the nodes of its pods behind a node port. */
function addressesOf(cluster: Cluster, pods: readonly Pod[]): { ip?: string; hostname?: string }[] {
  const namespaces = [...new Set(pods.map(({ metadata }) => metadata.namespace))]
  const services = namespaces
    .flatMap((namespace) => cluster.store.list('Service', { namespace }))
    .filter(({ spec }) => spec.selector && pods.some((pod) => matchesLabels(spec.selector ?? {}, pod.metadata.labels)))
  const balancer = services.find(({ spec }) => spec.type === 'LoadBalancer')
  if (balancer)
    return (balancer.status.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ({
      ...(ip !== undefined && { ip }),
      ...(hostname !== undefined && { hostname }),
    }))
  if (!services.some(({ spec }) => spec.type === 'NodePort')) return []
  const nodes = [...new Set(pods.filter(isReady).map(({ spec }) => spec.nodeName ?? ''))]
  return nodes.flatMap((name) => {
    const node = cluster.get('Node', undefined, name)
    return node ? [{ ip: internalIP(node) }] : []
  })
}

/** `retired`: the controller is ingress-nginx, which says so (R-NGX-07). */
function writeAddress(
  cluster: Cluster,
  ingress: Ingress,
  addresses: { ip?: string; hostname?: string }[],
  retired: boolean,
): void {
  const before = ingress.status?.loadBalancer?.ingress ?? []
  if (equal(before, addresses)) return
  cluster.put<Ingress>({ ...ingress, status: { loadBalancer: addresses.length > 0 ? { ingress: addresses } : {} } })
  const text =
    addresses.length > 0
      ? `its class has a running controller${retired ? ', of ingress-nginx (retired in March 2026)' : ''}: visitors reach it at ${addresses.map(({ ip, hostname }) => ip ?? hostname).join(', ')}`
      : 'no running controller serves it any more: no address'
  narrate(cluster, ingress, 'ingress', text)
}
