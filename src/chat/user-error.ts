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

  /**
   * The private reply that tells it. It never leaves anybody at a dead end: where it has no button of its own, the help
   * of the command is one.
   */
  toReply(command?: string): Reply {
    const hasNext = this.help.some(({ type }) => type === 'buttons' || type === 'select')
    const button =
      command === undefined
        ? { label: 'Menu', action: '/tutor' }
        : { label: `Help for /${command}`, action: `/tutor help ${command}` }
    const next: Part[] = hasNext ? [] : [{ type: 'buttons', buttons: [button] }]
    return { ok: false, private: true, parts: [{ type: 'text', text: this.message }, ...this.help, ...next] }
  }
}
