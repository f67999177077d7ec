import { defineMisconception } from './misconception.ts'

export const notFoundForUnavailable = defineMisconception({
  rule: 'R16',
  shows: ['M16'],
  evidence: 'https://github.com/kubernetes/ingress-nginx/issues/2184',
  belief: 'A backend without Pods gives 404.',
  truth: '404 means no rule; a rule without a Ready Pod gives 503.',
  law: 'brokenBackendStatus',
  instead: () => () => 404,
})
