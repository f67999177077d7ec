import { behaviourOf, commandLineOf, hasProgram } from '../../../cluster/apps/process.ts'
import { attach } from '../../../cluster/attachment.ts'
import { endProcess } from '../../../cluster/end-process.ts'
import { type Container, isFinished, isReady, type Pod } from '../../../cluster/kinds/pod.ts'
import { logsOf } from '../../../cluster/logs.ts'
import { KubectlError, notModelled } from '../../errors.ts'
import { containerWorld } from '../../shell/container-world.ts'
import { isOfImages } from '../../shell/programs.ts'
import { runInContainer } from '../../shell/run-in-container.ts'
import { programNotModelled, readScript } from '../../shell/shell.ts'
import { type RunInvocation, restartPolicyOf } from './flags.ts'

const SHELLS = ['sh', 'bash', 'ash', 'zsh']

/**
 * Refuses what cannot be followed before anything is created: a shell that waits for somebody to type, and programs that an
 * image has and the simulation does not know.
 */
export function refuseUnknown({ args, environment, flags }: RunInvocation): void {
  const [name = '', shell = '', ...more] = args
  const program = shell.slice(shell.lastIndexOf('/') + 1)
  const container = { name, image: flags.image }
  if (!hasProgram(container, program) && hasProgram(container, 'sh') && isOfImages(program))
    throw programNotModelled(program)
  const isShell = SHELLS.includes(program) && more.every((word) => /^-[il]+$/.test(word))
  const script = SHELLS.includes(program) ? more.findIndex((word) => /^-\w*c$/.test(word)) : -1
  if (script >= 0) readScript(more[script + 1] ?? '')
  if (!isShell || (environment.stdin ?? '').trim() !== '') return
  throw notModelled(
    'An interactive shell',
    `Put the commands behind it: kubectl run ${name} --image=${flags.image} -i --rm --restart=Never -- ${shell} -c 'COMMAND; COMMAND'.`,
  )
}

/** Processes that end by themselves are followed to their end; servers are only looked at. */
function endsByItself(container: Container): boolean {
  const { exit, asksNetwork, startError } = behaviourOf(container)
  return startError === undefined && (exit !== undefined || asksNetwork === true)
}

/**
 * Waits for the pod, shows what its process prints and waits for its end. True once the command is over; false where the
 * client itself would stay attached for ever. Throws `KubectlError` with the exit code of the process.
 */
export function attachTo(invocation: RunInvocation, pod: Pod): boolean {
  const { cluster, flags } = invocation
  const current = (): Pod => cluster.get('Pod', pod.metadata.namespace, pod.metadata.name) as Pod
  const container = current().spec.containers[0]!
  const follows = endsByItself(container)
  const detach = follows ? attach(cluster, current()) : () => {}
  try {
    const isUp = () => isFinished(current()) || (current().status.phase === 'Running' && isReady(current()))
    if (!cluster.waitFor(isUp, flags['pod-running-timeout'])) throw timedOut()
    if (!follows && !isFinished(current())) return lookAt(invocation, current(), container)
    if (!isFinished(current())) followProcess(invocation, current(), container)
  } finally {
    detach()
  }
  waitForEnd(invocation, current)
  return true
}

const timedOut = (): KubectlError => new KubectlError('timed out waiting for the condition')

/** A server: what it has printed so far, and nothing more. */
function lookAt(invocation: RunInvocation, pod: Pod, container: Container): false {
  tellAttached(invocation)
  invocation.streams.write(logsOf(invocation.cluster, pod, container.name))
  invocation.advise(
    `kubectl itself would stay attached to pod ${pod.metadata.name}, whose process does not end. The pod is still there: kubectl delete pod ${pod.metadata.name} removes it.`,
  )
  return false
}

function tellAttached({ streams, flags }: RunInvocation): void {
  if (flags.quiet) return
  streams.warn(
    'All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.',
  )
  streams.warn("If you don't see a command prompt, try pressing enter.")
}

/** The kubelet looks at its containers once in this time: what has ended before it is never seen running. */
const RELIST = 1_000

/** Runs the command line of the container and ends its process with what comes of it. */
function followProcess(invocation: RunInvocation, pod: Pod, container: Container): void {
  const { cluster, connections, environment, flags, streams } = invocation
  const stdin = flags.stdin ? (environment.stdin ?? '') : ''
  const from = { now: cluster.now, connections: connections.length }
  const { exitCode, stdout, stderr, log } = runInContainer(
    containerWorld(invocation, pod, container),
    commandLineOf(container),
    stdin,
  )
  const waited = connections.slice(from.connections).reduce((total, { attempt }) => total + attempt.ms, 0)
  if (stdin !== '' || cluster.now - from.now + waited >= RELIST) {
    tellAttached(invocation)
    streams.write(stdout)
    streams.stderr += stderr
  } else streams.write(log)
  const current = cluster.get('Pod', pod.metadata.namespace, pod.metadata.name)
  if (current) endProcess(cluster, current, container.name, exitCode)
}

/** Throws where the process has failed, unless its exit code was not asked for. */
function waitForEnd(invocation: RunInvocation, current: () => Pod): void {
  const { cluster, flags } = invocation
  const policy = restartPolicyOf(invocation)
  if (flags['leave-stdin-open'] || policy === 'Always') return
  const isOver = () => (policy === 'Never' ? isFinished(current()) : current().status.phase === 'Succeeded')
  if (!cluster.waitFor(isOver, flags['pod-running-timeout'])) throw timedOut()
  const { metadata, status } = current()
  if (status.phase === 'Succeeded') return
  const ended = status.containerStatuses?.[0]?.state.terminated
  const name = `${metadata.namespace}/${metadata.name}`
  if (!ended || ended.exitCode === 0) throw new KubectlError(`pod ${name} failed with unknown exit code`)
  const message = ended.message === undefined ? '' : `\n${ended.message}`
  throw new KubectlError(`pod ${name} terminated (${ended.reason})${message}`, {
    exitCode: ended.exitCode,
    bare: true,
  })
}
