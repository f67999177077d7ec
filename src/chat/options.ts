import { z } from 'zod'
import { type Command, hasVerbs, type LineCommand, type Verb, type VerbCommand } from './command.ts'
import { nearest } from './nearest.ts'
import { usagePart } from './usage.ts'
import { UserError } from './user-error.ts'
import { quoteWord, splitWords } from './words.ts'

/** What one option of a verb takes, as seen from outside: for parsing, registration, completion and help. */
export interface OptionShape {
  name: string
  type: 'string' | 'integer' | 'number' | 'boolean'
  required: boolean
  description: string
  choices: readonly string[]
  minimum: number | undefined
  maximum: number | undefined
}

/** A command that has been understood: what runs, and with what. */
export type Invocation =
  | { command: LineCommand; words: readonly string[] }
  | { command: VerbCommand; verb: string; options: Record<string, unknown> }

/** The options of a verb, through zod's public JSON Schema view. */
export function shapesOf(verb: Verb): OptionShape[] {
  const schema = z.toJSONSchema(verb.options, { io: 'input' })
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const { type, description, enum: choices, minimum, maximum } = property as z.core.JSONSchema.BaseSchema
    return {
      name,
      type: (type ?? 'string') as OptionShape['type'],
      required: schema.required?.includes(name) ?? false,
      description: description ?? name,
      choices: (choices ?? []) as string[],
      minimum,
      maximum,
    }
  })
}

/** `/lesson start <lesson>`: the line that shows how a verb is typed. */
export function usageOf(command: VerbCommand, verbName: string): string {
  const verb = command.verbs[verbName]!
  const positional = new Set<string>(verb.positional)
  const words = shapesOf(verb).map(({ name, required, choices, type }) => {
    const value = choices.length > 0 && choices.length <= 5 ? choices.join('|') : name
    const word = positional.has(name) ? `<${value}>` : type === 'boolean' ? `--${name}` : `--${name} <${value}>`
    return required ? word : `[${word}]`
  })
  return [`/${command.name}`, verbName, ...words].join(' ')
}

/**
 * Understands a slash command line. Throws `UserError` with the usage and the nearest valid word; nothing has happened
 * then.
 */
export function parseLine(commands: readonly Command[], line: string): Invocation {
  const trimmed = line.trim()
  if (!trimmed.startsWith('/'))
    throw new UserError('A command begins with a slash, for example /tutor.', [suggest('Menu', '/tutor')])
  const [name = '', ...words] = splitWords(trimmed.slice(1))
  const command = commandNamed(commands, name, words)
  if (!hasVerbs(command)) return { command, words }
  const [first, ...rest] = words
  if (first !== undefined && Object.hasOwn(command.verbs, first))
    return { command, verb: first, options: parseOptions(command, first, rest) }
  if (first !== undefined && (command.verbs[command.fallback]?.positional ?? []).length === 0)
    throw unknownVerb(command, first)
  return { command, verb: command.fallback, options: parseOptions(command, command.fallback, words) }
}

/** Understands options that a platform has already taken apart; they are judged like typed ones. */
export function parseStructured(
  commands: readonly Command[],
  input: { command: string; verb?: string; options: Record<string, unknown> },
): Invocation {
  const command = commandNamed(commands, input.command, [])
  if (!hasVerbs(command)) return { command, words: splitWords(String(input.options.command ?? '')) }
  const verb = input.verb ?? command.fallback
  if (!Object.hasOwn(command.verbs, verb)) throw unknownVerb(command, verb)
  return { command, verb, options: judge(command, verb, input.options) }
}

function commandNamed(commands: readonly Command[], name: string, words: readonly string[]): Command {
  const found = commands.find((command) => command.name === name.toLowerCase())
  if (found) return found
  const guess = nearest(
    name,
    commands.map((command) => command.name),
  )
  const line = guess && `/${[guess, ...words].join(' ')}`
  throw new UserError(`There is no command /${name}.${guess ? ` Did you mean /${guess}?` : ''}`, [
    line ? suggest(`Run ${line}`, line) : suggest('Show all commands', '/tutor help'),
  ])
}

function unknownVerb(command: VerbCommand, word: string): UserError {
  const verbs = Object.keys(command.verbs)
  const guess = nearest(word, verbs)
  return new UserError(
    `/${command.name} has no "${word}".${guess ? ` Did you mean ${guess}?` : ''} It knows: ${verbs.join(', ')}.`,
    [
      suggest(
        guess ? `Run /${command.name} ${guess}` : `Help for /${command.name}`,
        guess ? `/${command.name} ${guess}` : `/tutor help ${command.name}`,
      ),
    ],
  )
}

