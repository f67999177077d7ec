/** The messages of batch/v1. Notation: see ../fields.ts. */
export const batch = {
  CronJob: '@object spec:CronJobSpec status:CronJobStatus',
  CronJobSpec:
    'schedule timeZone:*string startingDeadlineSeconds:*int64 concurrencyPolicy:~ConcurrencyPolicy suspend:*bool jobTemplate:JobTemplateSpec successfulJobsHistoryLimit:*int32 failedJobsHistoryLimit:*int32',
  CronJobStatus: 'active:[]core.ObjectReference lastScheduleTime:*Time lastSuccessfulTime:*Time',
  Job: '@object spec:JobSpec status:JobStatus',
  JobCondition:
    'type:~JobConditionType status:~ConditionStatus lastProbeTime:Time lastTransitionTime:Time reason message',
  JobSpec:
    'parallelism:*int32 completions:*int32 activeDeadlineSeconds:*int64 podFailurePolicy:*PodFailurePolicy successPolicy:*SuccessPolicy backoffLimit:*int32 backoffLimitPerIndex:*int32 maxFailedIndexes:*int32 selector:*meta.LabelSelector manualSelector:*bool template:core.PodTemplateSpec ttlSecondsAfterFinished:*int32 completionMode:*~CompletionMode suspend:*bool podReplacementPolicy:*~PodReplacementPolicy managedBy:*string',
  JobStatus:
    'conditions:[]JobCondition startTime:*Time completionTime:*Time active:int32 succeeded:int32 failed:int32 terminating:*int32 completedIndexes failedIndexes:*string uncountedTerminatedPods:*UncountedTerminatedPods ready:*int32',
  JobTemplateSpec: 'metadata:meta.ObjectMeta spec:JobSpec',
  PodFailurePolicy: 'rules:[]PodFailurePolicyRule',
  PodFailurePolicyOnExitCodesRequirement:
    'containerName:*string operator:~PodFailurePolicyOnExitCodesOperator values:[]int32',
  PodFailurePolicyOnPodConditionsPattern: 'type:~PodConditionType status:~ConditionStatus',
  PodFailurePolicyRule:
    'action:~PodFailurePolicyAction onExitCodes:*PodFailurePolicyOnExitCodesRequirement onPodConditions:[]PodFailurePolicyOnPodConditionsPattern',
  SuccessPolicy: 'rules:[]SuccessPolicyRule',
  SuccessPolicyRule: 'succeededIndexes:*string succeededCount:*int32',
  UncountedTerminatedPods: 'succeeded:[]~types.UID failed:[]~types.UID',
} as const
