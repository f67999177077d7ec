import type { SlackMessage } from './render.ts'

const TIMEOUT = 5_000

/**
 * Answers through the address that came with a command or click: it needs no membership in the channel and works five
 * times within half an hour. False where it did not work, for whatever reason: the bot's own token is the other way.
 */
export async function respondTo(
  url: string,
  message: SlackMessage,
  { hidden, thread }: { hidden: boolean; thread?: string | undefined },
): Promise<boolean> {
  const body = {
    response_type: hidden ? 'ephemeral' : 'in_channel',
    replace_original: false,
    ...message,
    ...(thread !== undefined && { thread_ts: thread }),
  }
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT),
    })
    return response.ok
  } catch {
    return false
  }
}
