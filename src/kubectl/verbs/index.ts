import type { Verb } from '../verb.ts'

/** The registry of verbs, in the order of the help. */
export const verbs: readonly Verb[] = []
