import type { SentFile } from './check.ts'
import type { InteractionPayload } from './payloads.ts'

/** A message as people see it. */
export interface FakeMessage {
  id: string
  channel: string
  /** Only the person who acted sees it. */
  hidden: boolean
  components: readonly Record<string, unknown>[]
  files: SentFile[]
  edits: number
}

/** One interaction and what became of it. */
export interface Delivery {
  payload: InteractionPayload
  sentAt: number
  /** The type of the first answer: 4 message, 5 thinking, 8 suggestions, 9 form. */
  acknowledged?: { type: number; after: number; hidden: boolean }
  /** The answer that is "thinking" until it is edited. */
  original: FakeMessage | undefined
  followUps: FakeMessage[]
  modal?: {
    custom_id: string
    title: string
    components: { label: string; component: { custom_id: string; value?: string } }[]
  }
  choices?: { name: string; value: string }[]
}

export const newDelivery = (payload: InteractionPayload): Delivery => ({
  payload,
  sentAt: performance.now(),
  original: undefined,
  followUps: [],
})

/** All messages that one delivery has brought, in order. */
export const messagesOf = ({ original, followUps }: Delivery): FakeMessage[] =>
  original && original.components.length > 0 ? [original, ...followUps] : followUps

/** The text of a message as people read it, without marks of escaping. */
export const textOf = (message: FakeMessage | undefined): string =>
  (message?.components ?? [])
    .flatMap((component) => (typeof component.content === 'string' ? [component.content] : []))
    .join('\n')
    .replace(/\\([^0-9A-Za-z\s])/g, '$1')
    .replaceAll('\u200b', '')

interface Control {
  custom_id: string
  label?: string
  options?: { label: string; value: string }[]
}

/** The buttons and menus of a message. */
export const controlsOf = (message: FakeMessage | undefined): Control[] =>
  (message?.components ?? []).flatMap((component) => (component.components as Control[] | undefined) ?? [])
