import type { Part, Reply } from './reply.ts'

/**
 * A mistake that is told to the person who made it; everything else that is thrown is a bug. Nothing is stored when one
 * is thrown.
 */
export class UserError extends Error {
  override readonly name = 'UserError'
  /** Shown below the message: help and the next step. */
  readonly help: readonly Part[]

  constructor(message: string, help: readonly Part[] = []) {
    super(message)
    this.help = help
  }

  /** The private reply that tells it. */
  toReply(): Reply {
    return { ok: false, private: true, parts: [{ type: 'text', text: this.message }, ...this.help] }
  }
}
