import type { types } from '@slack/bolt'
import { cleanText, clip } from '../../chat/clean.ts'
import { plain, type Text } from '../../chat/reply.ts'
import { splitText } from '../../chat/split-text.ts'
import type { Cost } from '../delivery/pack.ts'
import { HABITS, LIMITS } from './limits.ts'
import { type Names, nameOf, richText } from './rich-text.ts'

/** A part of a reply, or of a part that had to be divided, as one block. */
export interface Piece {
  block: types.KnownBlock
  cost: Cost
  /** Buttons and menus outlive text where a reply must be shortened. */
  widget: boolean
}

/** A block and what it costs: Slack counts the JSON of all blocks. */
export function piece(block: types.KnownBlock, widget = false): Piece {
  const characters = Buffer.byteLength(JSON.stringify(block)) + 1
  return { block, cost: { components: 1, characters, files: 0, tables: block.type === 'table' ? 1 : 0 }, widget }
}

/** A heading, in one line. */
export function title(content: string): Piece[] {
  const text = clip(oneLine(content), LIMITS.header)
  return text === '' ? [] : [piece({ type: 'header', text: { type: 'plain_text', text, emoji: false } })]
}

/** Text as rich text, which has no markup that it could break out of. */
export const paragraphs = (content: Text, names: Names): Piece[] =>
  richText(content, HABITS.text, names)
    .filter((elements) => elements.some((element) => element.type !== 'text' || element.text.trim() !== ''))
    .map((elements) => piece({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }))

/** Small print: plain text, so that it needs no escaping; instants need rich text. */
export function note(content: Text, names: Names): Piece[] {
  if (typeof content !== 'string' && content.some((node) => 'when' in node)) return paragraphs(content, names)
  const text = plain(typeof content === 'string' ? content : content.map((node) => named(node, names)))
  return splitText(cleanText(text), HABITS.text)
    .filter((some) => some.trim() !== '')
    .map((some) => piece({ type: 'context', elements: [{ type: 'plain_text', text: some, emoji: false }] }))
}

const named = (node: Exclude<Text, string>[number], names: Names): Exclude<Text, string>[number] =>
  'user' in node ? { text: nameOf(node.user, names) } : node

/** A block of code cannot be closed from inside: it is an element, not markup. */
export const preformatted = (text: string): Piece[] =>
  text === ''
    ? []
    : [piece({ type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }] })]

export const oneLine = (value: string): string => cleanText(value).replaceAll(/\s+/g, ' ').trim()

/** Slack refuses empty labels. */
export const label = (value: string, limit: number): string => clip(oneLine(value) || '…', limit)
