const container: Readonly<Record<string, string>> = {
  '': 'Programs that run in the pod, each from an image. They share the address of the pod.',
  '.name': 'Name of the container, unique in the pod.',
  '.image': 'The image, such as nginx:1.27. Changing it restarts the container in place.',
  '.imagePullPolicy': 'Always, IfNotPresent or Never. Always is the default for images with the tag latest or none.',
  '.command': 'Replaces the entry point of the image.',
  '.args': 'Replaces the arguments of the image.',
  '.ports': 'Ports that the container is known for. Declaring a port does not open it; its name can be a targetPort.',
  '.ports.name': 'Name of the port, at most 15 characters; Services may use it as targetPort.',
  '.ports.containerPort': 'Number of the port.',
  '.ports.protocol': 'TCP (default), UDP or SCTP.',
  '.ports.hostPort': 'A port of the node that leads to this port. Only one pod of a node can have it.',
  '.env': 'Environment variables.',
  '.envFrom': 'ConfigMaps and Secrets whose keys become environment variables.',
  '.readinessProbe': 'A test whether the container can take traffic. While it fails, the pod is not a ready endpoint.',
  '.livenessProbe': 'A test whether the container is alive. When it fails, the container is restarted.',
  '.startupProbe': 'A test whether the container has started. Until it passes, the other probes wait.',
  '.restartPolicy': 'Always makes an init container a sidecar.',
  '.volumeMounts': 'Volumes of the pod and where the container sees them.',
  '.resources': 'CPU and memory: requests are what the scheduler sets aside, limits are what may be used at most.',
}

const containers = (list: string): [string, string][] =>
  Object.entries(container).map(([field, text]) => [`${list}${field}`, text])

/** Short texts for the fields of a pod spec, by path below it. */
const spec: Readonly<Record<string, string>> = {
  ...Object.fromEntries(containers('containers')),
  ...Object.fromEntries(containers('initContainers')),
  initContainers: 'Containers that run one after the other before the others start.',
  restartPolicy: 'Always (default), OnFailure or Never: what happens when a container ends.',
  nodeName: 'The node where the pod runs; the scheduler sets it. It never changes.',
  nodeSelector: 'Labels that the node must have.',
  tolerations: 'Taints of nodes that the pod puts up with.',
  hostNetwork: 'true: the pod uses the network of its node and has the address of the node.',
  hostname: 'Host name inside the pod; the name of the pod by default.',
  subdomain: 'With hostname and a headless Service of this name, the pod gets a DNS name of its own.',
  dnsPolicy: 'ClusterFirst (default), ClusterFirstWithHostNet, Default or None.',
  dnsConfig: 'Name servers, search domains and options for resolv.conf.',
  terminationGracePeriodSeconds: 'How long the pod may take to stop; 30 by default.',
  serviceAccountName: 'The identity of the pod; default by default.',
  volumes: 'Directories that containers may mount.',
  readinessGates: 'Conditions that must be True as well for the pod to be ready.',
}

export const podSpecExplain = (prefix: string): Record<string, string> =>
  Object.fromEntries(Object.entries(spec).map(([field, text]) => [`${prefix}.${field}`, text]))

/** Short texts for `kubectl explain pod`. */
export const podExplain: Readonly<Record<string, string>> = {
  '': 'The smallest thing that runs: one or more containers with one address, on one node, for one life.',
  metadata:
    'Name, namespace, labels and what else every object has. Labels decide which Services and ReplicaSets count the pod.',
  spec: 'What shall run. Only images and a few other fields can be changed later.',
  ...podSpecExplain('spec'),
  status: 'What the cluster reports about the pod.',
  'status.phase': 'Pending, Running, Succeeded, Failed or Unknown.',
  'status.podIP': 'The address of the pod. A replaced pod gets a new one.',
  'status.conditions': 'PodScheduled, Initialized, ContainersReady, Ready and others.',
  'status.containerStatuses': 'State, readiness and restarts of each container.',
}
