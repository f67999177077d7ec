import type { Cluster } from '../cluster.ts'
import type { Controller } from '../controller.ts'
import { type Endpoint, type EndpointSlice, isManaged, SERVICE_NAME_LABEL } from '../kinds/endpoint-slice.ts'
import type { Pod } from '../kinds/pod.ts'
import type { Service } from '../kinds/service.ts'
import { type Key, keyFor, keyOf, partsOf } from '../object.ts'
import { matchesLabels } from '../selector.ts'
import { type Member, membersOf } from './endpoint-slice/members.ts'
import { writeSlices } from './endpoint-slice/slices.ts'
import { enumerate, narrate, plural } from './narrate.ts'

/** Keeps the list behind each Service with a selector: which pods, on which ports, fit for traffic or not (R-EPS-1…10). */
export const endpointSlice: Controller = {
  name: 'endpointslice',
  watches: {
    Service: (service) => [keyOf(service)],
    Pod: (pod, cluster) => (pod.status.podIP === undefined ? [] : selectedBy(cluster, pod).map(keyOf)),
    EndpointSlice: (slice) => {
      const { metadata } = slice
      const service = metadata.labels?.[SERVICE_NAME_LABEL]
      return isManaged(slice) && service !== undefined ? [keyFor('Service', metadata.namespace, service)] : []
    },
  },
  reconcile(cluster: Cluster, key: Key) {
    const { namespace, name } = partsOf(key)
    const service = cluster.get('Service', namespace, name)
    // Without a selector nobody manages endpoints (R-SVC-17); what was there before stays, as upstream leaves it.
    if (!service || service.spec.type === 'ExternalName' || !hasSelector(service)) return undefined
    const before = cluster.store
      .list('EndpointSlice', { namespace, labels: { [SERVICE_NAME_LABEL]: name } })
      .filter(isManaged)
    const members = membersOf(cluster, service)
    writeSlices(cluster, service, before, members)
    tellChanges(cluster, service, before, members)
    return undefined
  },
}

const hasSelector = ({ spec }: Service): boolean => Object.keys(spec.selector ?? {}).length > 0

/** The Services of the pod's namespace whose selector it fits (R-SVC-18). */
function selectedBy(cluster: Cluster, { metadata }: Pod): Service[] {
  const { namespace = '', labels } = metadata
  const found: Service[] = []
  for (const key in labels)
    for (const service of cluster.store.list('Service', { index: ['selector', `${namespace} ${key}=${labels[key]}`] }))
      if (matchesLabels(service.spec.selector ?? {}, labels)) found.push(service)
  return found
}

/** Says who joined those that get traffic and who left them, and why. */
function tellChanges(cluster: Cluster, service: Service, before: EndpointSlice[], members: Member[]): void {
  const was = new Set(before.flatMap(({ endpoints }) => endpoints.filter(isReady)).map(nameOf))
  const is = new Set(members.filter(({ endpoint }) => isReady(endpoint)).map(({ endpoint }) => nameOf(endpoint)))
  const joined = members.filter(({ endpoint }) => isReady(endpoint) && !was.has(nameOf(endpoint)))
  const left = [...was].filter((name) => !is.has(name))
  if (joined.length > 0) {
    const who = enumerate(joined.map(({ endpoint }) => `${nameOf(endpoint)} (${endpoint.addresses[0]})`))
    narrate(cluster, service, 'endpointslice', `${who} joined: ready, and its labels match. ${total(is.size)}`)
  }
  if (left.length === 0) return
  const listed = new Map(members.map(({ endpoint }) => [nameOf(endpoint), endpoint]))
  const who = enumerate(left.map((name) => `${name} (${reasonToLeave(cluster, service, name, listed.get(name))})`))
  narrate(cluster, service, 'endpointslice', `${who} left. ${total(is.size)}`)
}

const isReady = ({ conditions }: Endpoint): boolean => conditions?.ready !== false

const nameOf = ({ targetRef, addresses }: Endpoint): string => targetRef?.name ?? addresses[0] ?? ''

const total = (count: number): string => `${plural(count, 'endpoint')} ready`

function reasonToLeave(cluster: Cluster, { metadata }: Service, name: string, endpoint: Endpoint | undefined): string {
  if (endpoint) return endpoint.conditions?.terminating ? 'on its way out' : 'not ready'
  return cluster.get('Pod', metadata.namespace, name) ? 'its labels no longer match' : 'gone'
}
