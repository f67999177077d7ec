import type { Snapshot } from '../cluster/cluster.ts'
import type { Milliseconds } from '../cluster/object.ts'
import type { QuizState } from './state.ts'

/** A message in the channel that the session owns: its lobby, one for each question, and the final board. */
export type Slot = string

/** A message as it is shown to everybody; the session has what is needed to draw it. */
export type View =
  | { view: 'lobby' }
  | { view: 'question'; question: number }
  | { view: 'discuss'; question: number }
  | { view: 'reveal'; question: number }
  | { view: 'day' }
  | { view: 'closing-soon' }
  | { view: 'repair' }
  | { view: 'repaired'; round: number }
  | { view: 'final' }

export type Refusal =
  | 'running'
  | 'host-only'
  | 'not-joined'
  | 'not-open'
  | 'closed'
  | 'late'
  | 'paused'
  | 'next-question'
  | 'locked'
  | 'nobody'
  | 'choose-team'
  | 'bad-team-name'
  | 'team-name-taken'
  | 'already-done'
  | 'decided'
  | 'ended'
  | 'hosted'
  | 'not-now'

/** What the person is told who did something. Nobody else sees it. */
export type Notice =
  | { say: 'joined'; team: number; from: number; again?: true }
  | { say: 'left' }
  | { say: 'locked-in'; question: number }
  | { say: 'decided'; question: number }
  | { say: 'ask'; question: number }
  | { say: 'draft'; question: number; draft: string }
  | { say: 'unreadable'; question: number; hint: string }
  | { say: 'done'; what: string }
  | { say: 'refused'; why: Refusal }

/**
 * What the app has to do after it has saved the session. `edit` with `countdown` only brings the remaining time up to
 * date: platforms whose clients count down by themselves leave it out, so that it costs them nothing.
 */
export type Effect =
  | { do: 'post'; slot: Slot; view: View }
  | { do: 'edit'; slot: Slot; view: View; countdown?: true }
  | { do: 'tell'; user: string; notice: Notice }

/** The session after an event, and what follows from it. An event without effect leaves the session as it is. */
export interface Step {
  session: QuizState
  effects: Effect[]
}

/** Who acts: the platform's id of the person and what to call them. */
export interface Who {
  user: string
  name: string
}

interface By {
  at: Milliseconds
  by: Who
}

/** Something that happens to a running session. Time comes in with it and nowhere else. */
export type QuizEvent =
  | (By & { type: 'join'; team?: number })
  | (By & { type: 'leave' })
  | (By & { type: 'prefer'; listed?: boolean; extra?: 1 | 1.5 | 2 })
  | (By & { type: 'rename'; name: string })
  | (By & { type: 'claim' })
  | (By & { type: 'cohost'; user: string })
  | (By & { type: 'lock' })
  | (By & { type: 'begin' })
  /** `clicked`: when it was pressed by the platform's clock, where it has one. `question`: the one that was shown. */
  | (By & { type: 'answer'; text: string; question?: number; clicked?: Milliseconds })
  | (By & { type: 'pause' })
  | (By & { type: 'resume' })
  | (By & { type: 'extend' })
  | (By & { type: 'end' })
  /** `question`: the one on which the button was pressed, so that a second press does not skip another one. */
  | (By & { type: 'next'; question?: number })
  | (By & { type: 'skip'; question?: number })
  | (By & { type: 'reveal'; question?: number })
  | (By & { type: 'discuss'; question?: number })
  /** A break-fix round begins: what is broken, as the cluster that every team gets, and how long there is. */
  | (By & { type: 'repair'; repair: string; snapshot: Snapshot; until: Milliseconds })
  /** Somebody did something in the copy of the own team. `fixed`: the goal is reached now. */
  | (By & { type: 'worked'; snapshot: Snapshot; namespace: string; changed: boolean; fixed: boolean })
  | (By & { type: 'stop-repair' })
  /** A message was posted; `clock` is its time by the platform's clock, where it has one. */
  | { type: 'posted'; at: Milliseconds; slot: Slot; handle: string; clock?: Milliseconds }
  /** A message is gone. */
  | { type: 'lost'; at: Milliseconds; slot: Slot }
  /** A timer has come. */
  | { type: 'tick'; at: Milliseconds }
  /** The process has started again. */
  | { type: 'restart'; at: Milliseconds }

export type EventOf<T extends QuizEvent['type']> = Extract<QuizEvent, { type: T }>

/** Nothing but an answer to the person who acted. */
export const tell = (session: QuizState, { by }: By, notice: Notice): Step => ({
  session,
  effects: [{ do: 'tell', user: by.user, notice }],
})

export const refuse = (session: QuizState, event: By, why: Refusal): Step =>
  tell(session, event, { say: 'refused', why })

/** The name of the message that holds a question. */
export const slotOf = (question: number): Slot => `q${question + 1}`
