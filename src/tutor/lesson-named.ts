import type { CommandContext } from '../chat/context.ts'
import { nearest } from '../chat/nearest.ts'
import { UserError } from '../chat/user-error.ts'
import type { Lesson } from './lesson.ts'

/** The lesson that a word names: `L03`, `3`, `pod-ip-churn` or its title. Throws `UserError` with the nearest one. */
export function lessonNamed({ lessons }: CommandContext, word: string): Lesson {
  const wanted = word.trim().toLowerCase()
  const found = lessons.find(({ id, code: number, title }) =>
    [id, number.toLowerCase(), String(Number(number.slice(1))), title.toLowerCase()].includes(wanted),
  )
  if (found) return found
  const guess = nearest(
    wanted,
    lessons.map(({ id }) => id),
  )
  throw new UserError(
    `There is no lesson "${word}".${guess ? ` Did you mean ${guess}?` : ''} There are: ${lessons.map(({ code: number, id }) => `${number} ${id}`).join(', ')}.`,
    [
      {
        type: 'buttons',
        buttons: [
          guess
            ? { label: `Start ${guess}`, action: `/lesson start ${guess}` }
            : { label: 'All lessons', action: '/lesson list' },
        ],
      },
    ],
  )
}

/** The lessons as completions. */
export const suggestLessons = ({ lessons }: CommandContext) =>
  lessons.map(({ id, code: number, title }) => ({ value: id, label: `${number} ${title}` }))
