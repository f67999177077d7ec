import { defineMisconception } from './misconception.ts'

export const headlessTranslates = defineMisconception({
  rule: 'R25',
  shows: ['M29'],
  evidence: 'https://github.com/kubernetes/kubernetes/issues/131270',
  belief: 'A headless Service turns its port into the targetPort.',
  truth: 'A headless Service is names only; callers dial the port of the Pod.',
  law: 'headlessPort',
  instead: () => (service, port, protocol) => {
    const known = service.spec.ports?.find((candidate) => candidate.port === port && candidate.protocol === protocol)
    return typeof known?.targetPort === 'number' ? known.targetPort : port
  },
})
