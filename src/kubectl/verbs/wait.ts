import { objectAt } from '../../cluster/cluster.ts'
import { notFound } from '../../cluster/errors.ts'
import { type KubeObject, keyOf, type Milliseconds, resourceOf } from '../../cluster/object.ts'
import { KubectlError } from '../errors.ts'
import { type Found, findObjects, readObject, visitEach } from '../find-objects.ts'
import { array, bool, duration, list, text } from '../flags.ts'
import { allNamespacesFlag, fieldSelectorFlag, outputFlag, selectorFlag } from '../global-flags.ts'
import { printResult } from '../output/result.ts'
import { missingResource, parseResourceArguments, resourceName } from '../resources.ts'
import { defineVerb, type Invocation } from '../verb.ts'
import { parseWaitCondition, type WaitCondition } from '../wait-condition.ts'

/** What a negative `--timeout` means. */
const WEEK: Milliseconds = 168 * 3_600_000

const flags = {
  all: bool('Select all resources in the namespace of the specified resource types'),
  'all-namespaces': allNamespacesFlag,
  'field-selector': fieldSelectorFlag,
  filename: list('identifying the resource.', { shorthand: 'f' }),
  for: array(
    "The condition to wait on: [create|delete|condition=condition-name[=condition-value]|jsonpath='{JSONPath expression}'=[JSONPath value]].",
  ),
  output: outputFlag,
  selector: selectorFlag,
  template: text('Template string to use when -o=go-template.'),
  timeout: duration(
    "The length of time to wait before giving up. Zero means check once and don't wait, negative means wait for a week.",
    { initial: 30_000 },
  ),
} as const

/** Wait until something is true of objects; the cluster's clock runs meanwhile. */
export const wait = defineVerb({
  name: 'wait',
  summary: 'Wait for a specific condition on one or many resources.',
  usage:
    "([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]",
  flags,
  run(invocation) {
    const { flags: given, cluster } = invocation
    if (given.for.length === 0) throw new KubectlError('unrecognized condition: []')
    const conditions = given.for.map(parseWaitCondition)
    requireObjects(invocation)
    const until = cluster.now + (given.timeout < 0 ? WEEK : given.timeout)
    if (conditions.some(({ type }) => type === 'create')) waitForCreation(invocation, until)
    const isForDelete = conditions.some(({ type }) => type === 'delete')
    const { found, failed } = find(invocation, isForDelete)
    visitEach(invocation, found, (each) => {
      for (const condition of conditions) waitForOne(invocation, each, condition, until)
    })
    if (found.length + failed === 0 && !isForDelete) throw new KubectlError('no matching resources found')
  },
})

const find = (invocation: Invocation<typeof flags>, ignoreNotFound: boolean) =>
  findObjects(invocation, {
    args: invocation.args,
    filenames: invocation.flags.filename,
    allNamespaces: invocation.flags['all-namespaces'],
    selector: invocation.flags.selector,
    fieldSelector: invocation.flags['field-selector'],
    ignoreNotFound,
  })

function requireObjects({ cluster, args, flags: given }: Invocation<typeof flags>): void {
  if (args.length === 0 && given.filename.length === 0) throw missingResource()
  const { named } = parseResourceArguments(cluster, args)
  const several = given.all || given.selector !== '' || given['field-selector'] !== ''
  if (args.length > 0 && !named && !several)
    throw new KubectlError('resource(s) were provided, but no name was specified')
}

/** Waits until everything that is named is there, or anything that is selected. */
function waitForCreation(invocation: Invocation<typeof flags>, until: Milliseconds): void {
  const { cluster } = invocation
  const isThere = (): boolean => {
    const missing: unknown[] = []
    const { found } = find({ ...invocation, fail: (error) => missing.push(error) }, false)
    return found.length > 0 && missing.length === 0
  }
  if (!cluster.waitFor(isThere, Math.max(0, until - cluster.now)))
    throw new KubectlError('timed out waiting for the condition')
}

function waitForOne(
  invocation: Invocation<typeof flags>,
  { definition, object }: Found,
  condition: WaitCondition,
  until: Milliseconds,
): void {
  const { cluster, flags: given } = invocation
  const { name } = object.metadata
  const holds = (): boolean => isMet(invocation, { definition, object }, condition)
  const met = given.timeout === 0 ? holds() : cluster.waitFor(holds, Math.max(0, until - cluster.now))
  if (met) {
    printResult(invocation, current(invocation, { definition, object }) ?? object, 'condition met', given)
    return
  }
  if (given.timeout === 0) throw new KubectlError(`condition not met for ${resourceName(definition, name)}`)
  throw new KubectlError(`timed out waiting for the condition on ${definition.plural}/${name}`)
}

/** The object as it is shown, if it is still the same one. */
function current(invocation: Invocation, { definition, object }: Found): KubeObject | undefined {
  if (objectAt(invocation.cluster, keyOf(object)) === undefined && !definition.computed) return undefined
  const where = { ...invocation, namespace: object.metadata.namespace ?? invocation.namespace }
  return readObject(where, definition, object.metadata.name)
}

function isMet(invocation: Invocation, found: Found, condition: WaitCondition): boolean {
  const now = current(invocation, found)
  if (condition.type === 'delete') return now === undefined || now.metadata.uid !== found.object.metadata.uid
  if (now === undefined) throw notFound(resourceOf(found.definition), found.object.metadata.name)
  return condition.type === 'create' || condition.of(now)
}
