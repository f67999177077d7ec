import type { KubeObject } from '../object.ts'
import type { PodTemplate } from './pod.ts'

export interface LabelSelectorRequirement {
  key: string
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'
  values?: string[]
}

export interface LabelSelector {
  matchLabels?: Record<string, string>
  matchExpressions?: LabelSelectorRequirement[]
}

export interface ReplicaSet extends KubeObject {
  spec: { replicas: number; selector: LabelSelector; template: PodTemplate; minReadySeconds?: number }
  status: {
    replicas: number
    readyReplicas?: number
    availableReplicas?: number
    fullyLabeledReplicas?: number
    observedGeneration?: number
  }
}

/** The index values of a label selector: its first equality pair, or `*` where there is none. */
export const selectorIndex = (
  namespace: string | undefined,
  selector: Record<string, string> | undefined,
): string[] => {
  const [first] = Object.entries(selector ?? {})
  return [`${namespace ?? ''} ${first ? `${first[0]}=${first[1]}` : '*'}`]
}
