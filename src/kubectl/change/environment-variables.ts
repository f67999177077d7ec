import type { EnvVar } from '../../cluster/kinds/pod.ts'
import { quote } from '../../cluster/quote.ts'
import { KubectlError } from '../errors.ts'

/** Variables to set and names to remove. */
export interface VariableChange {
  set: readonly EnvVar[]
  remove: readonly string[]
}

const isChange = (word: string): boolean => /^.+=.*$/s.test(word) || word.endsWith('-')

/** Separates `TYPE NAME` from `KEY=VALUE`, `KEY-` and `-` behind it. */
export function splitVariables(args: readonly string[]): { resources: string[]; changes: string[] } {
  const first = args.findIndex(isChange)
  if (first < 0) return { resources: [...args], changes: [] }
  if (!args.slice(first).every(isChange))
    throw new KubectlError(`all resources must be specified before environment changes: ${args.join(' ')}`)
  return { resources: args.slice(0, first), changes: args.slice(first) }
}

const NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/

/** What the client finds wrong with the name of a variable; it is stricter than the API server. */
export function variableNameErrors(name: string): string[] {
  const errors = NAME.test(name)
    ? []
    : [
        "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')",
      ]
  if (name === '.' || name === '..') return [...errors, `must not be '${name}'`]
  return name.startsWith('..') ? [...errors, "must not start with '..'"] : errors
}

/** Reads `KEY=VALUE` and `KEY-`; `-` stands for the lines of standard input. */
export function parseVariables(words: readonly string[], stdin = ''): VariableChange {
  const set: EnvVar[] = []
  const remove: string[] = []
  for (const word of words) {
    const at = word.indexOf('=')
    if (word === '-') set.push(...linesOf(stdin))
    else if (at >= 0) set.push(variable(word.slice(0, at), word.slice(at + 1)))
    else if (word.endsWith('-')) remove.push(word.slice(0, -1))
    else throw new KubectlError(`unknown environment variable: ${word}`)
  }
  const typed = new Set(words.filter((word) => word.includes('=')).map((word) => word.slice(0, word.indexOf('='))))
  if (remove.some((name) => typed.has(name)))
    throw new KubectlError('can not both modify and remove the same environment variable in the same command')
  return { set, remove }
}

function variable(name: string, value: string): EnvVar {
  const errors = variableNameErrors(name)
  if (errors.length > 0) throw new KubectlError(`${quote(name)} is not a valid key name: ${errors.join(';')}`)
  return { name, value }
}

const linesOf = (text: string): EnvVar[] =>
  text.split(/\r?\n/).flatMap((line) => {
    const [content = ''] = line.split('#')
    const at = content.indexOf('=')
    return at < 0 ? [] : [{ name: content.slice(0, at), value: content.slice(at + 1) }]
  })

/** Variables given to `kubectl run` as `KEY=VALUE`. */
export const parseRunVariables = (words: readonly string[]): EnvVar[] =>
  words.map((word) => {
    const at = word.indexOf('=')
    const name = word.slice(0, at)
    if (at <= 0 || variableNameErrors(name).length > 0) throw new KubectlError(`invalid env: ${word}`)
    const value = word.slice(at + 1)
    return { name, ...(value !== '' && { value }) }
  })

/** The list with the changes: a variable keeps its place, new ones come last, a removal wins. */
export function changeVariables(existing: readonly EnvVar[], { set, remove }: VariableChange): EnvVar[] {
  const covered = new Set(remove)
  const take = (variable: EnvVar, instead = variable): EnvVar[] => {
    covered.add(variable.name)
    return [instead]
  }
  const kept = existing.flatMap((variable) => {
    if (covered.has(variable.name)) return []
    const newer = set.find(({ name }) => name === variable.name)
    return newer ? take(variable, newer) : [variable]
  })
  return [...kept, ...set.flatMap((variable) => (covered.has(variable.name) ? [] : take(variable)))]
}
