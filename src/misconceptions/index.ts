import { anyLabel } from './any-label.ts'
import { clusterIpPublic } from './cluster-ip-public.ts'
import { containerPortOpens } from './container-port-opens.ts'
import { firewallOpen } from './firewall-open.ts'
import { globalNames } from './global-names.ts'
import { headlessTranslates } from './headless-translates.ts'
import { hostIgnored } from './host-ignored.ts'
import { ignoreReady } from './ignore-ready.ts'
import { ingressAlone } from './ingress-alone.ts'
import { loadBalancerEverywhere } from './load-balancer-everywhere.ts'
import { localhostShared } from './localhost-shared.ts'
import type { Misconception } from './misconception.ts'
import { nameMatch } from './name-match.ts'
import { namespacesIsolate } from './namespaces-isolate.ts'
import { nodePortNeedsLocalPod } from './node-port-needs-local-pod.ts'
import { notFoundForUnavailable } from './not-found-for-unavailable.ts'
import { pathStripped } from './path-stripped.ts'
import { podIpKept } from './pod-ip-kept.ts'
import { restartNewIp } from './restart-new-ip.ts'
import { roundRobin } from './round-robin.ts'
import { servicePortIsTargetPort } from './service-port-is-target-port.ts'
import { sticky } from './sticky.ts'
import { textPrefix } from './text-prefix.ts'

/**
 * The wrong rules that can be held about the modelled part of the network, in the order of the catalogue. R17 to R22
 * are about policies, R27 and R28 about the Gateway API, which are not modelled.
 */
export const misconceptions: readonly Misconception[] = [
  anyLabel,
  nameMatch,
  ignoreReady,
  globalNames,
  namespacesIsolate,
  podIpKept,
  restartNewIp,
  servicePortIsTargetPort,
  containerPortOpens,
  nodePortNeedsLocalPod,
  clusterIpPublic,
  textPrefix,
  pathStripped,
  hostIgnored,
  ingressAlone,
  notFoundForUnavailable,
  roundRobin,
  sticky,
  headlessTranslates,
  loadBalancerEverywhere,
  firewallOpen,
  localhostShared,
]
