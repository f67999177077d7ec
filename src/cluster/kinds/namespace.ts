import type { KindDefinition, KubeObject } from '../object.ts'

export interface Namespace extends KubeObject {
  spec?: { finalizers?: string[] }
  status: { phase: 'Active' | 'Terminating' }
}

export const namespace: KindDefinition<Namespace> = {
  kind: 'Namespace',
  group: '',
  version: 'v1',
  plural: 'namespaces',
  singular: 'namespace',
  shortNames: ['ns'],
  namespaced: false,
  message: 'core.v1.Namespace',
  modelled: [],
  columns: [],
}
