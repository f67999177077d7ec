import type { KindDefinition, KubeObject } from '../object.ts'

export interface ConfigMap extends KubeObject {
  data?: Record<string, string>
  binaryData?: Record<string, string>
  immutable?: boolean
}

export const configMap: KindDefinition<ConfigMap> = {
  kind: 'ConfigMap',
  group: '',
  version: 'v1',
  plural: 'configmaps',
  singular: 'configmap',
  shortNames: ['cm'],
  namespaced: true,
  message: 'core.v1.ConfigMap',
  modelled: [],
  columns: [],
}
