import type { z } from 'zod'
import type { CommandContext } from './context.ts'
import type { Reply } from './reply.ts'

/** A word that can stand next, for tab completion and autocomplete. */
export interface Suggestion {
  value: string
  label?: string
}

/** One action of a command with verbs, such as `start` in `/lesson start`. */
export interface Verb<Options extends z.ZodObject = z.ZodObject> {
  summary: string
  /**
   * Options as a flat zod object of strings, numbers, booleans and enums. `.describe()` gives the text for help and
   * registration.
   */
  options: Options
  /** Names of the options that may be given without their name, in order; the last takes the rest of the line. */
  positional?: readonly (keyof z.infer<Options> & string)[]
  /** All that stands behind the verb is the value of the one positional option, whatever it looks like: a command line. */
  verbatim?: true
  /** Values for an option that are worked out from the channel. */
  complete?: Partial<Record<keyof z.infer<Options> & string, (context: CommandContext) => Suggestion[]>>
  private?: boolean
  run(context: CommandContext, options: z.infer<Options>): Reply | Promise<Reply>
}

interface Declaration {
  /** Without the slash: lower-case letters. */
  name: string
  summary: string
  /** One line: what may follow the name. */
  usage: string
  /** Lines that show the command at work, each complete with slash and name. */
  examples: readonly string[]
  /** Only the caller sees the reply. */
  private?: boolean
  /** People may be named in the line: where the platform can, `@name` becomes the person's id. */
  mentions?: true
}

/** A command that reads a command line of its own, such as `/kubectl` and `/curl`. */
export interface LineCommand extends Declaration {
  /** The command may read a file of the channel, so a platform that can takes one together with the line. */
  files?: true
  run(context: CommandContext, words: readonly string[]): Reply | Promise<Reply>
  /** What may stand in place of the last word. */
  complete?(context: CommandContext, words: readonly string[]): Suggestion[]
}

/** A command whose first word chooses one of several verbs. */
export interface VerbCommand extends Declaration {
  verbs: Readonly<Record<string, Verb>>
  /** The verb of a line without one; its positional options may follow at once. */
  fallback: string
}

export type Command = LineCommand | VerbCommand

export const hasVerbs = (command: Command): command is VerbCommand => 'verbs' in command

/** Declares a command that reads a line. */
export const defineLineCommand = (command: LineCommand): LineCommand => command

/** Declares a command with verbs. */
export const defineVerbCommand = (command: VerbCommand): VerbCommand => command

/** Declares a verb; its options keep their own type inside `run`. */
export const defineVerb = <Options extends z.ZodObject>(verb: Verb<Options>): Verb => verb as unknown as Verb
