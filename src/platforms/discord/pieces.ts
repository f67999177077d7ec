import {
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js'
import { cleanText, clip } from '../../chat/clean.ts'
import { progressBar } from '../../chat/plain-reply.ts'
import type { Button, Part, Text } from '../../chat/reply.ts'
import { splitText } from '../../chat/split-text.ts'
import { layoutTable } from '../../chat/table.ts'
import { isSendable, lineId } from '../delivery/line-id.ts'
import type { Cost } from '../delivery/pack.ts'
import { breakFences, escapeMarkdown, fence, inlineCode, markdown } from './escape.ts'
import { HABITS, LIMITS } from './limits.ts'

export interface DiscordFile {
  name: string
  data: Uint8Array
  /** Alternative text. */
  description?: string
}

/** A part of a reply, or of a part that had to be divided, as one component. */
export interface Piece {
  component: APIMessageTopLevelComponent
  file?: DiscordFile
  cost: Cost
  /** Buttons and menus outlive text where a reply must be shortened. */
  widget: boolean
}

export interface PieceOptions {
  /** False where the channel takes no attachments: pictures and files become text. */
  files: boolean
  /** Largest file in bytes. */
  fileBytes: number
}

const COST: Cost = { components: 1, characters: 0, files: 0, tables: 0 }

/** The components that show one part. Empty parts give none. */
export function piecesOf(part: Part, options: PieceOptions): Piece[] {
  switch (part.type) {
    case 'title':
      return paragraphs(clip(part.text.replaceAll('\n', ' '), HABITS.title)).flatMap((title) => text(`## ${title}`))
    case 'text':
      return paragraphs(part.text).flatMap(text)
    case 'note':
      return paragraphs(part.text).flatMap(note)
    case 'list':
      return text(part.items.flatMap((item, at) => listItem(part.ordered ? `${at + 1}.` : '-', item)).join('\n'))
    case 'progress':
      return paragraphs(progressBar(part)).flatMap(text)
    case 'code':
      return code(part.code, part.language, 'output.txt', options)
    case 'table':
      return code(layoutTable(part.header, part.rows).join('\n'), '', 'table.txt', options)
    case 'picture':
      return picture(part, options)
    case 'file':
      return attachment(part.name, part.content, options)
    case 'buttons':
      return buttons(part.buttons)
    case 'select':
      return select(part)
  }
}

/** Text that is already Discord's markdown. */
export const text = (content: string): Piece[] =>
  splitText(content, HABITS.text)
    .filter((piece) => piece.trim() !== '')
    .flatMap(block)

/** Small print; the text is Discord's markdown already. */
export const note = (content: string): Piece[] => text(content.replace(/^(?=.)/gm, '-# '))

/** A little less than a text display may hold leaves room for the marks of lists and small print. */
const paragraphs = (content: Text): string[] => markdown(content, HABITS.text - 50)

const listItem = (mark: string, item: Text): string[] =>
  paragraphs(item).map((content, at) => (at === 0 ? `${mark} ${content.replaceAll('\n', '\n  ')}` : content))

function code(content: string, language: string | undefined, name: string, options: PieceOptions): Piece[] {
  if (content.trim() === '') return []
  const whole = fence(content, language)
  if (whole.length <= HABITS.code) return block(whole)
  if (options.files && Buffer.byteLength(content) <= options.fileBytes) {
    const lines = content.split('\n')
    const preview = clip(lines.slice(0, HABITS.preview).join('\n'), HABITS.code / 2)
    return [
      ...block(fence(preview, language)),
      ...note(`The first lines of ${lines.length}; all of them are in ${name}.`),
      file(name, Buffer.from(content)),
    ]
  }
  return splitText(breakFences(cleanText(content)), HABITS.text - 50).flatMap((part) => block(fence(part, language)))
}

/** A code block is never cut. */
const block = (content: string): Piece[] => [
  {
    component: { type: ComponentType.TextDisplay, content },
    cost: { ...COST, characters: content.length },
    widget: false,
  },
]

/** A file that Discord shows as a download. The name is made safe for the `attachment://` address. */
function file(name: string, data: Uint8Array): Piece {
  const safe = fileName(name)
  return {
    component: { type: ComponentType.File, file: { url: `attachment://${safe}` } },
    file: { name: safe, data },
    cost: { ...COST, files: 1 },
    widget: false,
  }
}

export const fileName = (name: string): string =>
  clip(name.replaceAll(/[^\w.-]/g, '_'), 100).replace('…', '_') || 'file'

function attachment(name: string, content: string, options: PieceOptions): Piece[] {
  const data = Buffer.from(content)
  if (data.length === 0) return text(`${inlineCode(clip(name, 100))} is empty.`)
  if (options.files && data.length <= options.fileBytes) return [file(name, data)]
  return [
    ...text(`${inlineCode(clip(name, 100))}${options.files ? ' is too large for a file here:' : ':'}`),
    ...code(content, '', name, { ...options, files: false }),
  ]
}

function picture(part: Extract<Part, { type: 'picture' }>, options: PieceOptions): Piece[] {
  if (!options.files || part.png.length === 0 || part.png.length > options.fileBytes)
    return code(part.text, '', 'picture.txt', options)
  const name = fileName(part.name)
  const description = clip(cleanText(part.alt).trim(), LIMITS.message.alt)
  return [
    {
      component: {
        type: ComponentType.MediaGallery,
        items: [{ media: { url: `attachment://${name}` }, ...(description !== '' && { description }) }],
      },
      file: { name, data: part.png, ...(description !== '' && { description }) },
      cost: { ...COST, files: 1 },
      widget: false,
    },
  ]
}

const STYLES = { primary: ButtonStyle.Primary, danger: ButtonStyle.Danger } as const

function buttons(all: readonly Button[]): Piece[] {
  const short = all.filter((button) => lineId(button, LIMITS.customId) !== undefined && fitsForm(button))
  const rows = chunks(short, LIMITS.row.buttons).map((some) =>
    row(
      some.map((button) => ({
        type: ComponentType.Button,
        style: button.style ? STYLES[button.style] : ButtonStyle.Secondary,
        label: label(button.label),
        custom_id: lineId(button, LIMITS.customId)!,
      })),
    ),
  )
  const typed = all.filter((button) => !short.includes(button)).flatMap(typeThis)
  return [...rows, ...typed]
}

/** What cannot be a button is shown as the line that it stands for. */
const typeThis = ({ label: name, action, form }: Pick<Button, 'label' | 'action' | 'form'>): Piece[] =>
  text(
    `-# ${escapeMarkdown(clip(name, 100))}: type ${inlineCode(clip(action, 1_500))}${
      form ? ' (its text is too long for a form here; put it into a file)' : ''
    }`,
  )

/** Whether a modal can hold the form. */
export const fitsForm = ({ form }: Pick<Button, 'form'>): boolean =>
  form === undefined ||
  (form.fields.length > 0 &&
    form.fields.length <= LIMITS.modal.components &&
    form.fields.every(({ value }) => (value?.length ?? 0) <= LIMITS.modal.value))

function select(part: Extract<Part, { type: 'select' }>): Piece[] {
  const id = lineId(part, LIMITS.customId)
  if (id === undefined)
    return part.options.flatMap(({ label: name, value }) =>
      typeThis({ label: name, action: `${part.action} ${value}` }),
    )
  const unique = [...new Map(part.options.map((option) => [option.value, option])).values()]
  const short = unique.filter(({ value }) => isSendable(value, LIMITS.select.value))
  const menus = chunks(short, LIMITS.select.options).map((options, at, all) =>
    row([
      {
        type: ComponentType.StringSelect,
        custom_id: id,
        placeholder: label(
          all.length > 1 ? `${part.label} (${at + 1} of ${all.length})` : part.label,
          LIMITS.select.placeholder,
        ),
        options: options.map((option) => ({
          label: label(option.label, LIMITS.select.label),
          value: option.value,
          ...(option.description?.trim() && { description: label(option.description, LIMITS.select.description) }),
        })),
      },
    ]),
  )
  const long = unique.filter((option) => !short.includes(option) && option.value.length > 0)
  return [
    ...menus,
    ...long.flatMap(({ label: name, value }) => typeThis({ label: name, action: `${part.action} ${value}` })),
  ]
}

/** Labels are plain text to Discord; empty ones are not allowed. */
const label = (value: string, limit: number = LIMITS.button.label): string =>
  clip(cleanText(value).replaceAll(/\s+/g, ' ').trim() || '…', limit)

function row(components: APIComponentInMessageActionRow[]): Piece {
  const component: APIActionRowComponent<APIComponentInMessageActionRow> = { type: ComponentType.ActionRow, components }
  return { component, cost: { ...COST, components: 1 + components.length }, widget: true }
}

const chunks = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))
