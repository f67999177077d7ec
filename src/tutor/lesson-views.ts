import type { CommandContext } from '../chat/context.ts'
import { type Button, bold, type Part, text } from '../chat/reply.ts'
import type { Failure } from './check.ts'
import { courseOf, participantOf, scopeOf } from './guide.ts'
import type { Lesson, Step } from './lesson.ts'
import type { LessonState } from './progress.ts'
import { pausedLesson } from './sessions.ts'
import { fill } from './value.ts'

/** The message of a step: heading, what to do, the question that comes first, and what can be pressed. */
export function stepParts(context: CommandContext, lesson: Lesson, index: number): Part[] {
  const step = lesson.steps[index]!
  const say = fill(step.say, scopeOf(context))
  return [
    { type: 'title', text: `${lesson.code} · ${lesson.title} · step ${index + 1} of ${lesson.steps.length}` },
    { type: 'text', text: [bold(step.title)] },
    { type: 'text', text: say },
    ...questionParts(step),
    { type: 'buttons', buttons: stepButtons(step) },
  ]
}

const questionParts = (step: Step): Part[] => [
  ...predictionParts(step),
  ...(step.answer ? answerParts(step.answer) : []),
]

/** What is to be guessed before it is seen, and the guesses to choose from. */
export function predictionParts({ predict }: Step): Part[] {
  if (!predict) return []
  return [
    { type: 'text', text: predict.question },
    {
      type: 'buttons',
      buttons: predict.options.map(({ id, label }) => ({ label: `${id} ${label}`, action: `/lesson predict ${id}` })),
    },
  ]
}

/** A question to be answered: by a button for each option, a menu for each row of a table, or in words. */
function answerParts({ question, options, rows }: NonNullable<Step['answer']>): Part[] {
  if (options && rows)
    return [
      { type: 'text', text: question },
      { type: 'list', items: options.map(({ id, label }) => `${id} ${label}`) },
      ...rows.map(
        (row): Part => ({
          type: 'select',
          label: row,
          action: `/lesson answer ${row}`,
          options: options.map(({ id, label }) => ({ value: id, label: id, description: label })),
        }),
      ),
    ]
  const buttons: Button[] = options
    ? options.map(({ id, label }) => ({ label, action: `/lesson answer ${id}` }))
    : [answerForm(question)]
  return [
    { type: 'text', text: question },
    { type: 'buttons', buttons },
  ]
}

const answerForm = (question: string): Button => ({
  label: 'Answer',
  action: '/lesson answer',
  form: { title: 'Your answer', submit: 'Answer', fields: [{ name: 'answer', label: question.slice(0, 45) }] },
})

const stepButtons = (step: Step): Button[] => [
  { label: 'Hint', action: '/lesson hint' },
  { label: 'Check', action: '/lesson check' },
  { label: step.bonus ? 'Skip the bonus' : 'Skip', action: '/lesson skip' },
]

/** What a passed step meant: the guess, the observation, the notes. */
export function passedParts(context: CommandContext, step: Step, notes: readonly string[]): Part[] {
  const scope = scopeOf(context)
  const choice = step.predict && participantOf(context).predictions[step.predict.id]?.option
  const option = step.predict?.options.find(({ id }) => id === choice)
  return [
    { type: 'title', text: `Step passed: ${step.title}` },
    ...(option
      ? [
          {
            type: 'text',
            text: `You predicted ${option.id}: ${option.label}.${option.key ? ' That is what happened.' : ''}`,
          } as const,
        ]
      : []),
    { type: 'text', text: fill(step.reveal, scope) },
    ...(option && step.predict?.comment?.[option.id]
      ? [{ type: 'text', text: step.predict.comment[option.id]! } as const]
      : []),
    ...notes.map((note) => ({ type: 'text', text: fill(note, scope) }) as const),
  ]
}

/** Why a step is not passed yet, where no listed mistake fits: the first false clause, and where the last call stopped. */
export function fallbackText({ expected, found, object }: Failure, state: LessonState): string {
  return [
    `Not yet. What is missing: ${expected}. What is there: ${found}.`,
    ...(object ? [`Look at ${object}.`] : []),
    ...(state.stoppedAt ? [`Your last call that failed stopped where it says "${state.stoppedAt}".`] : []),
  ].join(' ')
}

/** The end of a lesson: recap, fine print, what comes next. */
export function finishedParts(context: CommandContext, lesson: Lesson): Part[] {
  const next = context.lessons[context.lessons.indexOf(lesson) + 1]
  return [
    { type: 'title', text: `${lesson.code} · ${lesson.title} · finished` },
    { type: 'text', text: lesson.recap },
    {
      type: 'buttons',
      buttons: [
        ...(next
          ? [{ label: `Next: ${next.title}`, action: `/lesson start ${next.id}`, style: 'primary' } as const]
          : []),
        { label: 'Questions about it', action: `/quiz start ${lesson.id} ${lesson.exit.length}` },
        ...lesson.finePrint.map(({ label }) => ({ label, action: `/lesson more ${label}` })),
        { label: 'Where am I?', action: '/lesson map' },
      ],
    },
  ]
}

/** The way on with the lesson that is under way, or that was left. */
export function resumeButtons(context: CommandContext): Button[] {
  const course = courseOf(context)
  const lesson = course?.step ? course.lesson : course ? undefined : pausedLesson(context)
  return lesson ? [{ label: `Go on with ${lesson.title}`, action: '/lesson resume' }] : []
}

/** Where a lesson was left, in words; undefined if it was not. */
export function pausedAt({ channel: { paused } }: CommandContext, lesson: Lesson): string | undefined {
  return paused?.lesson.lesson === lesson.id
    ? `left at step ${paused.lesson.step + 1} of ${lesson.steps.length}`
    : undefined
}

/** One line of the list of lessons: done, under way or open. */
export function lessonLine(context: CommandContext, lesson: Lesson): Part & { type: 'text' } {
  const course = courseOf(context)
  const done = context.person.lessons[lesson.id]
  const mark = done
    ? 'done'
    : course?.lesson.id === lesson.id
      ? `step ${course.state.step + 1} of ${lesson.steps.length}`
      : (pausedAt(context, lesson) ?? `${lesson.minutes} min`)
  return { type: 'text', text: [text(`${lesson.code} `), bold(lesson.title), text(` (${mark}) ${lesson.goal}`)] }
}

/** The result of a `/lesson` command for programs, as the console protocol defines it. */
export function lessonData(context: CommandContext): Record<string, unknown> {
  const course = courseOf(context)
  const steps = course?.lesson.steps.length ?? 0
  return {
    lesson: course?.lesson.id ?? null,
    step: course ? Math.min(course.state.step + 1, steps) : null,
    steps,
    passed: course?.state.outcome.passed ?? false,
    feedback: course?.state.outcome.feedback ?? null,
    finished: course !== undefined && course.step === undefined,
    predictions: course?.step?.predict?.options.map(({ id, label }) => ({ id, label })) ?? [],
  }
}
