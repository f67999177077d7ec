import { z } from 'zod'
import { defineVerb, defineVerbCommand } from '../src/chat/command.ts'
import type { CommandContext } from '../src/chat/context.ts'
import { code, type Part, type Reply, text } from '../src/chat/reply.ts'
import { UserError } from '../src/chat/user-error.ts'
import { oneLine } from '../src/cluster/network/brief.ts'
import { claim } from '../src/tutor/claim.ts'
import { compareParts } from '../src/tutor/compare.ts'
import { openOrEnd, withVerdict } from '../src/tutor/follow.ts'
import { courseOf, nextHint, openStep, predict, scopeOf } from '../src/tutor/guide.ts'
import type { Lesson } from '../src/tutor/lesson.ts'
import { lessonMap } from '../src/tutor/lesson-map.ts'
import { lessonNamed, suggestLessons } from '../src/tutor/lesson-named.ts'
import { finishedParts, lessonData, lessonLine, resumeButtons, stepParts } from '../src/tutor/lesson-views.ts'
import { leaveLesson, pausedLesson, resumeLesson, skipStep, startLesson } from '../src/tutor/sessions.ts'
import { fill } from '../src/tutor/value.ts'

const which = z.string().describe('Id, code or title of a lesson').optional()

const answer = (context: CommandContext, parts: readonly Part[], rest?: Partial<Reply>): Reply => ({
  ok: true,
  parts,
  ...rest,
  data: lessonData(context),
})

function list(context: CommandContext): Reply {
  const course = courseOf(context)
  const next = course?.step ? undefined : context.lessons.find(({ id }) => !context.person.lessons[id])
  return answer(context, [
    { type: 'title', text: 'Lessons' },
    ...context.lessons.map((lesson) => lessonLine(context, lesson)),
    {
      type: 'buttons',
      buttons: [
        ...resumeButtons(context),
        ...(next ? [{ label: `Start ${next.title}`, action: `/lesson start ${next.id}` }] : []),
        { label: 'Map', action: '/lesson map' },
      ],
    },
  ])
}

function show(context: CommandContext): Reply {
  const course = courseOf(context)
  if (!course) return list(context)
  return answer(
    context,
    course.step ? stepParts(context, course.lesson, course.state.step) : finishedParts(context, course.lesson),
  )
}

const KEPT = {
  type: 'note',
  text: [text('The cluster that was here is kept: '), code('/lesson stop'), text(' brings it back.')],
} as const

/** Shows the open step again, or goes on with the lesson that was left. */
function resume(context: CommandContext): Reply {
  const course = courseOf(context)
  const lesson = course ? undefined : pausedLesson(context)
  if (!lesson) return show(context)
  const worked = resumeLesson(context)
  const { state } = courseOf(context)!
  return answer(context, [
    { type: 'text', text: 'Everything is as you left it.' },
    ...(worked ? [KEPT] : []),
    ...stepParts(context, lesson, state.step),
  ])
}

async function start(context: CommandContext, lesson: Lesson): Promise<Reply> {
  const worked = await startLesson(context, lesson)
  return answer(context, [
    { type: 'title', text: `${lesson.code} · ${lesson.title}` },
    { type: 'text', text: `${lesson.story} ${lesson.goal}` },
    ...(worked ? [KEPT] : []),
    ...stepParts(context, lesson, 0),
  ])
}

