import { type Effect, type EventOf, refuse, type Step, slotOf, tell } from './effect.ts'
import {
  ABSENT,
  currentQuestion,
  GRACE,
  type OpenPhase,
  type Player,
  playing,
  type Question,
  type QuizState,
  SILENT,
} from './state.ts'
import { balance } from './teams.ts'

/** After so long without a word from a host the session pauses, in ms. */
export const SILENCE = 120_000
/** How long a question is talked over between two votes, in ms. */
const TALK = 60_000
/** After so many questions in a row without an answer a player is away. */
const AWAY = 2
/** The message of a question is brought up to date when so much time is left, in ms. */
const LAST_MARK = 10_000

const HOUR = 3_600_000

/** A host starts the questions. */
export function begin(session: QuizState, event: EventOf<'begin'>): Step {
  if (session.phase.is !== 'lobby') return refuse(session, event, 'already-done')
  if (playing(session).length === 0) return refuse(session, event, 'nobody')
  const ready = balance(session)
  const lobby: Effect = { do: 'edit', slot: 'lobby', view: { view: 'lobby' } }
  if (session.settings.mode === 'day') {
    const phase = { is: 'day' as const, closes: event.at + session.settings.hours * HOUR }
    const day: Step = {
      session: { ...ready, phase },
      effects: [lobby, { do: 'post', slot: 'day', view: { view: 'day' } }],
    }
    return withNotice(day, event, 'The day has begun.')
  }
  const opened = openQuestion(ready, 0, event.at)
  return withNotice({ session: opened.session, effects: [lobby, ...opened.effects] }, event, 'Here we go.')
}

/** Opens a question for everybody who is there and not away. */
function openQuestion(session: QuizState, position: number, at: number): Step {
  const question = session.questions[position]!
  const entries = session.players.map((player) => (isPresent(player, position) ? SILENT : ABSENT))
  const phase = openPhase(session, { ...question, entries }, position, at)
  const slot = slotOf(position)
  // The message of the question before may still have to tell that it was skipped.
  const kept = Object.entries(session.messages).filter(([name]) => name === 'lobby' || name === slotOf(position - 1))
  return {
    session: {
      ...session,
      phase,
      messages: Object.fromEntries(kept),
      questions: session.questions.with(position, { ...question, entries }),
    },
    effects: [{ do: 'post', slot, view: { view: 'question', question: position } }],
  }
}

const isPresent = ({ left, from, misses }: Player, position: number): boolean =>
  !left && from <= position && misses < AWAY

function openPhase(session: QuizState, question: Question, position: number, at: number): OpenPhase {
  const present = session.players.filter(
    ({ left, from }, index) => question.entries[index] === SILENT && !left && from <= position,
  )
  const ends = question.limit === null ? null : at + question.limit
  return {
    is: 'open',
    question: position,
    opened: at,
    paused: 0,
    ends,
    waiting: present.length,
    slow: present.filter(({ extra }) => extra).length,
    factor: Math.max(1, ...present.map(({ extra }) => extra ?? 1)),
    marks: ends === null ? [] : marksOf(at, ends),
  }
}

/** Half-time and ten seconds before the end, where they are apart from each other and from both ends. */
function marksOf(opened: number, ends: number): number[] {
  const half = opened + (ends - opened) / 2
  const last = ends - LAST_MARK
  return last - opened < LAST_MARK ? [] : last - half < LAST_MARK / 2 ? [last] : [half, last]
}

/** When the open question closes by itself; null if only a host can close it. */
export function closesAt({ ends, hurry, slow, factor, opened, paused }: OpenPhase): number | null {
  if (ends === null) return hurry ?? null
  // Paused time is in `ends` already; the extra time is a share of the time to answer alone.
  const extra = slow > 0 ? (factor - 1) * (ends - opened - paused) : 0
  return Math.min(hurry ?? Number.POSITIVE_INFINITY, ends + extra + GRACE)
}

/** Closes the open question and shows the answer. */
export function closeQuestion(session: QuizState, position: number, at: number): Step {
  const question = session.questions[position]!
  const players = session.players.map((player, index) => {
    const entry = question.entries[index]
    const misses = typeof entry === 'object' ? 0 : entry === SILENT ? player.misses + 1 : player.misses
    return misses === player.misses ? player : { ...player, misses }
  })
  return {
    session: {
      ...session,
      players,
      questions: session.questions.with(position, { ...question, closed: true }),
      phase: { is: 'reveal', question: position, until: at + SILENCE },
    },
    effects: [{ do: 'edit', slot: slotOf(position), view: { view: 'reveal', question: position } }],
  }
}

/** A button that was pressed for another question than the present one changes nothing. */
const isStale = (session: QuizState, { question }: { question?: number }): boolean =>
  question !== undefined && question !== currentQuestion(session)

