import { endpointsFromPods } from '../cluster/network/endpoints.ts'
import { defineMisconception } from './misconception.ts'

export const nameMatch = defineMisconception({
  rule: 'R2',
  shows: ['M03'],
  evidence: 'https://github.com/kubernetes/kubernetes/issues/47711',
  belief: 'A Service finds the Pods that bear its name.',
  truth: 'A Service looks at labels; names play no part.',
  law: 'serviceEndpoints',
  instead: () =>
    endpointsFromPods(
      ({ metadata }, pod) => pod.metadata.name === metadata.name || pod.metadata.name.startsWith(`${metadata.name}-`),
    ),
})
