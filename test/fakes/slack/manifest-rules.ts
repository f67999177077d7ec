import { z } from 'zod'

// The rules of Slack's published schema for app manifests, version 2, as far as an app of this sort uses them.
const url = (limit: number) =>
  z
    .string()
    .regex(/^https?:\/\//)
    .max(limit)
const scope = z.string().max(50)
const names = z
  .array(z.string().max(50))
  .max(100)
  .refine((all) => new Set(all).size === all.length, 'has a name twice')

const slashCommand = z.strictObject({
  command: z
    .string()
    .regex(/^\/[^\s/]+$/)
    .min(2)
    .max(32),
  description: z.string().min(1).max(2_000),
  usage_hint: z.string().min(1).max(1_000).optional(),
  should_escape: z.boolean().optional(),
  url: url(3_000).optional(),
})

export const manifestRules = z
  .strictObject({
    _metadata: z.strictObject({ major_version: z.literal(2), minor_version: z.number().int().optional() }),
    display_information: z.strictObject({
      name: z.string().min(1).max(35),
      description: z.string().min(1).max(140).optional(),
      long_description: z.string().min(175).max(4_000).optional(),
      background_color: z
        .string()
        .regex(/^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$/)
        .optional(),
    }),
    features: z.strictObject({
      app_home: z.strictObject({
        home_tab_enabled: z.boolean().optional(),
        messages_tab_enabled: z.boolean().optional(),
        messages_tab_read_only_enabled: z.boolean().optional(),
      }),
      bot_user: z.strictObject({ display_name: z.string().min(1).max(80), always_online: z.boolean().optional() }),
      slash_commands: z.array(slashCommand).min(1).max(50),
    }),
    oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(scope).max(255) }) }),
    settings: z.strictObject({
      event_subscriptions: z.strictObject({ request_url: url(3_500).optional(), bot_events: names }),
      interactivity: z.strictObject({ is_enabled: z.boolean(), request_url: url(3_500).optional() }),
      org_deploy_enabled: z.boolean().optional(),
      socket_mode_enabled: z.boolean().optional(),
      token_rotation_enabled: z.boolean().optional(),
    }),
  })
  .superRefine((manifest, context) => {
    const { settings, features } = manifest
    const addresses = [
      settings.event_subscriptions.request_url,
      settings.interactivity.request_url,
      ...features.slash_commands.map((command) => command.url),
    ]
    const wrong = addresses.some((address) => (address === undefined) !== settings.socket_mode_enabled)
    if (wrong) context.addIssue('an app has addresses everywhere, or Socket Mode')
  })
