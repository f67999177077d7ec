import type { KubeObject } from '../../cluster/object.ts'
import { usageError, wrapped } from '../errors.ts'
import { structOrder } from '../output/struct-order.ts'
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

interface Submission {
  /** What the verb puts before a refusal: `failed to create deployment:`. */
  failed?: string
  namespaced?: boolean
  /** With `--save-config` the annotation is shown by a dry run of the client, too. */
  annotateTrial?: boolean
}

type CreateInvocation = Invocation<typeof createFlags>

/** Creates what a `create` verb has made up from its flags and says so. */
export function createGenerated(invocation: CreateInvocation, generated: Generated, submission?: Submission): void {
  const print = createResultPrinter(invocation, { typed: true })
  validationOf(invocation.flags.validate)
  print(submitGenerated(invocation, generated, { ...submission, annotateTrial: true }), 'created')
}

/** Creates what kubectl has made up, unless it is only tried out; returns the object as it is to be printed. */
export function submitGenerated(
  invocation: Invocation<Pick<typeof createFlags, 'dry-run' | 'save-config'>>,
  generated: Generated,
  { failed, namespaced = true, annotateTrial = false }: Submission = {},
): KubeObject {
  const { flags, namespace, namespaceTyped } = invocation
  const dryRun = dryRunOf(invocation)
  const placed: Generated =
    namespaced && namespaceTyped ? { ...generated, metadata: { ...generated.metadata, namespace } } : generated
  const isAnnotated = flags['save-config'] && (annotateTrial || dryRun !== 'client')
  const complete = isAnnotated ? withLastApplied(placed, structOrder(placed)) : placed
  if (dryRun === 'client') return complete as unknown as KubeObject
  try {
    return createObject(invocation, withoutEmpty(complete), { dryRun, ...(namespaced && { namespace }) })
  } catch (error) {
    throw failed === undefined ? error : wrapped(error, failed)
  }
}

/** The object as it is sent: members without content are not worth mentioning. */
function withoutEmpty(value: unknown): unknown {
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
