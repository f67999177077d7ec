/** The messages of apps/v1. Notation: see ../fields.ts. */
export const apps = {
  DaemonSet: '@object spec:DaemonSetSpec status:DaemonSetStatus',
  DaemonSetCondition: 'type:~DaemonSetConditionType status:~ConditionStatus lastTransitionTime:Time reason message',
  DaemonSetSpec:
    'selector:*meta.LabelSelector template:core.PodTemplateSpec updateStrategy:DaemonSetUpdateStrategy minReadySeconds:int32 revisionHistoryLimit:*int32',
  DaemonSetStatus:
    'currentNumberScheduled:int32 numberMisscheduled:int32 desiredNumberScheduled:int32 numberReady:int32 observedGeneration:int64 updatedNumberScheduled:int32 numberAvailable:int32 numberUnavailable:int32 collisionCount:*int32 conditions:[]DaemonSetCondition',
  DaemonSetUpdateStrategy: 'type:~DaemonSetUpdateStrategyType rollingUpdate:*RollingUpdateDaemonSet',
  Deployment: '@object spec:DeploymentSpec status:DeploymentStatus',
  DeploymentCondition:
    'type:~DeploymentConditionType status:~ConditionStatus lastUpdateTime:Time lastTransitionTime:Time reason message',
  DeploymentSpec:
    'replicas:*int32 selector:*meta.LabelSelector template:core.PodTemplateSpec strategy:DeploymentStrategy minReadySeconds:int32 revisionHistoryLimit:*int32 paused:bool progressDeadlineSeconds:*int32',
  DeploymentStatus:
    'observedGeneration:int64 replicas:int32 updatedReplicas:int32 readyReplicas:int32 availableReplicas:int32 unavailableReplicas:int32 terminatingReplicas:*int32 conditions:[]DeploymentCondition collisionCount:*int32',
  DeploymentStrategy: 'type:~DeploymentStrategyType rollingUpdate:*RollingUpdateDeployment',
  ReplicaSet: '@object spec:ReplicaSetSpec status:ReplicaSetStatus',
  ReplicaSetCondition: 'type:~ReplicaSetConditionType status:~ConditionStatus lastTransitionTime:Time reason message',
  ReplicaSetSpec: 'replicas:*int32 minReadySeconds:int32 selector:*meta.LabelSelector template:core.PodTemplateSpec',
  ReplicaSetStatus:
    'replicas:int32 fullyLabeledReplicas:int32 readyReplicas:int32 availableReplicas:int32 terminatingReplicas:*int32 observedGeneration:int64 conditions:[]ReplicaSetCondition',
  RollingUpdateDaemonSet: 'maxUnavailable:*IntOrString maxSurge:*IntOrString',
  RollingUpdateDeployment: 'maxUnavailable:*IntOrString maxSurge:*IntOrString',
  RollingUpdateStatefulSetStrategy: 'partition:*int32 maxUnavailable:*IntOrString',
  StatefulSet: '@object spec:StatefulSetSpec status:StatefulSetStatus',
  StatefulSetCondition: 'type:~StatefulSetConditionType status:~ConditionStatus lastTransitionTime:Time reason message',
  StatefulSetOrdinals: 'start:int32',
  StatefulSetPersistentVolumeClaimRetentionPolicy:
    'whenDeleted:~PersistentVolumeClaimRetentionPolicyType whenScaled:~PersistentVolumeClaimRetentionPolicyType',
  StatefulSetSpec:
    'replicas:*int32 selector:*meta.LabelSelector template:core.PodTemplateSpec volumeClaimTemplates:[]core.PersistentVolumeClaim serviceName podManagementPolicy:~PodManagementPolicyType updateStrategy:StatefulSetUpdateStrategy revisionHistoryLimit:*int32 minReadySeconds:int32 persistentVolumeClaimRetentionPolicy:*StatefulSetPersistentVolumeClaimRetentionPolicy ordinals:*StatefulSetOrdinals',
  StatefulSetStatus:
    'observedGeneration:int64 replicas:int32 readyReplicas:int32 currentReplicas:int32 updatedReplicas:int32 currentRevision updateRevision collisionCount:*int32 conditions:[]StatefulSetCondition availableReplicas:int32',
  StatefulSetUpdateStrategy: 'type:~StatefulSetUpdateStrategyType rollingUpdate:*RollingUpdateStatefulSetStrategy',
} as const
