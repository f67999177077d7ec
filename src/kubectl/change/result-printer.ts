import type { KubeObject } from '../../cluster/object.ts'
import { createPrinter, OBJECT_FORMATS } from '../output/printer.ts'
import { printResult } from '../output/result.ts'
import type { Invocation } from '../verb.ts'
import { dryRunOf } from './dry-run.ts'
import type { changeFlags } from './flags.ts'

/** Prints an object that was changed: one line, or the object in the format of `-o`. */
export type ResultPrinter = (object: KubeObject, done: string) => void

interface Options {
  /** Several YAML documents are kept apart. */
  separate?: boolean
  /** The line says that it was a dry run. */
  tellDryRun?: boolean
  /** The verb knows the Go type of what it prints. */
  typed?: boolean
}

/**
 * The printer of a verb that changes objects. Made before anything is changed, since it throws `KubectlError` for a format
 * that does not exist and for a wrong `--dry-run`.
 */
export function createResultPrinter(
  invocation: Invocation<typeof changeFlags>,
  { separate = true, tellDryRun = true, typed = false }: Options = {},
): ResultPrinter {
  const { flags, environment, streams } = invocation
  const { output, template } = flags
  const dryRun = dryRunOf(invocation)
  if (output !== '' || template !== '')
    createPrinter({ format: output, template, formats: OBJECT_FORMATS, files: environment.files })
  const options = { output, template, dryRun: tellDryRun ? dryRun : 'none', typed }
  let printed = 0
  return (object, done) => {
    if (separate && output === 'yaml' && printed > 0) streams.print('---')
    printed += 1
    printResult(invocation, object, done, options)
  }
}
