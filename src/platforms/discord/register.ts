import {
  DiscordAPIError,
  OAuth2Scopes,
  PermissionFlagsBits,
  REST,
  type RESTPostAPIChatInputApplicationCommandsJSONBody as Registration,
  Routes,
} from 'discord.js'
import type { Command } from '../../chat/command.ts'
import { PlatformFailure } from '../delivery/platform.ts'
import { toRegistrations } from './registration.ts'
import { type Difference, differences } from './registration-difference.ts'

export interface RegisterTarget {
  token: string
  applicationId: string
  apiUrl: string
  /** One server, where changes are there at once; without it they hold for all servers. */
  guild?: string
}

/**
 * Registers the commands with Discord where they differ from what is registered, and tells what changed and what to do
 * next. Throws `PlatformFailure` with the remedy where Discord refuses.
 */
export async function registerCommands(commands: readonly Command[], target: RegisterTarget): Promise<string[]> {
  const wanted = toRegistrations(commands)
  const rest = new REST({ api: target.apiUrl, version: '10', timeout: 10_000 }).setToken(target.token)
  const route = target.guild
    ? Routes.applicationGuildCommands(target.applicationId, target.guild)
    : Routes.applicationCommands(target.applicationId)
  try {
    const found = (await rest.get(route)) as Registration[]
    const changes = differences(found, wanted)
    if (changes.some(({ kind }) => kind !== 'unchanged')) await rest.put(route, { body: wanted })
    return [...changes.map(line), '', ...nextSteps(target, wanted)]
  } catch (error) {
    throw remedy(error, target)
  } finally {
    rest.clearHandlerSweeper()
    rest.clearHashSweeper()
  }
}

const line = ({ kind, name, what }: Difference): string =>
  `${kind.padEnd(9)} /${name}${what.length > 0 ? ` (${what.join(', ')})` : ''}`

function nextSteps({ applicationId, guild }: RegisterTarget, [first]: readonly Registration[]): string[] {
  return [
    guild
      ? `Registered for the server ${guild}: the commands are there at once.`
      : 'Registered for all servers. A client may show the old list until it is restarted; --guild ID registers for one server at once.',
    `Next: invite the bot with ${inviteUrl(applicationId)}`,
    `then run "npm start" and type /${first?.name ?? 'tutor'} in a channel.`,
  ]
}

/** What a timed quiz needs; commands themselves are answered without any permission. */
const PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.AttachFiles

/** The address with which an administrator adds the bot to a server. */
export function inviteUrl(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: `${OAuth2Scopes.Bot} ${OAuth2Scopes.ApplicationsCommands}`,
    permissions: String(PERMISSIONS),
  })
  return `https://discord.com/oauth2/authorize?${query}`
}

function remedy(error: unknown, { applicationId, guild }: RegisterTarget): unknown {
  if (!(error instanceof DiscordAPIError)) return error
  if (error.status === 401)
    return new PlatformFailure(
      'DISCORD_TOKEN was refused: get a new one with "Reset Token" on the page "Bot" of your application at https://discord.com/developers/applications.',
    )
  if (error.status === 403 || error.status === 404)
    return new PlatformFailure(
      guild
        ? `Discord does not let this bot register commands in the server ${guild}: check --guild, and invite the bot with ${inviteUrl(applicationId)}`
        : `DISCORD_APPLICATION_ID ${applicationId} does not belong to DISCORD_TOKEN: copy it from the page "General Information" of your application at https://discord.com/developers/applications.`,
    )
  return error
}
