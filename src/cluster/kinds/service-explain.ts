/** Short texts for `kubectl explain service`. */
export const serviceExplain: Readonly<Record<string, string>> = {
  '': 'A stable name and address in front of a changing set of pods.',
  metadata: 'Name, namespace, labels and what else every object has.',
  spec: 'What the Service shall be: whom it stands for and under which ports.',
  'spec.selector':
    'Labels that a pod of the same namespace must all carry to get traffic of this Service. Without it nobody maintains endpoints.',
  'spec.type':
    'How far the Service reaches: ClusterIP (inside the cluster), NodePort (also a port on every node), LoadBalancer (also an address from outside), ExternalName (only another name in DNS).',
  'spec.ports': 'The ports under which the Service is reached. With more than one, each needs a name.',
  'spec.ports.name': 'Name of the port, unique within the Service; EndpointSlices and Ingress backends refer to it.',
  'spec.ports.protocol': 'TCP (default), UDP or SCTP.',
  'spec.ports.port': 'The number under which clients reach the Service.',
  'spec.ports.targetPort':
    'Number or name of the port in the pods; the same as port by default. A name is looked up in each pod.',
  'spec.ports.nodePort':
    'The port on every node for types NodePort and LoadBalancer, 30000-32767; chosen by the cluster if not given.',
  'spec.ports.appProtocol': 'A hint about what is spoken on the port.',
  'spec.clusterIP':
    'The virtual address, fixed for the life of the Service. None makes it headless: DNS answers with the pods themselves.',
  'spec.clusterIPs': 'The virtual addresses by family; the first is the same as clusterIP.',
  'spec.externalName': 'The DNS name for which a Service of type ExternalName is an alias.',
  'spec.externalIPs':
    'Further addresses whose traffic the nodes accept for this Service; nobody assigns or announces them. Deprecated.',
  'spec.sessionAffinity': 'None, or ClientIP: connections of one client address go to the same pod.',
  'spec.sessionAffinityConfig': 'How long ClientIP affinity lasts without traffic, in seconds; 10800 by default.',
  'spec.externalTrafficPolicy':
    'For traffic from outside: Cluster (any pod, the client address is replaced) or Local (only pods of the node that received it, the client address is kept).',
  'spec.internalTrafficPolicy':
    'For traffic from inside: Cluster (any pod) or Local (only pods of the same node as the client).',
  'spec.publishNotReadyAddresses': 'Endpoints count as ready even while their pods are not.',
  'spec.loadBalancerSourceRanges': 'Client addresses that the load balancer lets through; everybody by default.',
  'spec.allocateLoadBalancerNodePorts': 'false: a LoadBalancer gets no node ports.',
  'spec.healthCheckNodePort':
    'Port on which nodes tell a load balancer whether they have pods; only for LoadBalancer with externalTrafficPolicy Local.',
  'spec.ipFamilies': 'Address families, in order of preference; this cluster has IPv4 only.',
  'spec.ipFamilyPolicy': 'SingleStack, PreferDualStack or RequireDualStack.',
  status: 'What the cluster reports about the Service.',
  'status.loadBalancer': 'Addresses that a load balancer has been given for the Service.',
}
