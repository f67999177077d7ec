import { objectAt } from '../../cluster/cluster.ts'
import { type KubeObject, keyOf, type Milliseconds } from '../../cluster/object.ts'
import { KubectlError } from '../errors.ts'
import { findObjects, visitEach } from '../find-objects.ts'
import { bool, duration, int, list } from '../flags.ts'
import { selectorFlag } from '../global-flags.ts'
import { rolloutProgress } from '../rollout-progress.ts'
import { defineVerb, type Invocation } from '../verb.ts'

/** A rollout that never ends is given up after this time of the cluster's clock; a real client would go on waiting. */
const LONGEST_WATCH: Milliseconds = 15 * 60_000

const flags = {
  filename: list('Filename, directory, or URL to files identifying the resource to get from a server.', {
    shorthand: 'f',
  }),
  revision: int('Pin to a specific revision for showing its status. Defaults to 0 (last revision).'),
  selector: selectorFlag,
  timeout: duration('The length of time to wait before ending watch, zero means never.'),
  watch: bool("Watch the status of the rollout until it's done.", { shorthand: 'w', initial: true }),
} as const

/** Show how a rollout proceeds; the cluster's clock runs until it is done. */
export const rolloutStatus = defineVerb({
  name: 'status',
  summary: 'Show the status of the rollout',
  usage: '(TYPE NAME | TYPE/NAME) [flags]',
  flags,
  run(invocation) {
    const { args, flags: given, streams, namespace } = invocation
    if (args.length === 0 && given.filename.length === 0) throw new KubectlError('required resource not specified')
    if (given.revision < 0) throw new KubectlError(`revision must be a positive integer: ${given.revision}`)
    const { found, failed } = findObjects(invocation, {
      args,
      filenames: given.filename,
      selector: given.selector,
    })
    if (found.length + failed === 0) streams.warn(`No resources found in ${namespace} namespace.`)
    visitEach(invocation, found, ({ object }) => follow(invocation, object))
  },
})

/** One line for each version of the object, until the rollout is done. */
function follow({ cluster, flags: given, streams }: Invocation<typeof flags>, object: KubeObject): void {
  let seen: string | undefined
  const isDone = (): boolean => {
    const current = objectAt(cluster, keyOf(object))
    if (current?.metadata.uid !== object.metadata.uid) throw new KubectlError('object has been deleted')
    const { text, done } = rolloutProgress(current, given.revision)
    if (current.metadata.resourceVersion !== seen) streams.print(text)
    seen = current.metadata.resourceVersion
    return done || !given.watch
  }
  const done = cluster.waitFor(isDone, given.timeout > 0 ? given.timeout : LONGEST_WATCH)
  if (!done) throw new KubectlError('timed out waiting for the condition')
}
