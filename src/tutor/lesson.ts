import { z } from 'zod'
import { type Check, checkSchema } from './check.ts'

const text = (longest: number) => z.string().min(1).max(longest)

/** A choice with a label; `m` is the misconception that the choice shows. */
const optionSchema = z.strictObject({
  id: z.string(),
  label: text(80),
  key: z.literal(true).optional(),
  m: z.string().optional(),
})

const whenSaySchema = z.strictObject({ when: checkSchema, say: text(300), m: z.string().optional() })

const wrongSchema = whenSaySchema.extend({ id: z.string() })

const attemptSchema = z.strictObject({
  /** Feedback that the attempt must get. */
  feedback: z.string(),
  /** What is typed, in order; templates are filled in before each line. */
  lines: z.array(z.union([z.string(), z.strictObject({ line: z.string(), stdin: z.string() })])).min(1),
})

const lineSchema = z.union([z.string(), z.strictObject({ line: z.string(), stdin: z.string() })])

/** Files that are made when the lesson starts: a certificate, good from the day before for a year, and its key. */
const certificateSchema = z.strictObject({
  crt: z.string(),
  key: z.string(),
  hosts: z.array(z.string()).min(1),
})

const stepSchema = z.strictObject({
  id: z.string().regex(/^L\d\d\.\d$/),
  title: text(60),
  say: text(600),
  /** Asked before the decisive event; any answer is fine, it is never graded. */
  predict: z
    .strictObject({
      id: z.string(),
      question: text(200),
      /** Whether the guess must come before the cluster changes, or only before the traffic that shows the answer. */
      before: z.enum(['change', 'traffic']),
      options: z.array(optionSchema).length(4),
      /** What is said of a wrong guess, by option. */
      comment: z.record(z.string(), text(300)).optional(),
    })
    .optional(),
  /** A claim that the learner makes with `/lesson answer`; with options it is a choice, with rows as well a table. */
  answer: z
    .strictObject({
      id: z.string(),
      question: text(200),
      options: z
        .array(optionSchema.pick({ id: true, label: true }))
        .min(2)
        .optional(),
      /** One option is chosen for each row. */
      rows: z
        .array(z.string().regex(/^[A-Za-z]+$/))
        .min(2)
        .max(4)
        .optional(),
    })
    .refine(({ options, rows }) => rows === undefined || options !== undefined, 'rows need options to choose from')
    .optional(),
  check: checkSchema,
  hints: z.tuple([text(300), text(300), text(900)]),
  /** Command lines that hint 3 says, one after the other; templates allowed. */
  hintCommands: z.array(lineSchema).min(1),
  /** Ordered: the first that fits is told. */
  wrong: z.array(wrongSchema),
  /** Things that pass and still deserve a word. */
  notes: z.array(whenSaySchema).optional(),
  /** What was observed and what it means. */
  reveal: text(600),
  /** At least two ways through, which differ in verbs or objects. */
  solutions: z.array(z.array(lineSchema).min(1)).min(2),
  /** Wrong ways, each with the feedback that it must get. */
  attempts: z.array(attemptSchema),
  concepts: z.array(z.string().regex(/^S\d\d$/)),
  /** Bonus steps do not have to be done to finish. */
  bonus: z.literal(true).optional(),
})

export const lessonSchema = z.strictObject({
  /** Folder name. */
  id: z.string().regex(/^[a-z][a-z-]+$/),
  code: z.string().regex(/^L\d\d$/),
  title: text(60),
  goal: text(300),
  story: text(300),
  minutes: z.number().int().min(5).max(20),
  /** Codes of lessons that come first. */
  requires: z.array(z.string()),
  /** Which of the article's three challenges the lesson answers. */
  challenges: z.array(z.union([z.literal(1), z.literal(2), z.literal(3)])),
  concepts: z.array(z.string().regex(/^S\d\d$/)),
  misconceptions: z.array(z.string()),
  /** World and scene at the start. */
  world: z.string(),
  /** Files in the channel's folder. */
  files: z.record(z.string(), z.string()).optional(),
  certificates: z.array(certificateSchema).optional(),
  steps: z.array(stepSchema).min(5).max(9),
  recap: text(600),
  /** Ids of quiz items. */
  exit: z.array(z.string()),
  finePrint: z.array(
    z.strictObject({
      label: text(40),
      say: text(600),
      commands: z.array(z.string()).optional(),
      /** The misconception that it is about. */
      m: z.string().optional(),
    }),
  ),
})

/** A guided lesson: data, judged by one schema and proved by the test suite. */
export type Lesson = z.infer<typeof lessonSchema>
export type Step = Lesson['steps'][number]
export type Line = z.infer<typeof lineSchema>
export type { Check }

/** Declares a lesson; the schema is applied by the tests and at start-up. */
export const defineLesson = (lesson: Lesson): Lesson => lesson
