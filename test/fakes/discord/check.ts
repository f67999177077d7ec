import { ButtonStyle, ComponentType } from 'discord.js'
import { z } from 'zod'

/** What a message carries besides its JSON. */
export interface SentFile {
  name: string
  size: number
  description?: string
}

// The limits are written down again here, on purpose: the fake must not believe what the bot believes.
const characters = (limit: number) =>
  z.string().min(1).max(limit).regex(/\S/, 'is blank').refine(wellFormed, 'has half a surrogate pair')
const customId = characters(100)

const button = z.strictObject({
  type: z.literal(ComponentType.Button),
  style: z.union([
    z.literal(ButtonStyle.Primary),
    z.literal(ButtonStyle.Secondary),
    z.literal(ButtonStyle.Success),
    z.literal(ButtonStyle.Danger),
  ]),
  label: characters(80),
  custom_id: customId,
  disabled: z.boolean().optional(),
})

const stringSelect = z.strictObject({
  type: z.literal(ComponentType.StringSelect),
  custom_id: customId,
  placeholder: characters(150).optional(),
  min_values: z.number().int().min(0).max(25).optional(),
  max_values: z.number().int().min(1).max(25).optional(),
  options: z
    .array(z.strictObject({ label: characters(100), value: characters(100), description: characters(100).optional() }))
    .min(1)
    .max(25)
    .refine(distinct('value'), 'two options have the same value'),
})

const row = z.strictObject({
  type: z.literal(ComponentType.ActionRow),
  components: z.union([z.array(button).min(1).max(5), z.tuple([stringSelect])]),
})

const attachment = z.strictObject({ url: z.string().regex(/^attachment:\/\/[\w.-]+$/) })
const topLevel = z.discriminatedUnion('type', [
  row,
  z.strictObject({ type: z.literal(ComponentType.TextDisplay), content: characters(4_000) }),
  z.strictObject({ type: z.literal(ComponentType.File), file: attachment }),
  z.strictObject({
    type: z.literal(ComponentType.MediaGallery),
    items: z
      .array(z.strictObject({ media: attachment, description: characters(1_024).optional() }))
      .min(1)
      .max(10),
  }),
])

const message = z.strictObject({
  flags: z
    .number()
    .int()
    .refine((flags) => (flags & (1 << 15)) !== 0, 'lacks the flag of Components V2'),
  components: z.array(topLevel).min(1).max(40),
  attachments: z.array(z.looseObject({ id: z.union([z.string(), z.number()]) })).optional(),
  allowed_mentions: z.looseObject({ parse: z.array(z.string()).length(0) }),
  tts: z.literal(false).optional(),
  enforce_nonce: z.literal(false).optional(),
})

/** Everything that Discord would refuse in the body of a message, and everything that could ping. Empty: accepted. */
export function checkDiscordMessage(body: unknown, files: readonly SentFile[], fileBytes = 10 * 1024 * 1024): string[] {
  const parsed = message.safeParse(body)
  if (!parsed.success) return parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  const { components } = parsed.data
  const problems: string[] = []
  const total = components.reduce(
    (sum, component) => sum + 1 + ('components' in component ? component.components.length : 0),
    0,
  )
  if (total > 40) problems.push(`${total} components`)
  const text = components.flatMap((component) => ('content' in component ? [component.content] : []))
  const length = text.join('').length
  if (length > 4_000) problems.push(`${length} characters of text`)
  problems.push(...text.flatMap(strayMarkup))
  const ids = components.flatMap((component) =>
    'components' in component ? component.components.map(({ custom_id }) => custom_id) : [],
  )
  if (new Set(ids).size < ids.length) problems.push('a custom id occurs twice')
  return [...problems, ...checkFiles(components, files, fileBytes)]
}

function checkFiles(components: z.infer<typeof topLevel>[], files: readonly SentFile[], fileBytes: number): string[] {
  const problems: string[] = []
  if (files.length > 10) problems.push(`${files.length} files`)
  for (const { name, size } of files) {
    if (size > fileBytes) problems.push(`${name} has ${size} bytes`)
    if (size === 0) problems.push(`${name} is empty`)
  }
  const shown = components.flatMap((component) =>
    'file' in component
      ? [component.file.url]
      : 'items' in component
        ? component.items.map(({ media }) => media.url)
        : [],
  )
  const sent = files.map(({ name }) => `attachment://${name}`)
  if (new Set(sent).size < sent.length) problems.push('two files have the same name')
  problems.push(...shown.filter((url) => !sent.includes(url)).map((url) => `${url} is not attached`))
  problems.push(...sent.filter((url) => !shown.includes(url)).map((url) => `${url} is attached and never shown`))
  return problems
}

/** What Discord would read as markup although no renderer of ours writes it, read in the order in which Discord does. */
function strayMarkup(content: string): string[] {
  const rest = content.replace(/```[\s\S]*?```|`[^`]*`|\\[^0-9A-Za-z\s]/g, '')
  const known = rest.replace(/<t:\d+:[RT]>|<@\d+>/g, '')
  return [
    ...(known.includes('`') ? ['a code fence or span is left open'] : []),
    ...(/@(everyone|here)/i.test(known) ? ['@everyone outside code'] : []),
    ...(/[<>|_~[\]]/.test(known) ? ['markup that is not escaped'] : []),
  ]
}

function distinct<Key extends string>(key: Key) {
  return (items: readonly Record<Key, string>[]) => new Set(items.map((item) => item[key])).size === items.length
}

function wellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text)
}
