/** The messages of rbac/v1. Notation: see ../fields.ts. */
export const rbac = {
  AggregationRule: 'clusterRoleSelectors:[]meta.LabelSelector',
  ClusterRole: '@object rules:[]PolicyRule aggregationRule:*AggregationRule',
  ClusterRoleBinding: '@object subjects:[]Subject roleRef:RoleRef',
  PolicyRule: 'verbs:[]string apiGroups:[]string resources:[]string resourceNames:[]string nonResourceURLs:[]string',
  Role: '@object rules:[]PolicyRule',
  RoleBinding: '@object subjects:[]Subject roleRef:RoleRef',
  RoleRef: 'apiGroup kind name',
  Subject: 'kind apiGroup name namespace',
} as const
