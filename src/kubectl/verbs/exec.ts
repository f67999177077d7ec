import { ApiError } from '../../cluster/errors.ts'
import type { Container, Pod } from '../../cluster/kinds/pod.ts'
import { canSend } from '../../cluster/network/origin.ts'
import { commandTerminated, KubectlError, usageError } from '../errors.ts'
import { bool, duration, list, text } from '../flags.ts'
import { containerOf, firstPod, podTarget } from '../pod-target.ts'
import { containerWorld } from '../shell/container-world.ts'
import { runInContainer } from '../shell/run-in-container.ts'
import { defineVerb, type Invocation } from '../verb.ts'

const flags = {
  container: text(
    'Container name. If omitted, use the kubectl.kubernetes.io/default-container annotation for selecting the container to be attached or the first container in the pod will be chosen',
    { shorthand: 'c' },
  ),
  filename: list('to use to exec into the resource', { shorthand: 'f' }),
  'pod-running-timeout': duration('The length of time to wait until at least one pod is running', { initial: 60_000 }),
  quiet: bool('Only print output from the remote session', { shorthand: 'q' }),
  stdin: bool('Pass stdin to the container', { shorthand: 'i' }),
  tty: bool('Stdin is a TTY', { shorthand: 't' }),
} as const

/** Execute a command in a container. */
export const exec = defineVerb({
  name: 'exec',
  summary: 'Execute a command in a container.',
  usage: '(POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]',
  flags,
  run(invocation) {
    const { environment, flags: given, streams } = invocation
    const { target, command } = readCommand(invocation)
    const pod = firstPod(podTarget(invocation, target))
    const { phase } = pod.status
    if (phase === 'Succeeded' || phase === 'Failed')
      throw new KubectlError(`cannot exec into a container in a completed pod; current phase is ${phase}`)
    const container = containerOf(invocation, pod, given.container, given.quiet)
    requireRunning(invocation, pod, container)
    const world = containerWorld(invocation, pod, container)
    const { exitCode, stdout, stderr } = runInContainer(world, command, given.stdin ? environment.stdin : undefined)
    streams.write(stdout)
    streams.stderr += stderr
    if (exitCode !== 0) throw commandTerminated(exitCode)
  },
})

const OLD_FORM = 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead'

function readCommand({ args, dash, path }: Invocation): { target: string; command: readonly string[] } {
  const target = dash === 0 ? undefined : args[0]
  if (target === undefined) throw new KubectlError('pod, type/name or --filename must be specified')
  if (args.length > 1 && dash === undefined) throw usageError(path, OLD_FORM)
  if (dash !== undefined && dash > 1) throw usageError(path, OLD_FORM)
  const command = dash === undefined ? [] : args.slice(dash)
  if (command.length === 0) throw new KubectlError('you must specify at least one command for the container')
  return { target, command }
}

/** The kubelet can only start a process where the container runs and the node answers. */
function requireRunning({ cluster }: Invocation, pod: Pod, container: Container): void {
  const { nodeName } = pod.spec
  if (nodeName === undefined) throw new ApiError('BadRequest', `pod ${pod.metadata.name} does not have a host assigned`)
  if (Object.hasOwn(cluster.settings.down, nodeName))
    throw new KubectlError(
      `Internal error occurred: error dialing backend: dial tcp: lookup of ${nodeName}: no route to host`,
    )
  const statuses = [...(pod.status.containerStatuses ?? []), ...(pod.status.initContainerStatuses ?? [])]
  const running = statuses.find(({ name }) => name === container.name)?.state.running
  if (!running || !canSend(cluster, pod))
    throw new KubectlError(
      `Internal error occurred: unable to upgrade connection: container not found ("${container.name}")`,
    )
}
