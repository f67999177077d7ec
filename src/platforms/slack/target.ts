import type { Place } from './api.ts'
import { type ActionPayload, homeMetadata, readJson } from './payloads.ts'

/** Who is answered, and how they can be reached. */
export interface Target extends Place {
  /** Empty where nobody asked. */
  user: string
  /** Works a few times only; afterwards the bot's token is used. */
  responseUrl?: string | undefined
}

/** Where a click is answered: in its channel or thread; from the Home tab in the direct conversation. */
export function targetOf(given: ActionPayload): Target | undefined {
  const channel = given.channel?.id ?? (given.view && readJson(homeMetadata, given.view.private_metadata)?.channel)
  const thread = given.message?.thread_ts ?? given.container?.thread_ts
  return channel === undefined ? undefined : { channel, thread, user: given.user.id, responseUrl: given.response_url }
}

/** The workspace of a click or form. */
export const teamOf = ({ team, user }: Pick<ActionPayload, 'team' | 'user'>): string => {
  const id = team?.id ?? user.team_id
  if (id === undefined) throw new Error('a payload without a workspace')
  return id
}
