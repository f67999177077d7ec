import { defineMisconception } from './misconception.ts'

export const ingressAlone = defineMisconception({
  rule: 'R15',
  shows: ['M13'],
  evidence: 'https://github.com/kubernetes/minikube/issues/12455',
  belief: 'An Ingress works by itself.',
  truth: 'An Ingress needs a controller that reads it.',
  law: 'ingressServed',
  instead: () => () => true,
})
