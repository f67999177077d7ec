import { z } from 'zod'
import { type Command, defineLineCommand, defineVerb, defineVerbCommand } from '../../src/chat/command.ts'
import { reply } from '../../src/chat/reply.ts'

const say = (text: string) => reply([{ type: 'text', text }])

/** Commands of every shape, for tests of what the platforms make of declarations. */
export const commands: readonly Command[] = [
  defineLineCommand({
    name: 'kubectl',
    summary: 'Talk to the cluster of this channel',
    usage: 'get pods -o wide | apply -f - | …',
    examples: ['/kubectl get pods'],
    files: true,
    run: (_, words) => say(words.join(' ')),
    complete: () => [{ value: 'get' }],
  }),
  defineLineCommand({
    name: 'why',
    summary: 'What happened on the last connection',
    usage: '[HOP]',
    examples: ['/why'],
    private: true,
    run: (_, words) => say(words.join(' ')),
  }),
  defineVerbCommand({
    name: 'quiz',
    summary: 'Team quizzes',
    usage: 'start | answer QUESTION OPTION',
    examples: ['/quiz start'],
    mentions: true,
    fallback: 'start',
    verbs: {
      start: defineVerb({
        summary: 'Open a quiz in this channel',
        options: z.object({
          topic: z.string().describe('What it is about').optional(),
          questions: z.number().int().min(1).max(20).describe('How many').default(5),
          level: z.enum(['easy', 'hard']).describe('How hard'),
          seconds: z.number().min(0.5).describe('For each question').optional(),
          teams: z.boolean().describe('Play in teams').default(false),
        }),
        complete: { topic: () => [{ value: 'dns' }] },
        run: () => say('started'),
      }),
      answer: defineVerb({
        summary: 'Answer the open question',
        options: z.object({ question: z.number().int(), option: z.string() }),
        positional: ['question', 'option'],
        private: true,
        run: (_, { option }) => say(option),
      }),
      many: defineVerb({
        summary: 'One of many values',
        options: z.object({ value: z.enum(Array.from({ length: 26 }, (_, at) => `v${at}`) as [string, ...string[]]) }),
        run: (_, { value }) => say(value),
      }),
    },
  }),
]
