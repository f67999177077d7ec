import type { Shell } from './shell.ts'

/** A program inside a container: reads its arguments, prints through the shell, returns its exit code. */
export type ShellProgram = (args: readonly string[], shell: Shell) => number

/** Short and long options of a program, read as getopt does. */
export interface Options {
  /** Value of each option that takes one, or `true`; by letter or long name. */
  given: ReadonlyMap<string, string | true>
  /** Every value of options that may be repeated, in order. */
  all: (name: string) => string[]
  operands: string[]
  /** The first option that the program does not have. */
  unknown: string | undefined
}

/**
 * Reads `-x`, `-xVALUE`, `-x VALUE`, `-xyz`, `--name`, `--name=VALUE`, `--name VALUE`. `valued` names the options that take
 * a value, `flags` those that take none.
 */
export function readOptions(args: readonly string[], valued: readonly string[], flags: readonly string[]): Options {
  const given = new Map<string, string | true>()
  const values: [string, string][] = []
  const operands: string[] = []
  let unknown: string | undefined
  const left = [...args]
  const set = (name: string, value: string | true): void => {
    given.set(name, value)
    if (value !== true) values.push([name, value])
  }
  const take = (name: string, attached: string | undefined): void => {
    if (valued.includes(name)) set(name, attached ?? left.shift() ?? '')
    else if (flags.includes(name)) set(name, true)
    else unknown ??= name.length === 1 ? `-${name}` : `--${name}`
  }
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === '--') {
      operands.push(...left)
      break
    }
    if (word.startsWith('--')) {
      const [name, value] = word.slice(2).split(/=(.*)/s) as [string, string?]
      take(name, value)
    } else if (word.startsWith('-') && word !== '-') readLetters(word.slice(1), valued, take)
    else operands.push(word)
  }
  const all = (name: string) => values.flatMap(([each, value]) => (each === name ? [value] : []))
  return { given, all, operands, unknown }
}

function readLetters(letters: string, valued: readonly string[], take: (name: string, value?: string) => void): void {
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at]!
    const rest = letters.slice(at + 1)
    if (valued.includes(letter)) {
      take(letter, rest === '' ? undefined : rest)
      return
    }
    take(letter)
  }
}
