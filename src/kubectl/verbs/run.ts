import { remove } from '../../cluster/api.ts'
import { parseImage } from '../../cluster/apps/image.ts'
import { ApiError } from '../../cluster/errors.ts'
import { type Kind, kinds } from '../../cluster/kinds/index.ts'
import type { Pod } from '../../cluster/kinds/pod.ts'
import type { KubeObject } from '../../cluster/object.ts'
import { quote } from '../../cluster/quote.ts'
import { propagationOf } from '../change/delete-options.ts'
import { deletionLine } from '../change/deletion-line.ts'
import { dryRunOf } from '../change/dry-run.ts'
import { submitGenerated } from '../change/generate.ts'
import { createResultPrinter, type ResultPrinter } from '../change/result-printer.ts'
import { isTold, KubectlError, usageError, type WrongWord } from '../errors.ts'
import { defineVerb } from '../verb.ts'
import { attachTo, refuseUnknown } from './run/attach.ts'
import { isAttaching, type RunInvocation, restartPolicyOf, runFlags } from './run/flags.ts'
import { runPod, runService } from './run/generate.ts'

/** Create and run a particular image in a pod. */
export const run = defineVerb({
  name: 'run',
  summary: 'Create and run a particular image in a pod.',
  usage:
    'NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...]',
  flags: runFlags,
  run(invocation) {
    const print = createResultPrinter(invocation, { typed: true })
    propagationOf(invocation)
    checkFlags(invocation)
    const generated = runPod(invocation)
    if (isAttaching(invocation)) refuseUnknown(invocation)
    const pod = submitGenerated(withEffect(invocation), generated)
    const service = invocation.flags.expose ? exposePod(invocation, print) : undefined
    if (isAttaching(invocation)) runAttached(invocation, pod as Pod, service)
    else print(pod, 'created')
  },
})

const STANDARD_INPUT = /^spec\.containers\[\]\.(?:stdin|stdinOnce|tty)$/

/** What is attached has its standard input from the command line, so that the fields for it have an effect. */
const withEffect = (invocation: RunInvocation): RunInvocation =>
  isAttaching(invocation)
    ? { ...invocation, ignore: (paths) => invocation.ignore(paths.filter((path) => !STANDARD_INPUT.test(path))) }
    : invocation

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never']
const PULL_POLICIES = ['', 'Always', 'IfNotPresent', 'Never']

/** Throws in kubectl's words and order. */
function checkFlags(invocation: RunInvocation): void {
  const { args, flags, path } = invocation
  const refuse = (message: string, wrong?: WrongWord) => usageError(path, message, wrong)
  if (args.length === 0) throw refuse('NAME is required for run')
  if (flags['pod-running-timeout'] <= 0) throw refuse('--pod-running-timeout must be higher than zero')
  if (flags.image === '') throw new KubectlError('--image is required')
  if (!parseImage(flags.image))
    throw new KubectlError(`Invalid image name ${quote(flags.image)}: invalid reference format`)
  if (flags.tty && !flags.stdin) throw refuse('-i/--stdin is required for containers with -t/--tty=true')
  if (flags.expose && flags.port === '') throw refuse('--port must be set when exposing a service')
  if (!RESTART_POLICIES.includes(restartPolicyOf(invocation)))
    throw refuse(`invalid restart policy: ${flags.restart}`, { word: flags.restart, candidates: RESTART_POLICIES })
  if (flags.rm && !isAttaching(invocation)) throw refuse('--rm should only be used for attached containers')
  if (isAttaching(invocation) && dryRunOf(invocation) !== 'none')
    throw refuse(
      "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)",
    )
  const pullPolicy = flags['image-pull-policy']
  if (!PULL_POLICIES.includes(pullPolicy))
    throw refuse(`invalid image pull policy: ${pullPolicy}`, { word: pullPolicy, candidates: PULL_POLICIES })
}

/** Creates the Service of `--expose`; if it is refused, the pod is there nevertheless. */
function exposePod(invocation: RunInvocation, print: ResultPrinter): KubeObject | undefined {
  try {
    const service = submitGenerated(invocation, runService(invocation))
    print(service, 'created')
    if (invocation.flags.output === 'yaml') invocation.streams.print('---')
    return service
  } catch (error) {
    if (!isTold(error)) throw error
    if (!isAttaching(invocation)) invocation.fail(error)
    return undefined
  }
}

/** Stays with the pod until its process has ended; with `--rm` nothing is left then. */
function runAttached(invocation: RunInvocation, pod: Pod, service: KubeObject | undefined): void {
  const objects = service ? [pod, service] : [pod]
  try {
    const isOver = attachTo(invocation, pod)
    if (isOver && invocation.flags.rm) removeAll(invocation, objects, !invocation.flags.quiet)
  } catch (error) {
    // What the simulation cannot run must not look as if it had run.
    const isUnknown = !(error instanceof KubectlError || error instanceof ApiError)
    if (invocation.flags.rm || isUnknown) removeAll(invocation, objects, !isUnknown && !invocation.flags.quiet)
    throw error
  }
}

function removeAll({ cluster, streams }: RunInvocation, objects: readonly KubeObject[], tell: boolean): void {
  for (const { kind, metadata } of objects) {
    const { name, namespace } = metadata
    remove(cluster, kind as Kind, namespace, name)
    if (tell) streams.print(deletionLine({ definition: kinds[kind as Kind], name, namespace }))
  }
}
