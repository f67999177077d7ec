import type { Listener } from '../apps/behaviour.ts'
import type { Cluster, RetiredAddress } from '../cluster.ts'
import type { Pod, Protocol } from '../kinds/pod.ts'
import type { Service, ServicePort, TrafficPolicy } from '../kinds/service.ts'
import type { Random } from '../random.ts'
import { matchesLabels } from '../selector.ts'
import { isPrivate } from './address.ts'
import { searchNames } from './dns-name.ts'
import { endpointsFromPods, endpointsFromSlices, type TrafficEndpoint } from './endpoints.ts'
import { admitsPort } from './firewall.ts'
import type { Zone } from './origin.ts'
import { type PathType, pathMatches } from './path.ts'

/** What is wrong behind a route of a proxy. */
export type BrokenBackend = 'no-service' | 'no-port' | 'no-endpoints' | 'refused' | 'not-http' | 'too-slow'

/**
 * Every decision that the network makes, each a pure function. A misconception is these laws with one of them
 * replaced; `believing` builds it.
 */
export interface Laws {
  /**
   * A Service selects the pods that carry every pair of its selector, exactly (R-SVC-18, R-SLO-4).
   * https://kubernetes.io/docs/concepts/services-networking/service/#services-in-kubernetes
   */
  selectorMatches(selector: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>): boolean
  /**
   * What stands behind one port of a Service: what its EndpointSlices say (R-EPS-1…9).
   * https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/
   */
  serviceEndpoints(cluster: Cluster, service: Service, port: ServicePort): readonly TrafficEndpoint[]
  /**
   * Only endpoints that are ready get new connections (R-EPS-3, R-KPX-4).
   * https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#ready
   */
  endpointReceivesTraffic(endpoint: TrafficEndpoint): boolean
  /**
   * Policy `Local` keeps to the endpoints of one node, `Cluster` takes all (R-KPX-6, R-KPX-8, R-LB-05).
   * https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-policies
   */
  endpointsInReach(
    endpoints: readonly TrafficEndpoint[],
    way: { via: 'cluster-ip' | 'node-port' | 'external'; node: string | undefined; policy: TrafficPolicy },
  ): readonly TrafficEndpoint[]
  /**
   * One endpoint for each connection: rule i of n takes it with probability 1/(n-i) (R-KPX-3).
   * https://kubernetes.io/docs/reference/networking/virtual-ips/#proxy-mode-iptables
   */
  chooseEndpoint(endpoints: readonly TrafficEndpoint[], dice: Random): TrafficEndpoint
  /**
   * A ClusterIP reacts to exactly the ports that its Service defines (R-KPX-1).
   * https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
   */
  portOnService(service: Service, port: number, protocol: Protocol): ServicePort | undefined
  /**
   * Nobody translates ports of a headless Service: the caller's number is the pod's number (R-SVC-10, R-KPX-10).
   * https://kubernetes.io/docs/concepts/services-networking/service/#headless-services
   */
  headlessPort(service: Service, port: number, protocol: Protocol): number
  /**
   * The Services that claim an address from outside: status.loadBalancer and spec.externalIPs (R-SVC-13, R-LB-01).
   * https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer
   */
  servicesAt(cluster: Cluster, address: string): readonly Service[]
  /**
   * A ClusterIP is a rule on the nodes: only pods and nodes can use it (R-KPX-2, R-LB-06).
   * https://kubernetes.io/docs/concepts/services-networking/service/#type-clusterip
   */
  clusterIPReachableFrom(zone: Zone): boolean
  /**
   * Pods reach pods on every node; other machines only where somebody routes the pod network to them (R-KPX-11).
   * https://kubernetes.io/docs/concepts/services-networking/#the-kubernetes-network-model
   */
  podIPReachableFrom(zone: Zone): boolean
  /** Private addresses are not routed on the Internet (R-LB-08). https://www.rfc-editor.org/rfc/rfc1918 */
  addressIsPublic(address: string): boolean
  /** The cloud firewall in front of the nodes lets in what is on its list and drops the rest. */
  firewallAdmits(allowed: readonly string[], port: number, protocol: string): boolean
  /** A node without power answers nobody, and neither do its pods (R-NOD-5). */
  nodeAnswers(down: Readonly<Record<string, number>>, node: string): boolean
  /**
   * Namespaces are not walls: traffic passes whatever they are (R-NSP-3).
   * https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
   */
  namespaceAdmits(from: string | undefined, to: string): boolean
  /**
   * A pod keeps its address for life, also when its containers restart (R-POD-3).
   * https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-lifetime
   */
  podKeepsAddress(pod: Pod): boolean
  /**
   * Who answers at an address that a pod gave up: nobody; it is not forwarded to the replacement (R-POD-3).
   * https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-lifetime
   */
  retiredAddressAnswers(cluster: Cluster, retired: RetiredAddress): Pod | undefined
  /**
   * A port answers if a process listens on it; containerPort neither opens nor closes it (R-POD-8).
   * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports
   */
  listens(pod: Pod, listeners: readonly Listener[], port: number, protocol: Protocol): Listener | undefined
  /**
   * localhost is the pod itself, with all its containers (R-POD-4).
   * https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking
   */
  localhostIs(cluster: Cluster, pod: Pod): readonly Pod[]
  /**
   * The endings that a pod's resolver tries, those of its own namespace first (R-DNS-8).
   * https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#namespaces-of-services
   */
  searchPath(namespace: string, namespaces: () => readonly string[]): readonly string[]
  /**
   * The full names that a name may stand for, in the order in which they are tried (R-DNS-8).
   * https://man7.org/linux/man-pages/man5/resolv.conf.5.html
   */
  namesInScope(name: string, searches: readonly string[], ndots: number): readonly string[]
  /**
   * Hosts of rules that fit the host of a request, most specific first; a wildcard stands for one label (R-ING-10…12).
   * Undefined: the host does not matter, every rule fits.
   * https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards
   */
  ruleHostsFor(host: string): readonly string[] | undefined
  /**
   * Prefix compares element by element, Exact compares all (R-ING-20…25).
   * https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types
   */
  pathMatches(rulePath: string, pathType: PathType, path: string): boolean
  /** A proxy hands the path on as it came (R-ING-20); cutting or rewriting is an extra that somebody must ask for. */
  forwardedPath(rulePath: string, path: string): string
  /**
   * An Ingress is served only by a running controller that claims its class (R-ING-01, R-ING-08).
   * https://kubernetes.io/docs/concepts/services-networking/ingress/#prerequisites
   */
  ingressServed(controller: string | undefined, running: readonly string[]): boolean
  /** No endpoints is 503, a pod that refuses 502, one that is too slow 504; 404 is for no route (R-ING-40, 1.5). */
  brokenBackendStatus(problem: BrokenBackend): number
  /**
   * A certificate is good for the names it lists; a wildcard in it stands for one label (R-ING-50).
   * https://www.rfc-editor.org/rfc/rfc9525#section-6.3
   */
  certificateCovers(names: readonly string[], host: string): boolean
}

