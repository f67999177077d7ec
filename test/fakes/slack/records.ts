export interface Block extends Record<string, unknown> {
  type: string
  elements?: Control[]
}

interface Control {
  type: string
  action_id?: string
  text?: { text: string } | string
  options?: { value: string }[]
}

/** A message as people see it. */
export interface FakeMessage {
  ts: string
  channel: string
  /** The only person who sees it. */
  hiddenFor: string | undefined
  thread: string | undefined
  text: string
  blocks: Block[]
  edits: number
}

export interface FakeFile {
  name: string
  size: number
  alt: string | undefined
  channel: string
  thread: string | undefined
}

export interface FakeView {
  id: string
  hash: string
  callback_id: string
  private_metadata: string
  title: { text: string }
  blocks: { block_id: string; element: { action_id: string; initial_value?: string } }[]
}

/** One thing that somebody did, and what became of it. */
export interface Delivery {
  payload: Record<string, unknown>
  /** False where no connection was open: the person saw an error. */
  sent: boolean
  sentAt: number
  /** How many ms the acknowledgement took, and what it said. */
  acknowledged?: { after: number; body: unknown }
  /** The answer of the HTTP endpoint. */
  status?: number
  /** What came back through its response URL. */
  messages: FakeMessage[]
  trigger: string
}

/** The texts of a message as people read them. */
export const textOf = (message: FakeMessage | undefined): string => texts(message?.blocks ?? []).join('\n')

function texts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(texts)
  if (typeof value !== 'object' || value === null) return []
  const { text, type, elements, rows, ...rest } = value as Record<string, unknown>
  if (type === 'actions') return []
  if (type === 'rich_text_section') return [texts(elements).join('')]
  return [
    ...(typeof text === 'string' ? [text] : texts(text)),
    ...texts(elements),
    ...texts(rows),
    ...(type === undefined ? texts(Object.values(rest)) : []),
  ]
}

/** The buttons and menus of a message or Home tab. */
export const controlsOf = (blocks: readonly Block[]): Control[] =>
  blocks.flatMap((block) => (block.type === 'actions' ? (block.elements ?? []) : []))
