import type { Behaviour, HttpRequest, HttpResponse, Listener, Surroundings } from './apps/behaviour.ts'
import { environmentOf } from './apps/environment.ts'
import { behaviourOf } from './apps/process.ts'
import type { Cluster } from './cluster.ts'
import type { Container, Pod } from './kinds/pod.ts'

export type { HttpRequest, HttpResponse, Listener } from './apps/behaviour.ts'
export { environmentOf, hostnameOf } from './apps/environment.ts'

/** What the pod's running containers listen on: not what they declare (R-POD-8). */
export const listenersOf = (pod: Pod): Listener[] =>
  running(pod).flatMap((container) => behaviourOf(container).listeners)

/**
 * What the pod answers to an HTTP request on one of its ports; undefined if nobody listens there or what listens
 * speaks no HTTP of this scheme.
 *
 * @param call carries a call of the app itself, such as a front end's to its back end; absent for probes
 */
export function respond(
  cluster: Cluster,
  pod: Pod,
  port: number,
  request: HttpRequest,
  call?: (url: string) => HttpResponse | undefined,
): HttpResponse | undefined {
  const container = running(pod).find((each) => listensOn(behaviourOf(each), port))
  if (!container) return undefined
  return behaviourOf(container).respond?.(request, {
    ...surroundingsOf(cluster, pod, container),
    port,
    ...(call && { call }),
  })
}

export const listensOn = ({ listeners }: Behaviour, port: number): boolean =>
  listeners.some((listener) => listener.port === port && listener.protocol === 'TCP')

/** What a container's process knows of where it runs. */
export const surroundingsOf = (cluster: Cluster, pod: Pod, container: Container): Omit<Surroundings, 'port'> => ({
  pod: pod.metadata.name,
  namespace: pod.metadata.namespace ?? '',
  podIP: pod.status.podIP ?? '',
  node: pod.spec.nodeName ?? '',
  environment: environmentOf(cluster, pod, container),
})

/** The containers whose process is there at the moment, sidecars first. */
function running({ spec, status }: Pod): Container[] {
  const started = new Set(
    [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].flatMap(({ name, state }) =>
      state.running ? [name] : [],
    ),
  )
  return [...(spec.initContainers ?? []), ...spec.containers].filter(({ name }) => started.has(name))
}
