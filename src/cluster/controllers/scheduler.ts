import type { Cluster } from '../cluster.ts'
import type { Controller } from '../controller.ts'
import type { Node } from '../kinds/node.ts'
import { isFinished, type Pod, type PodCondition, placementOf } from '../kinds/pod.ts'
import { controllerOf, type Key, keyOf, partsOf, timestamp } from '../object.ts'
import { narrate } from './narrate.ts'
import { failureMessage, type Reason, reasonAgainst } from './scheduler/filters.ts'
import { toleratesAll } from './taints.ts'

const COMPONENT = 'default-scheduler'

/** Gives each new pod a node. Hard constraints decide where it may go; among those nodes it spreads the pods evenly. */
export const scheduler: Controller = {
  name: 'scheduler',
  watches: {
    Pod: (pod, cluster) => {
      if (pod.spec.nodeName === undefined) return [keyOf(pod)]
      return gone(cluster, pod) || isFinished(pod) ? waiting(cluster) : []
    },
    Node: (_node, cluster) => waiting(cluster),
  },
  reconcile(cluster: Cluster, key: Key) {
    const { namespace, name } = partsOf(key)
    const pod = cluster.get('Pod', namespace, name)
    if (!pod || pod.spec.nodeName !== undefined || pod.metadata.deletionTimestamp !== undefined) return undefined
    const nodes = cluster.store.list('Node')
    const reasons: Reason[] = []
    const candidates = nodes.filter((node) => {
      const reason = reasonAgainst(cluster, pod, node)
      if (reason) reasons.push(reason)
      return !reason
    })
    const best = emptiest(cluster, pod, candidates)
    if (best) bind(cluster, pod, best)
    else refuse(cluster, pod, failureMessage(nodes.length, reasons))
    return undefined
  },
}

/** Pods that have no node yet: a change of nodes or a pod that leaves may let them in. */
const waiting = (cluster: Cluster): Key[] => cluster.store.list('Pod', { index: ['node', ''] }).map(keyOf)

const gone = (cluster: Cluster, pod: Pod): boolean => cluster.store.byKey(keyOf(pod)) === undefined

/** The node with the fewest pods of the same owner, then the fewest pods at all, then the first by name. */
function emptiest(cluster: Cluster, pod: Pod, nodes: Node[]): Choice | undefined {
  const owner = controllerOf(pod)?.uid
  const pods = (placement: string) => cluster.store.count('Pod', { index: ['placement', placement] })
  let best: Choice | undefined
  for (const node of nodes) {
    const { name } = node.metadata
    const avoided = toleratesAll(pod, node, 'PreferNoSchedule') ? 0 : 1
    const siblings = owner === undefined ? 0 : pods(placementOf(name, owner))
    const score = [avoided, siblings, pods(name)] as const
    if (!best || isLess(score, best.score)) best = { node, score }
  }
  return best
}

interface Choice {
  node: Node
  /** Smaller is better, the first difference decides: avoided by a taint, pods of the same owner, pods at all. */
  score: readonly [avoided: number, siblings: number, pods: number]
}

const isLess = (left: readonly number[], right: readonly number[]): boolean => {
  const index = left.findIndex((value, at) => value !== right[at])
  return index >= 0 && left[index]! < right[index]!
}

function bind(cluster: Cluster, pod: Pod, { node, score }: Choice): void {
  const { name, namespace } = pod.metadata
  const { conditions = [], ...status } = pod.status
  const kept = conditions.filter(({ type }) => type !== 'PodScheduled')
  cluster.put<Pod>({
    ...pod,
    spec: { ...pod.spec, nodeName: node.metadata.name },
    status: { ...status, ...(kept.length > 0 && { conditions: kept }) },
  })
  const message = `Successfully assigned ${namespace}/${name} to ${node.metadata.name}`
  cluster.tell(pod, { by: COMPONENT, reason: 'Scheduled', message })
  const [, siblings, pods] = score
  const why = controllerOf(pod) ? `${siblings} of its owner, ${pods} in all` : `${pods}`
  narrate(cluster, pod, 'scheduler', `assigned to ${node.metadata.name}: fewest pods there (${why})`)
}

/** The pod stays Pending; why is kept in its condition PodScheduled and told once (R-POD-13). */
function refuse(cluster: Cluster, pod: Pod, message: string): void {
  const { conditions = [] } = pod.status
  const current = conditions.find(({ type }) => type === 'PodScheduled')
  if (current?.message === message) return
  const condition: PodCondition = {
    type: 'PodScheduled',
    status: 'False',
    reason: 'Unschedulable',
    message,
    lastTransitionTime: current?.lastTransitionTime ?? timestamp(cluster.now),
  }
  cluster.put<Pod>({
    ...pod,
    status: { ...pod.status, conditions: [...conditions.filter(({ type }) => type !== 'PodScheduled'), condition] },
  })
  const story = { by: 'scheduler', text: `no node can take it: ${message}` }
  cluster.tell(pod, { by: COMPONENT, reason: 'FailedScheduling', message, warning: true, story })
}
