import { z } from 'zod'

/**
 * What this bot reads of Slack's payloads. They differ by surface (channel, thread, Home tab, modal) more than Bolt's
 * types tell, so they are checked where they come in.
 */
const id = z.string().min(1)

export const commandPayload = z.object({
  command: z.string(),
  text: z.string().default(''),
  trigger_id: id,
  response_url: z.string().optional(),
  team_id: id,
  channel_id: id,
  user_id: id,
  user_name: z.string().optional(),
})

const action = z.object({
  action_id: z.string(),
  action_ts: z.string().optional(),
  selected_option: z.object({ value: z.string() }).nullish(),
})

const person = z.object({
  id,
  name: z.string().optional(),
  username: z.string().optional(),
  team_id: z.string().optional(),
})

export const actionPayload = z.object({
  trigger_id: id,
  response_url: z.string().optional(),
  team: z.object({ id }).nullish(),
  user: person,
  channel: z.object({ id }).optional(),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).optional(),
  container: z.object({ message_ts: z.string().optional(), thread_ts: z.string().optional() }).optional(),
  view: z.object({ type: z.string(), private_metadata: z.string().default('') }).optional(),
  actions: z.tuple([action]).rest(action),
})
export type ActionPayload = z.infer<typeof actionPayload>

export const submissionPayload = z.object({
  team: z.object({ id }).nullish(),
  user: person,
  view: z.object({
    id,
    hash: z.string().default(''),
    callback_id: z.string(),
    private_metadata: z.string(),
    state: z.object({
      values: z.record(z.string(), z.record(z.string(), z.object({ value: z.string().nullish() }))),
    }),
  }),
})

/** What travels in a modal, since its submission does not say where it was opened. */
export const modalMetadata = z.object({
  channel: id,
  thread: z.string().optional(),
  responseUrl: z.string().optional(),
  action: z.string(),
  /** Names of the fields in order. */
  fields: z.array(z.string()),
})
export type ModalMetadata = z.infer<typeof modalMetadata>

/** What travels in the Home tab: the direct conversation that its buttons speak in. */
export const homeMetadata = z.object({ channel: id })

export const homeOpened = z.object({ user: id, channel: id, tab: z.string().default('home') })

/** A message to the bot: a mention in a channel, or anything in a direct conversation. */
export const spokenPayload = z.object({
  user: id,
  text: z.string().default(''),
  channel: id,
  channel_type: z.string().optional(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  team: z.string().optional(),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
})

export const envelope = z.object({ event_id: id, team_id: id })

/** Slack's time stamps are seconds with a fraction. */
export const milliseconds = (ts: string): number => Math.round(Number(ts) * 1_000)

/** JSON of a known shape, or nothing. */
export function readJson<Schema extends z.ZodType>(schema: Schema, text: string): z.infer<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
