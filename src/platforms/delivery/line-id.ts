import { cleanText } from '../../chat/clean.ts'
import type { Button } from '../../chat/reply.ts'

const PRESS = 'v1:'
const FORM = 'v1f:'

/** What the id of a button or menu stands for: a line to run, or one that a form must complete first. */
export interface Pressed {
  action: string
  form: boolean
}

/** The id of a button or menu, or nothing where its line is too long for one. */
export function lineId({ action, form }: Pick<Button, 'action' | 'form'>, limit: number): string | undefined {
  const id = `${form ? FORM : PRESS}${action}`
  return isSendable(id, limit) ? id : undefined
}

/** Reads an id; nothing for one that this version does not know. */
export function readLineId(id: string): Pressed | undefined {
  if (id.startsWith(PRESS)) return { action: id.slice(PRESS.length).trimEnd(), form: false }
  if (id.startsWith(FORM)) return { action: id.slice(FORM.length).trimEnd(), form: true }
  return undefined
}

/**
 * Ids must differ within a message. Blanks at the end of a line mean nothing, so they tell equal lines apart. Returns
 * nothing where no room is left.
 */
export function uniqueLineId(id: string, taken: Set<string>, limit: number): string | undefined {
  let unique = id
  while (taken.has(unique)) unique += ' '
  if (unique.length > limit) return undefined
  taken.add(unique)
  return unique
}

/** Whether a platform gives the string back as it was sent. */
export const isSendable = (value: string, limit: number): boolean =>
  value.trim() !== '' && value.length <= limit && cleanText(value) === value
