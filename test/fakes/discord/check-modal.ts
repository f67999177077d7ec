import { ComponentType, TextInputStyle } from 'discord.js'
import { z } from 'zod'

const input = z.strictObject({
  type: z.literal(ComponentType.TextInput),
  custom_id: z.string().min(1).max(100),
  style: z.union([z.literal(TextInputStyle.Short), z.literal(TextInputStyle.Paragraph)]),
  required: z.boolean(),
  max_length: z.number().int().min(1).max(4_000).optional(),
  value: z.string().min(1).max(4_000).optional(),
  placeholder: z.string().min(1).max(100).optional(),
})

const modal = z.strictObject({
  custom_id: z.string().min(1).max(100),
  title: z.string().min(1).max(45),
  components: z
    .array(
      z.strictObject({
        type: z.literal(ComponentType.Label),
        label: z.string().min(1).max(45),
        description: z.string().min(1).max(100).optional(),
        component: input,
      }),
    )
    .min(1)
    .max(5),
})

/** Everything that Discord would refuse in a modal. */
export function checkDiscordModal(body: unknown): string[] {
  const parsed = modal.safeParse(body)
  if (!parsed.success) return parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  const ids = parsed.data.components.map(({ component }) => component.custom_id)
  return new Set(ids).size < ids.length ? ['a custom id occurs twice'] : []
}