export type LawName = keyof Laws

/** How Kubernetes 1.36 decides. */
export const kubernetes: Laws = {
  selectorMatches: matchesLabels,
  serviceEndpoints: endpointsFromSlices,
  endpointReceivesTraffic: ({ ready }) => ready,
  endpointsInReach: (endpoints, { node, policy }) =>
    policy === 'Local' ? endpoints.filter((endpoint) => endpoint.node === node) : endpoints,
  chooseEndpoint(endpoints, dice) {
    const last = endpoints.length - 1
    for (let rule = 0; rule < last; rule++) if (dice.next() < 1 / (endpoints.length - rule)) return endpoints[rule]!
    return endpoints[last]!
  },
  portOnService: ({ spec }, port, protocol) =>
    spec.ports?.find((candidate) => candidate.port === port && candidate.protocol === protocol),
  headlessPort: (_service, port) => port,
  servicesAt: (cluster, address) => cluster.store.list('Service', { index: ['externalIP', address] }),
  clusterIPReachableFrom: (zone) => zone === 'pod' || zone === 'node',
  podIPReachableFrom: (zone) => zone === 'pod' || zone === 'node' || zone === 'routed',
  addressIsPublic: (address) => !isPrivate(address),
  firewallAdmits: admitsPort,
  nodeAnswers: (down, node) => !Object.hasOwn(down, node),
  namespaceAdmits: () => true,
  podKeepsAddress: () => true,
  retiredAddressAnswers: () => undefined,
  listens: (_pod, listeners, port, protocol) =>
    listeners.find((listener) => listener.port === port && listener.protocol === protocol),
  localhostIs: (_cluster, pod) => [pod],
  searchPath: (namespace) => [`${namespace}.svc.cluster.local`, 'svc.cluster.local', 'cluster.local'],
  namesInScope: searchNames,
  ruleHostsFor(host) {
    const parent = host.slice(host.indexOf('.') + 1)
    return host.includes('.') ? [host, `*.${parent}`, '*'] : [host, '*']
  },
  pathMatches,
  forwardedPath: (_rulePath, path) => path,
  ingressServed: (controller, running) => controller !== undefined && running.includes(controller),
  brokenBackendStatus: (problem) =>
    problem === 'refused' || problem === 'not-http' ? 502 : problem === 'too-slow' ? 504 : 503,
  certificateCovers: (names, host) =>
    names.some((name) => name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1))),
}

/**
 * The laws of somebody who believes otherwise. A belief about selectors is a belief about who stands behind a Service,
 * so the endpoints are then worked out from the pods instead of being read from the slices.
 */
export function believing(belief: Partial<Laws>): Laws {
  const { selectorMatches, serviceEndpoints } = belief
  const recomputed =
    selectorMatches &&
    !serviceEndpoints &&
    endpointsFromPods(
      ({ spec }, pod) =>
        Object.keys(spec.selector ?? {}).length > 0 && selectorMatches(spec.selector ?? {}, pod.metadata.labels ?? {}),
    )
  return { ...kubernetes, ...belief, ...(recomputed && { serviceEndpoints: recomputed }) }
}
