import { behaviourOf } from '../../apps/process.ts'
import type { Cluster } from '../../cluster.ts'
import type { ContainerStatus, Pod } from '../../kinds/pod.ts'
import type { Milliseconds } from '../../object.ts'
import { deletionRequestedAt, releasePod } from '../../pod-deletion.ts'
import { narrate } from '../narrate.ts'

/** How long a process that obeys SIGTERM takes to end, from the full second of the request. */
const STOP_TIME: Milliseconds = 1_200

/** Lets a pod end (R-POD-9): its processes get SIGTERM, those that ignore it SIGKILL after the grace period; then it is gone. */
export function terminate(cluster: Cluster, pod: Pod): { requeueAfter: Milliseconds } | undefined {
  const running = runningContainers(pod)
  const ignoring = running.filter(({ name }) => !obeys(pod, name))
  const grace = (pod.metadata.deletionGracePeriodSeconds ?? 0) * 1000
  const time = running.length === 0 ? 0 : ignoring.length > 0 ? grace : Math.min(grace, STOP_TIME)
  const due = (deletionRequestedAt(pod) ?? 0) + time
  if (cluster.now < due) return { requeueAfter: due - cluster.now }
  for (const { name } of running)
    cluster.tell(pod, { by: 'kubelet', reason: 'Killing', message: `Stopping container ${name}` })
  releasePod(cluster, pod)
  const { podIP } = pod.status
  const how = ignoring.length > 0 ? `did not stop on SIGTERM, killed after ${grace / 1000} s` : 'stopped and gone'
  narrate(cluster, pod, 'kubelet', podIP === undefined ? how : `${how}; gave up ${podIP}`)
  return undefined
}

const runningContainers = ({ status }: Pod): ContainerStatus[] =>
  [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].filter(({ state }) => state.running)

function obeys({ spec }: Pod, name: string): boolean {
  const container = [...(spec.initContainers ?? []), ...spec.containers].find((each) => each.name === name)
  return container === undefined || behaviourOf(container).obeysTermination
}
