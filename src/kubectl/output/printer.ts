import { KubectlError, notModelled } from '../errors.ts'
import { type CustomColumn, parseCustomColumns, parseCustomColumnsFile, renderCustomColumns } from './custom-columns.ts'
import { goSyntax, goValue } from './go-value.ts'
import { compactJson, isMap, type Json, renderJson, sorted } from './json.ts'
import { JsonPath, JsonPathError } from './jsonpath.ts'
import { structOrder } from './struct-order.ts'
import { GoTemplate, TemplateError } from './template.ts'
import { renderYaml } from './yaml.ts'

/** Prints one object, or a `List` of several, in the format of `-o`. Throws `KubectlError` where a template fails. */
export type Printer = (value: unknown) => string

const TEMPLATES = [
  'go-template',
  'go-template-file',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'template',
  'templatefile',
]

/** The formats of verbs that print objects; `get` has tables as well. */
export const OBJECT_FORMATS = [...TEMPLATES, 'json', 'kyaml', 'name', 'yaml'].sort()
export const GET_FORMATS = [...OBJECT_FORMATS, 'custom-columns', 'custom-columns-file', 'wide'].sort()

export interface PrinterOptions {
  /** The value of `--output`. */
  format: string
  /** The value of `--template`. */
  template?: string
  /** Which formats the verb knows. */
  formats: readonly string[]
  files: Readonly<Record<string, string>>
  /** For custom columns. */
  headers?: boolean
  /** JSON is in the order of the Go type, as verbs write it that know the type. */
  typed?: boolean
}

/** The printer that `-o` asks for. Throws `KubectlError` for an unknown format or a template that cannot be read. */
export function createPrinter({ typed = false, ...options }: PrinterOptions): Printer {
  const { format, template = '', formats, files, headers = true } = options
  const { name, argument } = splitFormat(format, template)
  if (!formats.includes(name))
    throw new KubectlError(
      `unable to match a printer suitable for the output format "${format}", allowed formats are: ${formats.join(',')}`,
      { wrong: { word: format, candidates: formats } },
    )
  if (name === 'yaml') return renderYaml
  if (name === 'json') return (value) => renderJson(value, typed ? structOrder(value) : undefined)
  if (name === 'name') return renderNames
  if (name === 'kyaml')
    throw notModelled('-o kyaml', 'It prints YAML with braces and quotes; -o yaml has the same content.')
  const text = name.endsWith('file') ? readTemplate(argument, files) : argument
  if (name.startsWith('custom-columns')) return customColumnsPrinter(name, text, headers)
  if (argument === '') throw new KubectlError('template format specified but no template given')
  return name.startsWith('jsonpath') ? jsonPathPrinter(name, text) : templatePrinter(text)
}

/** `jsonpath={.a}` is a format and its template; `--template` alone means a Go template. */
function splitFormat(format: string, template: string): { name: string; argument: string } {
  const equals = format.indexOf('=')
  const name = equals < 0 ? format : format.slice(0, equals)
  if (name === '' && template !== '') return { name: 'go-template', argument: template }
  const takes = TEMPLATES.includes(name) || name.startsWith('custom-columns')
  if (equals >= 0 && !takes) return { name: format, argument: '' }
  return { name, argument: equals < 0 ? template : format.slice(equals + 1) }
}

function readTemplate(name: string, files: Readonly<Record<string, string>>): string {
  if (name === '') throw new KubectlError('template format specified but no template given')
  if (!Object.hasOwn(files, name))
    throw new KubectlError(`error reading --template ${name}, open ${name}: no such file or directory`)
  return files[name]!
}

const itemsOf = (value: unknown): Json[] => {
  const json = sorted(value)
  return isMap(json) && json.kind === 'List' && Array.isArray(json.items) ? json.items : [json]
}

const NO_KIND = 'missing apiVersion or kind; try GetObjectKind().SetGroupVersionKind() if you know the type'

function renderNames(value: unknown): string {
  return itemsOf(value)
    .map((object) => {
      const { apiVersion, kind, metadata } = object as { apiVersion?: string; kind: string; metadata: { name: string } }
      // An event of a watch is no object.
      if (apiVersion === undefined) throw new KubectlError(NO_KIND)
      const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : ''
      return `${kind.toLowerCase()}${group}/${metadata.name}\n`
    })
    .join('')
}

function customColumnsPrinter(name: string, text: string, headers: boolean): Printer {
  const columns: CustomColumn[] = told('parsing custom columns', text, () =>
    name === 'custom-columns' ? parseCustomColumns(text) : parseCustomColumnsFile(text),
  )
  return (value) => {
    try {
      return renderCustomColumns(columns, itemsOf(value), headers)
    } catch (error) {
      throw error instanceof JsonPathError ? new KubectlError(error.message) : error
    }
  }
}

function jsonPathPrinter(name: string, text: string): Printer {
  const path = told('parsing jsonpath', text, () => new JsonPath(text))
  return (value) => {
    const data = sorted(value)
    try {
      return name === 'jsonpath-as-json' ? path.renderAsJson(data) : path.render(data)
    } catch (error) {
      if (!(error instanceof JsonPathError)) throw error
      throw new KubectlError(
        `error executing jsonpath ${JSON.stringify(text)}: ${explanation(error.message, text)}\tobject given to jsonpath engine was:\n\t\t${goSyntax(data)}\n\n`,
      )
    }
  }
}

function templatePrinter(text: string): Printer {
  const template = told('parsing template', text, () => new GoTemplate(text))
  return (value) => {
    const data = sorted(value)
    try {
      return template.render(data)
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error
      const given = `\traw data was:\n\t\t${compactJson(data)}\n\tobject given to template engine was:\n\t\t${goValue(data)}\n\n`
      throw new KubectlError(`error executing template ${JSON.stringify(text)}: ${error.message}`, {
        stdout: `${explanation(error.message, text)}${given}`,
      })
    }
  }
}

const explanation = (message: string, template: string): string =>
  `Error executing template: ${message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n`

/** Runs a reader of templates and tells its refusal in kubectl's words. */
function told<T>(doing: string, text: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof JsonPathError || error instanceof TemplateError)
      throw new KubectlError(`error ${doing} ${text}, ${error.message}`)
    throw error
  }
}

/** Objects as the `List` that kubectl prints for more than one. */
export const asList = (objects: readonly unknown[]): unknown => ({
  apiVersion: 'v1',
  items: objects,
  kind: 'List',
  metadata: { resourceVersion: '' },
})
