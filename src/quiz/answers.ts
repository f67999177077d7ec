import { hash } from '../cluster/random.ts'
import { DONT_KNOW, displayOrder, parseAnswer } from './answer.ts'
import { type EventOf, refuse, type Step, tell } from './effect.ts'
import {
  ABSENT,
  currentQuestion,
  type Entry,
  type Given,
  GRACE,
  HURRY,
  type OpenPhase,
  type Player,
  positionOf,
  type QuizState,
  SILENT,
} from './state.ts'

/** The order in which a player sees the choices: the same for all while it is live, each an own one in a day. */
export function orderFor(session: QuizState, question: number, user: string): string {
  const { item, order } = session.questions[question]!
  return session.settings.mode === 'day' ? displayOrder(item, hash(`${session.seed} ${user}`)) : order
}

/** The first question of a day that a player has not answered; undefined when all are done. */
export function nextInDay(session: QuizState, position: number): number | undefined {
  const open = session.questions.findIndex(({ entries }) => typeof entries[position] !== 'object')
  return open === -1 ? undefined : open
}

/**
 * Somebody answers. Each player has one answer a question; it can be changed until the close, and the last one by the
 * platform's clock counts with its own time.
 */
export function answer(session: QuizState, event: EventOf<'answer'>): Step {
  const { user } = event.by
  const position = positionOf(session, user)
  const player = position === undefined ? undefined : session.players[position]
  if (session.phase.is === 'ended') return refuse(session, event, 'ended')
  if (session.phase.is === 'lobby') return refuse(session, event, 'not-open')
  if (position === undefined || !player || player.left) return refuse(session, event, 'not-joined')
  if (session.phase.is === 'day') return answerInDay(session, event, position)
  const question = event.question ?? currentQuestion(session)!
  if (question !== currentQuestion(session))
    return refuse(session, event, session.questions[question]?.closed ? 'closed' : 'not-open')
  if (session.phase.is === 'paused') return refuse(session, event, 'paused')
  if (session.phase.is !== 'open') return refuse(session, event, 'closed')
  if (player.from > question) return refuse(session, event, 'next-question')
  const ms = elapsed(session.phase, event)
  if (isLate(session, session.phase, player, ms)) return refuse(session, event, 'late')
  return record(session, event, { question, position, ms })
}

function answerInDay(session: QuizState, event: EventOf<'answer'>, position: number): Step {
  const { phase } = session
  const question = event.question ?? nextInDay(session, position) ?? session.questions.length - 1
  if (phase.is !== 'day' || !session.questions[question]) return refuse(session, event, 'not-open')
  const clicked = event.clicked ?? event.at
  if (clicked > phase.closes + GRACE) return refuse(session, event, 'late')
  const began = phase.closes - session.settings.hours * 3_600_000
  return record(session, event, { question, position, ms: Math.max(0, clicked - began) })
}

/** Time since the question appeared, without pauses; by the platform's clock where both ends have one. */
function elapsed({ posted, opened, paused }: OpenPhase, { at, clicked }: EventOf<'answer'>): number {
  const since = posted === undefined || clicked === undefined ? at - opened : clicked - posted
  return Math.max(0, Math.round(since - paused))
}

/** True if the person's own time, and what is on its way, is over. */
function isLate(session: QuizState, phase: OpenPhase, { extra }: Player, ms: number): boolean {
  const { limit } = session.questions[phase.question]!
  return limit !== null && ms > limit * (extra ?? 1) + GRACE
}

function record(
  session: QuizState,
  event: EventOf<'answer'>,
  { question, position, ms }: { question: number; position: number; ms: number },
): Step {
  const { user } = event.by
  const { item, entries } = session.questions[question]!
  if (event.text.trim() === '') return tell(session, event, { say: 'ask', question })
  const read = parseAnswer(item, orderFor(session, question, user), event.text)
  if ('wrong' in read) return tell(session, event, { say: 'unreadable', question, hint: read.wrong })
  if ('draft' in read) return tell(session, event, { say: 'draft', question, draft: read.draft })
  const entry = entries[position]
  const given = typeof entry === 'object' ? entry : undefined
  if (given?.pick === DONT_KNOW) return refuse(session, event, 'decided')
  const say = read.answer === DONT_KNOW ? ('decided' as const) : ('locked-in' as const)
  // The same again, or an older press that arrives late: what is stored stays.
  if (given && (given.pick === read.answer || given.ms > ms)) return tell(session, event, { say, question })
  const stored = store(session, question, position, next(given, read.answer, ms))
  return tell(given ? stored : counted(stored, event, entry, session.players[position]!), event, { say, question })
}

function next(given: Given | undefined, pick: string, ms: number): Given {
  if (!given) return { pick, ms }
  return { pick, ms, first: given.first ?? given.pick, changes: (given.changes ?? 0) + 1 }
}

function store(session: QuizState, question: number, position: number, given: Given): QuizState {
  const before = session.questions[question]!
  // Entries of players who came later may be missing in between.
  const entries: Entry[] =
    position < before.entries.length
      ? before.entries.with(position, given)
      : [...before.entries, ...Array<Entry>(position - before.entries.length).fill(ABSENT), given]
  return { ...session, questions: session.questions.with(question, { ...before, entries }) }
}

/** One answer less is awaited; when it was the last one, the question closes soon. */
function counted(session: QuizState, { at }: EventOf<'answer'>, entry: Entry | undefined, player: Player): QuizState {
  const { phase } = session
  if (phase.is !== 'open' || entry !== SILENT) return session
  const waiting = phase.waiting - 1
  const slow = phase.slow - (player.extra ? 1 : 0)
  const hurry = waiting === 0 && !phase.revote && { hurry: at + HURRY }
  return { ...session, phase: { ...phase, waiting, slow, ...hurry } }
}
