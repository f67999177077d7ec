import { defineMisconception } from './misconception.ts'

export const pathStripped = defineMisconception({
  rule: 'R13',
  shows: ['M15'],
  evidence: 'https://github.com/kubernetes/ingress-nginx/issues/7945',
  belief: 'An Ingress cuts the part that fits off the path.',
  truth: 'The app gets the path as the visitor asked for it.',
  law: 'forwardedPath',
  instead: () => (rulePath, path) => {
    if (rulePath === '/' || !path.startsWith(rulePath)) return path
    const rest = path.slice(rulePath.length)
    return rest.startsWith('/') ? rest : `/${rest}`
  },
})
