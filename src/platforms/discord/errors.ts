import { RESTJSONErrorCodes as Code, DiscordAPIError } from 'discord.js'
import { PlatformFailure } from '../delivery/platform.ts'

const isCode = (error: unknown, ...codes: number[]): boolean =>
  error instanceof DiscordAPIError && codes.includes(Number(error.code))

/** A repeated acknowledgement: the first one counted although its answer got lost. */
export const isAcknowledged = (error: unknown): boolean => isCode(error, Code.InteractionHasAlreadyBeenAcknowledged)

/** The interaction's token works no more: too late for the first answer, or older than 15 minutes. */
export const isExpired = (error: unknown): boolean =>
  isCode(error, Code.UnknownInteraction, Code.UnknownWebhook, Code.InvalidWebhookToken) ||
  (isCode(error, Code.UnknownMessage) && error instanceof DiscordAPIError && error.url.includes('/webhooks/'))

/** The message, or all of its channel, is gone. */
export const isGone = (error: unknown): boolean => isCode(error, Code.UnknownMessage, Code.UnknownChannel)

/** The bot may not do this in the channel. */
export const isForbidden = (error: unknown): boolean =>
  isCode(error, Code.MissingAccess, Code.MissingPermissions, Code.CannotSendMessagesToThisUser)

/** The bot's own token is refused. */
export const isRevoked = (error: unknown): boolean => error instanceof DiscordAPIError && error.status === 401

export const refusedToken = (): PlatformFailure =>
  new PlatformFailure(
    'Discord refused DISCORD_TOKEN: get a new one with "Reset Token" on the page "Bot" of your application at https://discord.com/developers/applications, and start again.',
  )

/** What the gateway's final close codes mean for the operator. */
export const closedForGood = (code: number): PlatformFailure =>
  code === 4004
    ? refusedToken()
    : new PlatformFailure(
        code === 4014
          ? 'Discord refused the intents of this bot (4014): it asks for none that is privileged; check the application at https://discord.com/developers/applications.'
          : `Discord closed the connection for good (${code}).`,
      )
