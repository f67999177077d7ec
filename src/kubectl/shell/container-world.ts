import { environmentOf } from '../../cluster/apps.ts'
import type { Cluster } from '../../cluster/cluster.ts'
import type { Container, Pod } from '../../cluster/kinds/pod.ts'
import { type Origin, podOrigin } from '../../cluster/network/origin.ts'
import type { SeenConnection, SeenLookup } from '../../cluster/network/seen.ts'
import type { Random } from '../../cluster/random.ts'
import type { Invocation } from '../verb.ts'

/** Where a command inside a container runs, and where its traffic is written down. */
export interface ContainerWorld {
  cluster: Cluster
  pod: Pod
  container: Container
  origin: Origin
  /** What the process inherits. */
  environment: Record<string, string>
  dice: Random
  connections: SeenConnection[]
  lookups: SeenLookup[]
}

/** What a command printed, and how it ended. */
export interface Finished {
  exitCode: number
  stdout: string
  stderr: string
  /** Both in the order in which they were written. */
  log: string
}

/** The inside of a container for the commands of an invocation. */
export const containerWorld = (
  {
    cluster,
    environment,
    connections,
    lookups,
  }: Pick<Invocation, 'cluster' | 'environment' | 'connections' | 'lookups'>,
  pod: Pod,
  container: Container,
): ContainerWorld => ({
  cluster,
  pod,
  container,
  origin: podOrigin(cluster, pod),
  environment: { ...environmentOf(cluster, pod, container), HOME: '/root' },
  dice: environment.dice,
  connections,
  lookups,
})
