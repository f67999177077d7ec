import { type RawFile, type REST, type RESTPostAPIChannelMessageResult, Routes, SnowflakeUtil } from 'discord.js'
import type { MessageHandle, Outbox } from '../../app.ts'
import type { Reply } from '../../chat/reply.ts'
import { Lanes } from '../delivery/lanes.ts'
import { Memory } from '../delivery/memory.ts'
import type { Log } from '../delivery/platform.ts'
import { isForbidden, isGone, isRevoked } from './errors.ts'
import { type DiscordMessage, renderDiscord } from './render.ts'
import { channelOf } from './request.ts'

const ADVICE =
  'I may not post here by myself, so timed questions stay away: give me View Channel and Send Messages in this channel.'

/**
 * Messages that nobody asked for, sent with the bot's own token, which does not expire as those of interactions do.
 * Discord's rate limits are waited out by discord.js, channel by channel.
 */
export class DiscordOutbox implements Outbox {
  readonly #rest: () => REST
  readonly #log: Log
  readonly #revoked: () => void
  readonly #lanes = new Lanes({ interval: 0 })
  readonly #advised = new Memory<true>(1_000)
  readonly #advice = new Memory<string>(1_000)

  constructor(rest: () => REST, log: Log, revoked: () => void) {
    this.#rest = rest
    this.#log = log
    this.#revoked = revoked
  }

  async post(
    channel: string,
    reply: Reply,
    { private: person }: { private?: string } = {},
  ): Promise<MessageHandle | undefined> {
    try {
      return await this.#lanes.send(channel, async () => {
        const target = person === undefined ? channelOf(channel) : await this.#direct(channelOf(person))
        const message = await this.#send(target, reply)
        const at = SnowflakeUtil.timestampFrom(message)
        return { platform: 'discord', channel: person === undefined ? channel : `discord:@me:${target}`, message, at }
      })
    } catch (error) {
      this.#report(channel, error, person !== undefined)
      return undefined
    }
  }

  /** Clients count down by themselves, so an edit for that alone is not made. */
  async edit(handle: MessageHandle, reply: Reply, { countdown }: { countdown?: true } = {}): Promise<boolean> {
    if (countdown) return true
    const path = Routes.channelMessage(channelOf(handle.channel), handle.message)
    try {
      await this.#lanes.send(
        handle.channel,
        () => this.#rest().patch(path, payload(renderDiscord(reply, { messages: 1 })[0]!, true)),
        handle.message,
      )
      return true
    } catch (error) {
      if (isGone(error)) return false
      this.#report(handle.channel, error, false)
      return true
    }
  }

  /** What the next person who uses the channel should be told, once. */
  takeAdvice(channel: string): string | undefined {
    return this.#advice.take(channel)
  }

  /** A message that is edited later must be one, so it is never divided. */
  async #send(channel: string, reply: Reply): Promise<string> {
    const options = payload(renderDiscord(reply, { messages: 1 })[0]!, false)
    const sent = (await this.#rest().post(Routes.channelMessages(channel), options)) as RESTPostAPIChannelMessageResult
    return sent.id
  }

  async #direct(person: string): Promise<string> {
    const opened = (await this.#rest().post(Routes.userChannels(), { body: { recipient_id: person } })) as {
      id: string
    }
    return opened.id
  }

  #report(channel: string, error: unknown, direct: boolean): void {
    if (isRevoked(error)) this.#revoked()
    if (!isForbidden(error)) {
      this.#log.error(`a message for ${channel} could not be sent`, error)
      return
    }
    if (direct || this.#advised.get(channel)) return
    this.#advised.set(channel, true)
    this.#advice.set(channel, ADVICE)
    this.#log.warn(`no permission to post in ${channel}`)
  }
}

/** An edit must drop the old attachments, or Discord keeps them. */
function payload({ flags, components, files }: DiscordMessage, edit: boolean): { body: unknown; files: RawFile[] } {
  const attachments = files.map(({ name, description }, id) => ({
    id,
    filename: name,
    ...(description && { description }),
  }))
  return {
    body: {
      flags,
      components,
      allowed_mentions: { parse: [] },
      ...((edit || attachments.length > 0) && { attachments }),
    },
    files: files.map(({ name, data }) => ({ name, data: Buffer.from(data) })),
  }
}
