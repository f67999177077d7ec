import type { MessageHandle, Outbox } from '../../app.ts'
import type { Reply } from '../../chat/reply.ts'
import type { Log } from '../delivery/platform.ts'
import type { Answering } from './answering.ts'
import type { SlackApi } from './api.ts'
import { isGone, isUnreachable, slackCode } from './errors.ts'
import { milliseconds } from './payloads.ts'
import { renderSlack, type SlackMessage } from './render.ts'
import type { Names } from './rich-text.ts'

export interface OutboxParts {
  api: SlackApi
  answering: Answering
  names: Names
  log: Log
}

/** The channel's id within a key such as `slack:TEAM:CHANNEL`. */
const channelOf = (key: string): string => key.slice(key.lastIndexOf(':') + 1)

/** Messages that nobody asked for, sent with the bot's own token. */
export class SlackOutbox implements Outbox {
  readonly #parts: OutboxParts

  constructor(parts: OutboxParts) {
    this.#parts = parts
  }

  async post(
    key: string,
    reply: Reply,
    { private: person }: { private?: string } = {},
  ): Promise<MessageHandle | undefined> {
    const { api, answering, names } = this.#parts
    const place = { channel: channelOf(key) }
    try {
      if (person !== undefined) {
        await api.whisper(place, channelOf(person), this.#withoutFiles(reply))
        return undefined
      }
      const { messages, uploads } = renderSlack(reply, { messages: 1, names })
      const message = await api.post(place, messages[0]!)
      for (const upload of uploads) await answering.upload({ ...place, user: '' }, upload)
      return { platform: 'slack', channel: key, message, at: milliseconds(message) }
    } catch (error) {
      this.#report(place.channel, error)
      return undefined
    }
  }

  async edit({ channel: key, message }: MessageHandle, reply: Reply): Promise<boolean> {
    const channel = channelOf(key)
    try {
      await this.#parts.api.update(channel, message, this.#withoutFiles(reply))
      return true
    } catch (error) {
      if (isGone(error)) return false
      this.#report(channel, error)
      return true
    }
  }

  /** Files belong to no message, so an edit cannot change them, and everybody would see them. */
  #withoutFiles(reply: Reply): SlackMessage {
    return renderSlack(reply, { files: false, messages: 1, names: this.#parts.names }).messages[0]!
  }

  #report(channel: string, error: unknown): void {
    if (!isUnreachable(error)) {
      this.#parts.log.error(`a message for ${channel} could not be sent`, error)
      return
    }
    this.#parts.log.warn(`no message in ${channel}: ${slackCode(error)}`)
    this.#parts.answering.adviseLater(channel)
  }
}
