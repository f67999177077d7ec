import type { App } from '@slack/bolt'
import type { Input, Request } from '../../app.ts'
import { submitForm } from '../../chat/form.ts'
import type { Reply } from '../../chat/reply.ts'
import { expiredButton, Forms, lostForm } from '../delivery/forms.ts'
import { readLineId } from '../delivery/line-id.ts'
import type { Log, Tutor } from '../delivery/platform.ts'
import type { Answering } from './answering.ts'
import type { SlackApi } from './api.ts'
import { isExpiredTrigger } from './errors.ts'
import { LIMITS } from './limits.ts'
import { fieldId, renderModal } from './modal.ts'
import {
  type ActionPayload,
  actionPayload,
  commandPayload,
  envelope,
  homeOpened,
  type ModalMetadata,
  milliseconds,
  modalMetadata,
  readJson,
  spokenPayload,
  submissionPayload,
} from './payloads.ts'
import { renderHome } from './render.ts'
import type { Names } from './rich-text.ts'
import { type Target, targetOf, teamOf } from './target.ts'
import { commandLine, spokenLine, typedText } from './text.ts'

export interface InteractionParts {
  tutor: Tutor
  api: SlackApi
  answering: Answering
  log: Log
  names: Names
  /** Learns what somebody is called. */
  meet: (user: string, name: string) => void
  /** The bot's own id in the workspace. */
  botUser: () => string
  commandPrefix: string
  /** Resolves when those who came at the same moment have been acknowledged. */
  calm: () => Promise<void>
  now: () => number
}

/** What a delivery brings beside the input. */
type Delivery = Pick<Request, 'key'> & Partial<Pick<Request, 'stdin' | 'messageAt' | 'answeredAt'>> & { team: string }

/** The callback id of every modal of this version. */
const FORM = 'form-v1'

/** Handles everything that people do in Slack. Bolt neither deduplicates nor acknowledges by itself. */
export class Interactions {
  readonly #parts: InteractionParts
  readonly #forms = new Forms()

  constructor(parts: InteractionParts) {
    this.#parts = parts
  }

