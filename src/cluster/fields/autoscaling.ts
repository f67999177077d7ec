/** The messages of autoscaling/v2. Notation: see ../fields.ts. */
export const autoscaling = {
  ContainerResourceMetricSource: 'name:~v1.ResourceName target:MetricTarget container',
  ContainerResourceMetricStatus: 'name:~v1.ResourceName current:MetricValueStatus container',
  CrossVersionObjectReference: 'kind name apiVersion',
  ExternalMetricSource: 'metric:MetricIdentifier target:MetricTarget',
  ExternalMetricStatus: 'metric:MetricIdentifier current:MetricValueStatus',
  HPAScalingPolicy: 'type:~HPAScalingPolicyType value:int32 periodSeconds:int32',
  HPAScalingRules:
    'stabilizationWindowSeconds:*int32 selectPolicy:*~ScalingPolicySelect policies:[]HPAScalingPolicy tolerance:*Quantity',
  HorizontalPodAutoscaler: '@object spec:HorizontalPodAutoscalerSpec status:HorizontalPodAutoscalerStatus',
  HorizontalPodAutoscalerBehavior: 'scaleUp:*HPAScalingRules scaleDown:*HPAScalingRules',
  HorizontalPodAutoscalerCondition:
    'type:~HorizontalPodAutoscalerConditionType status:~v1.ConditionStatus lastTransitionTime:Time reason message',
  HorizontalPodAutoscalerSpec:
    'scaleTargetRef:CrossVersionObjectReference minReplicas:*int32 maxReplicas:int32 metrics:[]MetricSpec behavior:*HorizontalPodAutoscalerBehavior',
  HorizontalPodAutoscalerStatus:
    'observedGeneration:*int64 lastScaleTime:*Time currentReplicas:int32 desiredReplicas:int32 currentMetrics:[]MetricStatus conditions:[]HorizontalPodAutoscalerCondition',
  MetricIdentifier: 'name selector:*meta.LabelSelector',
  MetricSpec:
    'type:~MetricSourceType object:*ObjectMetricSource pods:*PodsMetricSource resource:*ResourceMetricSource containerResource:*ContainerResourceMetricSource external:*ExternalMetricSource',
  MetricStatus:
    'type:~MetricSourceType object:*ObjectMetricStatus pods:*PodsMetricStatus resource:*ResourceMetricStatus containerResource:*ContainerResourceMetricStatus external:*ExternalMetricStatus',
  MetricTarget: 'type:~MetricTargetType value:*Quantity averageValue:*Quantity averageUtilization:*int32',
  MetricValueStatus: 'value:*Quantity averageValue:*Quantity averageUtilization:*int32',
  ObjectMetricSource: 'describedObject:CrossVersionObjectReference target:MetricTarget metric:MetricIdentifier',
  ObjectMetricStatus: 'metric:MetricIdentifier current:MetricValueStatus describedObject:CrossVersionObjectReference',
  PodsMetricSource: 'metric:MetricIdentifier target:MetricTarget',
  PodsMetricStatus: 'metric:MetricIdentifier current:MetricValueStatus',
  ResourceMetricSource: 'name:~v1.ResourceName target:MetricTarget',
  ResourceMetricStatus: 'name:~v1.ResourceName current:MetricValueStatus',
} as const
