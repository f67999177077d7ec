import { defineMisconception } from './misconception.ts'

export const ignoreReady = defineMisconception({
  rule: 'R3',
  shows: ['M04'],
  evidence: 'https://github.com/kubernetes/kubernetes/issues/75889',
  belief: 'A Pod that runs gets calls.',
  truth: 'Only a Pod that is Ready gets calls.',
  law: 'endpointReceivesTraffic',
  instead: () => (endpoint) => !endpoint.terminating,
})
