import type { KindDefinition, KubeObject } from '../object.ts'

export interface Secret extends KubeObject {
  type: string
  /** Values in base64. */
  data?: Record<string, string>
  immutable?: boolean
}

export const secret: KindDefinition<Secret> = {
  kind: 'Secret',
  group: '',
  version: 'v1',
  plural: 'secrets',
  singular: 'secret',
  shortNames: [],
  namespaced: true,
  message: 'core.v1.Secret',
  modelled: [],
  columns: [],
}
