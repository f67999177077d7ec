import { cleanText, clip } from '../../chat/clean.ts'
import type { Command } from '../../chat/command.ts'
import { LIMITS } from './limits.ts'

export interface ManifestOptions {
  /** Stands in front of every command's name. */
  prefix?: string
  /** Where Slack reaches the bot in HTTP mode, ending in `/slack/events`; without it the app uses Socket Mode. */
  url?: string
}

/** What the bot asks a workspace for, and why. */
const SCOPES = {
  commands: 'slash commands',
  'chat:write': 'answers and quiz questions',
  'files:write': 'pictures and long output',
  'app_mentions:read': 'being asked in a thread, where slash commands do not exist',
  'im:history': 'being asked in a direct conversation without a slash',
} as const

/**
 * The app manifest to paste at Slack. Throws an error that names the command where one does not fit Slack's rules.
 */
export function toManifest(commands: readonly Command[], { prefix = '', url }: ManifestOptions = {}) {
  if (commands.length > LIMITS.command.commands)
    throw new Error(`Slack takes ${LIMITS.command.commands} commands of one app; there are ${commands.length}`)
  const reached = url === undefined ? {} : { request_url: url }
  return {
    _metadata: { major_version: 2, minor_version: 0 },
    display_information: {
      name: 'Room Service',
      description: 'Kubernetes networking on a simulated cluster that belongs to your channel',
      background_color: '#1f4e5f',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'room-service', always_online: true },
      slash_commands: commands.map((command) => slashCommand(command, prefix, url)),
    },
    oauth_config: { scopes: { bot: Object.keys(SCOPES) } },
    settings: {
      event_subscriptions: { ...reached, bot_events: ['app_home_opened', 'app_mention', 'message.im'] },
      interactivity: { is_enabled: true, ...reached },
      org_deploy_enabled: false,
      socket_mode_enabled: url === undefined,
      token_rotation_enabled: false,
    },
  }
}

function slashCommand(command: Command, prefix: string, url: string | undefined) {
  const name = `/${prefix}${command.name}`
  if (name.length > LIMITS.command.name)
    throw new Error(`Slack takes command names of ${LIMITS.command.name} characters: ${name}`)
  return {
    command: name,
    description: oneLine(command.summary, LIMITS.command.description),
    ...(command.usage.trim() !== '' && { usage_hint: oneLine(command.usage, LIMITS.command.usage) }),
    // Escaping turns @name into an id, and links and channels as well, which tools must see as they were typed.
    should_escape: command.mentions === true,
    ...(url !== undefined && { url }),
  }
}

const oneLine = (text: string, limit: number): string => clip(cleanText(text).replaceAll(/\s+/g, ' ').trim(), limit)

/** What to do with the manifest, one step a line. */
export const manifestSteps = ({ url }: ManifestOptions): string[] => [
  'Next: open https://api.slack.com/apps, "Create New App", "From a manifest", and paste this as JSON.',
  '"Install to Workspace"; copy the Bot User OAuth Token into SLACK_BOT_TOKEN.',
  url === undefined
    ? 'Under "Basic Information" create an app-level token with connections:write and copy it into SLACK_APP_TOKEN.'
    : 'Under "Basic Information" copy the Signing Secret into SLACK_SIGNING_SECRET and set SLACK_MODE=http.',
  'Run "npm start", type /invite @room-service in a channel, then /tutor.',
]
