import { defineMisconception } from './misconception.ts'

export const firewallOpen = defineMisconception({
  rule: 'R29',
  shows: ['M22'],
  evidence: 'https://github.com/kubernetes/kubernetes/issues/50261',
  belief: 'A NodePort is open to the whole world.',
  truth: 'A cloud firewall keeps node ports shut until someone opens them.',
  law: 'firewallAdmits',
  instead: () => () => true,
})
