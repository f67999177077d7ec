import { z } from 'zod'

/** What the process has been told by its environment. A platform is there if it is configured. */
export interface Environment {
  dataFolder: string
  discord?: DiscordEnvironment
  slack?: SlackEnvironment
}

interface DiscordEnvironment {
  token: string
  /** Needed for registering the commands only; a running bot learns it from Discord. */
  applicationId?: string
  apiUrl: string
}

type SlackEnvironment = {
  botToken: string
  apiUrl: string
  /** Stands in front of the name of every slash command; may be empty. */
  commandPrefix: string
} & ({ mode: 'socket'; appToken: string } | { mode: 'http'; signingSecret: string; port: number; host?: string })

/** Variables that cannot be used, each with where to get a right one. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError'

  constructor(problems: readonly { variable: string; problem: string }[]) {
    super(
      problems
        .map(({ variable, problem }) => {
          const origin = ORIGINS[variable]
          return `${variable} ${problem}${origin ? `: ${origin}` : ''}.`
        })
        .join('\n'),
    )
  }
}

const ORIGINS: Readonly<Record<string, string>> = {
  DISCORD_TOKEN:
    'get it with "Reset Token" on the page "Bot" of your application at https://discord.com/developers/applications',
  DISCORD_APPLICATION_ID:
    'copy it from the page "General Information" of your application at https://discord.com/developers/applications',
  SLACK_BOT_TOKEN:
    'install your app at https://api.slack.com/apps and copy the "Bot User OAuth Token" (xoxb-…) from "OAuth & Permissions"',
  SLACK_APP_TOKEN:
    'create an app-level token (xapp-…) with connections:write under "Basic Information" of your app at https://api.slack.com/apps',
  SLACK_SIGNING_SECRET: 'copy it from "Basic Information", "App Credentials" of your app at https://api.slack.com/apps',
}

/** An empty variable counts as one that is not set. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(
    (value) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined),
    schema.optional(),
  )

const secret = z.string().regex(/^\S+$/, 'must not contain blanks')
const address = z.url({ protocol: /^https?$/, error: 'must be an http or https address' })

const variables = z.object({
  DATA_DIR: optional(z.string()),
  DISCORD_TOKEN: optional(secret),
  DISCORD_APPLICATION_ID: optional(z.string().regex(/^\d+$/, 'must be a number')),
  DISCORD_API_URL: optional(address),
  SLACK_BOT_TOKEN: optional(secret.refine((token) => !token.startsWith('xapp-'), 'holds an app-level token')),
  SLACK_APP_TOKEN: optional(secret.refine((token) => !token.startsWith('xoxb-'), 'holds a bot token')),
  SLACK_SIGNING_SECRET: optional(secret),
  SLACK_MODE: optional(z.enum(['socket', 'http'], 'must be socket or http')),
  SLACK_PORT: optional(
    z
      .string()
      .regex(/^\d{1,5}$/, 'must be a port number')
      .transform(Number)
      .refine((port) => port <= 65_535, 'must be a port number'),
  ),
  SLACK_HOST: optional(z.string().regex(/^\S+$/, 'must be an address of this machine')),
  SLACK_API_URL: optional(address),
  SLACK_COMMAND_PREFIX: optional(
    z.string().regex(/^[a-z0-9_-]{1,20}$/, 'must be at most 20 lower-case letters, digits, - and _'),
  ),
})

type Variables = z.infer<typeof variables>

/** The names of all variables. */
export const variableNames: readonly string[] = Object.keys(variables.shape)

/** Puts what stands in `.env` into the environment. The file is optional; one that cannot be read is an error. */
export function loadEnvironmentFile(): void {
  try {
    process.loadEnvFile()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

/** Understands the environment. Throws `EnvironmentError` for a variable that is wrong or that a platform lacks. */
export function readEnvironment(environment: Readonly<Record<string, string | undefined>>): Environment {
  const parsed = variables.safeParse(environment)
  if (!parsed.success)
    throw new EnvironmentError(
      parsed.error.issues.map(({ path, message }) => ({ variable: String(path[0]), problem: message })),
    )
  const discord = readDiscord(parsed.data)
  const slack = readSlack(parsed.data)
  return { dataFolder: parsed.data.DATA_DIR ?? 'data', ...(discord && { discord }), ...(slack && { slack }) }
}

function readDiscord(given: Variables): DiscordEnvironment | undefined {
  if (!given.DISCORD_TOKEN && !given.DISCORD_APPLICATION_ID) return undefined
  const { DISCORD_TOKEN } = required(given, ['DISCORD_TOKEN'])
  const applicationId = given.DISCORD_APPLICATION_ID
  return {
    token: DISCORD_TOKEN,
    ...(applicationId !== undefined && { applicationId }),
    apiUrl: given.DISCORD_API_URL ?? 'https://discord.com/api',
  }
}

function readSlack(given: Variables): SlackEnvironment | undefined {
  if (!given.SLACK_BOT_TOKEN && !given.SLACK_APP_TOKEN && !given.SLACK_SIGNING_SECRET) return undefined
  const shared = {
    apiUrl: given.SLACK_API_URL ?? 'https://slack.com/api/',
    commandPrefix: given.SLACK_COMMAND_PREFIX ?? '',
  }
  if (given.SLACK_MODE === 'http') {
    const found = required(given, ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET'], ' (SLACK_MODE is http)')
    return {
      ...shared,
      mode: 'http',
      botToken: found.SLACK_BOT_TOKEN,
      signingSecret: found.SLACK_SIGNING_SECRET,
      port: given.SLACK_PORT ?? 3_000,
      ...(given.SLACK_HOST && { host: given.SLACK_HOST }),
    }
  }
  const found = required(given, ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'], ' (SLACK_MODE is socket)')
  return { ...shared, mode: 'socket', botToken: found.SLACK_BOT_TOKEN, appToken: found.SLACK_APP_TOKEN }
}

/** Throws `EnvironmentError` with every one of these variables that is not set. */
function required<Name extends keyof Variables>(
  given: Variables,
  names: readonly Name[],
  reason = '',
): { [Key in Name]: NonNullable<Variables[Key]> } {
  const missing = names.filter((name) => given[name] === undefined)
  if (missing.length > 0)
    throw new EnvironmentError(missing.map((variable) => ({ variable, problem: `is missing${reason}` })))
  return given as { [Key in Name]: NonNullable<Variables[Key]> }
}
