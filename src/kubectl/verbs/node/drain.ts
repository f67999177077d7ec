import { remove } from '../../../cluster/api.ts'
import type { Node } from '../../../cluster/kinds/node.ts'
import type { Pod } from '../../../cluster/kinds/pod.ts'
import { quote } from '../../../cluster/quote.ts'
import { exactLabels, matchesSelector, parseSelector, type Selector, SelectorError } from '../../../cluster/selector.ts'
import { adviseWaiting, isGone, patienceFor } from '../../change/departure.ts'
import type { DryRun } from '../../change/dry-run.ts'
import { joinMessages } from '../../change/errors.ts'
import { KubectlError } from '../../errors.ts'
import { bool, duration, int, text } from '../../flags.ts'
import { printResult } from '../../output/result.ts'
import { defineVerb, type Invocation } from '../../verb.ts'
import { checkArguments, cordonFlags, findNodes, setSchedulable } from './cordon.ts'
import { checkDrain, isSkipped, podName } from './drain-check.ts'

const flags = {
  ...cordonFlags,
  'chunk-size': int('Return large lists in chunks rather than all at once.', { initial: 500 }),
  'delete-emptydir-data': bool(
    'Continue even if there are pods using emptyDir (local data that will be deleted when the node is drained).',
  ),
  'disable-eviction': bool(
    'Force drain to use delete, even if eviction is supported. This will bypass checking PodDisruptionBudgets, use with caution.',
  ),
  force: bool('Continue even if there are pods that do not declare a controller.'),
  'grace-period': int(
    'Period of time in seconds given to each pod to terminate gracefully. If negative, the default value specified in the pod will be used.',
    { initial: -1 },
  ),
  'ignore-daemonsets': bool('Ignore DaemonSet-managed pods.'),
  'pod-selector': text('Label selector to filter pods on the node'),
  'skip-wait-for-delete-timeout': int(
    'If pod DeletionTimestamp older than N seconds, skip waiting for the pod. Seconds must be greater than 0 to skip.',
  ),
  timeout: duration('The length of time to wait before giving up, zero means infinite'),
} as const

interface Drain {
  invocation: Invocation<typeof flags>
  dryRun: DryRun
  podSelector: Selector
}

/** Drain node in preparation for maintenance: close it, then move its pods away (R-NOD-4). */
export const drain = defineVerb({
  name: 'drain',
  summary: 'Drain node in preparation for maintenance.',
  usage: 'NODE',
  flags,
  run(invocation) {
    const run: Drain = { invocation, dryRun: checkArguments(invocation), podSelector: podSelectorOf(invocation) }
    const nodes = findNodes(invocation)
    setSchedulable(invocation, nodes, false, run.dryRun)
    drainAll(run, nodes)
  },
})

function podSelectorOf({ flags: given }: Invocation<typeof flags>): Selector {
  try {
    return parseSelector(given['pod-selector'])
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error
    throw new KubectlError('--pod-selector=<pod_selector> must be a valid label selector')
  }
}

/** One node after the other; a node that cannot be drained does not keep the others from it. */
function drainAll(run: Drain, nodes: readonly Node[]): void {
  const { streams, fail } = run.invocation
  const pending: string[] = []
  const failures: KubectlError[] = []
  for (const node of nodes) {
    const errors = drainOne(run, node)
    if (errors.length === 0) continue
    const { name } = node.metadata
    const messages = errors.map(({ message }) => message)
    streams.warn(
      `error: unable to drain node ${quote(name)} due to error: ${joinMessages(messages)}, continuing command...`,
    )
    pending.push(name)
    failures.push(...errors)
  }
  if (pending.length === 0) return
  streams.warn('There are pending nodes to be drained:')
  for (const name of pending) streams.warn(` ${name}`)
  for (const error of failures) fail(error)
}

