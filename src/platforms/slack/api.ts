import type { types, webApi } from '@slack/bolt'
import { Lanes } from '../delivery/lanes.ts'
import type { PlatformFailure } from '../delivery/platform.ts'
import { forLane, isRevoked, refusedBotToken, slackCode } from './errors.ts'
import { LIMITS } from './limits.ts'
import type { SlackUpload } from './pieces.ts'
import type { SlackMessage } from './render.ts'

/** Where a message goes. */
export interface Place {
  channel: string
  /** The thread it belongs to. */
  thread?: string | undefined
}

export interface ApiOptions {
  client: webApi.WebClient
  token: string
  revoked: (failure: PlatformFailure) => void
  /** Least time between two messages into one channel in ms, and how many may go at once after a pause. */
  pace?: { interval: number; burst: number } | undefined
}

/** Slack's Web API as far as this bot uses it. Messages keep their distance channel by channel. */
export class SlackApi {
  readonly #options: ApiOptions
  readonly #lanes: Lanes

  constructor(options: ApiOptions) {
    this.#options = options
    this.#lanes = new Lanes(options.pace ?? { interval: LIMITS.interval, burst: 3 })
  }

  /** Posts for everybody; the time stamp is the message's id. */
  async post({ channel, thread }: Place, message: SlackMessage): Promise<string> {
    const sent = await this.#queued(channel, 'chat.postMessage', {
      channel,
      ...inThread(thread),
      ...message,
      unfurl_links: false,
      unfurl_media: false,
    })
    return String(sent.ts)
  }

  /** Posts for one person, who must be in the channel. In a direct conversation nobody else reads along anyway. */
  async whisper(place: Place, user: string, message: SlackMessage): Promise<void> {
    if (place.channel.startsWith('D')) await this.post(place, message)
    else
      await this.#queued(place.channel, 'chat.postEphemeral', {
        channel: place.channel,
        user,
        ...inThread(place.thread),
        ...message,
      })
  }

  /** Replaces a message; of several edits that wait only the last is sent. */
  async update(channel: string, ts: string, message: SlackMessage): Promise<void> {
    await this.#queued(channel, 'chat.update', { channel, ts, ...message }, ts)
  }

  async upload({ channel, thread }: Place, { name, data, alt }: SlackUpload): Promise<void> {
    const { client, token } = this.#options
    const file = {
      token,
      channel_id: channel,
      filename: name,
      title: name,
      file: Buffer.from(data),
      ...(alt !== undefined && { alt_text: alt }),
    }
    await this.#checked(() => client.filesUploadV2(thread === undefined ? file : { ...file, thread_ts: thread }))
  }

  async openView(trigger: string, view: types.ModalView): Promise<void> {
    await this.#call('views.open', { trigger_id: trigger, view })
  }

  async publishHome(user: string, blocks: types.KnownBlock[], metadata: string): Promise<void> {
    await this.#call('views.publish', { user_id: user, view: { type: 'home', private_metadata: metadata, blocks } })
  }

  #queued(
    channel: string,
    method: string,
    options: Record<string, unknown>,
    topic?: string,
  ): Promise<webApi.WebAPICallResult & { ts?: unknown }> {
    const send = async () => {
      try {
        return await this.#call(method, options)
      } catch (error) {
        throw forLane(error)
      }
    }
    return this.#lanes.send(channel, send, topic)
  }

  #call(method: string, options: Record<string, unknown>): Promise<webApi.WebAPICallResult> {
    return this.#checked(() => this.#options.client.apiCall(method, { token: this.#options.token, ...options }))
  }

  async #checked<Result>(call: () => Promise<Result>): Promise<Result> {
    try {
      return await call()
    } catch (error) {
      if (isRevoked(error)) this.#options.revoked(refusedBotToken(slackCode(error)!))
      throw error
    }
  }
}

const inThread = (thread: string | undefined): { thread_ts?: string } =>
  thread === undefined ? {} : { thread_ts: thread }
