import { z } from 'zod'

// The limits are written down again here, on purpose: the fake must not believe what the bot believes.
const wellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text)
const characters = (limit: number) => z.string().min(1).max(limit).refine(wellFormed, 'has half a surrogate pair')
const plainText = (limit: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: characters(limit), emoji: z.boolean().optional() })

const richElement = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('text'),
    text: characters(3_000),
    style: z.strictObject({ bold: z.boolean().optional(), code: z.boolean().optional() }).optional(),
  }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.number().int(),
    format: z.enum(['{ago}', '{time_secs}']),
    fallback: characters(100).optional(),
  }),
])
const section = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(richElement).min(1) })
const richText = z.strictObject({
  type: z.literal('rich_text'),
  elements: z
    .array(
      z.discriminatedUnion('type', [
        section,
        z.strictObject({
          type: z.literal('rich_text_preformatted'),
          elements: z.array(z.strictObject({ type: z.literal('text'), text: characters(3_000) })).min(1),
        }),
        z.strictObject({
          type: z.literal('rich_text_list'),
          style: z.enum(['bullet', 'ordered']),
          elements: z.array(section).min(1),
        }),
      ]),
    )
    .min(1),
})

const actionId = characters(255)
const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  action_id: actionId,
  style: z.enum(['primary', 'danger']).optional(),
  value: characters(2_000).optional(),
})
const staticSelect = z.strictObject({
  type: z.literal('static_select'),
  action_id: actionId,
  placeholder: plainText(150),
  options: z
    .array(z.strictObject({ text: plainText(75), value: characters(150), description: plainText(75).optional() }))
    .min(1)
    .max(100)
    .refine((options) => new Set(options.map(({ value }) => value)).size === options.length, 'has a value twice'),
})

const block = z.discriminatedUnion('type', [
  richText,
  z.strictObject({ type: z.literal('header'), text: plainText(150) }),
  z.strictObject({ type: z.literal('context'), elements: z.array(plainText(3_000)).min(1).max(10) }),
  z.strictObject({
    type: z.literal('actions'),
    elements: z
      .array(z.union([button, staticSelect]))
      .min(1)
      .max(25),
  }),
  z.strictObject({
    type: z.literal('table'),
    rows: z
      .array(
        z
          .array(z.strictObject({ type: z.literal('raw_text'), text: characters(2_000) }))
          .min(1)
          .max(20),
      )
      .min(1)
      .max(100)
      .refine((rows) => new Set(rows.map((row) => row.length)).size === 1, 'has rows of different length'),
  }),
])

const input = z.strictObject({
  type: z.literal('input'),
  block_id: characters(255),
  label: plainText(2_000),
  optional: z.boolean(),
  element: z.strictObject({
    type: z.literal('plain_text_input'),
    action_id: actionId,
    multiline: z.boolean(),
    max_length: z.number().int().min(1).max(3_000),
    initial_value: characters(3_000).optional(),
    placeholder: plainText(150).optional(),
  }),
})

const issues = (error: z.ZodError): string[] => error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)

/** Everything that Slack would refuse in the text and blocks of a message, and everything that could ping. */
export function checkSlackMessage(message: { text?: unknown; blocks?: unknown }): string[] {
  const parsed = z.object({ text: characters(4_000), blocks: z.array(block).min(1).max(50) }).safeParse(message)
  if (!parsed.success) return issues(parsed.error)
  const problems = checkBlocks(parsed.data.blocks)
  const bytes = Buffer.byteLength(JSON.stringify(parsed.data.blocks))
  if (bytes > 13_000) problems.push(`msg_blocks_too_long: ${bytes} bytes`)
  const tables = parsed.data.blocks.filter(({ type }) => type === 'table').length
  if (tables > 1) problems.push(`${tables} tables`)
  if (/[<>]|&(?!amp;|lt;|gt;)/.test(parsed.data.text)) problems.push('the text is not escaped')
  return problems
}

/** Everything that Slack would refuse in a Home tab. */
export function checkSlackHome(view: unknown): string[] {
  const shape = z.strictObject({
    type: z.literal('home'),
    private_metadata: z.string().max(3_000).optional(),
    blocks: z.array(block).min(1).max(100),
  })
  const parsed = shape.safeParse(view)
  if (!parsed.success) return issues(parsed.error)
  const tables = parsed.data.blocks.some(({ type }) => type === 'table') ? ['a table, which only messages show'] : []
  return [...tables, ...checkBlocks(parsed.data.blocks), ...size(parsed.data)]
}

/** Everything that Slack would refuse in a modal. */
export function checkSlackModal(view: unknown): string[] {
  const shape = z.strictObject({
    type: z.literal('modal'),
    callback_id: characters(255),
    private_metadata: z.string().max(3_000),
    title: plainText(24),
    submit: plainText(24),
    close: plainText(24),
    blocks: z.array(input).min(1).max(100),
  })
  const parsed = shape.safeParse(view)
  if (!parsed.success) return issues(parsed.error)
  const ids = parsed.data.blocks.map(({ block_id }) => block_id)
  return [...(new Set(ids).size < ids.length ? ['a block id occurs twice'] : []), ...size(parsed.data)]
}

const size = (view: unknown): string[] => (Buffer.byteLength(JSON.stringify(view)) > 250_000 ? ['view_too_large'] : [])

function checkBlocks(blocks: readonly z.infer<typeof block>[]): string[] {
  const ids = blocks.flatMap((each) => (each.type === 'actions' ? each.elements.map(({ action_id }) => action_id) : []))
  return new Set(ids).size < ids.length ? ['an action id occurs twice'] : []
}
