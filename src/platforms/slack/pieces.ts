import type { types } from '@slack/bolt'
import { cleanText, clip } from '../../chat/clean.ts'
import { progressBar } from '../../chat/plain-reply.ts'
import { type Button, type Part, plain, type Text } from '../../chat/reply.ts'
import { splitText } from '../../chat/split-text.ts'
import { layoutTable } from '../../chat/table.ts'
import type { Cost } from '../delivery/pack.ts'
import { actionIdOf } from './action-id.ts'
import { HABITS, LIMITS } from './limits.ts'
import { type Names, nameOf, richText } from './rich-text.ts'

/** A file that is uploaded after the messages, and what is shown where that is not possible. */
export interface SlackUpload {
  name: string
  data: Uint8Array
  /** Alternative text, of pictures only. */
  alt?: string
  /** The same facts as text. */
  text: string
}

/** A part of a reply, or of a part that had to be divided, as one block. */
export interface Piece {
  block: types.KnownBlock
  cost: Cost
  /** Buttons and menus outlive text where a reply must be shortened. */
  widget: boolean
}

export interface PieceOptions {
  /** False where nothing can be uploaded: pictures and files become text. */
  files: boolean
  names: Names
}

export interface Pieces {
  pieces: Piece[]
  uploads: SlackUpload[]
}

const blocks = (...pieces: Piece[]): Pieces => ({ pieces, uploads: [] })

/** The blocks that show one part. Empty parts give none. */
export function piecesOf(part: Part, options: PieceOptions): Pieces {
  switch (part.type) {
    case 'title':
      return blocks(...title(part.text))
    case 'text':
      return blocks(...paragraphs(part.text, options.names))
    case 'note':
      return blocks(...note(part.text, options.names))
    case 'list':
      return blocks(...list(part, options.names))
    case 'progress':
      return blocks(...paragraphs(progressBar(part), options.names))
    case 'code':
      return code(part.code, 'output.txt', options)
    case 'table':
      return table(part, options)
    case 'picture':
      return picture(part, options)
    case 'file':
      return attachment(part.name, part.content, options)
    case 'buttons':
      return blocks(...buttons(part.buttons, options.names))
    case 'select':
      return blocks(...select(part, options.names))
  }
}

function piece(block: types.KnownBlock, widget = false): Piece {
  const characters = Buffer.byteLength(JSON.stringify(block)) + 1
  return { block, cost: { components: 1, characters, files: 0, tables: block.type === 'table' ? 1 : 0 }, widget }
}

function title(content: string): Piece[] {
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

function list(part: Extract<Part, { type: 'list' }>, names: Names): Piece[] {
  const pieces: Piece[] = []
  let items: types.RichTextSection[] = []
  let length = 0
  let first = 0
  const close = (next: number) => {
    // A list that goes on in a further block would count from 1 again; Slack's own numbering is used where it holds.
    const ordered = part.ordered && first === 0
    if (items.length > 0) {
      const elements = part.ordered && !ordered ? items.map((item, at) => numbered(item, first + at + 1)) : items
      pieces.push(
        piece({
          type: 'rich_text',
          elements: [{ type: 'rich_text_list', style: ordered ? 'ordered' : 'bullet', elements }],
        }),
      )
    }
    items = []
    length = 0
    first = next
  }
  part.items.forEach((item, at) => {
    for (const elements of richText(item, HABITS.text, names)) {
      const size = Buffer.byteLength(JSON.stringify(elements))
      if (length + size > LIMITS.message.bytes / 2) close(at)
      items.push({ type: 'rich_text_section', elements })
      length += size
    }
  })
  close(0)
  return pieces
}

const numbered = (item: types.RichTextSection, number: number): types.RichTextSection => ({
  ...item,
  elements: [{ type: 'text', text: `${number}. ` }, ...item.elements],
})

/** A block of code cannot be closed from inside: it is an element, not markup. */
const preformatted = (text: string): Piece[] =>
  text === ''
    ? []
    : [piece({ type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }] })]

function code(content: string, name: string, options: PieceOptions): Pieces {
  const text = cleanText(content)
  if (text.trim() === '') return blocks()
  if (text.length <= HABITS.text || !options.files) return blocks(...splitText(text, HABITS.text).flatMap(preformatted))
  const lines = text.split('\n')
  return {
    pieces: [
      ...preformatted(clip(lines.slice(0, HABITS.preview).join('\n'), HABITS.text / 2)),
      ...note(`The first lines of ${lines.length}; all of them are in ${name}.`, options.names),
    ],
    uploads: [{ name, data: Buffer.from(content), text }],
  }
}

/** What a cell's JSON takes beside its text. */
const CELL_OVERHEAD = 32

function table(part: Extract<Part, { type: 'table' }>, options: PieceOptions): Pieces {
  const rows = [part.header, ...part.rows]
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const bytes = Buffer.byteLength(JSON.stringify(rows)) + rows.length * columns * CELL_OVERHEAD
  const fits =
    rows.length <= LIMITS.table.rows &&
    columns <= LIMITS.table.columns &&
    bytes <= LIMITS.table.bytes &&
    rows.flat().every((cell) => cell.length <= LIMITS.table.cell)
  if (!fits || columns === 0) return code(layoutTable(part.header, part.rows).join('\n'), 'table.txt', options)
  // Slack wants every row of the same length and no cell empty.
  const cells = rows.map((row) =>
    Array.from({ length: columns }, (_, at) => ({ type: 'raw_text' as const, text: oneLine(row[at] ?? '') || ' ' })),
  )
  return blocks(piece({ type: 'table', rows: cells }))
}

