import { ApplicationCommandOptionType as Type } from 'discord.js'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Command, defineLineCommand, defineVerb, defineVerbCommand } from '../../../src/chat/command.ts'
import { reply } from '../../../src/chat/reply.ts'
import { sizeOf, toRegistrations } from '../../../src/platforms/discord/registration.ts'
import { differences } from '../../../src/platforms/discord/registration-difference.ts'
import { commands } from '../commands.ts'

const registered = toRegistrations(commands)
const quiz = registered.find(({ name }) => name === 'quiz')
const optionsOf = (verb: string) => {
  const found = quiz?.options?.find(({ name }) => name === verb)
  return found?.type === Type.Subcommand ? (found.options ?? []) : []
}

test('a command that reads a line takes it as one option that completes, and a file where it reads files', () => {
  expect(registered[0]?.options).toMatchObject([
    { name: 'command', type: Type.String, required: false, autocomplete: true, max_length: 6000 },
    { name: 'file', type: Type.Attachment, required: false },
  ])
  expect(registered[1]?.options).toMatchObject([{ name: 'command', autocomplete: false }])
})

test('verbs become sub-commands with typed options, the required ones first', () => {
  expect(quiz?.options?.map(({ name }) => name)).toEqual(['start', 'answer', 'many'])
  expect(optionsOf('start')).toMatchObject([
    { name: 'level', type: Type.String, required: true, choices: [{ value: 'easy' }, { value: 'hard' }] },
    { name: 'topic', type: Type.String, required: false, autocomplete: true },
    { name: 'questions', type: Type.Integer, required: false, min_value: 1, max_value: 20 },
    { name: 'seconds', type: Type.Number, required: false, min_value: 0.5 },
    { name: 'teams', type: Type.Boolean, required: false },
  ])
})

test('an integer without bounds of its own has none; more than 25 choices complete instead', () => {
  expect(optionsOf('answer')[0]).toMatchObject({ max_value: undefined, min_value: undefined })
  expect(optionsOf('many')).toMatchObject([{ name: 'value', autocomplete: true }])
  expect(optionsOf('many')[0]).toMatchObject({ choices: undefined })
})

test('commands work in servers and in direct messages with the bot, and need no permission', () => {
  for (const command of registered) expect(command).toMatchObject({ contexts: [0, 1], integration_types: [0] })
})

const verbs = (count: number, text: string) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `verb${at}`,
      defineVerb({ summary: text, options: z.object({}), run: () => reply([]) }),
    ]),
  )
const withVerbs = (count: number, text: string): Command =>
  defineVerbCommand({
    name: 'big',
    summary: 'Big',
    usage: '',
    examples: [],
    fallback: 'verb0',
    verbs: verbs(count, text),
  })

test.each([
  [
    'an upper-case name',
    defineLineCommand({ name: 'Kubectl', summary: 'x', usage: 'x', examples: [], run: () => reply([]) }),
  ],
  ['an empty summary', defineLineCommand({ name: 'x', summary: ' ', usage: 'x', examples: [], run: () => reply([]) })],
  ['26 verbs', withVerbs(26, 'x')],
])('%s is refused with the name of the command', (_, command) => {
  expect(() => toRegistrations([command])).toThrow(`Discord cannot register /${command.name}`)
})

test('the budget of 8000 characters counts every name, description and choice', () => {
  expect(sizeOf(registered[1]!)).toBe(
    'why'.length + 'What happened on the last connection'.length + 'command[HOP]'.length,
  )
  const options = Object.fromEntries(
    Array.from({ length: 25 }, (_, at) => [`option${at}`, z.string().describe('d'.repeat(100)).optional()]),
  )
  const verb = defineVerb({ summary: 's', options: z.object(options), run: () => reply([]) })
  const command = defineVerbCommand({
    name: 'big',
    summary: 'b',
    usage: '',
    examples: [],
    fallback: 'a',
    verbs: { a: verb, b: verb, c: verb },
  })
  expect(() => toRegistrations([command])).toThrowError(
    expect.objectContaining({
      cause: expect.objectContaining({ message: expect.stringContaining('of at most 8000') }),
    }),
  )
})

test('the difference names what was added, changed and removed', () => {
  const before = toRegistrations(commands.slice(0, 2)).map((command) => ({
    ...command,
    id: '1',
    version: '2',
    nsfw: false,
  }))
  before[1]!.description = 'Old words'
  before.push({ ...before[0]!, name: 'gone' })
  expect(differences(before, registered).map(({ kind, name, what }) => [kind, name, what])).toEqual([
    ['unchanged', 'kubectl', []],
    ['changed', 'why', ['description']],
    ['added', 'quiz', []],
    ['removed', 'gone', []],
  ])
})

test('a change deep inside is named by its path; what Discord leaves out as default is none', () => {
  const before = structuredClone(registered)
  const start = before[2]!.options![0] as {
    options: { name: string; required?: boolean; min_value?: number; type: number }[]
  }
  for (const option of start.options) if (option.required === false) delete option.required
  expect(differences(before, registered).every(({ kind }) => kind === 'unchanged')).toBe(true)
  start.options.find(({ name }) => name === 'questions')!.min_value = 2
  start.options = start.options.filter(({ name }) => name !== 'teams')
  expect(differences(before, registered).at(-1)?.what).toEqual(['start questions min_value', 'start teams is new'])
})
