import { type Button, type Part, plain, type Reply, type Text } from '../../chat/reply.ts'

/** Something that can be pressed, as the line protocol tells it. */
export interface Pressable {
  label: string
  action: string
  values?: readonly { label: string; value: string }[]
}

/** The whole reply as plain text, without colour codes and without a line break at its end. */
export function renderConsole(reply: Reply): string {
  const numbered = counter()
  return reply.parts
    .map((part) => renderPart(part, numbered))
    .filter((block) => block !== '')
    .join('\n')
}

/** The buttons and menus of a reply, in the order in which the text numbers them. */
export function pressables(reply: Reply): Pressable[] {
  return reply.parts.flatMap((part): Pressable[] => {
    if (part.type === 'buttons') return part.buttons.map(({ label, action }) => ({ label, action }))
    if (part.type !== 'select') return []
    return [
      { label: part.label, action: part.action, values: part.options.map(({ label, value }) => ({ label, value })) },
    ]
  })
}

/** The forms behind the buttons of a reply, by position among the pressables. */
export const formsOf = (reply: Reply): (Button['form'] | undefined)[] =>
  reply.parts.flatMap((part) =>
    part.type === 'buttons' ? part.buttons.map(({ form }) => form) : part.type === 'select' ? [undefined] : [],
  )

/** At the console people are called by the name that they gave themselves. */
const shown = (text: Text): string => plain(text, (user) => user.replace(/^console:/, ''))

const counter = () => {
  let count = 0
  return () => ++count
}

function renderPart(part: Part, number: () => number): string {
  switch (part.type) {
    case 'title':
      return part.text
    case 'text':
    case 'note':
      return shown(part.text)
    case 'list':
      return part.items.map((item, index) => `${part.ordered ? `${index + 1}.` : '-'} ${shown(item)}`).join('\n')
    case 'code':
      return part.code.replace(/\n$/, '')
    case 'table':
      return renderTable([part.header, ...part.rows])
    case 'picture':
      return part.text
    case 'file':
      return `--- ${part.name}\n${part.content.replace(/\n$/, '')}\n---`
    case 'progress':
      return renderProgress(part)
    case 'buttons':
      return part.buttons.map(({ label }) => `[${number()} ${label}]`).join(' ')
    case 'select':
      return `[${number()} ${part.label}] ${part.options.map(({ value, label }) => (value === label ? label : `${value}: ${label}`)).join(' · ')}`
  }
}

function renderTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const PROGRESS_WIDTH = 20

function renderProgress({ label, done, of }: Extract<Part, { type: 'progress' }>): string {
  const filled = of === 0 ? 0 : Math.round((Math.min(done, of) / of) * PROGRESS_WIDTH)
  return `${label} ${'#'.repeat(filled)}${'.'.repeat(PROGRESS_WIDTH - filled)} ${done}/${of}`
}
