import { quote } from '../cluster/quote.ts'
import { KubectlError, notModelled } from './errors.ts'
import type { Flags } from './flags.ts'
import { globalFlags } from './global-flags.ts'
import { flagNamed, flagWithShorthand, type ParsedFlags, parseFlags } from './parse-flags.ts'
import type { Verb } from './verb.ts'
import { notModelledVerbs, verbNames } from './verbs/not-modelled.ts'

/** A command line, understood. */
export interface CommandLine extends ParsedFlags {
  /** The verb and those above it, outermost first; empty where no verb was named. */
  chain: readonly Verb[]
  /** Full words of the verb below `kubectl`: `create deployment`. */
  path: string
}

/**
 * Reads the words behind `kubectl` as the real client does (cobra and pflag): flags may stand anywhere before `--`, and
 * verbs are the first words that are neither flags nor values of flags. Throws `KubectlError`.
 */
export function parseCommandLine(words: readonly string[], verbs: readonly Verb[]): CommandLine {
  const { chain, rest } = findVerb(words, verbs)
  const path = chain.map(({ name }) => name).join(' ')
  if (chain.length === 0) refuseUnknownVerb(rest, verbs)
  try {
    return { chain, path, ...parseFlags(rest, flagsOf(chain), path) }
  } catch (error) {
    // The flags of what is not modelled are not known.
    const instead = chain.at(-1)?.instead
    throw instead === undefined ? error : notModelled(path, instead)
  }
}

/** The verb that the words name, with those above it, and the other words. */
export function findVerb(words: readonly string[], verbs: readonly Verb[]): { chain: Verb[]; rest: string[] } {
  const chain: Verb[] = []
  let rest = [...words]
  for (let below = verbs; ; ) {
    const at = firstArgument(rest, flagsOf(chain))
    const verb = at === undefined ? undefined : below.find((candidate) => isNamed(candidate, rest[at]!))
    if (!verb) return { chain, rest }
    chain.push(verb)
    rest = rest.filter((_, index) => index !== at)
    below = verb.verbs ?? []
  }
}

const isNamed = (verb: Verb, word: string): boolean => verb.name === word || (verb.aliases?.includes(word) ?? false)

/** The flags that a verb takes, its own and the global ones. */
export const flagsOf = (chain: readonly Verb[]): Flags => ({ ...globalFlags, ...chain.at(-1)?.flags })

/** Index of the first word that is neither a flag nor, as far as the flags are known, the value of one. */
function firstArgument(words: readonly string[], flags: Flags): number | undefined {
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    if (word === '--') return undefined
    if (!word.startsWith('-') && word !== '') return at
    if (takesNextWord(word, flags)) at += 1
  }
  return undefined
}

function takesNextWord(word: string, flags: Flags): boolean {
  if (word.includes('=')) return false
  if (word.startsWith('--')) return flagNamed(flags, word.slice(2))?.alone === undefined
  return word.length === 2 && flagWithShorthand(flags, word[1]!)?.[1].alone === undefined
}

function refuseUnknownVerb(words: readonly string[], verbs: readonly Verb[]): void {
  const at = firstArgument(words, globalFlags)
  if (at === undefined) return
  parseFlags(words.slice(0, at), globalFlags, '')
  const word = words[at]!
  const reason = Object.hasOwn(notModelledVerbs, word) ? notModelledVerbs[word] : undefined
  if (reason !== undefined) throw new KubectlError(`'kubectl ${word}' is not modelled here. ${reason}`)
  const candidates = verbs.map(({ name }) => name)
  const near = verbNames.filter((candidate) => isNear(word, candidate))
  const advice = near.length === 0 ? '' : `\n\nDid you mean this?\n${near.map((name) => `\t${name}`).join('\n')}`
  throw new KubectlError(`unknown command ${quote(word)} for "kubectl"${advice}`, { wrong: { word, candidates } })
}

/** What cobra suggests: at most two edits away, or the typed word begins the candidate. */
const isNear = (word: string, candidate: string): boolean =>
  candidate.startsWith(word.toLowerCase()) || editDistance(word.toLowerCase().slice(0, LONGEST_VERB), candidate) <= 2

/** Longer words are more than two edits away from every verb. */
const LONGEST_VERB = 20

function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i++) {
    const next = [i]
    for (let j = 1; j <= right.length; j++) {
      const replaced = row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, replaced))
    }
    row = next
  }
  return row.at(-1)!
}
