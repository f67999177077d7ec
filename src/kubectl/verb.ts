import type { Cluster } from '../cluster/cluster.ts'
import type { Kind } from '../cluster/kinds/index.ts'
import type { SeenConnection, SeenLookup } from '../cluster/network/seen.ts'
import type { KubectlEnvironment, Place, Remark } from './environment.ts'
import type { Flags, FlagValues } from './flags.ts'
import type { Streams } from './streams.ts'

/** One run of a verb: what was typed, where it acts and where it prints. */
export interface Invocation<F extends Flags = Flags> {
  /** The verb as typed below `kubectl`, in full words: `create deployment`. */
  readonly path: string
  /** The words that are no flags; those behind `--` are the last ones. */
  readonly args: readonly string[]
  /** How many of `args` stand before `--`; undefined where there is no `--`. */
  readonly dash: number | undefined
  readonly flags: FlagValues<F>
  /** True if the flag was typed, whatever its value. */
  changed(flag: keyof F & string): boolean
  readonly cluster: Cluster
  readonly environment: KubectlEnvironment
  /** From `--namespace`, else from the current context. */
  readonly namespace: string
  /** True if `--namespace` was typed. */
  readonly namespaceTyped: boolean
  readonly streams: Streams
  /** Keeps the error for the end and goes on with the next object. `at` is where in the manifests it stands. */
  fail(error: unknown, at?: Place): void
  /** Something about a manifest that only the tutor says. */
  remark(remark: Remark): void
  /** Names fields that were accepted but have no effect here. */
  ignore(paths: readonly string[]): void
  /** Records traffic that a command inside a pod made. */
  readonly connections: SeenConnection[]
  readonly lookups: SeenLookup[]
  /** Makes this the namespace of the current context. */
  useNamespace(namespace: string): void
  /** What the tutor adds below the output, in its own words. */
  advise(text: string): void
  /** Nothing of this kind is in the namespace that was asked. */
  foundNothing(kind: Kind): void
}

/** One verb of kubectl, with verbs of its own below it where it has them (`create deployment`). */
export interface Verb<F extends Flags = Flags> {
  readonly name: string
  readonly aliases?: readonly string[]
  /** One line for lists of verbs. */
  readonly summary: string
  /** What follows the verb's name: `TYPE NAME [flags]`. */
  readonly usage: string
  readonly flags: F
  readonly verbs?: readonly Verb[]
  /** Where it is not modelled, what it would do: that is told whatever flags it is typed with. */
  readonly instead?: string
  /**
   * Does the work. Throws `ApiError` or `KubectlError` to stop; what was printed before stays. Absent where a verb
   * below must follow.
   */
  run?(invocation: Invocation<F>): void
}

/** Declares a verb; its flags keep their types inside `run`. */
export const defineVerb = <const F extends Flags>(verb: Verb<F>): Verb => verb as unknown as Verb

/** Declares a verb that only groups the verbs below it. */
export const defineVerbGroup = (verb: {
  name: string
  aliases?: readonly string[]
  summary: string
  verbs: readonly Verb[]
}): Verb => ({ usage: 'SUBCOMMAND', flags: {}, ...verb })
