import { defineMisconception } from './misconception.ts'

export const anyLabel = defineMisconception({
  rule: 'R1',
  shows: ['M25', 'M03'],
  evidence: 'https://github.com/kubernetes/kubernetes/issues/50451',
  belief: 'One fitting label is enough for a selector.',
  truth: 'Every pair of a selector has to fit.',
  law: 'selectorMatches',
  instead: () => (selector, labels) =>
    Object.entries(selector).some(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value),
})
