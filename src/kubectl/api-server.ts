import type { Cluster } from '../cluster/cluster.ts'
import { SERVICE_NAME_LABEL } from '../cluster/kinds/endpoint-slice.ts'

/** The name of the one context, cluster and kubeconfig entry that a channel has. */
export const CONTEXT = 'room-service'

/** Where the API server answers: the endpoint behind Service default/kubernetes (R-SVC-6). */
export function apiServerUrl(cluster: Cluster): string {
  const [slice] = cluster.store.list('EndpointSlice', {
    namespace: 'default',
    labels: { [SERVICE_NAME_LABEL]: 'kubernetes' },
  })
  const address = slice?.endpoints[0]?.addresses[0] ?? 'kubernetes.default.svc'
  return `https://${address}:${slice?.ports?.[0]?.port ?? 443}`
}