const suggest = (label: string, action: string) => ({ type: 'buttons', buttons: [{ label, action }] }) as const

function parseOptions(command: VerbCommand, verbName: string, words: readonly string[]): Record<string, unknown> {
  const verb = command.verbs[verbName]!
  const shapes = new Map(shapesOf(verb).map((shape) => [shape.name, shape]))
  const positional = verb.positional ?? []
  if (verb.verbatim && words.length > 0)
    return judge(command, verbName, { [positional[0]!]: words.map(quoteWord).join(' ') })
  const given: Record<string, string> = {}
  const loose: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    const named = /^--([A-Za-z][\w-]*)(?:=(.*))?$/s.exec(word) ?? /^([A-Za-z][\w-]*)[:=](.+)$/s.exec(word)
    const shape = named && shapes.get(named[1]!)
    if (named && shape) {
      const value = named[2] ?? (shape.type === 'boolean' ? 'true' : words[++at])
      if (value === undefined) throw misuse(command, verbName, `${shape.name} needs a value.`)
      given[shape.name] = value
    } else if (word.startsWith('--') && word.length > 2) {
      const guess = nearest(word.slice(2), shapes.keys())
      throw misuse(command, verbName, `There is no option ${word}.${guess ? ` Did you mean --${guess}?` : ''}`)
    } else loose.push(word)
  }
  const open = positional.filter((name) => !Object.hasOwn(given, name))
  open.forEach((name, index) => {
    if (loose.length <= index) return
    given[name] = index === open.length - 1 ? loose.slice(index).join(' ') : loose[index]!
  })
  if (open.length === 0 && loose.length > 0) throw misuse(command, verbName, `"${loose.join(' ')}" is too much here.`)
  return judge(
    command,
    verbName,
    Object.fromEntries(Object.entries(given).map(([name, value]) => [name, typed(shapes.get(name)!, value)])),
  )
}

function typed({ type, choices }: OptionShape, value: string): unknown {
  if (type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value
  if (type === 'integer' || type === 'number') return /^[-+]?\d+(\.\d+)?$/.test(value) ? Number(value) : value
  return choices.find((choice) => choice.toLowerCase() === value.toLowerCase()) ?? value
}

/** The one strict check behind every front. */
function judge(command: VerbCommand, verbName: string, options: Record<string, unknown>): Record<string, unknown> {
  const verb = command.verbs[verbName]!
  const result = verb.options.strict().safeParse(options)
  if (result.success) return result.data
  const issue = result.error.issues[0]!
  const name = issue.path.join('.')
  const shape = shapesOf(verb).find((candidate) => candidate.name === name)
  const value = options[name]
  if (shape && value === undefined) throw misuse(command, verbName, `${name} is missing: ${shape.description}.`)
  if (shape && shape.choices.length > 0) {
    const guess = nearest(String(value), shape.choices)
    throw misuse(
      command,
      verbName,
      `${name} cannot be "${String(value)}".${guess ? ` Did you mean ${guess}?` : ''} Possible: ${shape.choices.join(', ')}.`,
    )
  }
  const wanted = shape && wantedBy(shape)
  if (wanted) throw misuse(command, verbName, `${name} takes ${wanted}, not "${String(value)}".`)
  throw misuse(command, verbName, `${name || 'The options'}: ${issue.message}.`)
}

/** What an option takes, in words; undefined where its schema says more than its shape. */
function wantedBy({ type, minimum, maximum }: OptionShape): string | undefined {
  if (type === 'boolean') return 'true or false'
  if (type === 'string') return undefined
  const number = type === 'integer' ? 'a whole number' : 'a number'
  const isBounded = (bound: number | undefined): bound is number =>
    bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER
  if (isBounded(minimum) && isBounded(maximum)) return `${number} from ${minimum} to ${maximum}`
  return isBounded(minimum) ? `${number} of at least ${minimum}` : number
}

const misuse = (command: VerbCommand, verbName: string, message: string): UserError =>
  new UserError(message, [
    usagePart(usageOf(command, verbName)),
    suggest(`Help for /${command.name}`, `/tutor help ${command.name}`),
  ])
