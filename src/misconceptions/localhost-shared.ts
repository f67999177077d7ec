import { defineMisconception } from './misconception.ts'

export const localhostShared = defineMisconception({
  rule: 'R30',
  shows: ['M06'],
  evidence: 'https://github.com/kubernetes/minikube/issues/8503',
  belief: 'All Pods of a node share its localhost.',
  truth: 'localhost is the Pod itself.',
  law: 'localhostIs',
  instead: () => (cluster, pod) => {
    const neighbours = cluster.store
      .list('Pod', { index: ['node', pod.spec.nodeName ?? ''] })
      .filter(({ metadata }) => metadata.uid !== pod.metadata.uid && !metadata.namespace?.endsWith('-system'))
    return [pod, ...neighbours]
  },
})
