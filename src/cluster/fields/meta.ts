/** The messages of meta/v1. Notation: see ../fields.ts. */
export const meta = {
  Condition: 'type status:~ConditionStatus observedGeneration:int64 lastTransitionTime:Time reason message',
  LabelSelector: 'matchLabels:{}string matchExpressions:[]LabelSelectorRequirement',
  LabelSelectorRequirement: 'key operator:~LabelSelectorOperator values:[]string',
  ManagedFieldsEntry:
    'manager operation:~ManagedFieldsOperationType apiVersion time:*Time fieldsType fieldsV1:*FieldsV1 subresource',
  ObjectMeta:
    'name generateName namespace selfLink uid:~types.UID resourceVersion generation:int64 creationTimestamp:Time deletionTimestamp:*Time deletionGracePeriodSeconds:*int64 labels:{}string annotations:{}string ownerReferences:[]OwnerReference finalizers:[]string managedFields:[]ManagedFieldsEntry',
  OwnerReference: 'apiVersion kind name uid:~types.UID controller:*bool blockOwnerDeletion:*bool',
} as const
