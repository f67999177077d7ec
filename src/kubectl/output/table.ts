import type { Cluster } from '../../cluster/cluster.ts'
import type { KindDefinition, KubeObject } from '../../cluster/object.ts'
import { escapeTerminal } from './custom-columns.ts'
import { compareText } from './json.ts'

/** What a table shows beside the kind's own columns. */
export interface TableOptions {
  wide?: boolean
  /** NAMESPACE as the first column. */
  namespace?: boolean
  /** Names as `deployment.apps/web`. */
  prefix?: boolean
  /** Labels with a column each (`-L`). */
  labelColumns?: readonly string[]
  /** LABELS as the last column. */
  showLabels?: boolean
  /** EVENT as the first column, for `--output-watch-events`. */
  eventType?: string
}

/** The header of a kind's table, cells joined by tabs. */
export function tableHeader(definition: KindDefinition, options: TableOptions): string {
  return [
    ...(options.eventType === undefined ? [] : ['EVENT']),
    ...(options.namespace && definition.namespaced ? ['NAMESPACE'] : []),
    ...columnsOf(definition, options).map(({ name }) => name.toUpperCase()),
    ...(options.labelColumns ?? []).map((label) => label.split('/').at(-1)!.toUpperCase()),
    ...(options.showLabels ? ['LABELS'] : []),
  ].join('\t')
}

/** The row of an object, cells joined by tabs. */
export function tableRow(
  definition: KindDefinition,
  object: KubeObject,
  cluster: Cluster,
  options: TableOptions,
): string {
  const labels = object.metadata.labels ?? {}
  const [name, ...others] = columnsOf(definition, options).map(({ cell }) => cell(object, cluster))
  const shown = options.prefix && NAME_FIRST(definition) ? `${singularOf(definition)}/${name}` : name!
  return [
    ...(options.eventType === undefined ? [] : [options.eventType.padEnd(8)]),
    ...(options.namespace && definition.namespaced ? [object.metadata.namespace ?? ''] : []),
    shown,
    ...others,
    ...(options.labelColumns ?? []).map((label) => (Object.hasOwn(labels, label) ? labels[label]! : '<none>')),
    ...(options.showLabels ? [renderLabels(labels)] : []),
  ]
    .map(oneLine)
    .join('\t')
}

const columnsOf = ({ columns }: KindDefinition, { wide }: TableOptions) =>
  columns.filter((column) => wide || !column.wide)

const NAME_FIRST = ({ columns }: KindDefinition): boolean => columns[0]?.name.toLowerCase() === 'name'

const singularOf = ({ singular, group }: KindDefinition): string => (group === '' ? singular : `${singular}.${group}`)

/** `a=1,b=2` by name, or `<none>`. */
const renderLabels = (labels: Readonly<Record<string, string>>): string => {
  const names = Object.keys(labels).sort(compareText)
  return names.length === 0 ? '<none>' : names.map((name) => `${name}=${labels[name]}`).join(',')
}

/** A cell ends at its first line break; tabs would begin another cell. */
function oneLine(cell: string): string {
  const end = cell.search(/[\f\n\r]/)
  const text = end < 0 ? cell : `${cell.slice(0, end)}...`
  return escapeTerminal(text.replaceAll('\t', ' '))
}