  /** Registers the listeners. Each acknowledges first, and none ever throws. */
  listen(app: App): void {
    app.command(/.*/s, ({ ack, body }) => this.#guard('command', ack, () => this.#command(body)))
    app.action({ type: 'block_actions' }, ({ ack, body }) => this.#guard('action', ack, () => this.#press(body)))
    app.view(/.*/s, ({ ack, body }) => this.#guard('view', ack, () => this.#submit(body)))
    app.shortcut(/.*/s, ({ ack }) =>
      this.#guard('shortcut', ack, async () => this.#parts.log.info('a shortcut that this app does not have')),
    )
    app.options(/.*/s, ({ ack }) =>
      this.#guard(
        'options',
        () => ack({ options: [] }),
        async () => {},
      ),
    )
    app.event('app_home_opened', ({ event }) => this.#guard('home', undefined, () => this.#openHome(event)))
    app.event('app_mention', ({ event, body }) => this.#guard('mention', undefined, () => this.#spoken(event, body)))
    app.event('message', ({ event, body }) => this.#guard('message', undefined, () => this.#direct(event, body)))
  }

  /** Remembers the forms of a reply that is about to be sent. */
  remember(channel: string, reply: Reply): void {
    this.#forms.remember(channel, reply)
  }

  async #guard(what: string, ack: (() => Promise<void>) | undefined, work: () => Promise<void>): Promise<void> {
    const { log } = this.#parts
    try {
      // A lost acknowledgement shows as an error to the person, and the answer can be sent all the same.
      await ack?.().catch((error: unknown) => log.warn(`a ${what} could not be acknowledged: ${String(error)}`))
      await work()
    } catch (error) {
      log.error(`a ${what} from Slack failed`, error)
    }
  }

  async #command(body: unknown): Promise<void> {
    const given = commandPayload.parse(body)
    this.#meet(given.user_id, given.user_name)
    const target = { channel: given.channel_id, user: given.user_id, responseUrl: given.response_url }
    const line = commandLine(`${given.command} ${typedText(given.text)}`.trim(), this.#parts.commandPrefix)
    await this.#run(target, { line }, { key: `slack:${given.trigger_id}`, team: given.team_id })
  }

  async #press(body: unknown): Promise<void> {
    const given = actionPayload.parse(body)
    const [action] = given.actions
    this.#meet(given.user.id, given.user.username ?? given.user.name)
    const target = targetOf(given)
    if (!target) throw new Error('a click without a channel')
    const pressed = readLineId(action.action_id)
    if (!pressed) return this.#parts.answering.tell(target, expiredButton())
    if (pressed.form) return this.#openForm(given, target, pressed.action)
    const choose = action.selected_option?.value
    const posted = given.message?.ts ?? given.container?.message_ts
    await this.#run(
      target,
      { press: pressed.action, ...(choose !== undefined && { choose }) },
      {
        key: `slack:${given.trigger_id}`,
        team: teamOf(given),
        ...(posted !== undefined && { messageAt: milliseconds(posted) }),
        ...(action.action_ts !== undefined && { answeredAt: milliseconds(action.action_ts) }),
      },
    )
    if (given.view?.type === 'home') await this.#publish(given.user.id, target.channel)
  }

  async #openForm(given: ActionPayload, target: Target, action: string): Promise<void> {
    const { answering, api } = this.#parts
    const form = this.#forms.get(target.channel, action)
    if (!form) return answering.tell(target, lostForm(action))
    const { channel, thread, responseUrl } = target
    const metadata: ModalMetadata = {
      channel,
      thread,
      responseUrl,
      action,
      fields: form.fields.map(({ name }) => name),
    }
    const travels = JSON.stringify(metadata)
    if (travels.length > LIMITS.modal.metadata) return answering.tell(target, lostForm(action))
    try {
      await api.openView(given.trigger_id, renderModal(form, FORM, travels))
    } catch (error) {
      if (!isExpiredTrigger(error)) throw error
      await answering.tell(target, 'That took too long for the form to open. Please press the button again.')
    }
  }

  async #submit(body: unknown): Promise<void> {
    const { view, user, team } = submissionPayload.parse(body)
    const metadata = view.callback_id === FORM ? readJson(modalMetadata, view.private_metadata) : undefined
    if (!metadata) throw new Error(`a form that this version does not know: ${view.callback_id}`)
    this.#meet(user.id, user.username ?? user.name)
    const values = Object.fromEntries(
      metadata.fields.map((name, at) => [name, view.state.values[fieldId(at)]?.[fieldId(at)]?.value ?? '']),
    )
    const { press, stdin } = submitForm(
      metadata.action,
      { fields: metadata.fields.map((name) => ({ name, label: name })) },
      values,
    )
    const target = {
      channel: metadata.channel,
      user: user.id,
      thread: metadata.thread,
      responseUrl: metadata.responseUrl,
    }
    await this.#run(
      target,
      { press },
      { key: `slack:${view.id}:${view.hash}`, team: teamOf({ team, user }), ...(stdin !== undefined && { stdin }) },
    )
  }

  async #spoken(event: unknown, body: unknown): Promise<void> {
    const given = spokenPayload.parse(event)
    const { event_id: id, team_id: team } = envelope.parse(body)
    if (given.bot_id !== undefined) return
    const { line, stdin } = spokenLine(given.text, this.#parts.botUser(), this.#parts.commandPrefix)
    await this.#run(
      { channel: given.channel, user: given.user, thread: given.thread_ts },
      { line },
      { key: `slack:${id}`, team, ...(stdin !== undefined && { stdin }) },
    )
  }

  /** In a direct conversation everything is meant for the bot; edits, joins and its own messages are not. */
  async #direct(event: unknown, body: unknown): Promise<void> {
    const given = spokenPayload.safeParse(event)
    if (given.success && given.data.channel_type === 'im' && given.data.subtype === undefined)
      await this.#spoken(event, body)
  }

  async #openHome(event: unknown): Promise<void> {
    const { user, channel, tab } = homeOpened.parse(event)
    if (tab === 'home') await this.#publish(user, channel)
  }

  async #publish(user: string, channel: string): Promise<void> {
    const { tutor, api, names } = this.#parts
    const home = await tutor.home(`slack:${user}`)
    this.remember(channel, home)
    await api.publishHome(user, renderHome(home, names), JSON.stringify({ channel }))
  }

  async #run(target: Target, input: Input, { team, ...delivery }: Delivery): Promise<void> {
    const { tutor, answering, names, calm, now } = this.#parts
    const at = now()
    await calm()
    const hidden = tutor.isPrivate(input)
    const user = `slack:${target.user}`
    const answer = await tutor.handle({
      ...delivery,
      channel: `slack:${team}:${target.channel}`,
      user,
      userName: names(user) ?? target.user,
      at,
      input,
    })
    this.remember(target.channel, answer.reply)
    await answering.deliver(target, answer, hidden)
  }

  #meet(user: string, name: string | undefined): void {
    if (name !== undefined && name !== '') this.#parts.meet(`slack:${user}`, name)
  }
}
