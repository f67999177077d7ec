import { cleanText } from '../../chat/clean.ts'
import type { Button } from '../../chat/reply.ts'
import { LIMITS } from './limits.ts'

const PRESS = 'v1:'
const FORM = 'v1f:'

/** What an action id stands for: a line to run, or one that a form must complete first. */
export interface Pressed {
  action: string
  form: boolean
}

/** The action id of a button or select menu, or nothing where the line is too long for one. */
export function actionIdOf({ action, form }: Pick<Button, 'action' | 'form'>): string | undefined {
  const id = `${form ? FORM : PRESS}${action}`
  return id.length <= LIMITS.actionId && cleanText(id) === id ? id : undefined
}

/** Reads an action id; nothing for one that this version does not know. */
export function readActionId(id: string): Pressed | undefined {
  if (id.startsWith(PRESS)) return { action: id.slice(PRESS.length).trimEnd(), form: false }
  if (id.startsWith(FORM)) return { action: id.slice(FORM.length).trimEnd(), form: true }
  return undefined
}

/**
 * Action ids must differ within a message. Blanks at the end of a line mean nothing, so they tell equal lines apart.
 * Returns nothing where no room is left.
 */
export function uniqueActionId(id: string, taken: Set<string>): string | undefined {
  let unique = id
  while (taken.has(unique)) unique += ' '
  if (unique.length > LIMITS.actionId) return undefined
  taken.add(unique)
  return unique
}
