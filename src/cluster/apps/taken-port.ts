import type { Container, ContainerStatus, Pod } from '../kinds/pod.ts'
import { instant, type Milliseconds } from '../object.ts'
import { behaviourOf } from './process.ts'

/**
 * The port that a container's process cannot have, because another container of the pod has it already: they share one
 * address (R-POD-4). Who was there first keeps it; of two that came together, the one that the spec names first.
 *
 * @param statuses of the pod's containers at this moment
 * @param startedAt when the process was started
 */
export function takenPort(
  { spec }: Pod,
  statuses: readonly ContainerStatus[],
  container: Container,
  startedAt: Milliseconds,
): number | undefined {
  if (statuses.length < 2) return undefined
  const all = [...(spec.initContainers ?? []), ...spec.containers]
  const own = all.findIndex(({ name }) => name === container.name)
  const isBefore = ({ name }: Container, index: number): boolean => {
    const running = statuses.find((status) => status.name === name)?.state.running
    if (!running || index === own) return false
    const since = instant(running.startedAt)
    return since < startedAt || (since === startedAt && index < own)
  }
  const taken = all.filter(isBefore).flatMap((other) => behaviourOf(other).listeners)
  return behaviourOf(container).listeners.find(({ port, protocol }) =>
    taken.some((other) => other.port === port && other.protocol === protocol),
  )?.port
}
