import { defineMisconception } from './misconception.ts'

export const containerPortOpens = defineMisconception({
  rule: 'R9',
  shows: ['M02'],
  evidence: 'https://github.com/kumahq/kuma/pull/605',
  belief: 'containerPort opens the port.',
  truth: 'A port is open if a program listens there, whatever containerPort says.',
  law: 'listens',
  instead: () => (pod, _listeners, port, protocol) => {
    const declared = pod.spec.containers
      .flatMap(({ ports }) => ports ?? [])
      .some((candidate) => candidate.containerPort === port && (candidate.protocol ?? 'TCP') === protocol)
    return declared ? { port, protocol, address: 'any' } : undefined
  },
})
