import type { CommandContext } from '../../src/chat/context.ts'
import type { Part, Reply } from '../../src/chat/reply.ts'
import { UserError } from '../../src/chat/user-error.ts'
import type { QuizEvent } from '../../src/quiz/effect.ts'
import { reduce } from '../../src/quiz/session.ts'
import type { QuizState } from '../../src/quiz/state.ts'
import { renderScores } from '../../src/quiz/views/boards.ts'
import { quizData } from '../../src/quiz/views/data.ts'
import { renderNotice } from '../../src/quiz/views/notice.ts'

export const startButton = { label: 'Start a quiz', action: '/quiz start' }

export const answer = ({ channel }: CommandContext, parts: readonly Part[]): Reply => ({
  ok: true,
  private: true,
  parts,
  data: quizData(channel.quiz),
})

/** The session of the channel. Throws `UserError` where there has never been one. */
export function sessionOf({ channel }: CommandContext): QuizState {
  if (channel.quiz) return channel.quiz
  throw new UserError('No quiz is running in this channel.', [{ type: 'buttons', buttons: [startButton] }])
}

type Action = Extract<QuizEvent, { by: unknown }>
type Said<T> = T extends Action ? Omit<T, 'at' | 'by'> : never

/** Lets something happen in the session; what the caller is told is the reply, the rest is said in the channel. */
export function act(context: CommandContext, action: Said<Action>): Reply {
  const { channel, user, userName, at } = context
  const event = { ...action, at, by: { user, name: userName } } as Action
  const { session, effects } = reduce(sessionOf(context), event)
  channel.quiz = session
  const own = effects.find((effect) => effect.do === 'tell' && effect.user === user)
  context.effects.push(...effects.filter((effect) => effect !== own))
  return own?.do === 'tell' ? renderNotice(session, user, own.notice) : answer(context, renderScores(session, user))
}

/** `k7m2q.3 C A D B`: which question a button belongs to, and the rest. */
function referenceIn({ id }: QuizState, text = ''): { question?: number; rest: string; stale: boolean } {
  const [, session, number, rest] = /^([a-z0-9]{5})\.(\d{1,3})(?:\s+(.*))?$/s.exec(text.trim()) ?? []
  if (session === undefined) return { rest: text, stale: false }
  return { question: Number(number) - 1, rest: rest ?? '', stale: session !== id }
}

/** Something about one question; a button of an earlier session is told so. */
export function about(
  context: CommandContext,
  text: string | undefined,
  then: (question: number | undefined, rest: string) => Reply,
): Reply {
  const session = sessionOf(context)
  const { question, rest, stale } = referenceIn(session, text)
  if (stale || (question !== undefined && !session.questions[question]))
    return renderNotice(session, context.user, { say: 'refused', why: 'closed' })
  return then(question, rest)
}
