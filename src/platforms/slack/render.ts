import type { types } from '@slack/bolt'
import { cleanText, clip } from '../../chat/clean.ts'
import { plainReply } from '../../chat/plain-reply.ts'
import type { Reply } from '../../chat/reply.ts'
import { uniqueLineId } from '../delivery/line-id.ts'
import { pack } from '../delivery/pack.ts'
import { note, type Piece, paragraphs } from './blocks.ts'
import { HABITS, LIMITS } from './limits.ts'
import { type PieceOptions, piecesOf, type SlackUpload } from './pieces.ts'
import { escapeText, type Names } from './rich-text.ts'

export interface SlackMessage {
  /** For notifications and screen readers. */
  text: string
  blocks: types.KnownBlock[]
}

export interface SlackReply {
  messages: SlackMessage[]
  /** Uploaded after the messages, in order. */
  uploads: SlackUpload[]
}

export interface RenderOptions extends Partial<Omit<PieceOptions, 'tables'>> {
  /** How many messages the reply may become before the rest goes into a file. */
  messages?: number
}

const NOBODY: Names = () => undefined

const ROOM = {
  components: LIMITS.message.blocks,
  characters: LIMITS.message.bytes,
  files: 0,
  tables: LIMITS.message.tables,
}

/** A reply as messages and uploads, each within Slack's limits. What is shortened says so. */
export function renderSlack(reply: Pick<Reply, 'parts'>, options: RenderOptions = {}): SlackReply {
  const { files = true, names = NOBODY, messages = HABITS.messages } = options
  const parts = reply.parts.map((part) => piecesOf(part, { files, names, tables: true }))
  const pieces = parts.flatMap((part) => part.pieces)
  const uploads = parts.flatMap((part) => part.uploads)
  const empty =
    pieces.length === 0 ? paragraphs(uploads[0] ? `See ${uploads[0].name}.` : 'Nothing to show.', names) : []
  const packed = pack([...pieces, ...empty], ROOM)
  const text = notification(reply)
  if (packed.length <= messages) return { messages: packed.map((some) => assemble(some, text)), uploads }
  const all = plainReply(reply)
  const shown = shorten(pieces, files, names, messages)
  return {
    messages: shown.map((some) => assemble(some, text)),
    uploads: files
      ? [...uploads.filter(({ alt }) => alt !== undefined), { name: 'answer.txt', data: Buffer.from(all), text: all }]
      : [],
  }
}

/** A reply as the blocks of a Home tab, which has room for one long message and cannot show files. */
export function renderHome(reply: Pick<Reply, 'parts'>, names: Names = NOBODY): types.KnownBlock[] {
  const pieces = reply.parts.flatMap((part) => piecesOf(part, { files: false, names, tables: false }).pieces)
  const room = {
    ...ROOM,
    components: LIMITS.view.blocks - 1,
    characters: LIMITS.view.bytes,
    tables: Number.POSITIVE_INFINITY,
  }
  const [first = paragraphs('Nothing to show.', names), ...rest] = pack(pieces, room)
  const remark = rest.length > 0 ? note('There is more than fits here; use /tutor in a channel.', names) : []
  return assemble([...first, ...remark], '').blocks
}

/** What a lock screen and a screen reader get: the reply without its buttons. An escaped character takes up to five. */
const notification = (reply: Pick<Reply, 'parts'>): string => {
  const said = reply.parts.filter(({ type }) => type !== 'buttons' && type !== 'select')
  return escapeText(clip(cleanText(plainReply({ parts: said })).trim() || 'Nothing to show.', LIMITS.message.text / 5))
}

/** The beginning of a reply that would be too many messages, and its buttons. */
function shorten(pieces: readonly Piece[], attached: boolean, names: Names, messages: number): Piece[][] {
  const widgets = pieces.filter(({ widget }) => widget)
  const rows = widgets.slice(0, messages)
  const remark = note(
    [
      'The answer is longer than fits here; ',
      attached ? 'all of it is in answer.txt.' : 'this is its beginning.',
      widgets.length > rows.length ? ` ${widgets.length - rows.length} rows of buttons are left out.` : '',
    ].join(''),
    names,
  )
  const beginning = pieces.filter(({ widget }) => !widget).slice(0, 40 * messages)
  for (;;) {
    const shown = pack([...beginning, ...remark, ...rows], ROOM)
    if (shown.length <= messages || beginning.length === 0) return shown
    beginning.pop()
  }
}

/** Puts pieces into a message and makes the action ids in it unique. */
function assemble(pieces: readonly Piece[], text: string): SlackMessage {
  const taken = new Set<string>()
  return {
    text,
    blocks: pieces.flatMap(({ block }) => (block.type === 'actions' ? withUniqueIds(block, taken) : [block])),
  }
}

function withUniqueIds(block: types.ActionsBlock, taken: Set<string>): types.KnownBlock[] {
  const elements = block.elements.flatMap((element) => {
    const id = uniqueLineId(element.action_id ?? '', taken, LIMITS.actionId)
    return id === undefined ? [] : [{ ...element, action_id: id }]
  })
  return elements.length > 0 ? [{ ...block, elements }] : []
}
