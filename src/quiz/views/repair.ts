import type { Inline, Part } from '../../chat/reply.ts'
import { bold, text } from '../../chat/reply.ts'
import { repairs } from '../repairs.ts'
import { type QuizState, teamLabel } from '../state.ts'
import { buttons, counted, note, paragraph } from './words.ts'

const ticketOf = (id: string): string => repairs.find((repair) => repair.id === id)?.ticket ?? ''

/** A break-fix round for everybody: the ticket, the time, and how to work on the own copy. */
export function renderRepair(session: QuizState): Part[] {
  const { phase } = session
  if (phase.is !== 'repair')
    return [paragraph('This round is over.'), buttons({ label: 'Scores', action: '/quiz scores' })]
  return [
    { type: 'title', text: 'Break-fix: something is wrong here' },
    paragraph(ticketOf(phase.repair)),
    paragraph([
      text('Each team has its own copy of the broken cluster. The round ends '),
      { when: phase.until, style: 'relative' },
      text('.'),
    ]),
    { type: 'list', items: session.teams.map((_, team) => teamLabel(session, team)) },
    buttons(
      { label: 'Look around', action: '/quiz do kubectl get pods,services', style: 'primary' },
      { label: 'Endpoints', action: '/quiz do kubectl get endpointslices' },
      { label: 'Stop the round', action: '/quiz fix stop' },
    ),
    note(
      'Type /quiz do and any command, for example: /quiz do curl http://coffee-shop --from customer. Only you see the answer.',
    ),
  ]
}

/** What came of a round. */
export function renderRepaired(session: QuizState, round: number): Part[] {
  const over = session.repaired?.[round]
  if (!over) return [paragraph('This round is over.'), buttons({ label: 'Scores', action: '/quiz scores' })]
  const { team, ms, changes, repair } = over
  return [
    {
      type: 'title',
      text: team === null ? 'Break-fix: nobody was in time' : `Break-fix: ${teamLabel(session, team)} was first`,
    },
    paragraph(ticketOf(repair)),
    ...(team === null ? [] : [paragraph(`Repaired after ${duration(ms)} with ${counted(changes, 'change')}.`)]),
    buttons(
      session.phase.is === 'lobby'
        ? { label: 'Begin', action: '/quiz begin' }
        : { label: 'Next question', action: '/quiz next', style: 'primary' },
      { label: 'Another round', action: '/quiz fix' },
    ),
  ]
}

/** Which team was first in each round, for the final board. */
export const repairLines = (session: QuizState): Inline[][] =>
  (session.repaired ?? []).flatMap(({ team, ms }) =>
    team === null ? [] : [[bold(teamLabel(session, team)), text(` repaired a cluster in ${duration(ms)}`)]],
  )

const duration = (ms: number): string => {
  const seconds = Math.round(ms / 1_000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
