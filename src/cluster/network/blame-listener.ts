import type { Listener } from '../apps/behaviour.ts'
import type { Cluster } from '../cluster.ts'
import type { Pod, Protocol } from '../kinds/pod.ts'
import type { Service, ServicePort } from '../kinds/service.ts'
import type { Blame } from './attempt.ts'
import { blame, workloadOf } from './blame.ts'
import { portPath, templatePath } from './blame-endpoints.ts'

/** The Service port that led to a pod, where one did. */
export interface Via {
  service: Service
  port: ServicePort
}

/** Why a pod refuses a port, and where to look first (R-POD-8). */
export function blameForRefusal(
  cluster: Cluster,
  pod: Pod,
  listeners: readonly Listener[],
  port: number,
  protocol: Protocol,
  via: Via | undefined,
): Blame {
  const open = listeners.filter((listener) => listener.protocol === protocol && listener.address === 'any')
  const same = listeners.find((listener) => listener.port === port && listener.protocol === protocol)
  if (same?.address === 'loopback')
    return blame(
      workloadOf(cluster, pod),
      templatePath(cluster, pod, boundHere(pod)),
      `the program listens on 127.0.0.1:${port} only; others need 0.0.0.0:${port}`,
    )
  const ports = open.map((listener) => listener.port).join(', ')
  if (via && open.length > 0)
    return blame(
      via.service,
      `${portPath(via.service, via.port)}.targetPort`,
      `it sends to port ${port}, the pods listen on ${ports}`,
    )
  const otherProtocol = listeners.find((listener) => listener.port === port)
  if (otherProtocol)
    return blame(pod, 'spec.containers[0].ports', `port ${port} is open for ${otherProtocol.protocol}, not ${protocol}`)
  if (open.length > 0) return blame(pod, 'status.podIP', `it listens on ${ports}, not on ${port}`)
  return blameForSilentPod(pod, port)
}

/** A pod in which nothing listens at all: its container is down, or its program is no server. */
function blameForSilentPod(pod: Pod, port: number): Blame {
  const down = pod.status.containerStatuses?.findIndex(({ state }) => state.running === undefined) ?? -1
  if (down < 0) return blame(pod, 'spec.containers[0].image', `nothing in it listens on port ${port}`)
  const { name, state } = pod.status.containerStatuses![down]!
  const reason = state.waiting?.reason ?? state.terminated?.reason ?? 'not running'
  return blame(pod, `status.containerStatuses[${down}].state`, `its container ${name} does not run (${reason})`)
}

/** The field that binds a program to the loopback address, as far as the spec shows it. */
function boundHere({ spec }: Pod): string {
  const isLocal = (value: string | undefined) => /(^|[^0-9.])(127\.0\.0\.1|localhost)\b/.test(value ?? '')
  for (const [index, { env, args, command }] of spec.containers.entries()) {
    const path = `spec.containers[${index}]`
    const variable = env?.find(({ value }) => isLocal(value))
    if (variable) return `${path}.env[${variable.name}]`
    if (args?.some(isLocal)) return `${path}.args`
    if (command?.some(isLocal)) return `${path}.command`
  }
  return 'spec.containers[0]'
}
