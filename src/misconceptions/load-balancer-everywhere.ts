import type { Service } from '../cluster/kinds/service.ts'
import { kubernetes } from '../cluster/network/laws.ts'
import { hash } from '../cluster/random.ts'
import { defineMisconception } from './misconception.ts'

/** The address that a believer expects a Service to get where nobody gives one. */
export const expectedAddress = ({ metadata }: Service): string => `203.0.113.${20 + (hash(metadata.uid) % 200)}`

export const loadBalancerEverywhere = defineMisconception({
  rule: 'R26',
  shows: ['M23'],
  evidence: 'https://github.com/kubernetes/minikube/issues/4113',
  belief: 'Every cluster gives LoadBalancer Services an address.',
  truth: 'Only where a provider or a controller such as MetalLB gives addresses.',
  law: 'servicesAt',
  instead: () => (cluster, address) => {
    const real = kubernetes.servicesAt(cluster, address)
    if (real.length > 0) return real
    return cluster.store
      .list('Service', { index: ['type', 'LoadBalancer'] })
      .filter((service) => expectedAddress(service) === address)
  },
})
