import { describedLines } from '../../cluster/described.ts'
import { describeTemplate } from '../../cluster/kinds/pod-describe.ts'
import type { ReplicaSet } from '../../cluster/kinds/replica-set.ts'
import type { KubeObject } from '../../cluster/object.ts'
import { quote } from '../../cluster/quote.ts'
import { KubectlError } from '../errors.ts'
import { findObjects, visitEach } from '../find-objects.ts'
import { int, list, text } from '../flags.ts'
import { outputFlag, selectorFlag } from '../global-flags.ts'
import { createPrinter, OBJECT_FORMATS } from '../output/printer.ts'
import { TabWriter } from '../output/tab-writer.ts'
import { resourceName } from '../resources.ts'
import { qualified, revisionOf } from '../rollout-progress.ts'
import { defineVerb, type Invocation } from '../verb.ts'

const CHANGE_CAUSE = 'kubernetes.io/change-cause'

const flags = {
  filename: list('Filename, directory, or URL to files identifying the resource to get from a server.', {
    shorthand: 'f',
  }),
  output: outputFlag,
  revision: int('See the details, including podTemplate of the revision specified'),
  selector: selectorFlag,
  template: text('Template string to use when -o=go-template.'),
} as const

/** Show the earlier versions of a Deployment, or one of them. */
export const rolloutHistory = defineVerb({
  name: 'history',
  summary: 'View rollout history',
  usage: '(TYPE NAME | TYPE/NAME) [flags]',
  flags,
  run(invocation) {
    const { args, flags: given, streams } = invocation
    if (args.length === 0 && given.filename.length === 0) throw new KubectlError('required resource not specified')
    if (given.revision < 0) throw new KubectlError(`revision must be a positive integer: ${given.revision}`)
    const { found } = findObjects(invocation, { args, filenames: given.filename, selector: given.selector })
    visitEach(invocation, found, ({ definition, object }) => {
      const name = resourceName(definition, object.metadata.name)
      const revisions = revisionsOf(invocation, object)
      if (given.output !== '' || given.template !== '') printObjects(invocation, revisions)
      else if (given.revision === 0) streams.print(`${name} \n${overview(revisions)}`)
      else {
        const template = templateOf(chosen(revisions, given.revision))
        streams.print(`${name} with revision #${given.revision}\n${template}`)
      }
    })
  },
})

/** The ReplicaSets of a Deployment, the oldest revision first. */
function revisionsOf({ cluster }: Invocation, object: KubeObject): ReplicaSet[] {
  if (object.kind !== 'Deployment')
    throw new KubectlError(`no history viewer has been implemented for ${quote(qualified(object))}`)
  return cluster.store
    .list('ReplicaSet', { namespace: object.metadata.namespace, owner: object.metadata.uid })
    .sort((left, right) => revisionOf(left) - revisionOf(right))
}

function overview(revisions: readonly ReplicaSet[]): string {
  if (revisions.length === 0) return 'No rollout history found.'
  const rows = revisions.map((revision) => {
    const cause = revision.metadata.annotations?.[CHANGE_CAUSE] ?? ''
    return `${revisionOf(revision)}\t${cause === '' ? '<none>' : cause}`
  })
  const lines = new TabWriter({ minWidth: 0, padding: 2 }).format(['REVISION\tCHANGE-CAUSE', ...rows])
  return lines.map((line) => `${line}\n`).join('')
}

function chosen(revisions: readonly ReplicaSet[], revision: number): ReplicaSet {
  const found = revisions.find((each) => revisionOf(each) === revision)
  if (!found) throw new KubectlError('unable to find the specified revision')
  return found
}

/** The pod template as `describe` shows it, but before its cells are aligned: the real client prints the tabs. */
export const templateOf = ({ spec }: ReplicaSet): string =>
  describedLines([describeTemplate(spec.template)])
    .map((line) => `${line.replace(/^ +\t/, '\t')}\n`)
    .join('')

function printObjects(
  { flags: given, streams, environment }: Invocation<typeof flags>,
  revisions: readonly ReplicaSet[],
): void {
  const { output: format, template } = given
  const print = createPrinter({ format, template, formats: OBJECT_FORMATS, files: environment.files })
  const wanted = given.revision > 0 ? [chosen(revisions, given.revision)] : revisions
  wanted.forEach((revision, index) => {
    if (index > 0 && format === 'yaml') streams.print('---')
    streams.write(print(revision))
  })
}
