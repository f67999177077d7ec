import { createHmac } from 'node:crypto'

/** The headers with which Slack signs a request. */
export function signed(secret: string, body: string, at = Date.now()): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000))
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${signature}` }
}

interface Post {
  type: string
  payload: Record<string, unknown>
  secret: string
  retry?: number | undefined
}

/** Sends a delivery as Slack does in HTTP mode. Status 0: no answer within three seconds. */
export async function postSigned(
  url: string,
  { type, payload, secret, retry }: Post,
): Promise<{ status: number; body: string }> {
  const json = type === 'events_api'
  const fields = type === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>)
  const body = json ? JSON.stringify(payload) : new URLSearchParams(fields).toString()
  const headers = {
    'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
    ...signed(secret, body),
    ...(retry !== undefined && { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' }),
  }
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(3_000) })
    return { status: response.status, body: await response.text() }
  } catch {
    return { status: 0, body: '' }
  }
}
