import type { Cluster } from '../cluster/cluster.ts'
import { isReady, type Pod } from '../cluster/kinds/pod.ts'
import { matchesLabels } from '../cluster/selector.ts'
import type { SetQuery } from './check.ts'
import { type Facts, podsBehind, restartsOf, workloadOf } from './facts.ts'
import { meetsCondition } from './object-values.ts'
import type { PodQuery } from './pod-query-schema.ts'
import { routesIn } from './route-query.ts'
import { kindNamed, referenceOf } from './value.ts'

/** The members of a set: what they are told apart by, and how they are called. */
export type Members = ReadonlyMap<string, string>

/** Works out a set from the state. Pods are told apart by UID, so that a replaced pod is another member. */
export function membersOf(set: SetQuery, cluster: Cluster, start: Facts): Members {
  if ('eps' in set) {
    const { namespace, name } = referenceOf(`${set.eps.includes('/') ? set.eps : `svc/${set.eps}`}`)
    return named(podsBehind(cluster, namespace, name))
  }
  if ('ready' in set) return named(readyPods(cluster, set.ready, start))
  if ('pods' in set) return named(matchingPods(cluster, set.pods, start))
  if ('nodes' in set) {
    const nodes = readyPods(cluster, set.nodes, start).flatMap(({ spec }) => spec.nodeName ?? [])
    return new Map(nodes.map((node) => [node, node]))
  }
  if ('routes' in set) return routesIn({ cluster, start }, set.routes)
  const { where } = set
  const objects = cluster.store
    .list(kindNamed(set.objects), { namespace: set.namespace })
    .filter((object) => where === undefined || meetsCondition(object, where, { cluster, start }))
  return new Map(objects.map(({ metadata }) => [metadata.uid, metadata.name]))
}

const named = (pods: readonly Pod[]): Members => new Map(pods.map(({ metadata }) => [metadata.uid, metadata.name]))

const readyPods = (cluster: Cluster, query: PodQuery, start: Facts): Pod[] =>
  matchingPods(cluster, query, start).filter((pod) => isReady(pod) && pod.metadata.deletionTimestamp === undefined)

function matchingPods(cluster: Cluster, query: PodQuery, start: Facts): Pod[] {
  const namespace = query.namespace ?? (query.owner ? referenceOf(query.owner).namespace : 'default')
  return cluster.store
    .list('Pod', { namespace, labels: query.labels })
    .filter((pod) => fits(pod, query, cluster, start))
}

/** Whether a pod meets every condition of a query. */
function fits(pod: Pod, query: PodQuery, cluster: Cluster, start: Facts): boolean {
  const { metadata, spec, status } = pod
  const fact = start.pods.find(({ uid }) => uid === metadata.uid)
  const conditions: [unknown, boolean][] = [
    [query.namespace, metadata.namespace === query.namespace],
    [query.name, metadata.name === query.name],
    [query.labels, matchesLabels(query.labels ?? {}, metadata.labels)],
    [query.owner, query.owner !== undefined && workloadOf(cluster, pod) === referenceOf(query.owner).name],
    [query.image, spec.containers.some(({ image }) => withoutTag(image) === query.image)],
    [query.kept, (fact !== undefined) === query.kept],
    [query.keptIP, start.pods.some(({ ip }) => ip !== undefined && ip === status.podIP) === query.keptIP],
    [query.restarted, (fact !== undefined && restartsOf(pod) > fact.restarts) === query.restarted],
    [query.wasBehind, wasBehind(query.wasBehind, metadata.uid, start)],
    [query.behind, isBehind(cluster, query.behind, metadata.uid)],
    [query.notBehind, !isBehind(cluster, query.notBehind, metadata.uid)],
    [query.selectedBy, isSelected(cluster, query.selectedBy, pod)],
    [query.notSelectedBy, !isSelected(cluster, query.notSelectedBy, pod)],
    [query.phase, status.phase === query.phase],
  ]
  return conditions.every(([asked, holds]) => asked === undefined || holds)
}

/** `cafe/bakery` of `cafe/bakery:1.2`; a registry's port is no tag. */
export const withoutTag = (image: string): string => image.replace(/@.*$/, '').replace(/:[^/:]*$/, '')

const serviceOf = (service: string) => referenceOf(service.includes('/') ? service : `svc/${service}`)

function wasBehind(service: string | undefined, uid: string, start: Facts): boolean {
  if (service === undefined) return false
  const { namespace, name } = serviceOf(service)
  return start.services[`${namespace}/${name}`]?.behind.includes(uid) ?? false
}

function isBehind(cluster: Cluster, service: string | undefined, uid: string): boolean {
  if (service === undefined) return false
  const { namespace, name } = serviceOf(service)
  return podsBehind(cluster, namespace, name).some(({ metadata }) => metadata.uid === uid)
}

function isSelected(cluster: Cluster, service: string | undefined, pod: Pod): boolean {
  if (service === undefined) return false
  const { namespace, name } = serviceOf(service)
  const selector = cluster.get('Service', namespace, name)?.spec.selector
  return selector !== undefined && pod.metadata.namespace === namespace && matchesLabels(selector, pod.metadata.labels)
}
