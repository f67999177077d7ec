import { kubernetes } from '../cluster/network/laws.ts'
import { defineMisconception } from './misconception.ts'

export const nodePortNeedsLocalPod = defineMisconception({
  rule: 'R10',
  shows: ['M30'],
  evidence: 'https://github.com/kubernetes/kubernetes/issues/66354',
  belief: 'A NodePort works on nodes that run such a Pod.',
  truth: 'By default a NodePort works on every node.',
  law: 'endpointsInReach',
  instead: () => (endpoints, way) =>
    kubernetes.endpointsInReach(endpoints, way.via === 'node-port' ? { ...way, policy: 'Local' } : way),
})
