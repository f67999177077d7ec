import type { Suggestion } from './command.ts'
import { nearest } from './nearest.ts'
import { usagePart } from './usage.ts'
import { UserError } from './user-error.ts'

/** The options that a line command understands by itself: those with a value, and switches. */
export interface LineOptions {
  values: readonly string[]
  switches: readonly string[]
}

export interface TakenOptions {
  value: (name: string) => string | undefined
  has: (name: string) => boolean
  /** The words that are left, in order. */
  rest: string[]
}

/**
 * Takes a command's own options out of its words, as `--name VALUE` or `--name=VALUE`, wherever they stand before `--`.
 * Throws `UserError` if a value is missing.
 */
export function takeOptions(words: readonly string[], { values, switches }: LineOptions): TakenOptions {
  const given = new Map<string, string>()
  const rest: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    if (word === '--') {
      rest.push(...words.slice(at + 1))
      break
    }
    const [name = '', inline] = /^(-[^=]+)=(.*)$/s.exec(word)?.slice(1) ?? [word]
    if (switches.includes(word)) given.set(word, '')
    else if (values.includes(name)) {
      const value = inline ?? words[++at]
      if (value === undefined) throw new UserError(`${name} needs a value.`)
      given.set(name, value)
    } else rest.push(word)
  }
  return { value: (name) => given.get(name), has: (name) => given.has(name), rest }
}

/** Refuses words that look like options but are none, with the nearest that exists. */
export function refuseUnknown(words: readonly string[], { values, switches }: LineOptions, usage: string): void {
  const unknown = words.find((word) => word.startsWith('-') && word.length > 1)
  if (unknown === undefined) return
  const guess = nearest(unknown, [...values, ...switches])
  throw new UserError(`There is no option ${unknown}.${guess ? ` Did you mean ${guess}?` : ''}`, [usagePart(usage)])
}

/** A whole number within bounds, or `UserError`. */
export function wholeNumber(name: string, word: string | undefined, fallback: number, most: number): number {
  if (word === undefined) return fallback
  const number = Number(word)
  if (!/^\d+$/.test(word) || number < 1 || number > most)
    throw new UserError(`${name} takes a whole number from 1 to ${most}, not "${word}".`)
  return number
}

/** Completes the value behind one of the options (`--name VALUE` or `--name=VALUE`), or the options themselves. */
export function completeOptions(
  words: readonly string[],
  { values, switches }: LineOptions,
  valuesOf: (name: string) => Suggestion[],
): Suggestion[] {
  const previous = words.at(-2) ?? ''
  if (values.includes(previous)) return valuesOf(previous)
  const [inline = ''] = /^-[^=]+(?==)/.exec(words.at(-1) ?? '') ?? []
  if (values.includes(inline)) return valuesOf(inline).map(({ value }) => ({ value: `${inline}=${value}` }))
  return (words.at(-1) ?? '').startsWith('-') ? [...values, ...switches].map((value) => ({ value })) : []
}
