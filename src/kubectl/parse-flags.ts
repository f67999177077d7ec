import { quote } from '../cluster/quote.ts'
import { KubectlError, type WrongWord } from './errors.ts'
import type { Flag, Flags } from './flags.ts'

/** The words behind a verb, sorted into flags and arguments. */
export interface ParsedFlags {
  args: string[]
  /** How many of `args` stand before `--`; undefined where there is no `--`. */
  dash: number | undefined
  /** The value of every flag, typed or not. */
  flags: Record<string, unknown>
  /** Names of the flags that were typed. */
  typed: ReadonlySet<string>
}

type SetFlag = (name: string, value: string) => void

/** Reads flags as pflag does. Throws `KubectlError` in its words; `path` is the verb whose help is named. */
export function parseFlags(words: readonly string[], flags: Flags, path: string): ParsedFlags {
  const values: Record<string, unknown> = Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [name, flag.initial]),
  )
  const typed = new Set<string>()
  const args: string[] = []
  const left = [...words]
  const set: SetFlag = (name, value) => {
    const flag = flags[name]!
    try {
      // The first occurrence replaces the initial value; later ones of a list add to it.
      values[name] = flag.parse(value, typed.has(name) ? values[name] : emptied(flag.initial))
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      const shown = flag.shorthand === undefined ? `--${name}` : `-${flag.shorthand}, --${name}`
      refuse(path, `invalid argument ${quote(value)} for "${shown}" flag: ${error.message}`)
    }
    typed.add(name)
  }
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === '--') return { args: [...args, ...left], dash: args.length, flags: values, typed }
    if (word.startsWith('--')) parseLong(word, left, { flags, path, set })
    else if (word.startsWith('-') && word !== '-') parseShort(word.slice(1), left, { flags, path, set })
    else args.push(word)
  }
  return { args, dash: undefined, flags: values, typed }
}

/** The flag of this long name; `__proto__` and the like are no flags. */
export const flagNamed = (flags: Flags, name: string): Flag | undefined =>
  Object.hasOwn(flags, name) ? flags[name] : undefined

export const flagWithShorthand = (flags: Flags, letter: string): [string, Flag] | undefined =>
  Object.entries(flags).find(([, { shorthand }]) => shorthand === letter)

const emptied = (initial: unknown): unknown => (Array.isArray(initial) ? [] : initial)

interface Target {
  flags: Flags
  path: string
  set: SetFlag
}

function parseLong(word: string, left: string[], { flags, path, set }: Target): void {
  const [, name, value] = /^--([^=]*)(?:=(.*))?$/s.exec(word) as unknown as [string, string, string | undefined]
  if (name === '' || name.startsWith('-')) refuse(path, `bad flag syntax: ${word}`)
  const flag = flagNamed(flags, name)
  if (!flag) refuse(path, `unknown flag: --${name}`, { word: `--${name}`, candidates: longNames(flags) })
  set(name, value ?? flag.alone ?? left.shift() ?? refuse(path, `flag needs an argument: --${name}`))
}

/** One letter or several in a row; the last may have a value: `-it`, `-ndev`, `-n=dev`, `-n dev`. */
function parseShort(letters: string, left: string[], { flags, path, set }: Target): void {
  for (let rest = letters; rest !== ''; ) {
    const shown = rest
    const letter = [...shown][0]!
    const [name, flag] = flagWithShorthand(flags, letter) ?? unknownShorthand(letter, shown, letters, { flags, path })
    const value = shown.slice(letter.length)
    rest = ''
    if (value.length > 1 && value.startsWith('=')) set(name, value.slice(1))
    else if (flag.alone !== undefined) {
      set(name, flag.alone)
      rest = value
    } else if (value !== '') set(name, value)
    else set(name, left.shift() ?? refuse(path, `flag needs an argument: '${letter}' in -${shown}`))
  }
}

function unknownShorthand(letter: string, rest: string, letters: string, { flags, path }: Omit<Target, 'set'>): never {
  const wrong = { word: `-${letters}`, candidates: longNames(flags) }
  refuse(path, `unknown shorthand flag: '${letter}' in -${rest}`, wrong)
}

const longNames = (flags: Flags): string[] => Object.keys(flags).map((name) => `--${name}`)

function refuse(path: string, message: string, wrong?: WrongWord): never {
  const usage = path === '' ? 'kubectl --help' : `kubectl ${path} --help`
  throw new KubectlError(`${message}\nSee '${usage}' for usage.`, wrong ? { wrong } : {})
}
