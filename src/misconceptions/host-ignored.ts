import { defineMisconception } from './misconception.ts'

export const hostIgnored = defineMisconception({
  rule: 'R14',
  shows: ['M17'],
  evidence: 'https://github.com/kubernetes/ingress-nginx/issues/3971',
  belief: 'For an Ingress the path counts and the host does not.',
  truth: 'The host decides first, the path second.',
  law: 'ruleHostsFor',
  instead: () => () => undefined,
})
