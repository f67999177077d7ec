import { create, remove, update } from '../cluster/api.ts'
import { nodeDown } from '../cluster/chaos.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { Deployment } from '../cluster/kinds/deployment.ts'
import { type Milliseconds, timestamp } from '../cluster/object.ts'
import type { WhatIfEvent } from './check.ts'
import { podsOf, referenceOf } from './value.ts'

/** Long enough for a rollout and for the eviction from a dead node. */
const AFTERMATH: Milliseconds = 10 * 60_000

/** Lets an event happen in a copy of a cluster, with all its consequences; returns what it was, in words. */
export function playEvent(cluster: Cluster, event: WhatIfEvent): string {
  const told = start(cluster, event)
  cluster.settle(AFTERMATH)
  return told
}

function start(cluster: Cluster, event: WhatIfEvent): string {
  if ('replace' in event) {
    for (const { metadata } of podsOf(cluster, event.replace)) remove(cluster, 'Pod', metadata.namespace, metadata.name)
    return `all Pods of ${event.replace} were replaced`
  }
  if ('nodeDown' in event) {
    nodeDown(cluster, event.nodeDown)
    return `${event.nodeDown} went down`
  }
  if ('recreateService' in event) return recreate(cluster, event.recreateService)
  const name = 'rollout' in event ? event.rollout : event.scale
  const reference = referenceOf(name)
  const deployment = cluster.get('Deployment', reference.namespace, reference.name)
  if (!deployment) return `nothing happened to ${name}, which does not exist`
  update(cluster, 'rollout' in event ? restarted(cluster, deployment) : scaled(deployment, event.replicas), {
    namespace: reference.namespace,
  })
  return 'rollout' in event ? `${name} was rolled out again` : `${name} was scaled to ${event.replicas}`
}

const scaled = (deployment: Deployment, replicas: number): Deployment => ({
  ...deployment,
  spec: { ...deployment.spec, replicas },
})

/** As `kubectl rollout restart` does it (R-DEP-10). */
function restarted(cluster: Cluster, deployment: Deployment): Deployment {
  const { template } = deployment.spec
  const annotations = {
    ...template.metadata?.annotations,
    'kubectl.kubernetes.io/restartedAt': timestamp(cluster.now),
  }
  return {
    ...deployment,
    spec: { ...deployment.spec, template: { ...template, metadata: { ...template.metadata, annotations } } },
  }
}

function recreate(cluster: Cluster, name: string): string {
  const reference = referenceOf(name)
  const service = cluster.get('Service', reference.namespace, reference.name)
  if (!service) return `nothing happened to ${name}, which does not exist`
  remove(cluster, 'Service', reference.namespace, reference.name)
  const { clusterIP: _, clusterIPs: __, ...spec } = service.spec
  const { name: serviceName, namespace, labels } = service.metadata
  create(cluster, {
    apiVersion: service.apiVersion,
    kind: service.kind,
    metadata: { name: serviceName, namespace, ...(labels && { labels }) },
    spec: service.spec.clusterIP === 'None' ? service.spec : spec,
  })
  return `${name} was deleted and created again`
}
