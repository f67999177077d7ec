import { ApiError } from '../../cluster/errors.ts'
import { kinds } from '../../cluster/kinds/index.ts'
import type { Container, Pod } from '../../cluster/kinds/pod.ts'
import { logsOf } from '../../cluster/logs.ts'
import { instant } from '../../cluster/object.ts'
import { quote } from '../../cluster/quote.ts'
import { isTold, KubectlError, usageError } from '../errors.ts'
import { listOf } from '../find-objects.ts'
import { bool, duration, int, text } from '../flags.ts'
import { selectorFlag } from '../global-flags.ts'
import { orderOutcome } from '../order-outcome.ts'
import { containerOf, firstPod, podTarget } from '../pod-target.ts'
import { defineVerb, type Invocation } from '../verb.ts'

const flags = {
  'all-containers': bool("Get all containers' logs in the pod(s)."),
  'all-pods': bool('Get logs from all pod(s). Sets prefix to true.'),
  container: text('Print the logs of this container', { shorthand: 'c' }),
  follow: bool('Specify if the logs should be streamed.', { shorthand: 'f' }),
  'ignore-errors': bool('If watching / following pod logs, allow for any errors that occur to be non-fatal'),
  'limit-bytes': int('Maximum bytes of logs to return. Defaults to no limit.'),
  'max-log-requests': int('Specify maximum number of concurrent logs to follow when using by a selector.', {
    initial: 5,
  }),
  'pod-running-timeout': duration('The length of time to wait until at least one pod is running', { initial: 20_000 }),
  prefix: bool('Prefix each log line with the log source (pod name and container name)'),
  previous: bool('If true, print the logs for the previous instance of the container in a pod if it exists.', {
    shorthand: 'p',
  }),
  selector: selectorFlag,
  since: duration('Only return logs newer than a relative duration like 5s, 2m, or 3h. Defaults to all logs.'),
  'since-time': text('Only return logs after a specific date (RFC3339). Defaults to all logs.'),
  tail: int(
    'Lines of recent log file to display. Defaults to -1 with no selector, showing all log lines otherwise 10, if a selector is provided.',
    { initial: -1 },
  ),
  timestamps: bool('Include timestamps on each line in the log output'),
} as const

type LogsInvocation = Invocation<typeof flags>

const USAGE = `expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.
POD or TYPE/NAME is a required argument for the logs command`

/** Lines that a selector shows of each pod unless `--tail` says otherwise. */
const SELECTOR_TAIL = 10

/** Print what containers have written. Following ends at the present. */
export const logs = defineVerb({
  name: 'logs',
  summary: 'Print the logs for a container in a pod or specified resource.',
  usage: '[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER] [options]',
  flags,
  run(invocation) {
    refuseCombinations(invocation)
    const sources = podsOf(invocation).flatMap((pod) =>
      containersOf(invocation, pod).map((container) => ({ pod, container })),
    )
    const { follow, 'max-log-requests': most } = invocation.flags
    if (follow && sources.length > Math.max(1, most))
      throw new KubectlError(
        `you are attempting to follow ${sources.length} log streams, but maximum allowed concurrency is ${most}, use --max-log-requests to increase the limit`,
      )
    for (const source of sources) print(invocation, source.pod, source.container)
  },
})

function refuseCombinations({ args, flags: given, path, changed }: LogsInvocation): void {
  if (args.length > 2 || (args.length === 0 && given.selector === '')) throw usageError(path, USAGE)
  if (args.length === 1 && given.selector !== '')
    throw usageError(path, 'only a selector (-l) or a POD name is allowed')
  if (given['since-time'] !== '' && given.since !== 0)
    throw new KubectlError('at most one of `sinceTime` or `sinceSeconds` may be specified')
  const container = args[1] ?? given.container
  if (given['all-containers'] && container !== '')
    throw new KubectlError(`--all-containers=true should not be specified with container name ${container}`)
  if (changed('container') && args.length === 2)
    throw new KubectlError('only one of -c or an inline [CONTAINER] arg is allowed')
  if (given['limit-bytes'] < 0) throw new KubectlError('--limit-bytes must be greater than 0')
  if (given.since < 0) throw new KubectlError('--since must be greater than 0')
  if (given.tail < -1) throw new KubectlError('--tail must be greater than or equal to -1')
}

function podsOf(invocation: LogsInvocation): Pod[] {
  const { args, flags: given, streams, namespace } = invocation
  if (given.selector !== '') {
    const pods = listOf(invocation, kinds.Pod, { selector: given.selector }).map(({ object }) => object as Pod)
    if (pods.length === 0) streams.warn(`No resources found in ${namespace} namespace.`)
    return pods
  }
  const target = readTarget(invocation, args[0]!)
  const pod = firstPod(target)
  if (given['all-pods']) return target.pods
  if (target.pods.length > 1) streams.warn(`Found ${target.pods.length} pods, using pod/${pod.metadata.name}`)
  return [pod]
}

/** A missing object is told in other words here than elsewhere. */
function readTarget(invocation: LogsInvocation, word: string) {
  try {
    return podTarget(invocation, word)
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'NotFound') throw error
    const where = quote(invocation.namespace)
    throw new KubectlError(`error from server (NotFound): ${error.message} in namespace ${where}`)
  }
}

function containersOf(invocation: LogsInvocation, pod: Pod): Container[] {
  const { args, flags: given } = invocation
  if (given['all-containers']) return [...(pod.spec.initContainers ?? []), ...pod.spec.containers]
  return [containerOf(invocation, pod, args[1] ?? given.container, given['all-pods'])]
}

function print(invocation: LogsInvocation, pod: Pod, container: Container): void {
  const { flags: given, streams } = invocation
  try {
    const written = read(invocation, pod, container)
    const limited = given['limit-bytes'] > 0 ? written.slice(0, given['limit-bytes']) : written
    const prefix = given.prefix || given['all-pods'] ? `[pod/${pod.metadata.name}/${container.name}] ` : ''
    streams.write(prefix === '' ? limited : limited.replace(/^(?=[^\n])/gm, prefix))
  } catch (error) {
    if (!given['ignore-errors'] || !isTold(error)) throw error
    streams.print(`error: ${error.message}`)
  }
}

function read(invocation: LogsInvocation, pod: Pod, container: Container): string {
  const { cluster, flags: given, changed } = invocation
  const tail = given.selector !== '' && !changed('tail') ? SELECTOR_TAIL : given.tail
  const since = sinceSeconds(invocation)
  return logsOf(cluster, pod, container.name, {
    previous: given.previous,
    timestamps: given.timestamps,
    ...(tail >= 0 && { tailLines: tail }),
    ...(since !== undefined && { sinceSeconds: since }),
    outcome: orderOutcome(invocation),
  })
}

function sinceSeconds({ cluster, flags: given }: LogsInvocation): number | undefined {
  if (given['since-time'] === '') return given.since === 0 ? undefined : Math.round(given.since / 1000)
  const at = instant(given['since-time'])
  if (Number.isNaN(at))
    throw new KubectlError(
      `parsing time ${quote(given['since-time'])} as "2006-01-02T15:04:05Z07:00": cannot parse ${quote(given['since-time'])} as "2006"`,
    )
  return (cluster.now - at) / 1000
}
