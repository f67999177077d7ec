import type { CommandContext } from '../../src/chat/context.ts'
import type { Reply } from '../../src/chat/reply.ts'
import { UserError } from '../../src/chat/user-error.ts'
import { exportItems, exportResults } from '../../src/quiz/export.ts'
import { currentQuestion, isHost, positionOf } from '../../src/quiz/state.ts'
import { renderScores } from '../../src/quiz/views/boards.ts'
import { renderNotice } from '../../src/quiz/views/notice.ts'
import { renderForPlayer } from '../../src/quiz/views/question.ts'
import { renderView } from '../../src/quiz/views/render.ts'
import { answer, sessionOf, startButton } from './act.ts'

/** What one sees who only types `/quiz`: the own question, the lobby, or how to start. */
export function show(context: CommandContext): Reply {
  const { channel, user } = context
  const { quiz } = channel
  if (!quiz)
    return answer(context, [
      { type: 'text', text: 'No quiz is running here.' },
      { type: 'buttons', buttons: [startButton] },
    ])
  const question = currentQuestion(quiz)
  if (quiz.phase.is === 'open' && question !== undefined && positionOf(quiz, user) !== undefined)
    return answer(context, renderForPlayer(quiz, question, user))
  if (quiz.phase.is === 'lobby') return { ...renderView(quiz, { view: 'lobby' }), private: true }
  return answer(context, renderScores(quiz, user))
}

/** The results as files, for hosts. */
export function exported(context: CommandContext, names: boolean): Reply {
  const session = sessionOf(context)
  if (!isHost(session, context.user)) return renderNotice(session, context.user, { say: 'refused', why: 'host-only' })
  return answer(context, [
    { type: 'text', text: names ? 'Results with names.' : 'Results under pseudonyms.' },
    { type: 'file', name: `quiz-${session.id}-results.csv`, content: exportResults(session, names) },
    { type: 'file', name: `quiz-${session.id}-items.csv`, content: exportItems(session) },
    {
      type: 'buttons',
      buttons: [
        names
          ? { label: 'With pseudonyms', action: '/quiz export' }
          : { label: 'With names', action: '/quiz export --names' },
        { label: 'Scores', action: '/quiz scores' },
      ],
    },
  ])
}

/** The person that a mention or a player's name means, as the platform's id. Throws `UserError` if nobody does. */
export function personNamed(context: CommandContext, word: string): string {
  const mention = /^<@!?([A-Za-z0-9]+)(?:\|[^>]*)?>$/.exec(word.trim())?.[1]
  if (mention !== undefined) return `${context.user.slice(0, context.user.indexOf(':') + 1)}${mention}`
  const wanted = word.trim().replace(/^@/, '').toLowerCase()
  const found = sessionOf(context).players.find(({ name, user }) =>
    [name, user].some((each) => each.toLowerCase() === wanted),
  )
  if (found) return found.user
  throw new UserError(`Nobody in this quiz is called "${word}".`, [
    { type: 'buttons', buttons: [{ label: 'Scores', action: '/quiz scores' }] },
  ])
}
