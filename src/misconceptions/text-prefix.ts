import { kubernetes } from '../cluster/network/laws.ts'
import { defineMisconception } from './misconception.ts'

export const textPrefix = defineMisconception({
  rule: 'R12',
  shows: ['M14'],
  evidence: 'https://github.com/gabibbo97/charts/pull/42',
  belief: 'Prefix compares letter by letter.',
  truth: 'Prefix compares whole parts between slashes.',
  law: 'pathMatches',
  instead: () => (rulePath, pathType, path) =>
    pathType === 'Prefix' ? path.startsWith(rulePath) : kubernetes.pathMatches(rulePath, pathType, path),
})
