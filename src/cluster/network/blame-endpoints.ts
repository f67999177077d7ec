import type { Cluster } from '../cluster.ts'
import { type Container, isReady, type Pod } from '../kinds/pod.ts'
import type { Service, ServicePort } from '../kinds/service.ts'
import { matchesLabels } from '../selector.ts'
import type { Blame } from './attempt.ts'
import { blame, isSlip, workloadOf } from './blame.ts'
import { counted } from './brief.ts'
import { slicesOf, targetPortOn } from './endpoints.ts'

/** How many pods of a namespace are looked at for a label that was meant. */
const PODS_LOOKED_AT = 200

/** Why a Service has nobody to send to on this port, and where to look first. */
export function blameForNoEndpoints(cluster: Cluster, service: Service, port: ServicePort): Blame {
  const selector = service.spec.selector ?? {}
  if (Object.keys(selector).length === 0) return withoutSelector(cluster, service, port)
  const { namespace } = service.metadata
  const selected = cluster.store
    .list('Pod', { namespace, labels: selector })
    .filter(({ status }) => status.phase !== 'Succeeded' && status.phase !== 'Failed')
  if (selected.length === 0) return nobodySelected(cluster, service, selector)
  const unnamed = selected.filter((pod) => targetPortOn(pod, port) === undefined)
  if (unnamed.length === selected.length)
    return blame(
      service,
      `${portPath(service, port)}.targetPort`,
      `no selected pod has a ${port.protocol} port named "${port.targetPort}"`,
    )
  const [first] = selected.filter((pod) => !isReady(pod) || pod.metadata.deletionTimestamp !== undefined)
  return first
    ? blameForUnready(cluster, first, selected.length)
    : blame(service, 'spec.selector', 'the ready pods are not in its EndpointSlices yet')
}

/** `spec.ports[1]`, the path of a port in its Service. */
export const portPath = (service: Service, port: ServicePort): string =>
  `spec.ports[${Math.max(0, (service.spec.ports ?? []).indexOf(port))}]`

function withoutSelector(cluster: Cluster, service: Service, port: ServicePort): Blame {
  const [slice] = slicesOf(cluster, service)
  if (!slice) return blame(service, 'spec.selector', 'it has no selector and no EndpointSlice, so it stands for nobody')
  const named = (slice.ports ?? []).some(({ name = '' }) => name === (port.name ?? ''))
  if (!named) return blame(slice, 'ports[0].name', `its port name must be the Service's: "${port.name ?? ''}"`)
  return blame(slice, 'endpoints', 'none of its endpoints is ready')
}

function nobodySelected(cluster: Cluster, service: Service, selector: Readonly<Record<string, string>>): Blame {
  const { namespace, name } = service.metadata
  const closed = cluster.store
    .list('Deployment', { namespace })
    .find(({ spec }) => spec.replicas === 0 && matchesLabels(selector, spec.template.metadata?.labels))
  if (closed) return blame(closed, 'spec.replicas', `it is scaled to 0, so Service ${name} has no pods`)
  const meant = labelMeant(cluster, namespace, selector)
  const wanted = Object.entries(selector).map((pair) => pair.join('='))
  return blame(
    service,
    'spec.selector',
    `no pod in namespace ${namespace} has ${wanted.join(',')}${meant === undefined ? '' : `; there are pods with ${meant}`}`,
  )
}

/** The label of some pod that comes nearest to a selector: a slip in the value, another value, the value elsewhere. */
function labelMeant(
  cluster: Cluster,
  namespace: string | undefined,
  selector: Readonly<Record<string, string>>,
): string | undefined {
  const missing = Object.entries(selector).filter(
    ([key, value]) => cluster.store.count('Pod', { namespace, labels: { [key]: value } }) === 0,
  )
  const [key, value] = missing[0] ?? Object.entries(selector)[0] ?? ['', '']
  const labels = cluster.store
    .list('Pod', { namespace })
    .slice(0, PODS_LOOKED_AT)
    .flatMap((pod) => Object.entries(pod.metadata.labels ?? {}))
  const sameKey = labels.filter(([otherKey]) => otherKey.toLowerCase() === key.toLowerCase())
  const nearest =
    labels.find(([otherKey, other]) => otherKey === key && isSlip(other, value)) ??
    labels.find(([otherKey, other]) => other === value && otherKey !== key) ??
    // Of many values none is nearer than the others.
    (new Set(sameKey.map((pair) => pair.join('='))).size === 1 ? sameKey[0] : undefined) ??
    labels.find(([, other]) => isSlip(other, value))
  return nearest?.join('=')
}

/** Why one pod is not ready. */
function blameForUnready(cluster: Cluster, pod: Pod, selected = 1): Blame {
  const { spec, status, metadata } = pod
  const all = selected > 1 ? `${counted(selected, 'pod')} selected, none ready; ${metadata.name} ` : ''
  if (metadata.deletionTimestamp !== undefined)
    return blame(pod, 'metadata.deletionTimestamp', `${all}is being deleted`)
  if (spec.nodeName === undefined) return blame(pod, 'spec.nodeName', `${all}is not scheduled to a node`)
  const node = cluster.get('Node', undefined, spec.nodeName)
  if (node && Object.hasOwn(cluster.settings.down, spec.nodeName))
    return blame(node, 'status.conditions', `${all}is on ${spec.nodeName}, which does not report any more`)
  const waiting = status.containerStatuses?.find(({ state }) => state.waiting)
  const reason = waiting?.state.waiting?.reason
  if (waiting && reason !== undefined) {
    const path = containerPath(spec.containers, waiting.name)
    const image = /Image/.test(reason)
    return blame(
      image ? workloadOf(cluster, pod) : pod,
      image ? templatePath(cluster, pod, `${path}.image`) : path,
      `${all}waits: ${reason}`,
    )
  }
  const probed = spec.containers.find(
    ({ name, readinessProbe }) =>
      readinessProbe && !status.containerStatuses?.some((container) => container.name === name && container.ready),
  )
  if (probed)
    return blame(
      workloadOf(cluster, pod),
      templatePath(cluster, pod, `${containerPath(spec.containers, probed.name)}.readinessProbe`),
      `${all}fails its readiness probe`,
    )
  return blame(pod, 'status.conditions', `${all}is not Ready`)
}

const containerPath = (containers: readonly Container[], name: string): string =>
  `spec.containers[${Math.max(
    0,
    containers.findIndex((container) => container.name === name),
  )}]`

/** The path of a pod's field in the template of its workload. */
export const templatePath = (cluster: Cluster, pod: Pod, path: string): string =>
  workloadOf(cluster, pod) === pod ? path : `spec.template.${path}`
