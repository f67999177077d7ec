import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { z } from 'zod'
import type { App, Input, Outbox } from '../../app.ts'
import type { Reply } from '../../chat/reply.ts'
import { pressables, renderConsole } from './render.ts'

const requestSchema = z.strictObject({
  id: z.unknown().optional(),
  channel: z.string().default('console'),
  user: z.string().default('you'),
  line: z.string().optional(),
  press: z.string().optional(),
  choose: z.string().optional(),
  stdin: z.string().optional(),
  files: z.record(z.string(), z.string()).optional(),
  now: z.number().int().optional(),
})

interface Post {
  channel: string
  text: string
  private?: true
  user?: string
  buttons: ReturnType<typeof pressables>
}

/** Longest line in characters that is read; what is longer is answered with an error. */
const LONGEST_REQUEST = 16_000_000

/**
 * Face 2 of the console: one JSON object a line in, one out, in the same order. Resolves when the input has ended and
 * everything that was asked has been answered and saved.
 */
export async function serveProtocol(app: App, input: Readable, output: Writable): Promise<void> {
  const posts: Post[] = []
  app.connect('console:', collect(posts))
  const session: Session = { started: false }
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue
    const answer = await respond(app, line, session)
    output.write(`${JSON.stringify({ ...answer, posts: posts.splice(0) })}\n`)
  }
  await app.stop()
}

interface Session {
  started: boolean
}

async function respond(app: App, line: string, session: Session): Promise<Record<string, unknown>> {
  const request = parseRequest(line)
  if ('problem' in request) {
    const { problem, ...known } = request
    return { ...known, ok: false, text: problem, private: false, data: null, buttons: [] }
  }
  const { id, channel, user, stdin, files, now, input } = request
  const at = now ?? Date.now()
  // The first request tells the time, so what was under way goes on from there.
  if (!session.started) await app.start(at, 'console:')
  session.started = true
  const { reply, ...answer } = await app.handle({
    channel: `console:${channel}`,
    user: `console:${user}`,
    userName: user,
    at,
    input,
    ...(stdin !== undefined && { stdin }),
    ...(files && { files }),
  })
  await app.quiet()
  return {
    ...(id !== undefined && { id }),
    ok: reply.ok,
    text: renderConsole(reply),
    private: answer.private,
    data: reply.data ?? null,
    buttons: pressables(reply),
  }
}

function parseRequest(line: string) {
  if (line.length > LONGEST_REQUEST)
    return { problem: `This line has ${line.length} characters; the limit is ${LONGEST_REQUEST}.` }
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    return { problem: `This line is not JSON: ${(error as Error).message}` }
  }
  const parsed = requestSchema.safeParse(value)
  if (!parsed.success) return { ...idOf(value), problem: `This request does not fit: ${z.prettifyError(parsed.error)}` }
  const { line: typed, press, choose, ...rest } = parsed.data
  if ((typed === undefined) === (press === undefined))
    return { ...idOf(value), problem: 'A request needs either "line" or "press".' }
  const input: Input =
    typed !== undefined ? { line: typed } : { press: press!, ...(choose !== undefined && { choose }) }
  return { ...rest, input }
}

/** The id of a request that does not fit, so that the answer can be told from others. */
const idOf = (value: unknown): { id?: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'id' in value ? { id: value.id } : {}

/** Collects what the tutor posts by itself until the next answer carries it out. */
function collect(posts: Post[]): Outbox {
  const post = (channel: string, reply: Reply, user?: string) =>
    posts.push({
      channel: channel.replace(/^console:/, ''),
      text: renderConsole(reply),
      ...(user !== undefined && { private: true, user: user.replace(/^console:/, '') }),
      buttons: pressables(reply),
    })
  return {
    post: async (channel, reply, options) => {
      post(channel, reply, options?.private)
      return { platform: 'console', channel, message: String(posts.length) }
    },
    // What was said at a console cannot be changed any more, so it is said once more; the time runs by itself.
    edit: async (message, reply, options) => {
      if (!options?.countdown) post(message.channel, reply)
      return true
    },
  }
}
