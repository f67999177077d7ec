import type { KubeObject } from '../../../cluster/object.ts'
import { quote } from '../../../cluster/quote.ts'
import { parseSelector, type Selector, SelectorError } from '../../../cluster/selector.ts'
import { dryRunOf } from '../../change/dry-run.ts'
import { selectFlags } from '../../change/flags.ts'
import { createResultPrinter } from '../../change/result-printer.ts'
import { eachTarget, findTargets, readTarget } from '../../change/targets.ts'
import { updateObject } from '../../change/write.ts'
import { KubectlError, notModelled } from '../../errors.ts'
import { text } from '../../flags.ts'
import { defineVerb } from '../../verb.ts'

/** Set the selector on a resource. */
export const setSelector = defineVerb({
  name: 'selector',
  summary: 'Set the selector on a resource.',
  usage: '(-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]',
  flags: { ...selectFlags, 'resource-version': text('If non-empty, the resource version that must be current.') },
  run(invocation) {
    const { args, flags } = invocation
    const print = createResultPrinter(invocation, { typed: true })
    const dryRun = dryRunOf(invocation)
    const expression = args.at(-1)
    if (expression === undefined) throw new KubectlError('one selector is required')
    const selector = parse(expression)
    if (flags.local) throw notModelled('--local', 'It changes a manifest without asking the API server.')
    const targets = findTargets(invocation, {
      args: args.slice(0, -1),
      filenames: flags.filename,
      kustomize: flags.kustomize,
      orEvery: flags.all,
    })
    eachTarget(invocation, targets, (target) => {
      const wanted = withSelector(readTarget(invocation, target), selector, flags['resource-version'])
      const { namespace } = target
      const result = dryRun === 'client' ? wanted : updateObject(invocation, wanted, { dryRun, namespace })
      print(result, 'selector updated')
    })
  },
})

function parse(expression: string): Selector {
  try {
    return parseSelector(expression)
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error
    throw new KubectlError(`couldn't parse the selector string ${quote(expression)}: ${error.message}`)
  }
}

/** Kubernetes' own names of what is no plain equality. */
const OPERATORS: Readonly<Record<string, string>> = {
  in: 'In',
  notin: 'NotIn',
  '!=': 'NotIn',
  exists: 'Exists',
  '!': 'DoesNotExist',
}

function withSelector(object: KubeObject, selector: Selector, resourceVersion: string): KubeObject {
  if (object.kind !== 'Service') throw new KubectlError('setting a selector is only supported for Services')
  const expressions = selector.filter(({ operator }) => operator !== '=' && operator !== '==')
  if (expressions.length > 0) {
    const list = expressions.map(
      ({ key, operator, values }) => `{${key} ${OPERATORS[operator] ?? operator} [${values.join(' ')}]}`,
    )
    throw new KubectlError(`match expression [${list.join(' ')}] not supported on this object`)
  }
  const labels = Object.fromEntries(selector.map(({ key, values }) => [key, values[0] ?? '']))
  const { metadata } = object
  return {
    ...object,
    metadata: { ...metadata, ...(resourceVersion !== '' && { resourceVersion }) },
    spec: { ...(object as { spec?: object }).spec, selector: labels },
  } as KubeObject
}
