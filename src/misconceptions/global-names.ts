import { kubernetes } from '../cluster/network/laws.ts'
import { defineMisconception } from './misconception.ts'

export const globalNames = defineMisconception({
  rule: 'R4',
  shows: ['M09'],
  evidence: 'https://github.com/kubernetes/kubernetes/issues/110217',
  belief: "A Service's short name is known in every namespace.",
  truth: "A short name is looked up in the caller's own namespace.",
  law: 'searchPath',
  instead: () => (namespace, namespaces) => [
    ...kubernetes.searchPath(namespace, namespaces),
    ...namespaces().map((other) => `${other}.svc.cluster.local`),
  ],
})
