import type { Reply } from './chat/reply.ts'
import type { Milliseconds } from './cluster/object.ts'

/** A message that the tutor has posted by itself. */
export interface MessageHandle {
  platform: string
  channel: string
  message: string
  /** When it was posted, by the platform's own clock. */
  at?: Milliseconds
}

/** How the tutor speaks by itself on one platform. */
export interface Outbox {
  /** Posts to a channel, or to one person where `private` names one. Undefined if it could not be posted. */
  post(channel: string, reply: Reply, options?: { private?: string }): Promise<MessageHandle | undefined>
  /**
   * Shows something else in a message. `countdown`: only the remaining time differs, so a platform whose clients count
   * down by themselves need not do anything. False if the message is gone.
   */
  edit(message: MessageHandle, reply: Reply, options?: { countdown?: true }): Promise<boolean>
}

/** What is to be said in a channel without having been asked. */
export type Utterance =
  | { do: 'post'; reply: Reply; slot?: string; private?: string }
  | { do: 'edit'; reply: Reply; slot: string; message: MessageHandle; countdown?: true }

/** What became of it, for the one that remembers its messages by slot. */
export type Delivered = { slot: string; message: MessageHandle } | { slot: string; lost: true }

/** The outboxes of the platforms, and the order of speech: in each channel one thing after the other. */
export class Outboxes {
  readonly #outboxes = new Map<string, Outbox>()
  readonly #speech = new Map<string, Promise<void>>()
  readonly #log: (message: string, error?: unknown) => void

  constructor(log: (message: string, error?: unknown) => void) {
    this.#log = log
  }

  /** @param prefix of the channels' keys, such as `slack:` */
  connect(prefix: string, outbox: Outbox): void {
    this.#outboxes.set(prefix, outbox)
  }

  /** Says these things in order, behind what is being said there; `delivered` is told of each that has a slot. */
  say(channel: string, utterances: readonly Utterance[], delivered: (what: Delivered) => Promise<void>): void {
    if (utterances.length === 0) return
    const before = this.#speech.get(channel) ?? Promise.resolve()
    const speech = before.then(async () => {
      for (const utterance of utterances) await this.#utter(channel, utterance, delivered)
    })
    this.#speech.set(channel, speech)
    speech.then(() => {
      if (this.#speech.get(channel) === speech) this.#speech.delete(channel)
    })
  }

  /** Resolves when nothing is being said in any channel. */
  async silence(): Promise<void> {
    while (this.#speech.size > 0) await Promise.all(this.#speech.values())
  }

  async #utter(channel: string, utterance: Utterance, delivered: (what: Delivered) => Promise<void>): Promise<void> {
    const outbox = this.#outboxes.get(channel.slice(0, channel.indexOf(':') + 1))
    if (!outbox) return
    try {
      if (utterance.do === 'edit') {
        const { message, reply, slot, countdown } = utterance
        if (!(await outbox.edit(message, reply, countdown ? { countdown } : {}))) await delivered({ slot, lost: true })
        return
      }
      const { reply, slot, private: user } = utterance
      const message = await outbox.post(channel, reply, user === undefined ? {} : { private: user })
      if (slot !== undefined && message) await delivered({ slot, message })
    } catch (error) {
      this.#log(`could not speak in ${channel}`, error)
    }
  }
}
