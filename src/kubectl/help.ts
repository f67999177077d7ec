import type { Flags } from './flags.ts'
import type { Verb } from './verb.ts'

/** The usage of a verb, of a group of verbs, or of kubectl itself. */
export function renderHelp(chain: readonly Verb[], verbs: readonly Verb[]): string {
  const verb = chain.at(-1)
  const path = ['kubectl', ...chain.map(({ name }) => name)].join(' ')
  const below = verb ? (verb.verbs ?? []) : verbs
  const blocks = [verb?.summary ?? 'kubectl controls the Kubernetes cluster manager.']
  if (verb?.aliases?.length) blocks.push(`Aliases:\n${[verb.name, ...verb.aliases].join(', ')}`)
  if (below.length > 0) blocks.push(`Available Commands:\n${below.map((each) => entry(each)).join('\n')}`)
  if (verb && Object.keys(verb.flags).length > 0) blocks.push(`Options:\n${renderFlags(verb.flags)}`)
  blocks.push(`Usage:\n  ${path} ${verb?.usage ?? '[flags] [options]'}`)
  if (below.length > 0) blocks.push(`Use "${path} <command> --help" for more information about a given command.`)
  if (verb) blocks.push('Use "kubectl options" for a list of global command-line options (applies to all commands).')
  return `${blocks.join('\n\n')}\n`
}

const entry = ({ name, summary }: Verb): string => `  ${name.padEnd(15)} ${summary}`

/** Each flag with its default and text, as kubectl lists them. */
export const renderFlags = (flags: Flags): string =>
  Object.entries(flags)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, { shorthand, initial, help }]) => {
      const short = shorthand === undefined ? '    ' : `-${shorthand}, `
      return `    ${short}--${name}=${renderInitial(initial)}:\n\t${help}`
    })
    .join('\n\n')

function renderInitial(initial: unknown): string {
  if (typeof initial === 'string') return `'${initial}'`
  return Array.isArray(initial) ? `[${initial.join(',')}]` : String(initial)
}
