import type { Answer } from '../../app.ts'
import { type Reply, reply } from '../../chat/reply.ts'
import { Memory } from '../delivery/memory.ts'
import type { Log } from '../delivery/platform.ts'
import type { SlackApi } from './api.ts'
import { isUnreachable, neededScope, slackCode } from './errors.ts'
import type { SlackUpload } from './pieces.ts'
import { renderSlack, type SlackMessage } from './render.ts'
import { respondTo } from './response-url.ts'
import type { Names } from './rich-text.ts'
import type { Target } from './target.ts'

export interface AnsweringParts {
  api: SlackApi
  log: Log
  names: Names
  /** What the bot is called, for /invite. */
  botName: () => string
}

/** How long no file is tried after Slack has refused one for want of a scope, in ms. */
const SCOPE_PAUSE = 10 * 60_000

/** Sends answers, by the response URL first and by the bot's own token where that fails. */
export class Answering {
  readonly #parts: AnsweringParts
  readonly #advised = new Memory<true>(1_000)
  readonly #advice = new Memory<string>(1_000)
  #noFilesUntil = 0
  #scopeTold = false

  constructor(parts: AnsweringParts) {
    this.#parts = parts
  }

  async deliver(target: Target, answer: Answer, hidden: boolean): Promise<void> {
    if (answer.duplicate) return
    // What only one person may see cannot hold files: Slack shows a file to the whole channel.
    await this.send(target, answer.reply, hidden || answer.private)
    const advice = this.#advice.take(target.channel)
    if (advice !== undefined) await this.tell(target, advice)
  }

  /** Sends a reply that only the person sees. */
  tell(target: Target, said: string | Reply): Promise<void> {
    return this.send(target, typeof said === 'string' ? reply([{ type: 'text', text: said }]) : said, true)
  }

  async send(target: Target, said: Reply, hidden: boolean): Promise<void> {
    const files = !hidden && performance.now() >= this.#noFilesUntil
    const { messages, uploads } = renderSlack(said, { files, names: this.#parts.names })
    const way = { ...target }
    for (const message of messages) await this.#message(way, message, hidden)
    for (const upload of uploads) await this.upload(way, upload)
  }

  /** Remembers what to tell the next person who uses a channel where the bot may not post, once for each channel. */
  adviseLater(channel: string): void {
    if (this.#advised.get(channel)) return
    this.#advised.set(channel, true)
    this.#advice.set(channel, this.#invitation())
  }

  async #message(way: Target, message: SlackMessage, hidden: boolean): Promise<void> {
    if (way.responseUrl !== undefined) {
      if (await respondTo(way.responseUrl, message, { hidden, thread: way.thread })) return
      this.#parts.log.info(`the response URL for ${way.channel} has expired`)
      way.responseUrl = undefined
    }
    try {
      if (hidden) await this.#parts.api.whisper(way, way.user, message)
      else await this.#parts.api.post(way, message)
    } catch (error) {
      if (!isUnreachable(error)) throw error
      this.#parts.log.warn(`no answer in ${way.channel}: ${slackCode(error)}`)
      this.adviseLater(way.channel)
    }
  }

  /** Shares a file with the channel, or shows the same facts as text where that is not possible. */
  async upload(way: Target, upload: SlackUpload): Promise<void> {
    try {
      await this.#parts.api.upload(way, upload)
      return
    } catch (error) {
      this.#parts.log.warn(
        `${upload.name} could not be uploaded to ${way.channel}: ${slackCode(error) ?? String(error)}`,
      )
      for (const message of renderSlack(textTwin(upload), { files: false }).messages)
        await this.#message(way, message, false)
      if (slackCode(error) === 'missing_scope') await this.#scopeMissing(way, neededScope(error))
      else if (isUnreachable(error)) this.adviseLater(way.channel)
    }
  }

  async #scopeMissing(way: Target, needed: string): Promise<void> {
    this.#noFilesUntil = performance.now() + SCOPE_PAUSE
    if (this.#scopeTold || way.user === '') return
    this.#scopeTold = true
    await this.tell(
      way,
      `Pictures and files are shown as text: the app lacks the scope ${needed}. An admin adds it under "OAuth & Permissions" of the app and installs the app again.`,
    )
  }

  #invitation(): string {
    return `I am not a member of this channel, so timed questions, pictures and files stay away. Type /invite @${this.#parts.botName()} to let me in.`
  }
}

/** The same facts without a file; the text of a file that is too long is cut by the renderer, which says so. */
const textTwin = ({ text }: SlackUpload): Reply => reply([{ type: 'code', code: text }])
