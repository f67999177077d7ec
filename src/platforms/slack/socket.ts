import { type Logger, SocketModeReceiver } from '@slack/bolt'
import type { Log, PlatformFailure } from '../delivery/platform.ts'
import { refusedAppToken, slackCode } from './errors.ts'

export interface SocketOptions {
  appToken: string
  apiUrl: string
  logger: Logger
  log: Log
  fail: (failure: PlatformFailure) => void
}

/** Pauses between attempts to connect, in ms: none after the first loss, then longer and longer. */
const PAUSES = [0, 200, 500, 1_000, 1_500] as const

/** How long a fresh connection may take to say hello, in ms. */
const HELLO = 10_000

/** What an app-level token can be refused with; no attempt would help. */
const REFUSED = new Set([
  'account_inactive',
  'invalid_auth',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'not_authed',
  'team_disabled',
  'token_expired',
  'token_revoked',
  'user_removed_from_team',
])

/**
 * A Socket Mode connection that is kept open. Bolt's own way of connecting again waits seconds, ends for good after
 * some attempts and then leaves a rejected promise behind; so it is switched off and done here.
 */
export class Socket {
  readonly receiver: SocketModeReceiver
  readonly #options: SocketOptions
  #stopped = false
  /** Resolves when the present connection has ended. */
  #ended: Promise<void> = Promise.resolve()
  #wake: () => void = () => {}

  constructor(options: SocketOptions) {
    this.#options = options
    this.receiver = new SocketModeReceiver({
      appToken: options.appToken,
      logger: options.logger,
      autoReconnectEnabled: false,
      installerOptions: {
        clientOptions: {
          slackApiUrl: options.apiUrl,
          retryConfig: { retries: 0 },
          rejectRateLimitedCalls: true,
          timeout: 5_000,
        },
      },
    })
  }

  /** Resolves with the first connection. Throws `PlatformFailure` for a refused token. */
  async start(): Promise<void> {
    await this.#connect()
    void this.#keepOpen()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#wake()
    await this.receiver.client.disconnect()
  }

  async #keepOpen(): Promise<void> {
    try {
      for (;;) {
        await this.#ended
        if (this.#stopped) return
        this.#options.log.info('Slack: connection lost, connecting again')
        await this.#connect()
      }
    } catch (error) {
      this.#options.fail(error as PlatformFailure)
    }
  }

  /** Tries until there is a connection. Throws nothing but a `PlatformFailure`. */
  async #connect(): Promise<void> {
    for (let attempt = 0; !this.#stopped; attempt++) {
      await this.#pause(PAUSES[Math.min(attempt, PAUSES.length - 1)]!)
      try {
        await this.#open()
        return
      } catch (error) {
        const code = slackCode(error)
        if (code !== undefined && REFUSED.has(code)) throw refusedAppToken(code)
        this.#options.log.warn(`Slack cannot be reached yet: ${code ?? String(error)}`)
      }
    }
  }

  async #open(): Promise<void> {
    const { client } = this.receiver
    let ended: () => void = () => {}
    this.#ended = new Promise((resolve) => {
      ended = resolve
    })
    client.once('disconnected', ended)
    const timer = setTimeout(() => void client.disconnect(), HELLO)
    try {
      await client.start()
    } catch (error) {
      client.off('disconnected', ended)
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
