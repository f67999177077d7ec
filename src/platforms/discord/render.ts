import { type APIMessageTopLevelComponent, ComponentType, MessageFlags } from 'discord.js'
import { plainReply } from '../../chat/plain-reply.ts'
import type { Reply } from '../../chat/reply.ts'
import { uniqueLineId } from '../delivery/line-id.ts'
import { pack } from '../delivery/pack.ts'
import { HABITS, LIMITS } from './limits.ts'
import { type DiscordFile, fileName, note, type Piece, type PieceOptions, piecesOf, text } from './pieces.ts'

/** One message with Components V2. */
export interface DiscordMessage {
  flags: typeof MessageFlags.IsComponentsV2
  components: APIMessageTopLevelComponent[]
  files: DiscordFile[]
}

export interface RenderOptions extends Partial<PieceOptions> {
  /** How many messages the reply may become before the rest goes into a file. */
  messages?: number
}

const ROOM = { ...LIMITS.message, tables: Number.POSITIVE_INFINITY }

/** A reply as one or more messages, each within Discord's limits. What is shortened says so. */
export function renderDiscord(reply: Pick<Reply, 'parts'>, options: RenderOptions = {}): DiscordMessage[] {
  const { files = true, fileBytes = LIMITS.message.fileBytes, messages = HABITS.messages } = options
  const pieces = reply.parts.flatMap((part) => piecesOf(part, { files, fileBytes }))
  const packed = pack(pieces.length > 0 ? pieces : text('Nothing to show.'), ROOM)
  const shown = packed.length <= messages ? packed : shorten(reply, packed, { files, fileBytes }, messages)
  return shown.map(assemble)
}

/** The beginning of a reply that would be too many messages, all of its text as a file, and its buttons. */
function shorten(reply: Pick<Reply, 'parts'>, packed: Piece[][], options: PieceOptions, messages: number): Piece[][] {
  const all = Buffer.from(plainReply(reply))
  const attached = options.files && all.length <= options.fileBytes
  const pieces = packed.flat()
  const widgets = pieces.filter(({ widget }) => widget)
  const rows = widgets.slice(0, ROWS * messages)
  const remark = note(
    [
      'The answer is longer than fits here; ',
      attached ? 'all of it is in answer.txt.' : 'this is its beginning.',
      widgets.length > rows.length ? ` ${widgets.length - rows.length} rows of buttons are left out.` : '',
    ].join(''),
  )
  const ending = [...remark, ...(attached ? [attachAll(all)] : []), ...rows]
  const beginning = pieces.filter(({ widget, file }) => !widget && file === undefined).slice(0, 10 * messages)
  for (;;) {
    const shown = pack([...beginning, ...ending], ROOM)
    if (shown.length <= messages || beginning.length === 0) return shown
    beginning.pop()
  }
}

/** So many rows of five buttons and the ending fit into every message whatever else is in it. */
const ROWS = 4

const attachAll = (data: Uint8Array): Piece => ({
  component: { type: ComponentType.File, file: { url: 'attachment://answer.txt' } },
  file: { name: 'answer.txt', data },
  cost: { components: 1, characters: 0, files: 1, tables: 0 },
  widget: false,
})

/** Puts pieces into a message and makes what must be unique in it unique. */
function assemble(pieces: readonly Piece[]): DiscordMessage {
  const ids = new Set<string>()
  const names = new Set<string>()
  const files: DiscordFile[] = []
  const components = pieces.flatMap((piece) => {
    const named = piece.file ? withFile(piece, names, files) : piece.component
    const component = named.type === ComponentType.ActionRow ? withUniqueIds(named, ids) : named
    return component ? [component] : []
  })
  return { flags: MessageFlags.IsComponentsV2, components, files }
}

function withFile(piece: Piece, names: Set<string>, files: DiscordFile[]): APIMessageTopLevelComponent {
  const file = piece.file!
  let name = file.name
  for (let copy = 2; names.has(name); copy++) name = fileName(`${copy}-${file.name}`)
  names.add(name)
  files.push({ ...file, name })
  const url = `attachment://${name}`
  if (piece.component.type === ComponentType.File) return { ...piece.component, file: { url } }
  if (piece.component.type === ComponentType.MediaGallery)
    return { ...piece.component, items: piece.component.items.map((item) => ({ ...item, media: { url } })) }
  return piece.component
}

type Row = Extract<APIMessageTopLevelComponent, { type: ComponentType.ActionRow }>

/** The row with custom ids that are new in this message; buttons for which there is no room any more are left out. */
function withUniqueIds(row: Row, taken: Set<string>): Row | undefined {
  const components = row.components.flatMap((component): typeof row.components => {
    if (!('custom_id' in component)) return [component]
    const id = uniqueLineId(component.custom_id, taken, LIMITS.customId)
    return id === undefined ? [] : [{ ...component, custom_id: id }]
  })
  return components.length > 0 ? { ...row, components } : undefined
}
