import { defineMisconception } from './misconception.ts'

export const roundRobin = defineMisconception({
  rule: 'R23',
  shows: ['M37'],
  evidence: 'https://github.com/kubernetes/kubernetes/issues/37932',
  belief: 'A Service takes its Pods in strict turns.',
  truth: 'Each connection picks a Pod by chance.',
  law: 'chooseEndpoint',
  instead: () => {
    let turn = 0
    return (endpoints) => endpoints[turn++ % endpoints.length]!
  },
})
