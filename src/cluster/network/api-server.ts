import type { Cluster } from '../cluster.ts'
import { SERVICE_NAME_LABEL } from '../kinds/endpoint-slice.ts'

/** True if the API server listens at this address: it is what Service default/kubernetes stands for (R-SVC-6). */
export const isApiServer = (cluster: Cluster, address: string, port: number): boolean =>
  cluster.store
    .list('EndpointSlice', { namespace: 'default', labels: { [SERVICE_NAME_LABEL]: 'kubernetes' } })
    .some(
      (slice) =>
        slice.ports?.some((known) => known.port === port) &&
        slice.endpoints.some(({ addresses }) => addresses.includes(address)),
    )
