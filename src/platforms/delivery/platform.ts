import type { App } from '../../app.ts'
import type { Reply } from '../../chat/reply.ts'

/** The tutor as a platform sees it. */
export type Tutor = Pick<App, 'commands' | 'handle' | 'isPrivate' | 'complete' | 'connect'> & {
  /** Lessons, progress and the next step of one person. */
  home(user: string): Promise<Reply>
}

/** One chat front. */
export interface Platform {
  /** What the keys of its channels begin with, such as `slack:`. */
  readonly prefix: string
  /** Resolves when messages arrive. Waits for a server that cannot be reached; throws `PlatformFailure` for a bad token. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Resolves if the platform cannot go on, such as after its token was revoked. */
  readonly failure: Promise<PlatformFailure>
}

/** What only the operator can repair; the message says how. Trying again would not help. */
export class PlatformFailure extends Error {
  override readonly name = 'PlatformFailure'
}

export interface Log {
  info(message: string): void
  warn(message: string): void
  error(message: string, error?: unknown): void
}

/** A promise that others resolve. */
export function createFailure(): { failure: Promise<PlatformFailure>; fail: (failure: PlatformFailure) => void } {
  let fail: (failure: PlatformFailure) => void = () => {}
  const failure = new Promise<PlatformFailure>((resolve) => {
    fail = resolve
  })
  return { failure, fail }
}
