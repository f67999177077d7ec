import { bool, int, list, text } from '../flags.ts'
import { allNamespacesFlag, fieldSelectorFlag, outputFlag, selectorFlag } from '../global-flags.ts'
import { createPrinter, GET_FORMATS, type Printer } from '../output/printer.ts'
import type { TableOptions } from '../output/table.ts'
import type { Invocation } from '../verb.ts'

export const getFlags = {
  'all-namespaces': allNamespacesFlag,
  'allow-missing-template-keys': bool('If true, ignore any errors in templates when a field or map key is missing.', {
    initial: true,
  }),
  'chunk-size': int('Return large lists in chunks rather than all at once.', { initial: 500 }),
  'field-selector': fieldSelectorFlag,
  filename: list('Filename, directory, or URL to files identifying the resource to get from a server.', {
    shorthand: 'f',
  }),
  'ignore-not-found': bool('If set to true, suppresses NotFound error for specific objects that do not exist.'),
  kustomize: text("Process the kustomization directory. This flag can't be used together with -f or -R.", {
    shorthand: 'k',
  }),
  'label-columns': list('Accepts a comma separated list of labels that are going to be presented as columns.', {
    shorthand: 'L',
  }),
  'no-headers': bool(
    "When using the default or custom-column output format, don't print headers (default print headers).",
  ),
  output: outputFlag,
  'output-watch-events': bool('Output watch event objects when --watch or --watch-only is used.'),
  raw: text('Raw URI to request from the server.'),
  recursive: bool('Process the directory used in -f, --filename recursively.', { shorthand: 'R' }),
  selector: selectorFlag,
  'server-print': bool('If true, have the server return the appropriate table output.', { initial: true }),
  'show-kind': bool('If present, list the resource type for the requested object(s).'),
  'show-labels': bool('When printing, show all labels as the last column (default hide labels column)'),
  'show-managed-fields': bool('If true, keep the managedFields when printing objects in JSON or YAML format.'),
  'sort-by': text('If non-empty, sort list types using this field specification.'),
  subresource: text('If specified, gets the subresource of the requested object.'),
  template: text('Template string or path to template file to use when -o=go-template, -o=go-template-file.'),
  watch: bool('After listing/getting the requested object, watch for changes.', { shorthand: 'w' }),
  'watch-only': bool('Watch for changes to the requested object(s), without listing/getting first.'),
} as const

export type GetInvocation = Invocation<typeof getFlags>

/** True where the output is a table for people. */
export const isTable = ({ flags: { output, template } }: GetInvocation): boolean =>
  output === 'wide' || (output === '' && template === '')

/** What the tables show beside the columns of the kind. */
export const tableOptions = ({ flags: given }: GetInvocation): TableOptions => ({
  wide: given.output === 'wide',
  namespace: given['all-namespaces'],
  labelColumns: given['label-columns'],
  showLabels: given['show-labels'],
})

/** The printer that `-o` asks for. */
export const printerOf = ({ flags: given, environment }: GetInvocation): Printer =>
  createPrinter({
    format: given.output,
    template: given.template,
    formats: GET_FORMATS,
    files: environment.files,
    headers: !given['no-headers'],
  })
