import { snowflake } from './snowflake.ts'

export const GUILD = '100000000000000001'
export const CHANNEL = '200000000000000001'
export const THREAD = '200000000000000002'
export const APPLICATION = '300000000000000001'
export const BOT = { id: '300000000000000002', username: 'room-service', discriminator: '0', avatar: null, bot: true }

/** All permissions that a bot could have in a channel but Administrator, as the bit set Discord sends. */
export const ALL_PERMISSIONS = '2251799813685239'

export const user = (name: string) => ({
  id: `4${String([...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7))
    .padStart(17, '0')
    .slice(0, 17)}`,
  username: name,
  discriminator: '0',
  avatar: null,
  global_name: name,
})

const channel = (id: string, name: string, type: number) => ({
  id,
  name,
  type,
  guild_id: GUILD,
  position: 0,
  permission_overwrites: [],
})

export const guild = {
  id: GUILD,
  name: 'Cafe',
  owner_id: '400000000000000000',
  roles: [
    {
      id: GUILD,
      name: '@everyone',
      permissions: ALL_PERMISSIONS,
      position: 0,
      color: 0,
      hoist: false,
      managed: false,
      mentionable: false,
    },
  ],
  channels: [channel(CHANNEL, 'kitchen', 0)],
  threads: [
    {
      ...channel(THREAD, 'side', 11),
      parent_id: CHANNEL,
      thread_metadata: {
        archived: false,
        auto_archive_duration: 60,
        archive_timestamp: new Date(0).toISOString(),
        locked: false,
      },
    },
  ],
  members: [],
  member_count: 1,
  emojis: [],
  stickers: [],
  features: [],
  premium_tier: 0,
  preferred_locale: 'en-US',
  large: false,
  unavailable: false,
  joined_at: new Date(0).toISOString(),
}

export interface Origin {
  user?: string
  channel?: string
  /** Null: a direct conversation with the bot. */
  guild?: string | null
  /** How old the interaction is when it is sent, in ms. */
  age?: number
  permissions?: string
}

/** What every interaction carries. discord.js insists on most of these fields. */
export function interaction(type: number, origin: Origin) {
  const { user: name = 'ada', channel: channelId = CHANNEL, guild: guildId = GUILD, age = 0 } = origin
  const direct = guildId === null
  const person = user(name)
  return {
    id: snowflake(Date.now() - age),
    application_id: APPLICATION,
    type,
    token: `token-${snowflake()}`,
    version: 1,
    channel_id: channelId,
    channel: direct ? { id: channelId, type: 1 } : channel(channelId, 'kitchen', channelId === THREAD ? 11 : 0),
    ...(direct
      ? { user: person, context: 1, authorizing_integration_owners: { 0: '0' } }
      : {
          guild_id: guildId,
          guild_locale: 'en-US',
          guild: { id: guildId, locale: 'en-US', features: [] },
          context: 0,
          authorizing_integration_owners: { 0: guildId },
          member: {
            user: person,
            roles: [],
            permissions: ALL_PERMISSIONS,
            joined_at: new Date(0).toISOString(),
            deaf: false,
            mute: false,
            flags: 0,
          },
        }),
    app_permissions: origin.permissions ?? ALL_PERMISSIONS,
    locale: 'en-US',
    entitlements: [],
    attachment_size_limit: 10 * 1024 * 1024,
  }
}

export type InteractionPayload = ReturnType<typeof interaction> & { data?: unknown; message?: unknown }
