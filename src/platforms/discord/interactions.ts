import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from 'discord.js'
import type { Input } from '../../app.ts'
import { clip } from '../../chat/clean.ts'
import { submitForm } from '../../chat/form.ts'
import type { Form, Part, Reply } from '../../chat/reply.ts'
import { UserError } from '../../chat/user-error.ts'
import { Memory } from '../delivery/memory.ts'
import type { Log, Tutor } from '../delivery/platform.ts'
import { acknowledge, deliver, refuse } from './answering.ts'
import { readAttachment } from './attachments.ts'
import { readCustomId } from './custom-id.ts'
import { isAcknowledged, isExpired } from './errors.ts'
import { LIMITS } from './limits.ts'
import { fieldId, renderModal } from './modal.ts'
import type { DiscordOutbox } from './outbox.ts'
import { FILE_OPTION } from './registration.ts'
import { type Answerable, asker, channelKey, commandInput, requestOf } from './request.ts'
import { createStaleness } from './staleness.ts'

export interface InteractionParts {
  tutor: Tutor
  outbox: DiscordOutbox
  log: Log
  now: () => number
}

/** What else comes with an input, such as the text of a form; worked out after the acknowledgement. */
type Extras = () => Promise<{ stdin?: string; files?: Record<string, string> }>

const NOTHING: Extras = async () => ({})

/** Handles everything that people do with commands, buttons, menus and forms. */
export class Interactions {
  readonly #parts: InteractionParts
  readonly #stale = createStaleness()
  /** Forms of buttons that were sent, by channel and line: a button itself has no room for its form. */
  readonly #forms = new Memory<Form>(500)

  constructor(parts: InteractionParts) {
    this.#parts = parts
  }

  /** Never throws: what goes wrong is logged with the delivery's id. */
  async handle(interaction: Interaction): Promise<void> {
    const { log, now } = this.#parts
    try {
      if (this.#stale(interaction.createdTimestamp, now()))
        log.info(`interaction ${interaction.id} is skipped: too old`)
      else if (interaction.isAutocomplete()) await this.#complete(interaction)
      else if (interaction.isChatInputCommand()) await this.#command(interaction)
      else if (interaction.isButton() || interaction.isStringSelectMenu()) await this.#press(interaction)
      else if (interaction.isModalSubmit()) await this.#submit(interaction)
      else log.warn(`interaction ${interaction.id} is of a kind that this bot never offers (${interaction.type})`)
    } catch (error) {
      log.error(`interaction ${interaction.id} failed`, error)
    }
  }

  #command(interaction: ChatInputCommandInteraction): Promise<void> {
    const attachment = interaction.options.getAttachment(FILE_OPTION)
    return this.#run(
      interaction,
      commandInput(interaction),
      attachment ? async () => ({ files: await readAttachment(attachment) }) : NOTHING,
    )
  }

  async #press(interaction: ButtonInteraction | StringSelectMenuInteraction): Promise<void> {
    const pressed = readCustomId(interaction.customId)
    if (!pressed) return refuse(interaction, EXPIRED, this.#parts.log)
    if (pressed.form) return this.#openForm(interaction, pressed.action)
    const choose = interaction.isStringSelectMenu() ? interaction.values[0] : undefined
    return this.#run(interaction, { press: pressed.action, ...(choose !== undefined && { choose }) }, NOTHING)
  }

  async #openForm(interaction: ButtonInteraction | StringSelectMenuInteraction, action: string): Promise<void> {
    const form = this.#forms.get(formKey(interaction, action))
    if (!form) return refuse(interaction, lostForm(action), this.#parts.log)
    try {
      await interaction.showModal(renderModal(form, interaction.customId))
    } catch (error) {
      if (!isExpired(error) && !isAcknowledged(error)) throw error
      this.#parts.log.info(`interaction ${interaction.id} came too late for its form`)
    }
  }

  async #submit(interaction: ModalSubmitInteraction): Promise<void> {
    const pressed = readCustomId(interaction.customId)
    const form = pressed && this.#forms.get(formKey(interaction, pressed.action))
    if (!pressed || !form) return refuse(interaction, pressed ? lostForm(pressed.action) : EXPIRED, this.#parts.log)
    const values = Object.fromEntries(
      form.fields.map(({ name }, at) => [name, interaction.fields.getTextInputValue(fieldId(at))]),
    )
    const { press, stdin } = submitForm(pressed.action, form, values)
    return this.#run(interaction, { press }, async () => (stdin === undefined ? {} : { stdin }))
  }

  /** Acknowledge first, then let the tutor work, then answer. */
  async #run(interaction: Answerable, input: Input, extras: Extras): Promise<void> {
    const { tutor, outbox, log, now } = this.#parts
    const at = now()
    const hidden = tutor.isPrivate(input)
    const acknowledgement = await acknowledge(interaction, hidden, log)
    const how = { hidden, acknowledgement, outbox, log }
    try {
      const answer = await tutor.handle({ ...requestOf(interaction, input, at), ...(await extras()) })
      this.#rememberForms(interaction, answer.reply.parts)
      await deliver(interaction, answer, how)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      await deliver(interaction, { reply: error.toReply(), private: true }, how)
    }
  }

  #rememberForms(interaction: Answerable, parts: readonly Part[]): void {
    rememberForms(this.#forms, channelKey(interaction.guildId, interaction.channelId), parts)
  }

  /** Remembers the forms of a message that the tutor posts by itself. */
  remember(channel: string, reply: Reply): void {
    rememberForms(this.#forms, channel, reply.parts)
  }

  async #complete(interaction: AutocompleteInteraction): Promise<void> {
    const { tutor, log, now } = this.#parts
    const { name: option, value: partial } = interaction.options.getFocused(true)
    const verb = interaction.options.getSubcommand(false)
    const ask = { command: interaction.commandName, option, partial, ...(verb !== null && { verb }) }
    const suggestions = await tutor.complete(asker(interaction, now()), ask)
    const { choices, name, value: longest } = LIMITS.autocomplete
    try {
      await interaction.respond(
        suggestions
          .filter(({ value }) => value.trim() !== '' && value.length <= longest)
          .slice(0, choices)
          .map(({ value, label }) => ({ name: clip(label?.trim() || value, name), value })),
      )
    } catch (error) {
      if (!isExpired(error) && !isAcknowledged(error)) throw error
      log.info(`suggestions for interaction ${interaction.id} came too late`)
    }
  }
}

function rememberForms(forms: Memory<Form>, channel: string, parts: readonly Part[]): void {
  for (const part of parts)
    if (part.type === 'buttons')
      for (const { action, form } of part.buttons) if (form) forms.set(`${channel} ${action.trimEnd()}`, form)
}

const formKey = (interaction: Answerable, action: string): string =>
  `${channelKey(interaction.guildId, interaction.channelId)} ${action}`

const EXPIRED: Reply = new UserError('This button has expired. Please ask for the message again.', [
  { type: 'buttons', buttons: [{ label: 'Menu', action: '/tutor' }] },
]).toReply()

const lostForm = (action: string): Reply =>
  new UserError(
    `The form of this button is no longer there. Please ask for the message again, or type ${action}`,
  ).toReply()
