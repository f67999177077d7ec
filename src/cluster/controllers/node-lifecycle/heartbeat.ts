import type { Cluster } from '../../cluster.ts'
import type { Node } from '../../kinds/node.ts'

/** Reason of the condition Ready of a Node object behind which no kubelet has ever reported. */
export const NEVER_UPDATED = 'NodeStatusNeverUpdated'

/** True if a kubelet runs for this Node object and reports: it is not down, and it is no bare object somebody created. */
export const isReporting = (cluster: Cluster, { metadata, status }: Node): boolean =>
  !Object.hasOwn(cluster.settings.down, metadata.name) &&
  status.conditions.some(({ type, reason }) => type === 'Ready' && reason !== NEVER_UPDATED)