export const lesson = defineVerbCommand({
  name: 'lesson',
  summary: 'Guided lessons, checked against what the cluster does',
  usage: '[start LESSON | predict A | answer TEXT | hint | check | skip | list | map | compare | stop]',
  examples: ['/lesson start pod-ip-churn', '/lesson predict A', '/lesson hint'],
  fallback: 'show',
  verbs: {
    show: defineVerb({
      summary: 'Show the open step, or start a lesson by its name',
      options: z.object({ lesson: which }),
      positional: ['lesson'],
      complete: { lesson: suggestLessons },
      run: (context, options) =>
        options.lesson === undefined ? show(context) : start(context, lessonNamed(context, options.lesson)),
    }),
    start: defineVerb({
      summary: 'Start a lesson; the present cluster is kept for later',
      options: z.object({ lesson: which.describe('Id, code or title; the next open lesson where it is left out') }),
      positional: ['lesson'],
      complete: { lesson: suggestLessons },
      run: (context, options) => {
        const next = context.lessons.find(({ id }) => !context.person.lessons[id]) ?? context.lessons[0]!
        return start(context, options.lesson === undefined ? next : lessonNamed(context, options.lesson))
      },
    }),
    resume: defineVerb({
      summary: 'Show the open step again, or go on with the lesson that was left',
      options: z.object({}),
      run: resume,
    }),
    list: defineVerb({ summary: 'All lessons, and which are done', options: z.object({}), run: list }),
    map: defineVerb({
      summary: 'The three challenges, the lessons that answer them, and how far you are',
      options: z.object({}),
      run: (context) => answer(context, lessonMap(context)),
    }),
    compare: defineVerb({
      summary: 'ClusterIP, NodePort and Ingress side by side, with those of this cluster',
      options: z.object({}),
      run: (context) => answer(context, compareParts(context)),
    }),
    predict: defineVerb({
      summary: 'Commit to a guess before you look',
      options: z.object({ option: z.string().describe('Letter of the option') }),
      positional: ['option'],
      private: true,
      complete: {
        option: (context) =>
          courseOf(context)?.step?.predict?.options.map(({ id, label }) => ({ value: id, label })) ?? [],
      },
      run: (context, { option }) => {
        predict(context, option)
        const { step } = openStep(context)
        const chosen = step.predict!.options.find(({ id }) => id === option.trim().toUpperCase())!
        return answer(context, [
          { type: 'text', text: `Locked in: ${chosen.id}, ${chosen.label}. Make it happen and see.` },
          { type: 'buttons', buttons: [{ label: 'Hint', action: '/lesson hint' }] },
        ])
      },
    }),
    answer: defineVerb({
      summary: 'Answer the question of the step',
      options: z.object({ answer: z.string().describe('What you read off the cluster') }),
      positional: ['answer'],
      run: (context, options) => {
        claim(context, options.answer)
        return withVerdict(context, answer(context, []), openStep(context))
      },
    }),
    hint: defineVerb({
      summary: 'The next hint: where to look, the idea, a command that works',
      options: z.object({}),
      private: true,
      run: (context) => {
        const { number, text: hint } = nextHint(context)
        return answer(context, [
          { type: 'text', text: `Hint ${number} of 3: ${fill(hint, scopeOf(context))}` },
          {
            type: 'buttons',
            buttons:
              number < 3
                ? [{ label: 'Another hint', action: '/lesson hint' }]
                : [{ label: 'Check', action: '/lesson check' }],
          },
        ])
      },
    }),
    check: defineVerb({
      summary: 'Judge the open step now',
      options: z.object({}),
      run: (context) => withVerdict(context, answer(context, []), openStep(context)),
    }),
    skip: defineVerb({
      summary: 'Leave the open step and go to the next one',
      options: z.object({}),
      run: (context) => {
        const { lesson: current, index } = skipStep(context)
        return answer(context, openOrEnd(context, current, index))
      },
    }),
    more: defineVerb({
      summary: 'Fine print of the lesson under way',
      options: z.object({ topic: z.string().describe('Which one') }),
      positional: ['topic'],
      complete: {
        topic: (context) => courseOf(context)?.lesson.finePrint.map(({ label }) => ({ value: label })) ?? [],
      },
      run: (context, { topic }) => {
        const prints = courseOf(context)?.lesson.finePrint ?? []
        const print = prints.find(({ label }) => label.toLowerCase() === topic.toLowerCase())
        if (!print)
          throw new UserError(
            prints.length === 0
              ? 'No lesson with fine print is under way here.'
              : `There is fine print on: ${prints.map(({ label }) => label).join(', ')}.`,
          )
        return answer(context, [
          { type: 'title', text: print.label },
          { type: 'text', text: fill(print.say, scopeOf(context)) },
          {
            type: 'buttons',
            buttons: [
              ...(print.commands ?? [])
                .map((line) => fill(line, scopeOf(context)))
                .map((line) => ({ label: oneLine(line), action: line })),
              { label: 'Back to the lesson', action: '/lesson' },
            ],
          },
        ])
      },
    }),
    stop: defineVerb({
      summary: 'Leave the lesson, to resume it later; the cluster that was here before comes back',
      options: z.object({}),
      run: (context) => {
        const other = pausedLesson(context)
        const { lesson: left, state, step } = leaveLesson(context)
        return answer(context, [
          {
            type: 'text',
            text: `You left ${left.title}${step ? ` at step ${state.step + 1}` : ''}. The cluster from before the lesson is back.`,
          },
          ...(other && step
            ? [{ type: 'note', text: `${other.title}, which you had left, will begin anew.` } as const]
            : []),
          {
            type: 'buttons',
            buttons: [
              ...resumeButtons(context),
              { label: 'Lessons', action: '/lesson list' },
              { label: 'Show the cluster', action: '/cluster show' },
            ],
          },
        ])
      },
    }),
  },
})
