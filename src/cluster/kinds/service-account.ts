import type { KindDefinition, KubeObject } from '../object.ts'

export interface ServiceAccount extends KubeObject {
  secrets?: { name: string }[]
}

export const serviceAccount: KindDefinition<ServiceAccount> = {
  kind: 'ServiceAccount',
  group: '',
  version: 'v1',
  plural: 'serviceaccounts',
  singular: 'serviceaccount',
  shortNames: ['sa'],
  namespaced: true,
  message: 'core.v1.ServiceAccount',
  modelled: [],
  columns: [],
}
