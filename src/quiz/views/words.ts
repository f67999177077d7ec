import type { Button, Inline, Part, Text } from '../../chat/reply.ts'
import { bold, code, text } from '../../chat/reply.ts'
import type { QuizState } from '../state.ts'

/** Text in which backticks mark code, as stretches for a renderer. */
export const inline = (value: string): Inline[] =>
  value
    .split('`')
    .map((part, index) => (index % 2 === 1 ? code(part) : text(part)))
    .filter((node) => !('text' in node) || node.text !== '')

/** The same text where nothing can be marked, such as on a button. */
export const unmarked = (value: string): string => value.replaceAll('`', '')

/** `3 players`, `1 player`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

/** How a button says which question it belongs to, so that a late press is known for what it is. */
export const reference = ({ id }: QuizState, question: number): string => `${id}.${question + 1}`

export const buttons = (...list: readonly (Button | false | undefined)[]): Part => ({
  type: 'buttons',
  buttons: list.filter((button): button is Button => Boolean(button)),
})

export const paragraph = (value: Text): Part => ({ type: 'text', text: value })

export const note = (value: Text): Part => ({ type: 'note', text: value })

/** `A  the words of an option`, the letter in bold. */
export const labelled = (letter: string, words: string): Inline[] => [bold(letter), text('  '), ...inline(words)]
