import { defineMisconception } from './misconception.ts'

export const servicePortIsTargetPort = defineMisconception({
  rule: 'R8',
  shows: ['M01', 'M18'],
  evidence: 'https://github.com/kubernetes/website/issues/26681',
  belief: "A Service can be called on its Pods' port.",
  truth: 'Callers of a Service use its port; targetPort is what it knocks at.',
  law: 'portOnService',
  instead: () => (service, port, protocol) =>
    service.spec.ports?.find(
      (candidate) => candidate.protocol === protocol && (candidate.port === port || candidate.targetPort === port),
    ),
})
