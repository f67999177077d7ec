import { type Command, hasVerbs, type Suggestion, type VerbCommand } from './command.ts'
import type { CommandContext } from './context.ts'
import { shapesOf } from './options.ts'
import { splitWords } from './words.ts'

/** What may stand in place of the last word of a line that is being typed; an open quote completes to nothing. */
export function completeLine(commands: readonly Command[], context: CommandContext, line: string): Suggestion[] {
  const words = wordsSoFar(line)
  if (!words || !line.startsWith('/')) return []
  const [name = '', ...rest] = words
  if (rest.length === 0)
    return starting(
      commands.map((command) => ({ value: `/${command.name}` })),
      name,
    )
  const command = commands.find((candidate) => `/${candidate.name}` === name)
  if (!command) return []
  return starting(
    hasVerbs(command) ? verbWords(command, context, rest) : (command.complete?.(context, rest) ?? []),
    rest.at(-1)!,
  )
}

/** Values for one option of a verb, or for the line of a command that reads one. */
export function completeOption(
  commands: readonly Command[],
  context: CommandContext,
  { command: name, verb, option, partial }: { command: string; verb?: string; option: string; partial: string },
): Suggestion[] {
  const command = commands.find((candidate) => candidate.name === name)
  if (!command) return []
  if (!hasVerbs(command)) {
    const typed = partial.slice(0, partial.length - (wordsSoFar(partial)?.at(-1)?.length ?? 0))
    return completeLine(commands, context, `/${name} ${partial}`).map(({ value }) => ({ value: typed + value }))
  }
  const asked = command.verbs[verb ?? command.fallback]
  const shape = asked && shapesOf(asked).find((candidate) => candidate.name === option)
  const suggestions =
    asked?.complete?.[option]?.(context) ?? shape?.choices.map((value): Suggestion => ({ value })) ?? []
  const wanted = partial.toLowerCase()
  return suggestions.filter(({ value, label }) => `${value} ${label ?? ''}`.toLowerCase().includes(wanted))
}

/** The words typed so far; the last one is empty behind a blank. Undefined inside an open quote. */
function wordsSoFar(line: string): string[] | undefined {
  try {
    const words = splitWords(line)
    return words.length === 0 || /\s$/.test(line) ? [...words, ''] : words
  } catch {
    return undefined
  }
}

function verbWords(command: VerbCommand, context: CommandContext, words: readonly string[]): Suggestion[] {
  const verbs = Object.entries(command.verbs).map(([value, { summary }]) => ({ value, label: summary }))
  const named = words.length > 1 ? command.verbs[words[0]!] : undefined
  if (words.length === 1) return [...verbs, ...valuesOf(command, command.fallback, context, 0)]
  if (!named) return []
  const options = shapesOf(named).map(({ name }) => ({ value: `--${name}` }))
  const previous = words.at(-2)!
  const asked = shapesOf(named).find(({ name }) => `--${name}` === previous)
  if (asked) return named.complete?.[asked.name]?.(context) ?? asked.choices.map((value) => ({ value }))
  return [...valuesOf(command, words[0]!, context, words.length - 2), ...options]
}

function valuesOf(command: VerbCommand, verbName: string, context: CommandContext, position: number): Suggestion[] {
  const verb = command.verbs[verbName]!
  const name = verb.positional?.[position]
  const shape = shapesOf(verb).find((candidate) => candidate.name === name)
  if (!shape) return []
  return verb.complete?.[shape.name]?.(context) ?? shape.choices.map((value) => ({ value }))
}

const starting = (suggestions: readonly Suggestion[], word: string): Suggestion[] =>
  suggestions.filter(({ value }) => value.toLowerCase().startsWith(word.toLowerCase()))
