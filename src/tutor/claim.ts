import type { CommandContext } from '../chat/context.ts'
import { UserError } from '../chat/user-error.ts'
import { openStep, participantOf, participate } from './guide.ts'
import type { Step } from './lesson.ts'

type Question = NonNullable<Step['answer']>
type Option = NonNullable<Question['options']>[number]

/** Takes down what the caller claims. Throws `UserError` where the step asks nothing or the choice does not exist. */
export function claim(context: CommandContext, text: string): void {
  const { step } = openStep(context)
  if (!step.answer) throw new UserError('This step asks for no answer.')
  const me = participantOf(context)
  participate(context, { ...me, said: { ...me.said, ...claimsIn(step.answer, text) } })
}

/** The claims of an answer by their ids: one, or one for each row that it names. */
function claimsIn(question: Question, text: string): Record<string, string> {
  const { id, options, rows } = question
  if (!options) return { [id]: text.trim() }
  if (!rows) return { [id]: chosen(options, text) }
  const words = text.split(/[\s,;=:→]+/).filter((word) => word !== '')
  const pairs = Array.from({ length: Math.ceil(words.length / 2) }, (_, index) => words.slice(2 * index, 2 * index + 2))
  if (pairs.length === 0) throw new UserError(usage(rows, options))
  return Object.fromEntries(
    pairs.map(([row = '', option = '']) => [`${id}.${rowNamed(question, row)}`, chosen(options, option)]),
  )
}

function chosen(options: readonly Option[], text: string): string {
  const wanted = text.trim().toLowerCase()
  const option = options.find(({ id, label }) => [id, label].some((name) => name.toLowerCase() === wanted))
  if (!option) throw new UserError(`Choose one of ${options.map(({ id, label }) => `${id} (${label})`).join(', ')}.`)
  return option.id
}

function rowNamed({ rows = [], options = [] }: Question, word: string): string {
  const row = rows.find((name) => name.toLowerCase() === word.toLowerCase())
  if (row === undefined) throw new UserError(`There is no row "${word}". ${usage(rows, options)}`)
  return row
}

const usage = (rows: readonly string[], options: readonly Option[]): string =>
  `Write each row with its letter: /lesson answer ${rows.map((row, index) => `${row}=${options[index % options.length]?.id}`).join(' ')}`
