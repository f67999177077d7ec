import type { KubeObject, Timestamp } from '../object.ts'
import type { PodTemplate } from './pod.ts'
import type { LabelSelector } from './replica-set.ts'

export interface DeploymentCondition {
  type: 'Available' | 'Progressing' | 'ReplicaFailure'
  status: 'True' | 'False' | 'Unknown'
  reason?: string
  message?: string
  lastUpdateTime?: Timestamp
  lastTransitionTime?: Timestamp
}

export interface Deployment extends KubeObject {
  spec: {
    replicas: number
    selector: LabelSelector
    template: PodTemplate
    strategy?: {
      type: 'Recreate' | 'RollingUpdate'
      rollingUpdate?: { maxUnavailable?: number | string; maxSurge?: number | string }
    }
    minReadySeconds?: number
    revisionHistoryLimit?: number
    progressDeadlineSeconds?: number
    paused?: boolean
  }
  status: {
    observedGeneration?: number
    replicas?: number
    updatedReplicas?: number
    readyReplicas?: number
    availableReplicas?: number
    unavailableReplicas?: number
    conditions?: DeploymentCondition[]
  }
}
