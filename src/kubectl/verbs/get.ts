import type { KindDefinition } from '../../cluster/object.ts'
import { KubectlError, notModelled, usageError } from '../errors.ts'
import { type Found, findObjects } from '../find-objects.ts'
import { type GetInvocation, getFlags, isTable, printerOf, tableOptions } from '../get/options.ts'
import { watchObjects } from '../get/watch.ts'
import { asList } from '../output/printer.ts'
import { TabWriter } from '../output/tab-writer.ts'
import { type TableOptions, tableHeader, tableRow } from '../output/table.ts'
import { sortBy } from '../sort-by.ts'
import { defineVerb } from '../verb.ts'

/** Display one or many resources: tables, and every other format of `-o`. */
export const get = defineVerb({
  name: 'get',
  summary: 'Display one or many resources.',
  usage:
    '[(-o|--output=)json|yaml|name|go-template|jsonpath|custom-columns|wide] (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags] [options]',
  flags: getFlags,
  run(invocation) {
    refuseCombinations(invocation)
    if (invocation.flags.watch || invocation.flags['watch-only']) watchObjects(invocation)
    else if (isTable(invocation)) printTables(invocation)
    else printObjects(invocation)
  },
})

function refuseCombinations({ args, flags: given, streams, path }: GetInvocation): void {
  if (given.raw !== '')
    throw notModelled(
      '--raw',
      'It sends a path of your own to the API server; `kubectl get -o json` shows the same objects.',
    )
  if (given.subresource !== '')
    throw notModelled('--subresource', 'Status and scale are shown as parts of the object itself.')
  if (given.kustomize !== '')
    throw notModelled('-k', 'It builds manifests from a kustomization directory; -f NAME reads a manifest.')
  const watching = given.watch || given['watch-only']
  if (!watching && args.length === 0 && given.filename.length === 0) {
    streams.warn(`You must specify the type of resource to get. ${SUGGESTION}\n`)
    throw usageError(path, REQUIRED)
  }
  if (given['show-labels'] && given.output !== '' && given.output !== 'wide')
    throw new KubectlError(`--show-labels option cannot be used with ${given.output} printer`)
  if (given['output-watch-events'] && !watching)
    throw new KubectlError('--output-watch-events option can only be used with --watch or --watch-only')
}

export const SUGGESTION = 'Use "kubectl api-resources" for a complete list of supported resources.'

const REQUIRED = `Required resource not specified.
Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).`

/** What `get` was asked for. */
const find = (invocation: GetInvocation) =>
  findObjects(invocation, {
    args: invocation.args,
    filenames: invocation.flags.filename,
    allNamespaces: invocation.flags['all-namespaces'],
    selector: invocation.flags.selector,
    fieldSelector: invocation.flags['field-selector'],
    ignoreNotFound: invocation.flags['ignore-not-found'],
  })

/** One table for each kind, a blank line between them. */
function printTables(invocation: GetInvocation): void {
  const { streams, namespace } = invocation
  const given = invocation.flags
  const { found, kinds, named, namespaced, failed } = find(invocation)
  const ordered = given['sort-by'] === '' ? found : sortBy(found, given['sort-by'], ({ object }) => object)
  const options = {
    ...tableOptions(invocation),
    prefix: given['show-kind'] || severalKinds(named ? found.map(({ definition }) => definition) : kinds),
  }
  runsOfOneKind(ordered).forEach((objects, index) => {
    if (index > 0 && !given['no-headers']) streams.print()
    for (const line of renderTable(invocation, objects, options)) streams.print(line)
  })
  if (found.length > 0 || failed > 0 || given['ignore-not-found']) return
  const inNamespace = namespaced && !given['all-namespaces']
  streams.warn(`No resources found${inNamespace ? ` in ${namespace} namespace.` : ''}`)
  if (inNamespace && kinds.length === 1) invocation.foundNothing(kinds[0]!.kind)
}

/** Each kind that was listed counts, also where there is nothing of it; of named objects those that are there. */
const severalKinds = (kinds: readonly KindDefinition[]): boolean => new Set(kinds).size > 1

/** Neighbours of one kind share a table. */
function runsOfOneKind(found: readonly Found[]): Found[][] {
  const runs: Found[][] = []
  for (const each of found) {
    const run = runs.at(-1)
    if (run?.[0]?.definition === each.definition) run.push(each)
    else runs.push([each])
  }
  return runs
}

function renderTable(
  { cluster, flags: given }: GetInvocation,
  objects: readonly Found[],
  options: TableOptions,
): string[] {
  const { definition } = objects[0]!
  const rows = objects.map(({ object }) => tableRow(definition, object, cluster, options))
  const lines = given['no-headers'] ? rows : [tableHeader(definition, options), ...rows]
  return new TabWriter({ minWidth: 6, padding: 3 }).format(lines)
}

/** The objects in another format: a single named one as itself, all others as a list. */
function printObjects(invocation: GetInvocation): void {
  const { streams } = invocation
  const given = invocation.flags
  const { found, single, failed } = find(invocation)
  if (single && failed > 0) return
  if (found.length === 0 && given['ignore-not-found']) return
  const print = printerOf(invocation)
  const objects = found.map(({ object }) => object)
  const ordered = given['sort-by'] === '' ? objects : sortBy(objects, given['sort-by'], (object) => object)
  streams.write(print(single && ordered.length === 1 ? ordered[0] : asList(ordered)))
}
