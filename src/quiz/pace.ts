import { type Effect, type EventOf, refuse, type Slot, type Step, slotOf, type View } from './effect.ts'
import { closeRepair, repairSlot } from './repair-round.ts'
import { closeDay, closeQuestion, closesAt, finish, revote, SILENCE } from './rounds.ts'
import { currentQuestion, type OpenPhase, type Phase, type QuizState } from './state.ts'

/** What a host adds to the time with one press, in ms. */
const EXTENSION = 15_000
/** A paused session ends after so long, in ms. */
const LONGEST_PAUSE = 24 * 3_600_000
/** A day announces its end so long before, in ms. */
const WARNING = 2 * 3_600_000

/** The message that shows the present state. */
function shownView(session: QuizState): { slot: Slot; view: View } {
  const { phase } = session
  if (phase.is === 'lobby') return { slot: 'lobby', view: { view: 'lobby' } }
  if (phase.is === 'day') return { slot: 'day', view: { view: 'day' } }
  if (phase.is === 'repair') return { slot: repairSlot(session), view: { view: 'repair' } }
  if (phase.is === 'ended') {
    const begun = session.questions.some(({ closed }) => closed)
    return begun ? { slot: 'final', view: { view: 'final' } } : { slot: 'lobby', view: { view: 'lobby' } }
  }
  const shown = phase.is === 'paused' ? phase.was : phase
  const view = shown.is === 'open' ? 'question' : shown.is
  return { slot: slotOf(shown.question), view: { view, question: shown.question } }
}

/** What a message shows that may be of an earlier state. */
function viewIn(session: QuizState, slot: Slot): View {
  const shown = shownView(session)
  if (shown.slot === slot) return shown.view
  const round = /^r(\d+)$/.exec(slot)?.[1]
  if (round !== undefined) return { view: 'repaired', round: Number(round) - 1 }
  const question = session.questions.findIndex((_, position) => slotOf(position) === slot)
  return question === -1 ? { view: 'lobby' } : { view: 'reveal', question }
}

/** Draws the message of the present state again. */
export const redrawn = (session: QuizState): Effect => ({ do: 'edit', ...shownView(session) })

/** Stops the clock; answers that were given stay. */
export function pause(session: QuizState, at: number, why?: 'silent' | 'empty'): Step {
  const { phase } = session
  if (phase.is !== 'open' && phase.is !== 'reveal' && phase.is !== 'discuss') return { session, effects: [] }
  const paused: QuizState = {
    ...session,
    phase: { is: 'paused', was: phase, since: at, until: at + LONGEST_PAUSE, ...(why && { why }) },
  }
  return { session: paused, effects: [redrawn(paused)] }
}

/** A host stops the clock. */
export function pauseByHost(session: QuizState, event: EventOf<'pause'>): Step {
  if (session.phase.is === 'paused') return refuse(session, event, 'already-done')
  const step = pause(session, event.at)
  if (step.session === session) return refuse(session, event, 'not-now')
  return { ...step, effects: [done(event, 'Paused.'), ...step.effects] }
}

/** A host lets the clock go on with the time that was left. */
export function resume(session: QuizState, event: EventOf<'resume'>): Step {
  const { phase } = session
  if (phase.is !== 'paused') return refuse(session, event, 'not-now')
  const resumed: QuizState = { ...session, phase: shifted(phase.was, event.at - phase.since, event.at) }
  return { session: resumed, effects: [done(event, 'The clock is running again.'), redrawn(resumed)] }
}

function shifted(was: Extract<Phase, { is: 'paused' }>['was'], by: number, at: number): Phase {
  if (was.is === 'reveal') return { ...was, until: at + SILENCE }
  if (was.is === 'discuss') return { ...was, until: was.until + by }
  return {
    ...was,
    paused: was.paused + by,
    ends: was.ends === null ? null : was.ends + by,
    marks: was.marks.map((mark) => mark + by),
    ...(was.hurry !== undefined && { hurry: was.hurry + by }),
  }
}

/** A host gives everybody more time. */
export function extend(session: QuizState, event: EventOf<'extend'>): Step {
  const { phase } = session
  if (phase.is !== 'open' || phase.ends === null) return refuse(session, event, 'not-now')
  const { hurry: _, ...rest } = phase
  const question = session.questions[phase.question]!
  const extended: QuizState = {
    ...session,
    questions: session.questions.with(phase.question, { ...question, limit: (question.limit ?? 0) + EXTENSION }),
    phase: { ...rest, ends: phase.ends + EXTENSION },
  }
  return { session: extended, effects: [done(event, `${EXTENSION / 1_000} seconds more.`), redrawn(extended)] }
}

const done = (event: { by: { user: string } }, what: string): Effect => ({
  do: 'tell',
  user: event.by.user,
  notice: { say: 'done', what },
})

