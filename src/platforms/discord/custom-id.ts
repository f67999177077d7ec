import { cleanText } from '../../chat/clean.ts'
import type { Button } from '../../chat/reply.ts'
import { LIMITS } from './limits.ts'

const PRESS = 'v1:'
const FORM = 'v1f:'

/** What a custom id stands for: a line to run, or one that a form must complete first. */
export interface Pressed {
  action: string
  form: boolean
}

/** The custom id of a button or select menu, or nothing where the line is too long for one. */
export function customIdOf({ action, form }: Pick<Button, 'action' | 'form'>): string | undefined {
  const id = `${form ? FORM : PRESS}${action}`
  return isSendable(id, LIMITS.customId) ? id : undefined
}

/** Whether Discord gives the string back as it was sent. */
export const isSendable = (value: string, limit: number): boolean =>
  value.trim() !== '' && value.length <= limit && cleanText(value) === value

/** Reads a custom id; nothing for one that this version does not know. */
export function readCustomId(id: string): Pressed | undefined {
  if (id.startsWith(PRESS)) return { action: id.slice(PRESS.length).trimEnd(), form: false }
  if (id.startsWith(FORM)) return { action: id.slice(FORM.length).trimEnd(), form: true }
  return undefined
}

/**
 * Custom ids must differ within a message. Blanks at the end of a line mean nothing, so they tell equal lines apart.
 * Returns nothing where no room is left.
 */
export function uniqueCustomId(id: string, taken: Set<string>): string | undefined {
  let unique = id
  while (taken.has(unique)) unique += ' '
  if (unique.length > LIMITS.customId) return undefined
  taken.add(unique)
  return unique
}
