import { defineMisconception } from './misconception.ts'

export const restartNewIp = defineMisconception({
  rule: 'R7',
  shows: ['M31'],
  evidence: 'https://github.com/projectcalico/calico/issues/8287',
  belief: 'A container that restarts gives its Pod a new address.',
  truth: 'A Pod keeps its address while its containers restart.',
  law: 'podKeepsAddress',
  instead: () => (pod) => (pod.status.containerStatuses ?? []).every(({ restartCount }) => restartCount === 0),
})
