import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js'
import type { Asker, Input, Request } from '../../app.ts'
import { FILE_OPTION } from './registration.ts'

export type Answerable =
  | ChatInputCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalSubmitInteraction

/** `discord:GUILD:CHANNEL`; a thread is a channel of its own, and so is a direct conversation (`@me`). */
export const channelKey = (guild: string | null, channel: string | null): string =>
  `discord:${guild ?? '@me'}:${channel}`

/** The channel's id within a key. */
export const channelOf = (key: string): string => key.slice(key.lastIndexOf(':') + 1)

export const asker = (interaction: Answerable | AutocompleteInteraction, at: number): Asker => ({
  channel: channelKey(interaction.guildId, interaction.channelId),
  user: `discord:${interaction.user.id}`,
  at,
})

/** What a delivery asks of the tutor. `at` is our clock; the platform's clock dates the click and the message. */
export function requestOf(interaction: Answerable, input: Input, at: number): Request {
  const message = 'message' in interaction ? interaction.message : undefined
  return {
    ...asker(interaction, at),
    key: `discord:${interaction.id}`,
    userName: nameOf(interaction),
    input,
    answeredAt: interaction.createdTimestamp,
    ...(message && { messageAt: message.createdTimestamp }),
  }
}

function nameOf({ member, user }: Answerable): string {
  const nickname = member && 'displayName' in member ? member.displayName : member?.nick
  return nickname ?? user.displayName
}

/** The command and its options as the tutor takes them. Attachments are read later. */
export function commandInput(interaction: ChatInputCommandInteraction): Input {
  const [first] = interaction.options.data
  const verb = first?.type === ApplicationCommandOptionType.Subcommand ? first.name : undefined
  const given = verb === undefined ? interaction.options.data : (first?.options ?? [])
  const options = Object.fromEntries(
    given.filter(({ name }) => name !== FILE_OPTION).map(({ name, value }) => [name, plainMentions(value)]),
  )
  return { command: interaction.commandName, ...(verb !== undefined && { verb }), options }
}

/** Discord writes a mentioned person as `<@ID>`. */
const plainMentions = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(/<@!?(\d+)>/g, 'discord:$1') : value
