import { dnsLabelErrors } from '../names.ts'
import type { KindDefinition } from '../object.ts'
import { selectorIndex } from './replica-set.ts'
import type { Service } from './service.ts'
import { serviceColumns } from './service-columns.ts'
import { prepareService } from './service-defaults.ts'
import { describeService } from './service-describe.ts'
import { serviceExplain } from './service-explain.ts'
import { validateService } from './service-validation.ts'
import { serviceWarnings } from './service-warnings.ts'

export const service: KindDefinition<Service> = {
  kind: 'Service',
  group: '',
  version: 'v1',
  plural: 'services',
  singular: 'service',
  shortNames: ['svc'],
  namespaced: true,
  nameErrors: dnsLabelErrors,
  categories: ['all'],
  message: 'core.v1.Service',
  modelled: [
    'spec.type',
    'spec.selector',
    'spec.ports[].name',
    'spec.ports[].protocol',
    'spec.ports[].port',
    'spec.ports[].targetPort',
    'spec.ports[].nodePort',
    'spec.clusterIP',
    'spec.clusterIPs',
    'spec.externalName',
    'spec.externalIPs',
    'spec.sessionAffinity',
    'spec.sessionAffinityConfig',
    'spec.externalTrafficPolicy',
    'spec.internalTrafficPolicy',
    'spec.publishNotReadyAddresses',
    'spec.loadBalancerSourceRanges',
    'spec.allocateLoadBalancerNodePorts',
    'spec.ipFamilies',
    'spec.ipFamilyPolicy',
  ],
  prepare: prepareService,
  validate: validateService,
  warnings: serviceWarnings,
  fieldLabels: {
    'spec.clusterIP': ({ spec }) => spec.clusterIP ?? '',
    'spec.type': ({ spec }) => spec.type,
  },
  indexes: {
    selector: ({ metadata, spec }) =>
      spec.selector && Object.keys(spec.selector).length > 0 ? selectorIndex(metadata.namespace, spec.selector) : [],
    clusterIP: ({ spec }) => (spec.clusterIP && spec.clusterIP !== 'None' ? [spec.clusterIP] : []),
    nodePort: ({ spec }) => (spec.ports ?? []).flatMap(({ nodePort }) => (nodePort ? [String(nodePort)] : [])),
    healthCheckNodePort: ({ spec }) => (spec.healthCheckNodePort ? [String(spec.healthCheckNodePort)] : []),
    externalIP: ({ spec, status }) => [
      ...(status.loadBalancer?.ingress ?? []).flatMap(({ ip }) => (ip ? [ip] : [])),
      ...(spec.externalIPs ?? []),
    ],
    type: ({ spec }) => [spec.type],
  },
  columns: serviceColumns,
  describe: describeService,
  explain: serviceExplain,
}
