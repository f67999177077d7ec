import type { Attachment } from 'discord.js'
import { UserError } from '../../chat/user-error.ts'

/** Largest attachment that is fetched, in bytes. The core has its own limit for what it keeps. */
const LARGEST = 1024 * 1024

const TIMEOUT = 5_000

/** An attachment as a file of the channel, and as what `-f -` reads. Throws `UserError` for what is too large, no text or cannot be fetched. */
export async function readAttachment({
  name,
  size,
  url,
}: Pick<Attachment, 'name' | 'size' | 'url'>): Promise<{ files: Record<string, string>; stdin: string }> {
  if (size > LARGEST) throw new UserError(`${name} has ${size} bytes; a file may have ${LARGEST} at most.`)
  const bytes = await fetchBytes(url).catch(() => {
    throw new UserError(`${name} could not be fetched from Discord. Please try again.`)
  })
  try {
    const stdin = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { files: { [name]: stdin }, stdin }
  } catch {
    throw new UserError(`${name} is not a text file.`)
  }
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT) })
  if (!response.ok) throw new Error(`status ${response.status}`)
  const bytes = new Uint8Array(await response.arrayBuffer())
  if (bytes.length > LARGEST) throw new Error(`${bytes.length} bytes`)
  return bytes
}
