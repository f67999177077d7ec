import type { Server } from 'node:http'
import { App, HTTPReceiver, type Logger, LogLevel } from '@slack/bolt'
import { Memory } from '../delivery/memory.ts'
import { createFailure, type Log, type Platform, type PlatformFailure, type Tutor } from '../delivery/platform.ts'
import { Answering } from './answering.ts'
import { SlackApi } from './api.ts'
import { cannotListen, isRevoked, refusedBotToken, slackCode } from './errors.ts'
import { Intake } from './intake.ts'
import { Interactions } from './interactions.ts'
import { SlackOutbox } from './outbox.ts'
import { speakPrefixed } from './prefix.ts'
import { Socket } from './socket.ts'

export type SlackConfiguration = {
  botToken: string
  apiUrl: string
  /** Stands in front of the name of every slash command; may be empty. */
  commandPrefix: string
  /** Least time between two messages into one channel in ms, and how many may go at once after a pause. */
  pace?: { interval: number; burst: number }
  /** Pause between attempts to reach Slack when the bot starts, in ms. */
  retryAfter?: number
} & ({ mode: 'socket'; appToken: string } | { mode: 'http'; signingSecret: string; port: number; host?: string })

/** The Slack front: slash commands, buttons, menus, forms, mentions and the Home tab in, Block Kit out. */
export function createSlack(tutor: Tutor, configuration: SlackConfiguration, log: Log): Platform {
  return new Slack(tutor, configuration, log)
}

/** Largest request that is read in HTTP mode, in bytes. Slack's own are far smaller. */
const BODY_LIMIT = 1024 * 1024

/** How long requests under way may take when the bot stops, in ms. */
const GRACE = 300

class Slack implements Platform {
  readonly prefix = 'slack:'
  readonly failure: Promise<PlatformFailure>
  readonly #fail: (failure: PlatformFailure) => void
  readonly #configuration: SlackConfiguration
  readonly #log: Log
  readonly #app: App
  readonly #transport: Transport
  /** What people are called, as far as they were seen. */
  readonly #people = new Memory<string>(5_000)
  #identity: Identity | undefined
  #stopped = false

  constructor(tutor: Tutor, configuration: SlackConfiguration, log: Log) {
    const { failure, fail } = createFailure()
    this.failure = failure
    this.#fail = (problem) => {
      if (!this.#stopped) fail(problem)
    }
    this.#configuration = configuration
    this.#log = log
    const logger = boltLogger(log)
    this.#transport = createTransport(configuration, logger, log, this.#fail)
    this.#app = this.#createApp(logger)
    this.#wire(tutor)
  }

  async start(): Promise<void> {
    await this.#identify()
    if (!this.#stopped) await this.#transport.start()
    this.#log.info(`Slack: connected as @${this.#identity?.name} (${this.#configuration.mode})`)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#transport.stop()
  }

  #createApp(logger: Logger): App {
    return new App({
      receiver: this.#transport.receiver,
      logger,
      convoStore: false,
      // The token is checked once, in `#identify`; Bolt would ask Slack again for it.
      authorize: async () => ({
        botToken: this.#configuration.botToken,
        ...(this.#identity && {
          botUserId: this.#identity.user,
          botId: this.#identity.bot,
          teamId: this.#identity.team,
        }),
      }),
      clientOptions: {
        slackApiUrl: withSlash(this.#configuration.apiUrl),
        // Somebody is waiting, so a call is given up soon; and a channel that is limited must not stop the others.
        retryConfig: { retries: 2, minTimeout: 200 },
        rejectRateLimitedCalls: true,
        timeout: 10_000,
      },
    })
  }

  #wire(plain: Tutor): void {
    const log = this.#log
    const tutor = speakPrefixed(plain, this.#configuration.commandPrefix)
    const names = (user: string) => this.#people.get(user)
    const { botToken: token, pace, commandPrefix } = this.#configuration
    const api = new SlackApi({ client: this.#app.client, token, revoked: this.#fail, pace })
    const answering = new Answering({ api, log, names, botName: () => this.#identity?.name ?? 'room-service' })
    const outbox = new SlackOutbox({ api, answering, names, log })
    const interactions = new Interactions({
      tutor,
      api,
      answering,
      log,
      names,
      meet: (user, name) => this.#people.set(user, name),
      botUser: () => this.#identity?.user ?? '',
      commandPrefix,
      calm: () => this.#transport.calm(),
      now: Date.now,
    })
    interactions.listen(this.#app)
    tutor.connect(this.prefix, {
      post: (channel, reply, options) => {
        interactions.remember(channel.slice(channel.lastIndexOf(':') + 1), reply)
        return outbox.post(channel, reply, options)
      },
      edit: (handle, reply) => {
        interactions.remember(handle.channel.slice(handle.channel.lastIndexOf(':') + 1), reply)
        return outbox.edit(handle, reply)
      },
    })
  }

  /** Asks Slack who we are, until it answers. Throws `PlatformFailure` for a refused token. */
  async #identify(): Promise<void> {
    while (!this.#stopped) {
      try {
        const found = await this.#app.client.auth.test({ token: this.#configuration.botToken })
        this.#identity = {
          user: found.user_id ?? '',
          bot: found.bot_id ?? '',
          team: found.team_id ?? '',
          name: found.user ?? '',
        }
        return
      } catch (error) {
        if (isRevoked(error)) throw refusedBotToken(slackCode(error)!)
        this.#log.warn(`Slack cannot be reached yet: ${slackCode(error) ?? String(error)}`)
        await new Promise((resolve) => setTimeout(resolve, this.#configuration.retryAfter ?? 2_000))
      }
    }
  }
}

interface Identity {
  user: string
  bot: string
  team: string
  name: string
}

/** How deliveries arrive. */
interface Transport {
  receiver: Socket['receiver'] | HTTPReceiver
  /** Resolves when those who came at the same moment have been acknowledged. */
  calm(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

function createTransport(
  configuration: SlackConfiguration,
  logger: Logger,
  log: Log,
  fail: (failure: PlatformFailure) => void,
): Transport {
  if (configuration.mode === 'socket') {
    const { appToken, apiUrl } = configuration
    const socket = new Socket({ appToken, apiUrl: withSlash(apiUrl), logger, log, fail })
    // All deliveries come over one connection and are read in one go.
    return { receiver: socket.receiver, calm: async () => {}, start: () => socket.start(), stop: () => socket.stop() }
  }
  const { signingSecret, port, host = '127.0.0.1' } = configuration
  const receiver = new HTTPReceiver({ signingSecret, endpoints: '/slack/events', bodyLimit: BODY_LIMIT, logger })
  const intake = new Intake()
  let server: Server | undefined
  return {
    receiver,
    calm: () => intake.calm(),
    async start() {
      server = (await receiver.start({ port, host }).catch((error: unknown) => {
        throw cannotListen(error, `${host}:${port}`)
      })) as Server
      server.on('connection', () => intake.note())
      server.on('request', () => intake.note())
    },
    async stop() {
      const open = server
      server = undefined
      if (!open) return
      // Requests under way may end; a client that holds its connection open must not keep the process.
      const timer = setTimeout(() => open.closeAllConnections(), GRACE)
      await receiver.stop()
      clearTimeout(timer)
    },
  }
}

const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`)

/** Bolt's own log. What it calls an error is mostly a request that somebody else got wrong. */
function boltLogger(log: Log): Logger {
  const say = (...words: unknown[]) => log.warn(`Slack: ${words.map(String).join(' ')}`)
  return {
    debug() {},
    info() {},
    warn: say,
    error: say,
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  }
}
