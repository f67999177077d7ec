import type { KubeObject } from '../../cluster/object.ts'
import { usageError, wrapped } from '../errors.ts'
import { isObject, type JsonObject } from '../patch/json.ts'
import type { Invocation } from '../verb.ts'
import { dryRunOf } from './dry-run.ts'
import type { createFlags } from './flags.ts'
import { withLastApplied } from './last-applied.ts'
import { createResultPrinter } from './result-printer.ts'
import { validationOf } from './validation.ts'
import { createObject } from './write.ts'

/** An object that kubectl made up from flags, with the empty members that its printer shows. */
export type Generated = JsonObject & { apiVersion: string; kind: string; metadata: JsonObject }

/**
 * Creates what a `create` verb has made up from its flags, or only prints it with `--dry-run=client`. `failed` are the words
 * that the verb puts before a refusal: `failed to create deployment: `.
 */
export function createGenerated(
  invocation: Invocation<typeof createFlags>,
  generated: Generated,
  { failed, namespaced = true }: { failed?: string; namespaced?: boolean } = {},
): void {
  const { flags, namespace, namespaceTyped } = invocation
  const print = createResultPrinter(invocation)
  const dryRun = dryRunOf(invocation)
  validationOf(flags.validate)
  const placed: Generated =
    namespaced && namespaceTyped ? { ...generated, metadata: { ...generated.metadata, namespace } } : generated
  const complete = flags['save-config'] ? withLastApplied(placed) : placed
  let object = complete as unknown as KubeObject
  if (dryRun !== 'client') {
    try {
      object = createObject(invocation, withoutEmpty(complete), { dryRun, ...(namespaced && { namespace }) })
    } catch (error) {
      throw failed === undefined ? error : wrapped(error, failed)
    }
  }
  print(object, 'created')
}

/** The object as it is sent: members without content are not worth mentioning. */
export function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const kept = withoutEmpty(member)
      return isObject(kept) && Object.keys(kept).length === 0 ? [] : [[name, kept]]
    }),
  )
}

/** The one name that a `create` verb takes, before `--`. Throws in its words. */
export function nameOf({ args, dash, path }: Invocation): string {
  const count = dash ?? args.length
  if (count !== 1) throw usageError(path, `exactly one NAME is required, got ${count}`)
  return args[0]!
}
