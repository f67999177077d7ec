import type { Verb } from '../verb.ts'
import { get } from './get.ts'

/** The registry of verbs, in the order of the help. */
export const verbs: readonly Verb[] = [get]
