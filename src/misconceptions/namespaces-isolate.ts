import { defineMisconception } from './misconception.ts'

/** Nobody believes that the cluster's own helpers, such as DNS, are locked out. */
const isHelper = (namespace: string): boolean => namespace.endsWith('-system')

export const namespacesIsolate = defineMisconception({
  rule: 'R5',
  shows: ['M38'],
  evidence: 'https://brianjlogan.com/network-policies-namespace-isolation',
  belief: 'A namespace keeps out the traffic of others.',
  truth: 'Namespaces sort objects; they lock nothing.',
  law: 'namespaceAdmits',
  instead: () => (from, to) => from === undefined || from === to || isHelper(from) || isHelper(to),
})
