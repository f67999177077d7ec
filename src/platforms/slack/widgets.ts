import type { types } from '@slack/bolt'
import { clip } from '../../chat/clean.ts'
import type { Button, Part } from '../../chat/reply.ts'
import { isSendable, lineId } from '../delivery/line-id.ts'
import { label, note, type Piece, piece } from './blocks.ts'
import { LIMITS } from './limits.ts'
import type { Names } from './rich-text.ts'

/** Buttons in rows; those that Slack cannot take are shown as lines to type. */
export function buttons(all: readonly Button[], names: Names): Piece[] {
  const short = all.filter((button) => lineId(button, LIMITS.actionId) !== undefined && fitsForm(button))
  const elements = short.map(
    (button): types.Button => ({
      type: 'button',
      text: { type: 'plain_text', text: label(button.label, LIMITS.button.text), emoji: false },
      action_id: lineId(button, LIMITS.actionId)!,
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

/** A menu, or several where there are too many options for one. */
export function select(part: Extract<Part, { type: 'select' }>, names: Names): Piece[] {
  const lines = (options: readonly { value: string; label: string }[]) =>
    options.flatMap(({ label: name, value }) => typeThis({ label: name, action: `${part.action} ${value}` }, names))
  const id = lineId(part, LIMITS.actionId)
  if (id === undefined) return lines(part.options)
  const unique = [...new Map(part.options.map((option) => [option.value, option])).values()]
  const short = unique.filter(({ value }) => isSendable(value, LIMITS.select.value))
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