/** A host goes on to the next question, or to the final board. */
export function next(session: QuizState, event: EventOf<'next'>): Step {
  const { phase } = session
  const shown = phase.is === 'paused' ? phase.was : phase
  if (isStale(session, event)) return refuse(session, event, 'already-done')
  if (shown.is !== 'reveal') return refuse(session, event, 'not-now')
  if (playing(session).length === 0) return refuse(session, event, 'nobody')
  return withNotice(goOn(session, shown.question, event.at), event, 'On we go.')
}

/** The question after `position`, or the end. */
function goOn(session: QuizState, position: number, at: number): Step {
  if (position + 1 < session.questions.length) return openQuestion(session, position + 1, at)
  return finish(session, at, 'done')
}

/** Ends the session and shows the final board; a lobby that nobody began is only closed. */
export function finish(session: QuizState, at: number, why: 'done' | 'stopped' | 'idle'): Step {
  const effects: Effect[] =
    session.phase.is === 'lobby'
      ? [{ do: 'edit', slot: 'lobby', view: { view: 'lobby' } }]
      : [{ do: 'post', slot: 'final', view: { view: 'final' } }]
  return { session: { ...session, phase: { is: 'ended', at, why } }, effects }
}

/** A host closes the question early. */
export function reveal(session: QuizState, event: EventOf<'reveal'>): Step {
  const { phase } = session
  if (isStale(session, event)) return refuse(session, event, 'already-done')
  if (phase.is !== 'open' && phase.is !== 'discuss') return refuse(session, event, 'not-now')
  return withNotice(closeQuestion(session, phase.question, event.at), event, 'Here is the answer.')
}

/** A host takes a question out: it counts for nobody, even if its answer has been shown. */
export function skip(session: QuizState, event: EventOf<'skip'>): Step {
  const position = currentQuestion(session)
  if (position === undefined) return refuse(session, event, 'not-now')
  const question = session.questions[position]!
  if (isStale(session, event) || question.void) return refuse(session, event, 'already-done')
  const questions = session.questions.with(position, { ...question, void: true, closed: true })
  const edit: Effect = { do: 'edit', slot: slotOf(position), view: { view: 'reveal', question: position } }
  const voided = { ...session, questions }
  if (question.closed) return withNotice({ session: voided, effects: [edit] }, event, 'It counts for nobody now.')
  const on = goOn(voided, position, event.at)
  return withNotice({ session: on.session, effects: [edit, ...on.effects] }, event, 'Skipped; it counts for nobody.')
}

/** A host lets the players talk before they vote again; nothing is revealed in between. */
export function discuss(session: QuizState, event: EventOf<'discuss'>): Step {
  const { phase } = session
  if (isStale(session, event)) return refuse(session, event, 'already-done')
  if (phase.is !== 'open' || phase.revote) return refuse(session, event, 'not-now')
  const question = session.questions[phase.question]!
  const before: Record<string, number> = {}
  for (const entry of question.entries)
    if (typeof entry === 'object') before[entry.pick] = (before[entry.pick] ?? 0) + 1
  const talking: QuizState = {
    ...session,
    questions: session.questions.with(phase.question, { ...question, before }),
    phase: { is: 'discuss', question: phase.question, until: event.at + TALK },
  }
  const view = { view: 'discuss' as const, question: phase.question }
  return withNotice({ session: talking, effects: [{ do: 'edit', slot: slotOf(phase.question), view }] }, event, 'Talk!')
}

/** Opens the second vote. Answers of the first one stay until they are changed, and nobody is hurried. */
export function revote(session: QuizState, position: number, at: number): Step {
  const question = session.questions[position]!
  const phase: OpenPhase = { ...openPhase(session, question, position, at), revote: true }
  return {
    session: { ...session, phase },
    effects: [{ do: 'edit', slot: slotOf(position), view: { view: 'question', question: position } }],
  }
}

/** A host ends the session. A question that is still open counts for nobody. */
export function end(session: QuizState, event: EventOf<'end'>): Step {
  if (session.phase.is === 'ended') return refuse(session, event, 'ended')
  const closed = session.phase.is === 'day' ? closeDay(session) : session
  const position = currentQuestion(session)
  const question = position === undefined ? undefined : session.questions[position]
  const open = position !== undefined && question && !question.closed
  const questions = open
    ? session.questions.with(position, { ...question, void: true, closed: true })
    : closed.questions
  const last = finish({ ...closed, questions }, event.at, 'stopped')
  const edit: Effect[] = open
    ? [{ do: 'edit', slot: slotOf(position), view: { view: 'reveal', question: position } }]
    : []
  return withNotice({ session: last.session, effects: [...edit, ...last.effects] }, event, 'The quiz has ended.')
}

/** Closes all questions of a day: everybody who joined was asked each of them. */
export function closeDay(session: QuizState): QuizState {
  const questions = session.questions.map((question) => ({
    ...question,
    closed: true as const,
    entries: session.players.map(({ left }, index) => question.entries[index] || (left ? ABSENT : SILENT)),
  }))
  return { ...session, questions }
}

const withNotice = (step: Step, event: { at: number; by: { user: string; name: string } }, what: string): Step => ({
  session: step.session,
  effects: [...tell(step.session, event, { say: 'done', what }).effects, ...step.effects],
})
