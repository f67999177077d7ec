import type { KindDefinition } from './object.ts'

/** A kind that Kubernetes has and the simulation leaves out, and what it would do on a real cluster. */
export interface OtherKind extends Pick<KindDefinition, 'plural' | 'singular' | 'shortNames' | 'group' | 'version'> {
  kind: string
  /** One or two sentences for learners. */
  instead: string
  /** Another version under which documents are accepted; `kubectl api-resources` does not list it. */
  alsoIn?: string
  /** Message name in the field table, where documents of this kind are checked before they are refused. */
  message?: string
}

const other = (
  kind: string,
  plural: string,
  shortNames: readonly string[],
  groupVersion: string,
  instead: string,
  message?: string,
): OtherKind => {
  const [version, group = ''] = groupVersion.split('/').reverse() as [string, string?]
  return {
    kind,
    plural,
    singular: kind.toLowerCase(),
    shortNames,
    group,
    version,
    instead,
    ...(message !== undefined && { message }),
  }
}

const RBAC = 'On a real cluster it says who may do what; here everybody in the channel may do everything.'
const GATEWAY =
  'It comes with the Gateway API, which is not built into Kubernetes: a real cluster knows it once its definitions and a controller are installed. An Ingress shows the same idea.'
const STORAGE = 'On a real cluster it gives pods disk space that outlives them; pods here keep no data.'

