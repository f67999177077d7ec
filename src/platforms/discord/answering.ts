import { MessageFlags } from 'discord.js'
import type { Answer } from '../../app.ts'
import { type Reply, reply } from '../../chat/reply.ts'
import type { Log } from '../delivery/platform.ts'
import { isAcknowledged, isExpired } from './errors.ts'
import type { DiscordOutbox } from './outbox.ts'
import { type DiscordMessage, renderDiscord } from './render.ts'
import { type Answerable, channelKey } from './request.ts'

/** Whether Discord knows that we are at it: only then can the interaction itself be answered. */
export type Acknowledgement = 'acknowledged' | 'lost'

/** Tells Discord at once that an answer will come, and whether only the caller will see it. Never throws. */
export async function acknowledge(interaction: Answerable, hidden: boolean, log: Log): Promise<Acknowledgement> {
  try {
    await interaction.deferReply(hidden ? { flags: MessageFlags.Ephemeral } : {})
    return 'acknowledged'
  } catch (error) {
    if (isAcknowledged(error)) {
      // discord.js has seen a failure; without this it would refuse to send the answer.
      interaction.deferred = true
      interaction.ephemeral = hidden
      return 'acknowledged'
    }
    if (isExpired(error)) log.info(`interaction ${interaction.id} came too late to be acknowledged`)
    else log.warn(`interaction ${interaction.id} could not be acknowledged: ${String(error)}`)
    return 'lost'
  }
}

/**
 * Sends the answer: by the interaction where its token works, else, if everybody may see it, as an ordinary message.
 * `hidden` is what the acknowledgement has fixed.
 */
export async function deliver(
  interaction: Answerable,
  answer: Answer,
  {
    hidden,
    acknowledgement,
    outbox,
    log,
  }: { hidden: boolean; acknowledgement: Acknowledgement; outbox: DiscordOutbox; log: Log },
): Promise<void> {
  if (answer.duplicate) return
  const channel = channelKey(interaction.guildId, interaction.channelId)
  if (acknowledgement === 'acknowledged') {
    try {
      await respond(interaction, answer, hidden)
      const advice = outbox.takeAdvice(channel)
      if (advice) await tell(interaction, advice)
      return
    } catch (error) {
      if (!isExpired(error)) throw error
      log.info(`the token of interaction ${interaction.id} has expired`)
    }
  }
  if (hidden || answer.private) log.info(`the private answer to interaction ${interaction.id} could not be sent`)
  else await outbox.post(channel, answer.reply)
}

async function respond(interaction: Answerable, answer: Answer, hidden: boolean): Promise<void> {
  const messages = rendered(interaction, answer.reply)
  if (answer.private && !hidden) {
    // What was announced to everybody cannot become private any more; it goes, and the caller gets a message instead.
    await interaction.deleteReply()
    for (const message of messages) await interaction.followUp(outgoing(message, true))
    return
  }
  const [first, ...rest] = messages
  await interaction.editReply(outgoing(first!, false))
  for (const message of rest) await interaction.followUp(outgoing(message, hidden))
}

/** Adds a message that only the caller sees. */
const tell = async (interaction: Answerable, advice: string): Promise<void> => {
  for (const message of rendered(interaction, reply([{ type: 'text', text: advice }])))
    await interaction.followUp(outgoing(message, true))
}

/** Answers at once, without the tutor, so that only the caller sees it. */
export async function refuse(interaction: Answerable, said: Reply, log: Log): Promise<void> {
  try {
    const [message] = renderDiscord(said, { messages: 1 })
    await interaction.reply(outgoing(message!, true))
  } catch (error) {
    if (!isExpired(error) && !isAcknowledged(error)) throw error
    log.info(`interaction ${interaction.id} came too late to be refused`)
  }
}

const rendered = (interaction: Answerable, said: Reply): DiscordMessage[] =>
  renderDiscord(said, {
    files: interaction.appPermissions.has('AttachFiles'),
    ...(interaction.attachmentSizeLimit > 0 && { fileBytes: interaction.attachmentSizeLimit }),
  })

/** A message as discord.js takes it. */
function outgoing({ components, files }: DiscordMessage, hidden: boolean) {
  const flags = hidden ? MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral : MessageFlags.IsComponentsV2
  return {
    flags: flags as typeof MessageFlags.IsComponentsV2,
    components,
    files: files.map(({ name, data, description }) => ({
      name,
      attachment: Buffer.from(data),
      ...(description !== undefined && { description }),
    })),
  }
}
