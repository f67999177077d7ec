import type { types } from '@slack/bolt'
import { cleanText, clip } from '../../chat/clean.ts'
import { progressBar } from '../../chat/plain-reply.ts'
import type { Part } from '../../chat/reply.ts'
import { splitText } from '../../chat/split-text.ts'
import { layoutTable } from '../../chat/table.ts'
import { note, oneLine, type Piece, paragraphs, piece, preformatted, title } from './blocks.ts'
import { HABITS, LIMITS } from './limits.ts'
import { type Names, richText } from './rich-text.ts'
import { buttons, select } from './widgets.ts'

/** A file that is uploaded after the messages, and what is shown where that is not possible. */
export interface SlackUpload {
  name: string
  data: Uint8Array
  /** Alternative text, of pictures only. */
  alt?: string
  /** The same facts as text. */
  text: string
}

export interface PieceOptions {
  /** False where nothing can be uploaded: pictures and files become text. */
  files: boolean
  /** False where Slack shows no table blocks, as in the Home tab: tables become code. */
  tables: boolean
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
    options.tables &&
    rows.length <= LIMITS.table.rows &&
    columns <= LIMITS.table.columns &&
    bytes <= LIMITS.table.bytes &&
    rows.flat().every((cell) => cell.length <= LIMITS.table.cell)
  if (!fits || columns === 0) return code(layoutTable(part.header, part.rows).join('\n'), 'table.txt', options)
  // Slack wants every row of the same length and no cell empty.
  const cells = rows.map((row) =>
    Array.from({ length: columns }, (_, at) => ({ type: 'raw_text' as const, text: oneLine(row[at] ?? '') || '–' })),
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
