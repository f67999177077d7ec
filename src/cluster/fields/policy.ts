/** The messages of policy/v1. Notation: see ../fields.ts. */
export const policy = {
  PodDisruptionBudget: '@object spec:PodDisruptionBudgetSpec status:PodDisruptionBudgetStatus',
  PodDisruptionBudgetSpec:
    'minAvailable:*IntOrString selector:*meta.LabelSelector maxUnavailable:*IntOrString unhealthyPodEvictionPolicy:*~UnhealthyPodEvictionPolicyType',
  PodDisruptionBudgetStatus:
    'observedGeneration:int64 disruptedPods:{}Time disruptionsAllowed:int32 currentHealthy:int32 desiredHealthy:int32 expectedPods:int32 conditions:[]meta.Condition',
} as const
