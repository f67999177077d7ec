import { defineLineCommand, type LineCommand } from '../../src/chat/command.ts'
import { UserError } from '../../src/chat/user-error.ts'
import { isSealed } from '../../src/quiz/state.ts'

/** A command that would be the oracle while a question about this cluster is open: it waits until the answer is shown. */
export const sealed = (command: LineCommand): LineCommand =>
  defineLineCommand({
    ...command,
    run(context, words) {
      if (!isSealed(context.channel.quiz)) return command.run(context, words)
      throw new UserError(
        'A quiz question about this cluster is open. Traffic can be tried out when its answer is shown.',
        [{ type: 'buttons', buttons: [{ label: 'My question', action: '/quiz answer' }] }],
      )
    },
  })
