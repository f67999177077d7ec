import { KubectlError } from '../errors.ts'
import { goValue } from './go-value.ts'
import type { Json } from './json.ts'
import { JsonPath } from './jsonpath.ts'
import { TabWriter } from './tab-writer.ts'

export interface CustomColumn {
  header: string
  path: JsonPath
}

/** Reads `HEADER:PATH,HEADER:PATH`. Throws `KubectlError` in kubectl's words. */
export function parseCustomColumns(spec: string): CustomColumn[] {
  if (spec === '') throw new KubectlError('custom-columns format specified but no custom columns given')
  return spec.split(',').map((part) => {
    const colon = part.indexOf(':')
    if (colon < 0) throw new KubectlError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`)
    return { header: part.slice(0, colon), path: new JsonPath(relaxedPath(part.slice(colon + 1))) }
  })
}

/** Reads the two lines of a columns file: headers, and paths below them. */
export function parseCustomColumnsFile(text: string): CustomColumn[] {
  const lines = text.split('\n')
  const advice = 'Expected format is one line of space separated headers, one line of space separated column specs.'
  if (text === '') throw new KubectlError(`invalid template, missing header line. ${advice}`)
  if (lines.length < 2) throw new KubectlError(`invalid template, missing spec line. ${advice}`)
  const [headers, paths] = lines.slice(0, 2).map((line) => line.split(/\s+/).filter((word) => word !== '')) as [
    string[],
    string[],
  ]
  if (headers.length !== paths.length)
    throw new KubectlError(
      `number of headers (${headers.length}) and field specifications (${paths.length}) don't match`,
    )
  return headers.map((header, index) => ({ header, path: new JsonPath(relaxedPath(paths[index]!)) }))
}

/** `metadata.name`, `.metadata.name`, `{metadata.name}` and `{.metadata.name}` all mean the last. */
export function relaxedPath(path: string): string {
  if (path === '') return path
  const match = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(path)
  if (!match)
    throw new KubectlError(
      "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
    )
  return `{.${match[1] ?? match[2]}}`
}

/** The table of the columns, one row for each object. */
export function renderCustomColumns(
  columns: readonly CustomColumn[],
  objects: readonly Json[],
  headers: boolean,
): string {
  const lines = objects.map((object) => columns.map(({ path }) => cell(path.find(object))).join('\t'))
  if (headers) lines.unshift(columns.map(({ header }) => header).join('\t'))
  return new TabWriter({ minWidth: 6, padding: 3 })
    .format(lines)
    .map((line) => `${line}\n`)
    .join('')
}

function cell(results: readonly (readonly Json[])[]): string {
  const values = results.flat().map((value) => escapeTerminal(goValue(value)))
  return (results[0]?.length ?? 0) === 0 ? ['<none>', ...values].join(',') : values.join(',')
}

/** Control characters must not reach a terminal. */
export const escapeTerminal = (text: string): string => text.replaceAll('\u001b', '^[').replaceAll('\r', '\\r')
