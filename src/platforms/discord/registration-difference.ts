import { isDeepStrictEqual } from 'node:util'
import {
  ApplicationCommandType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody as Registration,
} from 'discord.js'

export interface Difference {
  kind: 'added' | 'changed' | 'removed' | 'unchanged'
  name: string
  /** Which parts of a changed command differ. */
  what: string[]
}

interface Option {
  name: string
  description?: string
  options?: readonly Option[]
}

/** How the wanted commands differ from those that Discord has, in the order of the wanted ones, then what goes. */
export function differences(found: readonly Registration[], wanted: readonly Registration[]): Difference[] {
  const isSlash = ({ type }: Registration) =>
    (type ?? ApplicationCommandType.ChatInput) === ApplicationCommandType.ChatInput
  const known = new Map(found.filter(isSlash).map((command) => [command.name, command]))
  const changes = wanted.map((command): Difference => {
    const old = known.get(command.name)
    if (!old) return { kind: 'added', name: command.name, what: [] }
    const what = changedParts(old as Option, command as Option, '')
    return { kind: what.length > 0 ? 'changed' : 'unchanged', name: command.name, what }
  })
  const names = new Set(wanted.map(({ name }) => name))
  const gone = found.filter((command) => !isSlash(command) || !names.has(command.name))
  return [...changes, ...gone.map(({ name }): Difference => ({ kind: 'removed', name, what: [] }))]
}

/** Discord leaves out what has its default value and adds fields of its own, so only what matters is compared. */
const COMPARED = [
  'type',
  'description',
  'required',
  'choices',
  'min_value',
  'max_value',
  'min_length',
  'max_length',
  'autocomplete',
]

function changedParts(old: Option, fresh: Option, path: string): string[] {
  const own = COMPARED.filter((key) => !isDeepStrictEqual(settled(old, key), settled(fresh, key)))
  const before = old.options ?? []
  const after = fresh.options ?? []
  const nested = after.flatMap((option) => {
    const place = path === '' ? option.name : `${path} ${option.name}`
    const match = before.find(({ name }) => name === option.name)
    return match ? changedParts(match, option, place) : [`${place} is new`]
  })
  const gone = before
    .filter(({ name }) => !after.some((option) => option.name === name))
    .map(({ name }) => `${path === '' ? name : `${path} ${name}`} is gone`)
  const order = isDeepStrictEqual(
    before.map(({ name }) => name),
    after.map(({ name }) => name),
  )
  return [
    ...own.map((key) => (path === '' ? key : `${path} ${key}`)),
    ...nested,
    ...gone,
    ...(order || nested.length + gone.length > 0 ? [] : [`order of options${path === '' ? '' : ` of ${path}`}`]),
  ]
}

function settled(option: object, key: string): unknown {
  const value = (option as Record<string, unknown>)[key]
  if (key === 'type') return value ?? ApplicationCommandType.ChatInput
  if (key === 'choices')
    return ((value as { name: string; value: unknown }[] | null | undefined) ?? []).map((choice) => [
      choice.name,
      choice.value,
    ])
  return value === false || value === null ? undefined : value
}
