import type { Part, Reply } from '../../chat/reply.ts'
import type { View } from '../effect.ts'
import type { QuizState } from '../state.ts'
import { renderClosingSoon, renderDay, renderFinal, renderLobby } from './boards.ts'
import { quizData } from './data.ts'
import { renderQuestion } from './question.ts'
import { renderRepair, renderRepaired } from './repair.ts'
import { renderDiscuss, renderReveal } from './reveal.ts'

/** A message of the session as everybody sees it. */
export const renderView = (session: QuizState, view: View): Reply => ({
  ok: true,
  parts: partsOf(session, view),
  data: quizData(session),
})

function partsOf(session: QuizState, view: View): Part[] {
  switch (view.view) {
    case 'lobby':
      return renderLobby(session)
    case 'question':
      return renderQuestion(session, view.question)
    case 'discuss':
      return renderDiscuss(session, view.question)
    case 'reveal':
      return renderReveal(session, view.question)
    case 'day':
      return renderDay(session)
    case 'closing-soon':
      return renderClosingSoon(session)
    case 'repair':
      return renderRepair(session)
    case 'repaired':
      return renderRepaired(session, view.round)
    case 'final':
      return renderFinal(session)
  }
}
