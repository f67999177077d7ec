import { isReady } from '../cluster/kinds/pod.ts'
import { defineMisconception } from './misconception.ts'

export const podIpKept = defineMisconception({
  rule: 'R6',
  shows: ['M32'],
  evidence: 'https://github.com/kubernetes/kubernetes/issues/22976',
  belief: 'The old address of a Pod leads to its replacement.',
  truth: 'An address that was given up leads nowhere.',
  law: 'retiredAddressAnswers',
  instead: () => (cluster, retired) =>
    cluster.store
      .list('Pod', { namespace: retired.namespace })
      .find((pod) => isReady(pod) && pod.metadata.name.startsWith(`${retired.workload}-`)),
})
