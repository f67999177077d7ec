/** A stretch of text. Nothing in it is markup: each renderer escapes what its platform would interpret. */
export type Inline =
  | { text: string; bold?: true; code?: true }
  /** A person, by the platform's id. Shown as a name, never as a ping. */
  | { user: string }
  /** An instant in ms since the epoch that the client shows in the reader's own time. */
  | { when: number; style: 'relative' | 'time' }

/** Text of a reply: plain, or in stretches. Line breaks are kept. */
export type Text = string | readonly Inline[]

/** A form that opens before the action runs. The field named `stdin` becomes what `-f -` reads; others become words. */
export interface Form {
  title: string
  submit: string
  fields: readonly {
    name: string
    label: string
    value?: string
    placeholder?: string
    multiline?: true
    optional?: true
  }[]
}

/** A button stands for a command line; clicking and typing share one path. */
export interface Button {
  label: string
  action: string
  style?: 'primary' | 'danger'
  form?: Form
}

export type Part =
  | { type: 'title'; text: string }
  | { type: 'text'; text: Text }
  /** Small print below the rest. */
  | { type: 'note'; text: Text }
  | { type: 'list'; items: readonly Text[]; ordered?: true }
  /** Monospaced and untouched. */
  | { type: 'code'; code: string; language?: string }
  | { type: 'table'; header: readonly string[]; rows: readonly (readonly string[])[] }
  /** A picture with its text twin: the same facts for those who cannot see it, and where files cannot be sent. */
  | { type: 'picture'; name: string; png: Uint8Array; alt: string; text: string }
  | { type: 'file'; name: string; content: string }
  | { type: 'progress'; label: string; done: number; of: number }
  | { type: 'buttons'; buttons: readonly Button[] }
  | {
      type: 'select'
      label: string
      action: string
      options: readonly { value: string; label: string; description?: string }[]
    }

/** What a command answers. It never sends anything itself. */
export interface Reply {
  parts: readonly Part[]
  /** False where the command was refused or failed. */
  ok: boolean
  /** Only the caller sees it. Overrides the command's own declaration where set. */
  private?: boolean
  /** The result for programs, as the console protocol defines it for the command. */
  data?: Record<string, unknown>
}

export const text = (value: string): Inline => ({ text: value })
export const bold = (value: string): Inline => ({ text: value, bold: true })
export const code = (value: string): Inline => ({ text: value, code: true })

/** A successful reply of these parts. */
export const reply = (parts: readonly Part[], data?: Record<string, unknown>): Reply => ({
  parts,
  ok: true,
  ...(data && { data }),
})

/** The text of inline nodes without any emphasis; people by `nameOf` their id, instants in UTC. */
export const plain = (value: Text, nameOf: (user: string) => string = (user) => user): string =>
  typeof value === 'string'
    ? value
    : value
        .map((node) => {
          if ('text' in node) return node.text
          if ('user' in node) return nameOf(node.user)
          return `${new Date(node.when).toISOString().slice(11, 19)} UTC`
        })
        .join('')
