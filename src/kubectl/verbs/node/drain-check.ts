import { isFinished, type Pod } from '../../../cluster/kinds/pod.ts'
import { controllerOf, instant, type Milliseconds } from '../../../cluster/object.ts'
import { quote } from '../../../cluster/quote.ts'

/** What `kubectl drain` was told about pods that it would rather leave alone. */
export interface DrainRules {
  force: boolean
  deleteEmptyDirData: boolean
  /** Pods that have been leaving for longer than this are not minded; 0 minds all. */
  skipLeavingSeconds: number
  now: Milliseconds
}

/** What becomes of one pod of the node. */
interface Verdict {
  remove: boolean
  /** A text is a warning if the pod is removed, else a reason not to drain. */
  message?: string
}

const OKAY: Verdict = { remove: true }
const SKIP: Verdict = { remove: false }

type Filter = (pod: Pod, rules: DrainRules) => Verdict

/** True if the pod has been leaving for so long that nobody waits for it any more. */
export const isSkipped = (
  { metadata: { deletionTimestamp } }: Pod,
  { skipLeavingSeconds, now }: Pick<DrainRules, 'skipLeavingSeconds' | 'now'>,
): boolean =>
  skipLeavingSeconds > 0 &&
  deletionTimestamp !== undefined &&
  Math.trunc((now - instant(deletionTimestamp)) / 1000) > skipLeavingSeconds

/** A pod whose DaemonSet is there would be left alone; no DaemonSet is ever there, because the kind is not modelled. */
const daemonSetFilter: Filter = (pod, { force }) => {
  const owner = controllerOf(pod)
  if (owner?.kind !== 'DaemonSet' || owner.apiVersion !== 'apps/v1' || isFinished(pod)) return OKAY
  return { remove: force, message: `daemonsets.apps ${quote(owner.name)} not found` }
}

const mirrorFilter: Filter = ({ metadata: { annotations = {} } }) =>
  Object.hasOwn(annotations, 'kubernetes.io/config.mirror') ? SKIP : OKAY

const localStorageFilter: Filter = (pod, { deleteEmptyDirData: remove }) => {
  const isLocal = pod.spec.volumes?.some(({ emptyDir }) => emptyDir !== undefined) ?? false
  if (!isLocal || isFinished(pod)) return OKAY
  const message = remove
    ? 'deleting Pods with local storage'
    : 'Pods with local storage (use --delete-emptydir-data to override)'
  return { remove, message }
}

const controllerFilter: Filter = (pod, { force: remove }) => {
  if (controllerOf(pod) || isFinished(pod)) return OKAY
  const message = remove
    ? 'deleting Pods that declare no controller'
    : 'Pods that declare no controller (use --force to override)'
  return { remove, message }
}

const FILTERS: readonly Filter[] = [
  (pod, rules) => (isSkipped(pod, rules) ? SKIP : OKAY),
  daemonSetFilter,
  mirrorFilter,
  localStorageFilter,
  controllerFilter,
]

/** The first filter that keeps the pod decides; else the last one, whatever those before it warned of. */
function verdictOf(pod: Pod, rules: DrainRules): Verdict {
  let verdict = OKAY
  for (const filter of FILTERS) {
    verdict = filter(pod, rules)
    if (!verdict.remove) return verdict
  }
  return verdict
}

/** Which pods a drain removes, and what speaks against it (R-NOD-4). */
export interface DrainCheck {
  pods: Pod[]
  /** What is lost, as one line without `Warning: `; empty if nothing is. */
  warning: string
  errors: string[]
}

/** Looks at every pod of a node before any of them is touched (R-NOD-4). */
export function checkDrain(pods: readonly Pod[], rules: DrainRules): DrainCheck {
  const verdicts = pods.map((pod) => ({ pod, verdict: verdictOf(pod, rules) }))
  const named = (remove: boolean): [string, string][] => {
    const names = new Map<string, string[]>()
    for (const { pod, verdict } of verdicts)
      if (verdict.remove === remove && verdict.message !== undefined)
        names.set(verdict.message, [...(names.get(verdict.message) ?? []), podName(pod)])
    return [...names].map(([message, all]) => [message, all.join(', ')])
  }
  return {
    pods: verdicts.filter(({ verdict }) => verdict.remove).map(({ pod }) => pod),
    warning: named(true)
      .map(([message, names]) => `${message}: ${names}`)
      .join('; '),
    errors: named(false).map(([message, names]) => `cannot delete ${message}: ${names}`),
  }
}

/** `default/web`. */
export const podName = ({ metadata: { namespace = '', name } }: Pod): string => `${namespace}/${name}`
