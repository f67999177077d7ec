import { type Part, plain, type Reply } from './reply.ts'
import { layoutTable } from './table.ts'

/** `▰▰▰▱▱ 3/5 label`: a bar of at most ten fields. */
export function progressBar({ label, done, of }: { label: string; done: number; of: number }): string {
  const fields = Math.min(10, Math.max(1, Math.round(of)))
  const full = of > 0 ? Math.min(fields, Math.max(0, Math.round((done / of) * fields))) : 0
  return `${'▰'.repeat(full)}${'▱'.repeat(fields - full)} ${done}/${of} ${label}`.trim()
}

/** The whole reply as text without markup, for files and for clients that show nothing else. */
export const plainReply = (reply: Pick<Reply, 'parts'>): string =>
  reply.parts.map(plainPart).filter(Boolean).join('\n\n')

function plainPart(part: Part): string {
  switch (part.type) {
    case 'title':
      return part.text
    case 'text':
    case 'note':
      return plain(part.text)
    case 'list':
      return part.items.map((item, at) => `${part.ordered ? `${at + 1}.` : '-'} ${plain(item)}`).join('\n')
    case 'code':
      return part.code
    case 'table':
      return layoutTable(part.header, part.rows, Number.POSITIVE_INFINITY).join('\n')
    case 'picture':
      return part.text
    case 'file':
      return `${part.name}:\n${part.content}`
    case 'progress':
      return progressBar(part)
    case 'buttons':
      return part.buttons.map(({ label, action }) => `${label}: ${action}`).join('\n')
    case 'select':
      return [part.label, ...part.options.map(({ label, value }) => `${label}: ${part.action} ${value}`)].join('\n')
  }
}
