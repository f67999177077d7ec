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
import type { Reply } from '../../chat/reply.ts'
import { UserError } from '../../chat/user-error.ts'
import { expiredButton, Forms, lostForm } from '../delivery/forms.ts'
import { readLineId } from '../delivery/line-id.ts'
import type { Log, Tutor } from '../delivery/platform.ts'
import { acknowledge, deliver, refuse } from './answering.ts'
import { readAttachment } from './attachments.ts'
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
  readonly #forms = new Forms()

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
    return this.#run(interaction, commandInput(interaction), attachment ? () => readAttachment(attachment) : NOTHING)
  }

  async #press(interaction: ButtonInteraction | StringSelectMenuInteraction): Promise<void> {
    const pressed = readLineId(interaction.customId)
    if (!pressed) return refuse(interaction, expiredButton(), this.#parts.log)
    if (pressed.form) return this.#openForm(interaction, pressed.action)
    const choose = interaction.isStringSelectMenu() ? interaction.values[0] : undefined
    return this.#run(interaction, { press: pressed.action, ...(choose !== undefined && { choose }) }, NOTHING)
  }

  async #openForm(interaction: ButtonInteraction | StringSelectMenuInteraction, action: string): Promise<void> {
    const form = this.#forms.get(channelKey(interaction.guildId, interaction.channelId), action)
    if (!form) return refuse(interaction, lostForm(action), this.#parts.log)
    try {
      await interaction.showModal(renderModal(form, interaction.customId))
    } catch (error) {
      if (!isExpired(error) && !isAcknowledged(error)) throw error
      this.#parts.log.info(`interaction ${interaction.id} came too late for its form`)
    }
  }

  async #submit(interaction: ModalSubmitInteraction): Promise<void> {
    const pressed = readLineId(interaction.customId)
    const form = pressed && this.#forms.get(channelKey(interaction.guildId, interaction.channelId), pressed.action)
    if (!pressed || !form)
      return refuse(interaction, pressed ? lostForm(pressed.action) : expiredButton(), this.#parts.log)
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
      this.remember(channelKey(interaction.guildId, interaction.channelId), answer.reply)
      await deliver(interaction, answer, how)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      await deliver(interaction, { reply: error.toReply(), private: true }, how)
    }
  }

  /** Remembers the forms of a message that the tutor posts by itself. */
  remember(channel: string, reply: Reply): void {
    this.#forms.remember(channel, reply)
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
