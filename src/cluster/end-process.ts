import type { Cluster } from './cluster.ts'
import type { ContainerStatus, Pod } from './kinds/pod.ts'
import { timestamp } from './object.ts'

/**
 * The process of a running container ends with this exit code. The pod stays; its kubelet notices and does what the
 * restartPolicy says (R-POD-2, R-POD-3). Nothing happens to a container that does not run.
 */
export function endProcess(cluster: Cluster, pod: Pod, container: string, exitCode: number): void {
  const ended = (status: ContainerStatus): ContainerStatus => {
    const { running } = status.state
    if (status.name !== container || !running) return status
    const reason = exitCode === 0 ? 'Completed' : 'Error'
    const terminated = { exitCode, reason, startedAt: running.startedAt, finishedAt: timestamp(cluster.now) }
    return { ...status, ready: false, state: { terminated } }
  }
  const { containerStatuses, initContainerStatuses } = pod.status
  cluster.put({
    ...pod,
    status: {
      ...pod.status,
      ...(initContainerStatuses && { initContainerStatuses: initContainerStatuses.map(ended) }),
      ...(containerStatuses && { containerStatuses: containerStatuses.map(ended) }),
    },
  })
}
