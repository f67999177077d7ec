import { type EventOf, refuse, type Step, tell } from './effect.ts'
import { SILENCE } from './rounds.ts'
import { playing, positionOf, type QuizState } from './state.ts'

/** A host opens a break-fix round: each team gets the same broken cluster. */
export function openRepair(session: QuizState, event: EventOf<'repair'>): Step {
  const { phase } = session
  if (phase.is !== 'lobby' && phase.is !== 'reveal') return refuse(session, event, 'not-now')
  if (playing(session).length === 0) return refuse(session, event, 'nobody')
  const { repair, snapshot, until } = event
  const benches = session.teams.map(() => ({ cluster: snapshot, namespace: 'default', changes: 0 }))
  const opened: QuizState = { ...session, phase: { is: 'repair', repair, since: event.at, until, benches, was: phase } }
  return withPost(opened, tell(opened, event, { say: 'done', what: 'Each team has its own copy now.' }))
}

/** The slot of the round's message: rounds are counted by what came of them. */
export const repairSlot = ({ repaired = [] }: QuizState): string => `r${repaired.length + 1}`

const withPost = (session: QuizState, step: Step): Step => ({
  session,
  effects: [...step.effects, { do: 'post', slot: repairSlot(session), view: { view: 'repair' } }],
})

/** Somebody has worked on the own team's copy; the first team whose copy is as it should be wins the round. */
export function work(session: QuizState, event: EventOf<'worked'>): Step {
  const { phase } = session
  const position = positionOf(session, event.by.user)
  const player = position === undefined ? undefined : session.players[position]
  if (phase.is !== 'repair') return refuse(session, event, 'not-open')
  if (!player || player.left) return refuse(session, event, 'not-joined')
  const before = phase.benches[player.team]!
  const { snapshot, namespace, changed, fixed } = event
  const bench = { cluster: snapshot, namespace, changes: before.changes + (changed ? 1 : 0) }
  const worked: QuizState = { ...session, phase: { ...phase, benches: phase.benches.with(player.team, bench) } }
  return fixed ? closeRepair(worked, event.at, player.team) : { session: worked, effects: [] }
}

/** Ends the round: a team has won, or the time is up, or the host has had enough. The copies are thrown away. */
export function closeRepair(session: QuizState, at: number, team: number | null): Step {
  const { phase } = session
  if (phase.is !== 'repair') return { session, effects: [] }
  const { was, repair, since, benches } = phase
  const changes = team === null ? 0 : benches[team]!.changes
  const slot = repairSlot(session)
  return {
    session: {
      ...session,
      repaired: [...(session.repaired ?? []), { repair, team, ms: at - since, changes }],
      // The time in the round is no silence of the host's.
      phase:
        was.is === 'reveal' ? { ...was, until: at + SILENCE } : { ...was, until: Math.max(was.until, at + SILENCE) },
    },
    effects: [{ do: 'edit', slot, view: { view: 'repaired', round: (session.repaired ?? []).length } }],
  }
}

/** A host ends the round without a winner. */
export function stopRepair(session: QuizState, event: EventOf<'stop-repair'>): Step {
  if (session.phase.is !== 'repair') return refuse(session, event, 'not-now')
  const closed = closeRepair(session, event.at, null)
  return {
    session: closed.session,
    effects: [...tell(closed.session, event, { say: 'done', what: 'The round is over.' }).effects, ...closed.effects],
  }
}
