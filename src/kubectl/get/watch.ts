import { read } from '../../cluster/api.ts'
import type { Cluster, WatchEvent } from '../../cluster/cluster.ts'
import { fieldMatcher, parseFieldSelector } from '../../cluster/field-selector.ts'
import { type Key, type KindDefinition, type KubeObject, keyOf, type Milliseconds } from '../../cluster/object.ts'
import { matchesSelector, parseSelector } from '../../cluster/selector.ts'
import { KubectlError } from '../errors.ts'
import { listOf } from '../find-objects.ts'
import { clusterAt } from '../moment.ts'
import { sorted } from '../output/json.ts'
import { TabWriter } from '../output/tab-writer.ts'
import { tableHeader, tableRow } from '../output/table.ts'
import { missingResource, parseResourceArguments } from '../resources.ts'
import { type GetInvocation, isTable, printerOf, tableOptions } from './options.ts'

/** What a watch shows in one line: an object as it was at a moment, and what had happened to it. */
interface Sight {
  type: WatchEvent['type']
  at: Milliseconds
  object: KubeObject
}

interface Watched {
  definition: KindDefinition
  name: string | undefined
  namespace: string | undefined
  /** True for objects that the selectors match. */
  admits: (object: KubeObject) => boolean
}

/**
 * `get --watch`: the objects as they were before the last change of the cluster, and then one line for each version that
 * followed. A real client would go on waiting; here the watch ends at the present.
 */
export function watchObjects(invocation: GetInvocation): void {
  const { streams, flags, cluster } = invocation
  const watched = watchedBy(invocation)
  if (watched.definition.warning !== undefined) streams.warn(`Warning: ${watched.definition.warning}`)
  if (flags['sort-by'] !== '') streams.warn(`warning: ${flags.watch ? WATCH_SORTED : WATCH_ONLY_SORTED}`)
  const changes = cluster.changes.filter(({ object }) => isWatched(watched, object))
  const before = flags['watch-only'] ? [] : sightsBefore(invocation, watched, changes)
  const sights = [...before, ...changes.flatMap((change) => sightOf(watched, cluster, change))]
  if (isTable(invocation)) printRows(invocation, watched.definition, sights, before.length)
  else printVersions(invocation, sights)
}

const WATCH_SORTED = '--watch requested, --sort-by will be ignored for watch events received'
const WATCH_ONLY_SORTED = '--watch-only requested, --sort-by will be ignored'

function watchedBy({ cluster, args, flags, namespace }: GetInvocation): Watched {
  const { requests } = parseResourceArguments(cluster, args)
  const [request, ...others] = requests
  if (!request) throw missingResource()
  if (others.some(({ definition }) => definition !== request.definition))
    throw new KubectlError('you may only specify a single resource type')
  if (others.length > 0 || request.names.length > 1)
    throw new KubectlError('you may only watch a single resource or type of resource at a time')
  const { definition } = request
  const selector = parseSelector(flags.selector)
  const matches = fieldMatcher(definition, parseFieldSelector(flags['field-selector']))
  return {
    definition,
    name: request.names[0],
    namespace: definition.namespaced && !flags['all-namespaces'] ? namespace : undefined,
    admits: (object) => matchesSelector(selector, object.metadata.labels) && matches(object),
  }
}

const isWatched = ({ definition, name, namespace }: Watched, { kind, metadata }: KubeObject): boolean =>
  kind === definition.kind &&
  (namespace === undefined || metadata.namespace === namespace) &&
  (name === undefined || metadata.name === name)

/** The matching objects as they were before the first of the changes. */
function sightsBefore(invocation: GetInvocation, watched: Watched, changes: readonly WatchEvent[]): Sight[] {
  const { cluster } = invocation
  const at = changes[0]?.at ?? cluster.now
  const earlier = new Map<Key, KubeObject | undefined>()
  for (const { object, before } of changes) if (!earlier.has(keyOf(object))) earlier.set(keyOf(object), before)
  const untouched = currentObjects(invocation, watched).filter((object) => !earlier.has(keyOf(object)))
  const restored = [...earlier.values()].flatMap((object) =>
    object === undefined ? [] : [shown(watched, clusterAt(cluster, at), object)],
  )
  if (watched.name !== undefined && untouched.length + earlier.size === 0)
    read(cluster, watched.definition.kind, watched.namespace, watched.name)
  return [...untouched, ...restored.filter(watched.admits)]
    .sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
    .map((object) => ({ type: 'ADDED', at, object }))
}

const currentObjects = (invocation: GetInvocation, { definition, name }: Watched): KubeObject[] =>
  listOf(invocation, definition, {
    allNamespaces: invocation.flags['all-namespaces'],
    selector: invocation.flags.selector,
    fieldSelector: invocation.flags['field-selector'],
  })
    .map(({ object }) => object)
    .filter(({ metadata }) => name === undefined || metadata.name === name)

const shown = ({ definition }: Watched, cluster: Cluster, object: KubeObject): KubeObject =>
  definition.present?.(object, cluster) ?? object

/** What a watcher with these selectors sees of a change: objects come and go as they begin and cease to match. */
function sightOf(watched: Watched, cluster: Cluster, { type, at, object, before }: WatchEvent): Sight[] {
  const view = clusterAt(cluster, at)
  const after = type === 'DELETED' ? undefined : shown(watched, view, object)
  const earlier = before && shown(watched, view, before)
  const matches = after !== undefined && watched.admits(after)
  const matched = earlier !== undefined && watched.admits(earlier)
  if (matches) return [{ type: matched ? 'MODIFIED' : 'ADDED', at, object: after }]
  return matched ? [{ type: 'DELETED', at, object: earlier }] : []
}

/** Rows of a watch keep the widths of the rows above them. */
function printRows(
  invocation: GetInvocation,
  definition: KindDefinition,
  sights: readonly Sight[],
  together: number,
): void {
  const { cluster, streams, flags } = invocation
  const writer = new TabWriter({ minWidth: 6, padding: 3, remember: true })
  const lines = sights.map(({ type, at, object }) =>
    tableRow(definition, object, clusterAt(cluster, at), {
      ...tableOptions(invocation),
      ...(flags['output-watch-events'] && { eventType: type }),
    }),
  )
  const options = { ...tableOptions(invocation), ...(flags['output-watch-events'] && { eventType: 'ADDED' }) }
  if (lines.length > 0 && !flags['no-headers']) lines.unshift(tableHeader(definition, options))
  const first = Math.max(1, together) + (flags['no-headers'] ? 0 : 1)
  for (const line of writer.format(lines.slice(0, first))) streams.print(line)
  for (const line of lines.slice(first)) for (const aligned of writer.format([line])) streams.print(aligned)
}

/** Each version in the format of `-o`; YAML documents are parted by `---`. */
function printVersions(invocation: GetInvocation, sights: readonly Sight[]): void {
  const { streams, flags } = invocation
  const print = printerOf(invocation)
  sights.forEach(({ type, object }, index) => {
    if (index > 0 && flags.output === 'yaml') streams.print('---')
    streams.write(print(flags['output-watch-events'] ? { object: sorted(object), type } : object))
  })
}