/** A message is out. From then on times are measured against its own instant. */
export function posted(session: QuizState, { slot, handle, at, clock }: EventOf<'posted'>): Step {
  const known = { ...session, messages: { ...session.messages, [slot]: handle } }
  const { phase } = session
  if (session.stale === slot) {
    const { stale: _, ...fresh } = known
    return { session: fresh, effects: [{ do: 'edit', slot, view: viewIn(fresh, slot) }] }
  }
  if (clock === undefined || phase.is !== 'open' || phase.posted !== undefined || phase.revote)
    return { session: known, effects: [] }
  if (slot !== slotOf(phase.question)) return { session: known, effects: [] }
  // Nobody could answer before the message was out, so the time to answer begins then.
  const late = Math.max(0, at - phase.opened)
  const open: OpenPhase = {
    ...phase,
    posted: clock,
    opened: phase.opened + late,
    ends: phase.ends === null ? null : phase.ends + late,
    marks: phase.marks.map((mark) => mark + late),
  }
  return { session: { ...known, phase: open }, effects: [] }
}

/** The message of the present state was deleted: it is posted again, once. */
export function lost(session: QuizState, { slot }: EventOf<'lost'>): Step {
  const { [slot]: _, ...messages } = session.messages
  const shown = shownView(session)
  if (shown.slot !== slot || session.lost === slot) return { session: { ...session, messages }, effects: [] }
  return { session: { ...session, messages, lost: slot }, effects: [{ do: 'post', ...shown }] }
}

/**
 * After a start of the process: whatever is overdue happens, once, and a message that was never posted is posted. An
 * open question goes on.
 */
export function restart(session: QuizState, at: number): Step {
  const due = dueAt(session)
  const current = due !== null && at >= due ? tick(session, at) : { session, effects: [] }
  const shown = shownView(current.session)
  if (Object.hasOwn(current.session.messages, shown.slot)) return current
  const others = current.effects.filter((effect) => effect.do === 'tell' || effect.slot !== shown.slot)
  return { session: current.session, effects: [...others, { do: 'post', ...shown }] }
}

/** The next instant at which a `tick` is needed; null if nothing happens by itself. */
export function dueAt({ phase, settings }: QuizState): number | null {
  switch (phase.is) {
    case 'lobby':
      return Math.min(phase.until, phase.refresh ?? phase.until)
    case 'open':
      return earliest([phase.marks[0], closesAt(phase) ?? undefined])
    case 'discuss':
    case 'reveal':
    case 'paused':
    case 'repair':
      return phase.until
    case 'day':
      return warns(phase, settings.hours) ? phase.closes - WARNING : phase.closes
    case 'ended':
      return null
  }
}

const warns = (phase: Extract<Phase, { is: 'day' }>, hours: number): boolean =>
  !phase.warned && hours * 3_600_000 > WARNING

function earliest(instants: readonly (number | undefined)[]): number | null {
  const known = instants.filter((instant) => instant !== undefined)
  return known.length === 0 ? null : Math.min(...known)
}

/** A timer has come. One that is early, late or repeated does no harm: what counts is the session. */
export function tick(session: QuizState, at: number): Step {
  const { phase } = session
  const due = dueAt(session)
  if (due === null || at < due) return { session, effects: [] }
  switch (phase.is) {
    case 'lobby':
      if (at >= phase.until) return finish(session, at, 'idle')
      return refreshed(session, phase, at)
    case 'open':
      return tickOpen(session, phase, at)
    case 'discuss':
      return revote(session, phase.question, at)
    case 'reveal':
      return pause(session, at, 'silent')
    case 'paused':
      return finish(voidOpen(session), at, 'idle')
    case 'repair':
      return closeRepair(session, at, null)
    case 'day':
      if (at >= phase.closes) return finish(closeDay(session), at, 'done')
      return {
        session: { ...session, phase: { ...phase, warned: true } },
        effects: [{ do: 'post', slot: 'closing-soon', view: { view: 'closing-soon' } }],
      }
    case 'ended':
      return { session, effects: [] }
  }
}

function refreshed(session: QuizState, phase: Extract<Phase, { is: 'lobby' }>, at: number): Step {
  const { refresh: _, ...rest } = phase
  return { session: { ...session, phase: { ...rest, shown: at } }, effects: [redrawn(session)] }
}

function tickOpen(session: QuizState, phase: OpenPhase, at: number): Step {
  const closes = closesAt(phase)
  if (closes !== null && at >= closes) return closeQuestion(session, phase.question, at)
  const marks = phase.marks.filter((mark) => mark > at)
  const edit: Effect = { do: 'edit', ...shownView(session), countdown: true }
  return { session: { ...session, phase: { ...phase, marks } }, effects: [edit] }
}

/** A question that was never closed counts for nobody. */
function voidOpen(session: QuizState): QuizState {
  const position = currentQuestion(session)
  const question = position === undefined ? undefined : session.questions[position]
  if (position === undefined || !question || question.closed) return session
  return { ...session, questions: session.questions.with(position, { ...question, void: true, closed: true }) }
}
