import { Client, Events, GatewayIntentBits, Options } from 'discord.js'
import { Agent } from 'undici'
import { createFailure, type Log, type Platform, PlatformFailure, type Tutor } from '../delivery/platform.ts'
import { closedForGood, isRevoked, refusedToken } from './errors.ts'
import { Interactions } from './interactions.ts'
import { DiscordOutbox } from './outbox.ts'

export interface DiscordConfiguration {
  token: string
  apiUrl: string
  /** Pause between attempts to reach Discord when the bot starts, in ms. */
  retryAfter?: number
}

/** The Discord front: slash commands, buttons, menus and forms in, Components V2 out. */
export function createDiscord(tutor: Tutor, configuration: DiscordConfiguration, log: Log): Platform {
  return new Discord(tutor, configuration, log)
}

class Discord implements Platform {
  readonly prefix = 'discord:'
  readonly failure: Promise<PlatformFailure>
  readonly #fail: (failure: PlatformFailure) => void
  readonly #configuration: DiscordConfiguration
  readonly #log: Log
  readonly #interactions: Interactions
  // Another library's undici may have put its own agent in place for the process, which cannot send our files.
  readonly #agent = new Agent()
  #client: Client
  #stopped = false

  constructor(tutor: Tutor, configuration: DiscordConfiguration, log: Log) {
    const { failure, fail } = createFailure()
    this.failure = failure
    this.#fail = fail
    this.#configuration = configuration
    this.#log = log
    this.#client = this.#createClient()
    const outbox = new DiscordOutbox(
      () => this.#client.rest,
      log,
      () => this.#end(refusedToken()),
    )
    this.#interactions = new Interactions({ tutor, outbox, log, now: Date.now })
    tutor.connect(this.prefix, {
      post: (channel, reply, options) => {
        this.#interactions.remember(channel, reply)
        return outbox.post(channel, reply, options)
      },
      edit: (handle, reply) => {
        this.#interactions.remember(handle.channel, reply)
        return outbox.edit(handle, reply)
      },
    })
  }

  async start(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#connect()
        return
      } catch (error) {
        if (error instanceof PlatformFailure) throw error
        this.#log.warn(`Discord cannot be reached yet: ${String(error)}`)
        await new Promise((resolve) => setTimeout(resolve, this.#configuration.retryAfter ?? 2_000))
        this.#client = this.#createClient()
      }
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#client.destroy()
    await this.#agent.destroy()
  }

  async #connect(): Promise<void> {
    try {
      const ready = new Promise((resolve) => this.#client.once(Events.ClientReady, resolve))
      const connected = this.#client.login(this.#configuration.token).then(() => ready)
      const failure = await Promise.race([connected.then(() => undefined), this.failure])
      if (failure) throw failure
      this.#log.info(`Discord: connected as ${this.#client.user?.tag}`)
    } catch (error) {
      await this.#client.destroy()
      if (isRevoked(error) || (error instanceof Error && 'code' in error && error.code === 'TokenInvalid'))
        throw refusedToken()
      throw error
    }
  }

  #createClient(): Client {
    const client = new Client({
      intents: [GatewayIntentBits.Guilds],
      allowedMentions: { parse: [] },
      // A handler is kept for every interaction's token until it is swept.
      rest: {
        agent: this.#agent,
        api: this.#configuration.apiUrl,
        version: '10',
        timeout: 5_000,
        handlerSweepInterval: 30_000,
      },
      makeCache: Options.cacheWithLimits({
        ...Options.DefaultMakeCacheSettings,
        MessageManager: 0,
        GuildMemberManager: { maxSize: 100, keepOverLimit: (member) => member.id === member.client.user.id },
        UserManager: { maxSize: 100, keepOverLimit: (user) => user.id === user.client.user.id },
      }),
    })
    client.on(Events.InteractionCreate, (interaction) => void this.#interactions.handle(interaction))
    client.on(Events.Error, (error) => this.#log.error('Discord', error))
    client.on(Events.ShardError, (error) => this.#log.warn(`Discord: connection error: ${error.message}`))
    client.on(Events.ShardDisconnect, ({ code }) => this.#end(closedForGood(code)))
    client.on(Events.Invalidated, () => this.#end(refusedToken()))
    client.on(Events.ShardReconnecting, () => {
      if (!this.#stopped) this.#log.info('Discord: connection lost, connecting again')
    })
    client.on(Events.ShardResume, () => this.#log.info('Discord: connection resumed'))
    return client
  }

  #end(failure: PlatformFailure): void {
    if (!this.#stopped) this.#fail(failure)
  }
}