/** Returns what went wrong, or says that the node is drained. */
function drainOne({ invocation, dryRun, podSelector }: Drain, node: Node): KubectlError[] {
  const { cluster, streams, flags: given } = invocation
  const { pods, warning, errors } = checkDrain(podsOf(cluster, node, podSelector), {
    force: given.force,
    deleteEmptyDirData: given['delete-emptydir-data'],
    skipLeavingSeconds: given['skip-wait-for-delete-timeout'],
    now: cluster.now,
  })
  if (errors.length > 0) return errors.map((message) => new KubectlError(message, { bare: true }))
  if (warning !== '') streams.warn(`Warning: ${warning}`)
  const stuck = dryRun === 'none' ? sendAway(invocation, pods) : onlySay(invocation, pods, dryRun)
  if (stuck.length > 0 && given.timeout > 0) return tellPending(invocation, node, stuck)
  if (stuck.length > 0) adviseWaiting(invocation, stuck)
  else printResult(invocation, node, 'drained', { dryRun })
  return []
}

function podsOf(cluster: Invocation['cluster'], { metadata: { name } }: Node, selector: Selector): Pod[] {
  const pods = cluster.store.list('Pod', { index: ['node', name], labels: exactLabels(selector) })
  return pods.filter(({ metadata }) => matchesSelector(selector, metadata.labels))
}

const SUFFIXES = { client: ' (dry run)', server: ' (server dry run)' } as const

function onlySay(
  { streams, flags: given }: Drain['invocation'],
  pods: readonly Pod[],
  dryRun: 'client' | 'server',
): [] {
  // The server is asked to delete without a word about it.
  if (dryRun === 'client' || !given['disable-eviction'])
    for (const pod of pods) streams.print(`evicting pod ${podName(pod)}${SUFFIXES[dryRun]}`)
  return []
}

/** Deletes the pods and waits until they are gone; returns those that are still there when patience is at its end. */
function sendAway(invocation: Drain['invocation'], pods: readonly Pod[]): Pod[] {
  const { cluster, flags: given, streams } = invocation
  const evicting = !given['disable-eviction']
  const grace = given['grace-period']
  if (evicting) for (const pod of pods) streams.print(`evicting pod ${podName(pod)}`)
  const leaving = pods.map(({ metadata: { namespace, name } }) =>
    remove(cluster, 'Pod', namespace, name, grace < 0 ? {} : { gracePeriodSeconds: grace }),
  ) as Pod[]
  const until = cluster.now + (given.timeout > 0 ? given.timeout : patienceFor(leaving))
  let pending = leaving
  while (pending.length > 0) {
    const isDone = (pod: Pod) => isGone(invocation, pod) || isLongGoing(invocation, pod)
    if (!cluster.waitFor(() => pending.some(isDone), Math.max(0, until - cluster.now))) return pending
    for (const pod of pending.filter(isDone)) tellGone(invocation, pod, evicting ? 'evicted' : 'deleted')
    pending = pending.filter((pod) => !isDone(pod))
  }
  return []
}

function isLongGoing({ cluster, flags: given }: Drain['invocation'], { metadata }: Pod): boolean {
  const current = cluster.get('Pod', metadata.namespace, metadata.name)
  const skipLeavingSeconds = given['skip-wait-for-delete-timeout']
  return current !== undefined && isSkipped(current, { skipLeavingSeconds, now: cluster.now })
}

function tellGone(invocation: Drain['invocation'], pod: Pod, done: string): void {
  const { streams, flags: given } = invocation
  if (isGone(invocation, pod)) printResult(invocation, pod, done)
  else {
    const seconds = given['skip-wait-for-delete-timeout']
    streams.print(`pod ${quote(pod.metadata.name)} has DeletionTimestamp older than ${seconds} seconds, skipping`)
  }
}

/** The time is up. */
function tellPending(
  { streams, flags: given }: Drain['invocation'],
  node: Node,
  stuck: readonly Pod[],
): KubectlError[] {
  const late = 'context deadline exceeded'
  const errors = given['disable-eviction']
    ? [new KubectlError(late)]
    : stuck.map(
        ({ metadata: { name, namespace = '' } }) =>
          new KubectlError(
            `error when waiting for pod ${quote(name)} in namespace ${quote(namespace)} to terminate: ${late}`,
            { bare: true },
          ),
      )
  const message = joinMessages(errors.map((error) => error.message))
  streams.warn(`There are pending pods in node ${quote(node.metadata.name)} when an error occurred: ${message}`)
  for (const { metadata } of stuck) streams.warn(`pod/${metadata.name}`)
  return errors
}