function picture(part: Extract<Part, { type: 'picture' }>, options: PieceOptions): Pieces {
  if (!options.files || part.png.length === 0) return code(part.text, 'picture.txt', { ...options, files: false })
  const alt = clip(cleanText(part.alt).trim(), LIMITS.alt)
  return {
    pieces: [],
    uploads: [{ name: fileName(part.name), data: part.png, ...(alt !== '' && { alt }), text: part.text }],
  }
}

function attachment(name: string, content: string, options: PieceOptions): Pieces {
  if (content === '') return blocks(...note(`${clip(name, 100)} is empty.`, options.names))
  if (options.files)
    return { pieces: [], uploads: [{ name: fileName(name), data: Buffer.from(content), text: content }] }
  const shown = code(content, name, options)
  return { ...shown, pieces: [...note(`${clip(name, 100)}:`, options.names), ...shown.pieces] }
}

const fileName = (name: string): string => name.replaceAll(/[^\w.-]/g, '_').slice(0, 100) || 'file'

function buttons(all: readonly Button[], names: Names): Piece[] {
  const short = all.filter((button) => actionIdOf(button) !== undefined && fitsForm(button))
  const elements = short.map(
    (button): types.Button => ({
      type: 'button',
      text: { type: 'plain_text', text: label(button.label, LIMITS.button.text), emoji: false },
      action_id: actionIdOf(button)!,
      ...(button.style && { style: button.style }),
    }),
  )
  const rows = groups(elements, LIMITS.actions.elements).map((some) => piece({ type: 'actions', elements: some }, true))
  return [...rows, ...all.filter((button) => !short.includes(button)).flatMap((button) => typeThis(button, names))]
}

/** What cannot be a button is shown as the line that it stands for. */
const typeThis = ({ label: name, action, form }: Pick<Button, 'label' | 'action' | 'form'>, names: Names): Piece[] =>
  note(
    `${clip(name, 100)}: type ${clip(action, 1_500)}${form ? ' (its text is too long for a form here; put it into a file)' : ''}`,
    names,
  )

/** Whether a modal can hold the form. */
export const fitsForm = ({ form }: Pick<Button, 'form'>): boolean =>
  form === undefined ||
  (form.fields.length > 0 &&
    form.fields.length <= LIMITS.view.blocks &&
    form.fields.every(({ value }) => (value?.length ?? 0) <= LIMITS.modal.value))

function select(part: Extract<Part, { type: 'select' }>, names: Names): Piece[] {
  const lines = (options: readonly { value: string; label: string }[]) =>
    options.flatMap(({ label: name, value }) => typeThis({ label: name, action: `${part.action} ${value}` }, names))
  const id = actionIdOf(part)
  if (id === undefined) return lines(part.options)
  const unique = [...new Map(part.options.map((option) => [option.value, option])).values()]
  const short = unique.filter(
    ({ value }) => value.trim() !== '' && value.length <= LIMITS.select.value && cleanText(value) === value,
  )
  const menus = groups(short.map(option), LIMITS.select.options).map((options, at, all) =>
    piece(
      {
        type: 'actions',
        elements: [
          {
            type: 'static_select',
            action_id: id,
            placeholder: {
              type: 'plain_text',
              text: label(
                all.length > 1 ? `${part.label} (${at + 1} of ${all.length})` : part.label,
                LIMITS.select.placeholder,
              ),
              emoji: false,
            },
            options,
          },
        ],
      },
      true,
    ),
  )
  return [...menus, ...lines(unique.filter((option) => !short.includes(option) && option.value.trim() !== ''))]
}

const option = ({
  value,
  label: name,
  description,
}: {
  value: string
  label: string
  description?: string
}): types.PlainTextOption => ({
  text: { type: 'plain_text', text: label(name, LIMITS.select.text), emoji: false },
  value,
  ...(description?.trim() && {
    description: { type: 'plain_text', text: label(description, LIMITS.select.description), emoji: false },
  }),
})

const oneLine = (value: string): string => cleanText(value).replaceAll(/\s+/g, ' ').trim()

/** Slack refuses empty labels. */
export const label = (value: string, limit: number): string => clip(oneLine(value) || '…', limit)

/** Groups of at most `size` items that each leave room for other blocks in a message. */
function groups<Item>(items: readonly Item[], size: number): Item[][] {
  const result: Item[][] = []
  let bytes = 0
  for (const item of items) {
    const own = Buffer.byteLength(JSON.stringify(item)) + 1
    const group = result.at(-1)
    if (group && group.length < size && bytes + own <= LIMITS.message.bytes / 2) {
      group.push(item)
      bytes += own
    } else {
      result.push([item])
      bytes = own
    }
  }
  return result
}
