import type { Cluster } from '../cluster/cluster.ts'
import { certificateIn } from '../cluster/network/certificate.ts'

/**
 * The names for which visitors accept a certificate at this moment: none where it is a controller's own, expired or from
 * an issuer that they do not trust. `served` is `namespace/secret` or `default`, as a connection tells it.
 */
export function namesServed(cluster: Cluster, served: string): string[] {
  const [namespace, name] = served.split('/')
  const secret = name === undefined ? undefined : cluster.get('Secret', namespace, name)
  const certificate = secret && certificateIn(secret)
  if (!certificate?.trusted) return []
  const valid = certificate.notBefore <= cluster.now && cluster.now <= certificate.notAfter
  return valid ? [...certificate.names] : []
}
