import type { Cluster, RetiredAddress } from '../cluster.ts'
import type { Pod } from '../kinds/pod.ts'
import type { Blame } from './attempt.ts'
import { blame, blameOutside, workloadOf } from './blame.ts'
import { templatePath } from './blame-endpoints.ts'
import { duration } from './brief.ts'
import type { Origin } from './origin.ts'

/** Whoever wrote down an address that no longer belongs to a pod, else the pod that had it (R-POD-3). */
export function blameForRetired(cluster: Cluster, origin: Origin, retired: RetiredAddress): Blame {
  const since = duration(cluster.now - retired.at)
  const noted = origin.pod && noteOf(cluster, origin.pod, retired.ip)
  return (
    noted ?? {
      kind: 'Pod',
      name: retired.pod,
      namespace: retired.namespace,
      field: 'status.podIP',
      why: `it is gone since ${since}; its replacement has another address`,
    }
  )
}

/** An environment variable of the caller that holds the address. */
function noteOf(cluster: Cluster, pod: Pod, address: string): Blame | undefined {
  for (const [index, container] of pod.spec.containers.entries()) {
    const variable = container.env?.find(({ value }) => holdsAddress(value, address))
    if (!variable) continue
    return blame(
      workloadOf(cluster, pod),
      templatePath(cluster, pod, `spec.containers[${index}].env[${variable.name}]`),
      `it names ${address}, a pod's address; pods are replaced and get new ones`,
    )
  }
  return undefined
}

const holdsAddress = (value: string | undefined, address: string): boolean =>
  value?.split(/[^0-9.]+/).includes(address) ?? false

/** Why an address that the cluster knows nothing of does not answer. */
export function blameForNobody(cluster: Cluster, address: string, host: string | undefined): Blame | null {
  if (host === undefined) return null
  const claim = ingressFor(cluster, host)
  if (claim) return claim
  return Object.hasOwn(cluster.settings.publicDns, host)
    ? blameOutside('DNS', host, 'A', `it names ${address}, and nothing answers there`)
    : null
}

/** An Ingress for the host that no controller serves: its ADDRESS is empty (R-ING-01). */
function ingressFor(cluster: Cluster, host: string): Blame | undefined {
  const [ingress] = cluster.store.list('Ingress', { index: ['host', host] })
  if (!ingress || ingress.status.loadBalancer?.ingress?.length) return undefined
  const { ingressClassName } = ingress.spec
  if (ingressClassName === undefined)
    return blame(ingress, 'spec.ingressClassName', 'it names no class, so no controller serves it')
  return blame(
    ingress,
    'status.loadBalancer',
    `no running controller serves class ${ingressClassName}: its ADDRESS is empty`,
  )
}
