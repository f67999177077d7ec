import type { Kind } from '../../cluster/kinds/index.ts'
import { kinds } from '../../cluster/kinds/index.ts'
import type { KubeObject } from '../../cluster/object.ts'
import { resourceName } from '../resources.ts'
import type { Invocation } from '../verb.ts'
import { createPrinter, OBJECT_FORMATS } from './printer.ts'

/** How a verb that changes something is asked to print. */
export interface ResultOptions {
  /** The value of `--output`; empty for the usual line. */
  output?: string
  /** The value of `--template`. */
  template?: string
  /** The value of `--dry-run`: `none`, `client` or `server`. */
  dryRun?: string
  /** The verb knows the Go type of the object. */
  typed?: boolean
}

const SUFFIXES: Readonly<Record<string, string>> = { client: ' (dry run)', server: ' (server dry run)' }

/**
 * What a verb prints for an object that it has changed: `deployment.apps/web created`, or the object in the format of
 * `-o`. Throws `KubectlError` for an unknown format.
 */
export function printResult(
  { streams, environment }: Invocation,
  object: KubeObject,
  done: string,
  { output = '', template = '', dryRun = 'none', typed = false }: ResultOptions = {},
): void {
  if (output === '' && template === '') {
    const name = resourceName(kinds[object.kind as Kind], object.metadata.name)
    streams.print(`${name} ${done}${SUFFIXES[dryRun] ?? ''}`)
    return
  }
  const print = createPrinter({ format: output, template, formats: OBJECT_FORMATS, files: environment.files, typed })
  streams.write(print(object))
}
