import type { Cluster } from '../cluster.ts'
import type { Delivery } from './packet.ts'
import type { Target } from './target.ts'

type Reached = Exclude<Delivery, { outcome: string }>

/**
 * A connection that a client keeps open for several requests. The endpoint was chosen when it was opened, so all of its
 * requests meet the same pod (R-KPX-3).
 */
export class Connection {
  #open: { to: string; reached: Reached } | undefined

  /** What is at the other end for this target; undefined if there is no connection to it, or the pod is gone. */
  reuse(cluster: Cluster, target: Target): Reached | undefined {
    if (this.#open?.to !== keyOf(target)) return undefined
    const { reached } = this.#open
    if (reached.at !== 'pod') return reached
    const { metadata, spec } = reached.pod
    const pod = cluster.get('Pod', metadata.namespace, metadata.name)
    const alive =
      pod?.metadata.uid === metadata.uid &&
      pod.status.phase === 'Running' &&
      !Object.hasOwn(cluster.settings.down, spec.nodeName ?? '')
    return alive ? { ...reached, pod } : undefined
  }

  open(target: Target, reached: Reached): void {
    this.#open = { to: keyOf(target), reached }
  }
}

const keyOf = ({ scheme, host, port }: Target): string => `${scheme}://${host}:${port}`
