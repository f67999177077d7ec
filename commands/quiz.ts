import { z } from 'zod'
import { defineVerb, defineVerbCommand } from '../src/chat/command.ts'
import { repairs } from '../src/quiz/repairs.ts'
import { TOPICS } from '../src/quiz/topic.ts'
import { renderReview, renderScores } from '../src/quiz/views/boards.ts'
import { renderWhy } from '../src/quiz/views/notice.ts'
import { about, act, answer, sessionOf } from './quiz/act.ts'
import { fix, workOn } from './quiz/repair.ts'
import { exported, personNamed, show } from './quiz/show.ts'
import { start, TEAMS } from './quiz/start.ts'

const question = z.string().describe('The question on whose button was pressed').optional()

const numbered = (question: number | undefined) => (question === undefined ? {} : { question })

const control = (summary: string, type: 'begin' | 'pause' | 'resume' | 'extend' | 'end' | 'claim' | 'lock' | 'leave') =>
  defineVerb({ summary, options: z.object({}), run: (context) => act(context, { type }) })

const controlQuestion = (summary: string, type: 'next' | 'skip' | 'reveal' | 'discuss') =>
  defineVerb({
    summary,
    options: z.object({ question }),
    positional: ['question'],
    run: (context, options) =>
      about(context, options.question, (number) => act(context, { type, ...numbered(number) })),
  })

export const quiz = defineVerbCommand({
  name: 'quiz',
  summary: 'A quiz for teams: about the lessons, or about the cluster of this channel',
  usage: '[start | join | answer | next | pause | scores | review | export | …]',
  examples: ['/quiz start', '/quiz start foundations 10 30', '/quiz start cluster --teams choose', '/quiz answer B'],
  private: true,
  fallback: 'show',
  verbs: {
    show: defineVerb({ summary: 'Show where the quiz stands', options: z.object({}), run: show }),
    start: defineVerb({
      summary: 'Open a lobby; you host it',
      options: z.object({
        topic: z.string().describe('A topic: mix, all, foundations, cluster, or a lesson').optional(),
        items: z.int().min(1).max(20).default(8).describe('How many questions'),
        seconds: z.int().min(0).max(600).describe('Time for each answer; 0: until you reveal').optional(),
        teams: z.enum(TEAMS).default('balanced').describe('How teams are made, or how many'),
        scoring: z.enum(['accuracy', 'pace', 'kahoot']).default('accuracy').describe('How points are given'),
        hours: z.number().min(0.1).max(168).describe('All questions stay open for so many hours').optional(),
      }),
      positional: ['topic', 'items', 'seconds', 'teams', 'scoring'],
      complete: { topic: () => TOPICS.map((value) => ({ value })) },
      run: start,
    }),
    join: defineVerb({
      summary: 'Play along',
      options: z.object({
        team: z.int().min(1).max(6).describe('Number of the team, where you may choose').optional(),
      }),
      positional: ['team'],
      run: (context, { team }) => act(context, { type: 'join', ...(team !== undefined && { team: team - 1 }) }),
    }),
    leave: control('Stop playing, or hosting', 'leave'),
    begin: control('Begin with the questions', 'begin'),
    answer: defineVerb({
      summary: 'Answer the open question; without an answer, show it to me',
      options: z.object({ answer: z.string().max(200).describe('A letter, C A D B, or 1b 2d 3a').optional() }),
      positional: ['answer'],
      run: (context, options) =>
        about(context, options.answer, (number, text) =>
          act(context, { type: 'answer', text, clicked: context.answeredAt, ...numbered(number) }),
        ),
    }),
    reveal: controlQuestion('Close the question and show the answer', 'reveal'),
    next: controlQuestion('Go on to the next question', 'next'),
    skip: controlQuestion('Take the question out; it counts for nobody', 'skip'),
    discuss: controlQuestion('Let the teams talk, then vote again', 'discuss'),
    extend: control('Fifteen seconds more', 'extend'),
    pause: control('Stop the clock', 'pause'),
    resume: control('Let the clock run on', 'resume'),
    end: control('End the quiz', 'end'),
    scores: defineVerb({
      summary: 'The teams, and where you stand',
      options: z.object({}),
      run: (context) => answer(context, renderScores(sessionOf(context), context.user)),
    }),
    why: defineVerb({
      summary: 'Why your answer was right or wrong',
      options: z.object({ question }),
      positional: ['question'],
      run: (context, options) =>
        about(context, options.question, (number) => {
          const session = sessionOf(context)
          const closed = session.questions.findLastIndex((each) => each.closed)
          return answer(context, renderWhy(session, number ?? closed, context.user))
        }),
    }),
    review: defineVerb({
      summary: 'What you missed, with the right answers',
      options: z.object({}),
      run: (context) => answer(context, renderReview(sessionOf(context), context.user)),
    }),
    team: defineVerb({
      summary: 'Give your team a name',
      options: z.object({ name: z.string().max(200).describe('The name') }),
      positional: ['name'],
      run: (context, { name }) => act(context, { type: 'rename', name }),
    }),
    prefer: defineVerb({
      summary: 'Private wishes: to be named, to have more time',
      options: z.object({
        listed: z.boolean().describe('May you be named among the best three').optional(),
        time: z.enum(['1', '1.5', '2']).describe('Your time, as a multiple').optional(),
      }),
      run: (context, { listed, time }) =>
        act(context, {
          type: 'prefer',
          ...(listed !== undefined && { listed }),
          ...(time !== undefined && { extra: Number(time) as 1 | 1.5 | 2 }),
        }),
    }),
    claim: control('Host a quiz whose host has gone', 'claim'),
    cohost: defineVerb({
      summary: 'Let somebody else steer, too',
      options: z.object({ person: z.string().describe('A mention, or the name of a player') }),
      positional: ['person'],
      run: (context, { person }) => act(context, { type: 'cohost', user: personNamed(context, person) }),
    }),
    fix: defineVerb({
      summary: 'A break-fix round: the same broken cluster for each team',
      options: z.object({
        fault: z.string().describe('What is broken; stop ends the round').optional(),
        minutes: z.number().min(1).max(60).default(10).describe('How long there is'),
      }),
      positional: ['fault', 'minutes'],
      complete: { fault: () => [...repairs.map(({ id }) => ({ value: id })), { value: 'stop' }] },
      run: fix,
    }),
    do: defineVerb({
      summary: "Run a command in your team's copy",
      options: z.object({ line: z.string().describe('The command line, such as kubectl get pods') }),
      positional: ['line'],
      verbatim: true,
      run: (context, { line }) => workOn(context, line),
    }),
    lock: control('Shut the lobby, or open it again', 'lock'),
    export: defineVerb({
      summary: 'Results as CSV files, for the host',
      options: z.object({ names: z.boolean().describe('With names in place of pseudonyms').optional() }),
      run: (context, { names }) => exported(context, names ?? false),
    }),
  },
})
