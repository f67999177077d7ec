import { defineMisconception } from './misconception.ts'

export const clusterIpPublic = defineMisconception({
  rule: 'R11',
  shows: ['M40'],
  evidence: 'https://github.com/pbacterio/cka_lab/issues/5',
  belief: 'A ClusterIP can be called from outside.',
  truth: 'A ClusterIP exists inside the cluster only.',
  law: 'clusterIPReachableFrom',
  instead: () => () => true,
})
