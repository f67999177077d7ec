import { isNodeReady } from '../kinds/node.ts'
import { type Exchange, hostOf } from './exchange.ts'
import { serveIngress, type Visit } from './ingress.ts'
import { controllerFor } from './ingress-controller.ts'
import type { Journey, Stop } from './journey.ts'
import { nodeOrigin } from './origin.ts'

/**
 * A visit that nobody took, in the eyes of somebody who believes that an Ingress works by itself: the nodes answer for
 * it. Undefined under Kubernetes' own law, and where no Ingress names the host.
 */
export function withoutController(journey: Journey, visit: Visit, { outcome }: Stop): Exchange | undefined {
  const { cluster, laws } = journey
  if (outcome !== 'timeout') return undefined
  const [ingress] = cluster.store.list('Ingress', { index: ['host', hostOf(visit.request.host)] })
  if (!ingress || !laws.ingressServed(controllerFor(cluster, ingress), [])) return undefined
  const node = cluster.store.list('Node').find(isNodeReady)
  if (!node) return undefined
  const origin = nodeOrigin(node)
  const secure = visit.request.scheme === 'https'
  return serveIngress(journey, { arrival: undefined, origin, running: [], clientIp: origin.ip, secure }, visit)
}
