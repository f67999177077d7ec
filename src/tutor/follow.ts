import type { CommandContext } from '../chat/context.ts'
import type { Part, Reply } from '../chat/reply.ts'
import type { Milliseconds } from '../cluster/object.ts'
import type { Failure } from './check.ts'
import { evaluate } from './evaluate.ts'
import { type Course, courseOf, enterStep, evidenceOf, judgeStep, participantOf, scopeOf } from './guide.ts'
import type { Lesson, Step } from './lesson.ts'
import { fallbackText, finishedParts, lessonData, passedParts, predictionParts, stepParts } from './lesson-views.ts'
import { fill } from './value.ts'
import { witness } from './witness.ts'

/**
 * Lets the tutor see what a command has come to: takes down its traffic, judges the open step, and adds what there is
 * to say to the reply. `changed` tells whether the cluster is another than before.
 */
export function followLesson(context: CommandContext, reply: Reply, changed: boolean): Reply {
  credit(context)
  const course = courseOf(context)
  if (!course?.step) return reply
  const worthJudging = witness(context, changed)
  const current = { ...courseOf(context)!, step: course.step }
  if (worthJudging) return withVerdict(context, reply, current)
  // What the API server refuses leaves no trace in the cluster. It is worth a word where the step knows the mistake.
  const mistake = context.refusals.length > 0 ? mistakeIn(context, current) : undefined
  return mistake ? { ...reply, parts: [...reply.parts, ...tell(context, mistake.id, mistake.say)] } : reply
}

/** Judges the open step now and adds the verdict, whether or not anything has happened. */
export function withVerdict(context: CommandContext, reply: Reply, course: Course & { step: Step }): Reply {
  const verdict = judgeStep(context, course)
  const parts = verdict.passed ? pass(context, course) : correct(context, course, verdict.failure)
  const isLesson = reply.data !== undefined && 'predictions' in reply.data
  return {
    ...reply,
    parts: [...reply.parts, ...parts],
    ...(isLesson && { data: lessonData(context) }),
  }
}

/** Ends the open step and opens the next one, or ends the lesson. */
function pass(context: CommandContext, { lesson, state, step }: Course & { step: Step }): Part[] {
  const evidence = evidenceOf(context, state, step)
  const notes = (step.notes ?? []).filter(({ when }) => evaluate(when, evidence).passed).map(({ say }) => say)
  const told = passedParts(context, step, notes)
  const helped = (participantOf(context).hints[step.id] ?? 0) >= step.hints.length
  enterStep(context, lesson, state.step + 1, {
    ...state,
    helped: helped ? [...state.helped, step.id] : state.helped,
    outcome: { passed: true, feedback: null },
  })
  return [...told, ...openOrEnd(context, lesson, state.step + 1)]
}

/** The next step's message, or the end of the lesson. */
export function openOrEnd(context: CommandContext, lesson: Lesson, index: number): Part[] {
  if (index < lesson.steps.length) return stepParts(context, lesson, index)
  credit(context)
  return finishedParts(context, lesson)
}

/** What keeps the step from being passed: the listed mistake that was made, else what the cluster shows. */
function correct(context: CommandContext, course: Course & { step: Step }, failure: Failure): Part[] {
  const mistake = mistakeIn(context, course)
  if (mistake || !('predicted' in failure.clause))
    return tell(context, mistake?.id ?? null, mistake?.say ?? fallbackText(failure, course.state))
  return [...predictionParts(course.step), ...tell(context, null, 'Commit to one of these first, then make it happen.')]
}

/** The first listed mistake that fits. */
function mistakeIn(context: CommandContext, { state, step }: Course & { step: Step }) {
  const evidence = evidenceOf(context, state, step)
  return step.wrong.find(({ when }) => evaluate(when, evidence).passed)
}

function tell(context: CommandContext, feedback: string | null, say: string): Part[] {
  const { channel } = context
  if (channel.lesson) channel.lesson = { ...channel.lesson, outcome: { passed: false, feedback } }
  return [
    { type: 'text', text: fill(say, scopeOf(context)) },
    {
      type: 'buttons',
      buttons: [
        { label: 'Hint', action: '/lesson hint' },
        ...(channel.cluster.history.length > 0 ? [{ label: 'Undo', action: '/cluster undo' }] : []),
      ],
    },
  ]
}

/** A participant of a finished lesson takes it along, wherever the next command is given. */
function credit(context: CommandContext): void {
  const course = courseOf(context)
  if (!course || course.step || !course.state.participants[context.user]) return
  const { id } = course.lesson
  if (context.person.lessons[id]) return
  const finishedAt: Milliseconds = context.at
  context.person = {
    ...context.person,
    lessons: { ...context.person.lessons, [id]: { finishedAt, helped: course.state.helped.length } },
  }
}
