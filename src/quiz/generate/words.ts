import type { Cluster } from '../../cluster/cluster.ts'
import type { Pod } from '../../cluster/kinds/pod.ts'
import { isReady } from '../../cluster/kinds/pod.ts'
import type { Attempt } from '../../cluster/network/attempt.ts'
import { controllerOf } from '../../cluster/object.ts'

export const REFUSED = 'It is refused at once'
export const SILENCE = 'Silence, until it times out'
export const UNKNOWN = 'The name is unknown'
/** Whether a port that a Service does not define stays silent or refuses depends on the proxy, so no item asks for it. */
export const NO_SUCH_PORT = 'No connection: the Service has no such port'

/** How a call ends, as the words of an option. */
export function outcomeWords(cluster: Cluster, { outcome, status, speaker, answeredBy, hops }: Attempt): string {
  if (outcome !== 'ok' && hops.at(-1)?.law === 'portOnService') return NO_SUCH_PORT
  if (outcome === 'refused') return REFUSED
  if (outcome === 'timeout') return SILENCE
  if (outcome === 'nxdomain') return UNKNOWN
  if (outcome === 'tls-mismatch') return 'The certificate does not fit'
  if (outcome === 'reset') return 'The connection opens and breaks off'
  if (speaker === 'ingress-controller') return `${status}, said by the ingress controller`
  const [namespace = '', name = ''] = (answeredBy ?? '').split('/')
  const pod = cluster.get('Pod', namespace, name)
  const who = pod ? appName(cluster, pod) : name
  const where = namespace === 'default' ? '' : ` of ${namespace}`
  if (speaker === 'app') return (status ?? 200) < 400 ? `${who}${where} answers` : `${status}, said by ${who}${where}`
  return 'A program of the node answers'
}

/** What people call a pod's app: its label, else the workload. */
const appName = (cluster: Cluster, pod: Pod): string => pod.metadata.labels?.app ?? workloadName(cluster, pod)

/** The Deployment behind a pod, else the pod itself. */
export function workloadName(cluster: Cluster, pod: Pod): string {
  const owner = controllerOf(pod)
  const namespace = pod.metadata.namespace
  const replicaSet = owner?.kind === 'ReplicaSet' ? cluster.get('ReplicaSet', namespace, owner.name) : undefined
  const above = replicaSet && controllerOf(replicaSet)
  return above?.name ?? owner?.name ?? pod.metadata.name
}

/** The last hops of a trace in one line: `node-1: 10.96.0.5:80 → 10.244.1.3:8080, one of 2; room-101: …`. */
export function traceLine({ hops }: Attempt, count = 2): string {
  const from = Math.max(0, hops.length - count)
  return hops
    .slice(from)
    .map(({ at, what }, index) => `Hop ${from + index + 1}, ${at}: ${what}.`)
    .join(' ')
}

/** Rows below a header, in columns that are as wide as they need to be. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [header, ...rows]
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]!.length)))
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  )
}

/** Labels as kubectl shows them, without the one that a rollout adds. */
export const labelsOf = ({ metadata }: Pod): string =>
  Object.entries(metadata.labels ?? {})
    .filter(([key]) => key !== 'pod-template-hash')
    .map(([key, value]) => `${key}=${value}`)
    .join(',') || '<none>'

export const readyWord = (pod: Pod): string => (isReady(pod) ? 'yes' : 'no')

/** `a`, `a and b`, `a, b and c`, or `nothing` for an empty list. */
export const listed = (names: readonly string[], nothing: string): string =>
  names.length === 0 ? nothing : names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
