import type { Cluster } from '../../cluster/cluster.ts'
import { type Kind, kinds } from '../../cluster/kinds/index.ts'
import type { KubeObject, Milliseconds } from '../../cluster/object.ts'
import type { Invocation } from '../verb.ts'

/** True once the object itself has left; another one of its name does not count. */
export const isGone = ({ cluster }: { cluster: Cluster }, { kind, metadata }: KubeObject): boolean =>
  cluster.get(kind as Kind, metadata.namespace, metadata.name)?.metadata.uid !== metadata.uid

const MARGIN: Milliseconds = 60_000

/** How long to wait for objects that may never leave, such as the pods of a node that is down. */
export const patienceFor = (objects: readonly KubeObject[]): Milliseconds =>
  MARGIN + 1000 * Math.max(0, ...objects.map(({ metadata }) => metadata.deletionGracePeriodSeconds ?? 0))

/** Says what the client itself would still be waiting for. */
export function adviseWaiting({ advise }: Invocation, objects: readonly KubeObject[]): void {
  const names = objects.map(({ kind, metadata: { namespace, name } }) => {
    const where = namespace === undefined ? '' : ` in namespace ${namespace}`
    return `${kinds[kind as Kind].singular} ${name}${where}`
  })
  const why = objects.some(({ kind }) => kind === 'Pod')
    ? ' A pod stays until the kubelet of its node has reported that it has stopped.'
    : ''
  advise(`kubectl itself would still be waiting: ${names.join(', ')} cannot leave yet.${why}`)
}
