import type { Cluster } from '../cluster.ts'
import type { Controller } from '../controller.ts'
import type { Service } from '../kinds/service.ts'
import { type Key, keyOf, partsOf } from '../object.ts'

const COMPONENT = 'service-controller'

/** The provider's public range; addresses below the first are kept for those who ask for one by `loadBalancerIP`. */
const PREFIX = '203.0.113.'
const FIRST = 11
const LAST = 254

/** The cloud provider's side of Services of type LoadBalancer: gives each an address of its own (R-LB-01, R-LB-02). */
export const loadBalancer: Controller = {
  name: 'load-balancer',
  watches: { Service: (service) => (concerns(service) ? [keyOf(service)] : []) },
  reconcile(cluster: Cluster, key: Key) {
    const { namespace, name } = partsOf(key)
    const service = cluster.get('Service', namespace, name)
    if (!service) return undefined
    const hasAddress = (service.status.loadBalancer?.ingress ?? []).length > 0
    if (service.spec.type !== 'LoadBalancer') {
      if (hasAddress) release(cluster, service)
    } else if (!hasAddress && cluster.settings.provider === 'cloud' && service.spec.loadBalancerClass === undefined)
      provide(cluster, service)
    return undefined
  },
}

const concerns = ({ spec, status }: Service): boolean =>
  spec.type === 'LoadBalancer' || status.loadBalancer?.ingress !== undefined

function provide(cluster: Cluster, service: Service): void {
  cluster.tell(service, { by: COMPONENT, reason: 'EnsuringLoadBalancer', message: 'Ensuring load balancer' })
  const ip = freeAddress(cluster, service.spec.loadBalancerIP)
  if (ip === undefined) {
    const { loadBalancerIP } = service.spec
    const why = loadBalancerIP === undefined ? 'no address is free' : `the address ${loadBalancerIP} cannot be had`
    const message = `Error syncing load balancer: failed to ensure load balancer: ${why}`
    cluster.tell(service, { by: COMPONENT, reason: 'SyncLoadBalancerFailed', message, warning: true })
    return
  }
  const stored = cluster.put<Service>({
    ...service,
    status: { ...service.status, loadBalancer: { ingress: [{ ip }] } },
  })
  cluster.tell(stored, {
    by: COMPONENT,
    reason: 'EnsuredLoadBalancer',
    message: 'Ensured load balancer',
    story: { by: 'load-balancer', text: `the cloud provider gave it the address ${ip}` },
  })
}

function release(cluster: Cluster, service: Service): void {
  cluster.put<Service>({ ...service, status: { ...service.status, loadBalancer: {} } })
  cluster.tell(service, {
    by: COMPONENT,
    reason: 'DeletedLoadBalancer',
    message: 'Deleted load balancer',
    story: { by: 'load-balancer', text: 'no longer of type LoadBalancer: gave its address back' },
  })
}

function freeAddress(cluster: Cluster, wanted: string | undefined): string | undefined {
  const isFree = (ip: string) => cluster.store.count('Service', { index: ['externalIP', ip] }) === 0
  if (wanted !== undefined) return wanted.startsWith(PREFIX) && isFree(wanted) ? wanted : undefined
  for (let host = FIRST; host <= LAST; host++) if (isFree(PREFIX + host)) return PREFIX + host
  return undefined
}
