import type { KindDefinition, KubeObject } from '../object.ts'

export interface IngressClass extends KubeObject {
  spec: {
    controller: string
    parameters?: { apiGroup?: string; kind: string; name: string; scope?: string; namespace?: string }
  }
}

export const ingressClass: KindDefinition<IngressClass> = {
  kind: 'IngressClass',
  group: 'networking.k8s.io',
  version: 'v1',
  plural: 'ingressclasses',
  singular: 'ingressclass',
  shortNames: [],
  namespaced: false,
  message: 'networking.v1.IngressClass',
  modelled: [],
  indexes: { controller: ({ spec }) => [spec.controller] },
  columns: [],
}
