import { teamScores } from '../score.ts'
import { publicState } from '../session.ts'
import { currentQuestion, type QuizState } from '../state.ts'

/** The state for programs, as the console protocol defines it. */
export function quizData(session: QuizState | null): Record<string, unknown> {
  if (!session) return { session: null, state: 'ended', question: null, of: 0, scores: [] }
  const question = currentQuestion(session)
  return {
    session: session.id,
    state: publicState(session),
    question: question === undefined ? null : question + 1,
    of: session.questions.length,
    scores: teamScores(session).map(({ team, points }) => ({ team: session.teams[team]!.name, points })),
  }
}