/** In the order of `kubectl api-resources`. A kind that is modelled is found first, whatever stands here. */
export const otherKinds: readonly OtherKind[] = [
  other(
    'ComponentStatus',
    'componentstatuses',
    ['cs'],
    'v1',
    'It is deprecated since Kubernetes 1.19 and shows the health of the control plane.',
  ),
  other(
    'LimitRange',
    'limitranges',
    ['limits'],
    'v1',
    'On a real cluster it sets default and largest CPU and memory of containers.',
    'core.LimitRange',
  ),
  other('PersistentVolumeClaim', 'persistentvolumeclaims', ['pvc'], 'v1', STORAGE, 'core.PersistentVolumeClaim'),
  other('PersistentVolume', 'persistentvolumes', ['pv'], 'v1', STORAGE),
  other(
    'PodTemplate',
    'podtemplates',
    [],
    'v1',
    'On a real cluster it is a pod template that stands alone; nothing uses it by itself.',
  ),
  other(
    'ReplicationController',
    'replicationcontrollers',
    ['rc'],
    'v1',
    'It is the ancestor of the ReplicaSet; use a Deployment.',
    'core.ReplicationController',
  ),
  other(
    'ResourceQuota',
    'resourcequotas',
    ['quota'],
    'v1',
    'On a real cluster it limits how much a namespace may hold.',
    'core.ResourceQuota',
  ),
  other(
    'MutatingWebhookConfiguration',
    'mutatingwebhookconfigurations',
    [],
    'admissionregistration.k8s.io/v1',
    'On a real cluster it lets a service of yours change objects before they are stored.',
  ),
  other(
    'ValidatingWebhookConfiguration',
    'validatingwebhookconfigurations',
    [],
    'admissionregistration.k8s.io/v1',
    'On a real cluster it lets a service of yours refuse objects.',
  ),
  other(
    'CustomResourceDefinition',
    'customresourcedefinitions',
    ['crd', 'crds'],
    'apiextensions.k8s.io/v1',
    'On a real cluster it adds a kind of your own to the API.',
  ),
  other('APIService', 'apiservices', [], 'apiregistration.k8s.io/v1', 'On a real cluster it adds a whole API server.'),
  other(
    'ControllerRevision',
    'controllerrevisions',
    [],
    'apps/v1',
    'On a real cluster it holds the history of a DaemonSet or StatefulSet.',
  ),
  other(
    'DaemonSet',
    'daemonsets',
    ['ds'],
    'apps/v1',
    'On a real cluster it runs one pod on every node.',
    'apps.DaemonSet',
  ),
  other(
    'StatefulSet',
    'statefulsets',
    ['sts'],
    'apps/v1',
    'On a real cluster it runs numbered pods whose names and DNS names stay.',
    'apps.StatefulSet',
  ),
  {
    ...other(
      'HorizontalPodAutoscaler',
      'horizontalpodautoscalers',
      ['hpa'],
      'autoscaling/v2',
      'On a real cluster it would change replicas by measured load; `kubectl scale` shows the effect on traffic.',
      'autoscaling.HorizontalPodAutoscaler',
    ),
    alsoIn: 'autoscaling/v1',
  },
  other(
    'CronJob',
    'cronjobs',
    ['cj'],
    'batch/v1',
    'On a real cluster it starts a Job again and again.',
    'batch.CronJob',
  ),
  other(
    'Job',
    'jobs',
    [],
    'batch/v1',
    'On a real cluster it runs pods until enough of them have finished; `kubectl run --restart=Never` runs one.',
    'batch.Job',
  ),
  other(
    'CertificateSigningRequest',
    'certificatesigningrequests',
    ['csr'],
    'certificates.k8s.io/v1',
    'On a real cluster it asks for a client certificate.',
  ),
  other(
    'Lease',
    'leases',
    [],
    'coordination.k8s.io/v1',
    'On a real cluster the nodes renew one each to say that they are alive.',
  ),
  other(
    'Event',
    'events',
    ['ev'],
    'events.k8s.io/v1',
    'It is a newer form of the events that the core group shows; the components of the cluster write them, people read them.',
  ),
  other(
    'FlowSchema',
    'flowschemas',
    [],
    'flowcontrol.apiserver.k8s.io/v1',
    'On a real cluster it sorts requests to the API server.',
  ),
  other(
    'IPAddress',
    'ipaddresses',
    ['ip'],
    'networking.k8s.io/v1',
    'On a real cluster one stands for each ClusterIP that is taken; `kubectl get services -A` shows the same addresses.',
  ),
  other(
    'NetworkPolicy',
    'networkpolicies',
    ['netpol'],
    'networking.k8s.io/v1',
    'On a real cluster it says which pods may talk to which.',
    'networking.NetworkPolicy',
  ),
  other(
    'ServiceCIDR',
    'servicecidrs',
    [],
    'networking.k8s.io/v1',
    'On a real cluster it is the range of ClusterIPs; here that is 10.96.0.0/16.',
  ),
  other(
    'RuntimeClass',
    'runtimeclasses',
    [],
    'node.k8s.io/v1',
    'On a real cluster it chooses another container runtime.',
  ),
  other(
    'PodDisruptionBudget',
    'poddisruptionbudgets',
    ['pdb'],
    'policy/v1',
    'On a real cluster it limits how many pods a drain may evict at once.',
    'policy.PodDisruptionBudget',
  ),
  other(
    'ClusterRoleBinding',
    'clusterrolebindings',
    [],
    'rbac.authorization.k8s.io/v1',
    RBAC,
    'rbac.ClusterRoleBinding',
  ),
  other('ClusterRole', 'clusterroles', [], 'rbac.authorization.k8s.io/v1', RBAC, 'rbac.ClusterRole'),
  other('RoleBinding', 'rolebindings', [], 'rbac.authorization.k8s.io/v1', RBAC, 'rbac.RoleBinding'),
  other('Role', 'roles', [], 'rbac.authorization.k8s.io/v1', RBAC, 'rbac.Role'),
  other(
    'PriorityClass',
    'priorityclasses',
    ['pc'],
    'scheduling.k8s.io/v1',
    'On a real cluster it says which pods may push out others.',
  ),
  other('CSIDriver', 'csidrivers', [], 'storage.k8s.io/v1', STORAGE),
  other('CSINode', 'csinodes', [], 'storage.k8s.io/v1', STORAGE),
  other('StorageClass', 'storageclasses', ['sc'], 'storage.k8s.io/v1', STORAGE),
  other('VolumeAttachment', 'volumeattachments', [], 'storage.k8s.io/v1', STORAGE),
  other('GatewayClass', 'gatewayclasses', ['gc'], 'gateway.networking.k8s.io/v1', GATEWAY),
  other('Gateway', 'gateways', ['gtw'], 'gateway.networking.k8s.io/v1', GATEWAY),
  other('HTTPRoute', 'httproutes', [], 'gateway.networking.k8s.io/v1', GATEWAY),
  other('GRPCRoute', 'grpcroutes', [], 'gateway.networking.k8s.io/v1', GATEWAY),
  other('ReferenceGrant', 'referencegrants', ['refgrant'], 'gateway.networking.k8s.io/v1beta1', GATEWAY),
]
