import { webApi } from '@slack/bolt'
import { TryAgain } from '../delivery/lanes.ts'
import { PlatformFailure } from '../delivery/platform.ts'

/** Slack's own word for what went wrong, such as `not_in_channel`; undefined for anything else. */
export const slackCode = (error: unknown): string | undefined =>
  error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined

/** The scope that a `missing_scope` asks for. */
export const neededScope = (error: unknown): string => {
  const needed = error instanceof webApi.WebAPIPlatformError ? (error.data as { needed?: unknown }).needed : undefined
  return typeof needed === 'string' ? needed : 'files:write'
}

const REVOKED = new Set([
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'team_disabled',
  'token_expired',
  'token_revoked',
  'user_removed_from_team',
])
const UNREACHABLE = new Set([
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'restricted_action',
  'user_not_in_channel',
])
const GONE = new Set(['cant_update_message', 'channel_not_found', 'is_archived', 'message_not_found'])
const EXPIRED = new Set(['exchanged_trigger_id', 'expired_trigger_id', 'invalid_trigger_id'])

const has = (codes: Set<string>, error: unknown): boolean => codes.has(slackCode(error) ?? '')

/** The token is refused for good. */
export const isRevoked = (error: unknown): boolean => has(REVOKED, error)

/** The bot is not a member of the channel, or nobody can write there. */
export const isUnreachable = (error: unknown): boolean => has(UNREACHABLE, error)

/** The message cannot be edited any more. */
export const isGone = (error: unknown): boolean => has(GONE, error)

/** A click opens a modal for about three seconds and once only. */
export const isExpiredTrigger = (error: unknown): boolean => has(EXPIRED, error)

/** A rate limit as the lanes understand it; any other error as it is. */
export const forLane = (error: unknown): unknown =>
  error instanceof webApi.WebAPIRateLimitedError ? new TryAgain(error.retryAfter * 1_000) : error

export const refusedBotToken = (code: string): PlatformFailure =>
  new PlatformFailure(
    `Slack refused SLACK_BOT_TOKEN (${code}): install your app at https://api.slack.com/apps and copy the "Bot User OAuth Token" (xoxb-…) from "OAuth & Permissions", and start again.`,
  )

export const refusedAppToken = (code: string): PlatformFailure =>
  new PlatformFailure(
    `Slack refused SLACK_APP_TOKEN (${code}): create an app-level token (xapp-…) with connections:write under "Basic Information" of your app at https://api.slack.com/apps, and start again.`,
  )

/** Why the HTTP mode cannot listen, where the operator can do something about it. */
export function cannotListen(error: unknown, address: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'].includes(code)) return error
  return new PlatformFailure(`SLACK_PORT or SLACK_HOST cannot be used: nobody can listen at ${address} (${code}).`)
}
