import type { Form, Reply } from '../../chat/reply.ts'
import { UserError } from '../../chat/user-error.ts'
import { Memory } from './memory.ts'

/** Forms of the buttons that were sent, by channel and line: a button itself has no room for its form. */
export class Forms {
  readonly #forms = new Memory<Form>(500)

  /** Remembers the forms of a reply that is about to be sent. */
  remember(channel: string, reply: Pick<Reply, 'parts'>): void {
    for (const part of reply.parts)
      if (part.type === 'buttons')
        for (const { action, form } of part.buttons) if (form) this.#forms.set(`${channel} ${action.trimEnd()}`, form)
  }

  get(channel: string, action: string): Form | undefined {
    return this.#forms.get(`${channel} ${action}`)
  }
}

/** The answer to a button of which nobody knows any more what it stands for. */
export const expiredButton = (): Reply =>
  new UserError('This button has expired. Please ask for the message again.', [
    { type: 'buttons', buttons: [{ label: 'Menu', action: '/tutor' }] },
  ]).toReply()

/** The answer to a button whose form was forgotten, such as after a restart. */
export const lostForm = (action: string): Reply =>
  new UserError(
    `The form of this button is no longer there. Please ask for the message again, or type ${action}`,
  ).toReply()
