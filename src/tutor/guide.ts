import type { CommandContext } from '../chat/context.ts'
import { UserError } from '../chat/user-error.ts'
import type { Check, Verdict } from './check.ts'
import { evaluate } from './evaluate.ts'
import type { Evidence } from './evidence.ts'
import { takeFacts } from './facts.ts'
import type { Lesson, Step } from './lesson.ts'
import { type LessonState, newParticipant, type Participant } from './progress.ts'
import type { Scope } from './value.ts'

/** A lesson under way, with the declaration that belongs to it. */
export interface Course {
  lesson: Lesson
  state: LessonState
  /** The open step; undefined when all are done. */
  step: Step | undefined
}

/** The lesson that is under way in the channel, if any. */
export function courseOf({ channel, lessons }: CommandContext): Course | undefined {
  const state = channel.lesson
  const lesson = lessons.find(({ id }) => id === state?.lesson)
  return state && lesson ? { lesson, state, step: lesson.steps[state.step] } : undefined
}

/** The open step of the lesson under way. Throws `UserError` where there is none. */
export function openStep(context: CommandContext): Course & { step: Step } {
  const course = courseOf(context)
  if (!course)
    throw new UserError('No lesson is under way in this channel.', [
      { type: 'buttons', buttons: [{ label: 'Choose a lesson', action: '/lesson list' }] },
    ])
  if (!course.step)
    throw new UserError(`${course.lesson.title} is finished.`, [
      { type: 'buttons', buttons: [{ label: 'Choose the next lesson', action: '/lesson list' }] },
    ])
  return { ...course, step: course.step }
}

export const scopeOf = ({ channel }: CommandContext): Scope => ({
  cluster: channel.cluster,
  start: channel.lesson?.start ?? takeFacts(channel.cluster),
})

/** The caller's part in the lesson under way. */
export const participantOf = ({ channel, user, userName }: CommandContext): Participant =>
  channel.lesson?.participants[user] ?? newParticipant(userName)

/** Replaces the caller's part. */
export function participate(context: CommandContext, participant: Participant): void {
  const state = context.channel.lesson
  if (!state) return
  context.channel.lesson = { ...state, participants: { ...state.participants, [context.user]: participant } }
}

/** Opens a step: takes down the facts of its start and forgets the traffic of the one before. */
export function enterStep(context: CommandContext, lesson: Lesson, index: number, previous?: LessonState): void {
  const { cluster } = context.channel
  const state: LessonState = {
    lesson: lesson.id,
    step: index,
    start: takeFacts(cluster),
    heldAtStart: false,
    seq: previous?.seq ?? 0,
    sightings: [],
    askings: [],
    refusals: [],
    stoppedAt: null,
    participants: previous?.participants ?? {},
    helped: previous?.helped ?? [],
    skipped: previous?.skipped ?? [],
    outcome: previous?.outcome ?? { passed: false, feedback: null },
  }
  context.channel.lesson = state
  const step = lesson.steps[index]
  const held = step && stateOnly(step.check)
  if (held) context.channel.lesson = { ...state, heldAtStart: evaluate(held, evidenceOf(context, state)).passed }
}

/** What the caller's step is judged by. Traffic counts from the caller's prediction on, where the step asks for one. */
export function evidenceOf(context: CommandContext, state: LessonState, step?: Step): Evidence {
  const me = state.participants[context.user]
  const from = step?.predict ? (me?.predictions[step.predict.id]?.seq ?? 0) : 0
  return {
    cluster: context.channel.cluster,
    start: state.start,
    sightings: state.sightings.filter(({ seq }) => seq > from),
    askings: state.askings.filter(({ seq }) => seq > from),
    newest: state.seq,
    refusals: state.refusals,
    predicted: Object.keys(me?.predictions ?? {}),
    said: me?.said ?? {},
  }
}

/** Whether the open step is passed for the caller. */
export const judgeStep = (context: CommandContext, { state, step }: Course & { step: Step }): Verdict =>
  evaluate(step.check, evidenceOf(context, state, step))

/**
 * Commits the caller's prediction. Throws `UserError` for an unknown option, and where the event that is asked about
 * has already happened: a guess after the fact teaches nothing.
 */
export function predict(context: CommandContext, option: string): void {
  const { state, step } = openStep(context)
  if (!step.predict) throw new UserError('This step asks for no prediction.')
  const wanted = option.trim().toUpperCase()
  if (!step.predict.options.some(({ id }) => id === wanted))
    throw new UserError(`Choose one of ${step.predict.options.map(({ id }) => id).join(', ')}.`)
  if (step.predict.before === 'change' && !state.heldAtStart && hasHappened(context, state, step))
    throw new UserError(
      'It has happened already. Undo it, commit to a guess, then do it again: the guess comes first.',
      [{ type: 'buttons', buttons: [{ label: 'Undo', action: '/cluster undo' }] }],
    )
  const me = participantOf(context)
  const seq = me.predictions[step.predict.id]?.seq ?? state.seq
  participate(context, {
    ...me,
    predictions: { ...me.predictions, [step.predict.id]: { option: wanted, seq: seq } },
  })
}

function hasHappened(context: CommandContext, state: LessonState, step: Step): boolean {
  const check = stateOnly(step.check)
  return check !== undefined && evaluate(check, evidenceOf(context, state, step)).passed
}

/** The next hint that the caller has not read; after the third, the third again. */
export function nextHint(context: CommandContext): { number: number; text: string } {
  const { step } = openStep(context)
  const me = participantOf(context)
  const number = Math.min((me.hints[step.id] ?? 0) + 1, step.hints.length)
  participate(context, { ...me, hints: { ...me.hints, [step.id]: number } })
  return { number, text: step.hints[number - 1]! }
}

/** The part of a check that speaks about the state alone; undefined if there is none. */
function stateOnly(check: Check): Check | undefined {
  if ('all' in check || 'any' in check) {
    const parts = ('all' in check ? check.all : check.any).flatMap((part) => stateOnly(part) ?? [])
    if (parts.length === 0) return undefined
    return 'all' in check ? { all: parts } : { any: parts }
  }
  if ('not' in check) {
    const part = stateOnly(check.not)
    return part && { not: part }
  }
  const aboutPeople = ['saw', 'last', 'asked', 'lastAsked', 'predicted', 'said', 'refused'].some(
    (name) => name in check,
  )
  return aboutPeople ? undefined : check
}
