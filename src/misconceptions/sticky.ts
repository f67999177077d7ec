import { defineMisconception } from './misconception.ts'

export const sticky = defineMisconception({
  rule: 'R24',
  shows: ['M36'],
  evidence: 'https://github.com/kubernetes/kubernetes/issues/13865',
  belief: 'A caller stays with one Pod of a Service.',
  truth: 'Callers stay with a Pod only where sessionAffinity is set.',
  law: 'chooseEndpoint',
  instead: () => (endpoints) => endpoints[0]!,
})
