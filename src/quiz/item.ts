import { z } from 'zod'
import { worldSchema } from './world.ts'

/** What items may be about that the simulator may lack; an item that needs a missing one is kept but not drawn. */
const needSchema = z.enum(['policy', 'gateway', 'mesh'])
export type Need = z.infer<typeof needSchema>

const text = (longest: number) => z.string().trim().min(1).max(longest)
const letterSchema = z.enum(['A', 'B', 'C', 'D'])
const hopLetterSchema = z.enum(['A', 'B', 'C', 'D', 'E'])

/** A misconception, or `none` for a wrong option that stands for no particular belief. */
const beliefSchema = z.union([z.string().regex(/^[MT]\d\d$/), z.literal('none')])

const noteSchema = z.strictObject({ m: beliefSchema, note: text(200) })

/** How a generated item can be made again bit by bit. */
const sourceSchema = z.strictObject({
  template: z.string().regex(/^G\d\d$/),
  seed: z.number().int(),
  /** Hash of the cluster that was asked. */
  cluster: z.string(),
})

const base = {
  id: z.string().regex(/^[a-zA-Z0-9-]{1,24}$/),
  /** Code of the lesson that teaches it. */
  lesson: z.string().regex(/^L\d\d$/),
  /** 1 recall, 2 apply, 3 diagnose. */
  difficulty: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  /** Concepts of the curriculum. */
  concepts: z.array(z.string().regex(/^S\d\d$/)).min(1),
  /** Misconceptions that the item is meant to expose. */
  targets: z.array(z.string().regex(/^[MT]\d\d$/)).min(1),
  /** Shown to everybody. Backticks mark what is code. */
  prompt: text(600),
  /** A manifest or a small table below the prompt, line by line. */
  code: z.array(z.string().max(60)).min(1).max(14).optional(),
  /** Shown at the reveal. */
  explanation: text(330),
  needs: z.array(needSchema).optional(),
  source: sourceSchema.optional(),
}

const choiceSchema = z.strictObject({
  ...base,
  type: z.enum(['mc', 'predict_endpoint', 'spot_broken']),
  choices: z.record(letterSchema, text(80)),
  answer: letterSchema,
  /** What each wrong option stands for. */
  distractors: z.partialRecord(letterSchema, noteSchema),
  world: worldSchema.optional(),
})

const orderSchema = z.strictObject({
  ...base,
  type: z.literal('order_hops'),
  /** The hops in a scrambled order. */
  choices: z.partialRecord(hopLetterSchema, text(80)),
  answer: z.array(hopLetterSchema).min(3).max(5),
  /** A hop that does not happen and has to be left out. */
  decoy: hopLetterSchema.optional(),
  /** Wrong orders that show a belief: one hop before another, one first of all, or one that does not happen. */
  distractors: z.array(
    z.union([
      noteSchema.extend({ before: z.tuple([hopLetterSchema, hopLetterSchema]) }),
      noteSchema.extend({ first: hopLetterSchema }),
      noteSchema.extend({ has: hopLetterSchema }),
    ]),
  ),
})

const matchSchema = z.strictObject({
  ...base,
  type: z.literal('match'),
  left: z.array(text(80)).min(3).max(5),
  /** What they are matched with, in a scrambled order; as many as on the left. */
  right: z.array(text(80)).min(3).max(5),
  /** For each on the left the position of its partner on the right, from 0. */
  answer: z.array(z.number().int().min(0).max(4)),
  /** Wrong pairs that show a belief: positions on the left and on the right. */
  distractors: z.array(noteSchema.extend({ pair: z.tuple([z.number().int(), z.number().int()]) })),
})

/** Text as people compare it: without case, blanks and punctuation at the ends. */
export const normalise = (value: string): string =>
  value
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[\s"'`.,:;!?]+|[\s"'`.,:;!?]+$/g, '')

const distinct = (texts: readonly string[]): boolean => new Set(texts.map(normalise)).size === texts.length

function faultsOf(item: Item): string[] {
  const faults: string[] = []
  const say = (wrong: boolean, fault: string) => wrong && faults.push(`${item.id}: ${fault}`)
  if (item.type === 'order_hops') {
    say(!distinct(Object.values(item.choices)), 'two hops read the same')
    const hops = Object.keys(item.choices).filter((letter) => letter !== item.decoy)
    say(hops.sort().join() !== [...item.answer].sort().join(), 'the answer is no order of the hops')
  } else if (item.type === 'match') {
    say(!distinct(item.left) || !distinct(item.right), 'two entries read the same')
    say(item.left.length !== item.right.length, 'both sides need the same length')
    const wanted = item.left.map((_, index) => index).join()
    say([...item.answer].sort().join() !== wanted, 'the answer does not use each partner once')
  } else {
    say(!distinct(Object.values(item.choices)), 'two options read the same')
    const wrong = letterSchema.options.filter((letter) => letter !== item.answer)
    say(wrong.join() !== Object.keys(item.distractors).sort().join(), 'every wrong option needs its note, the key none')
    if (item.type === 'spot_broken') {
      const lines = Object.values(item.choices).map(lineOf)
      say(
        lines.some((line) => !(line >= 1 && line <= (item.code?.length ?? 0))),
        'each option names a line of the code',
      )
    }
  }
  return faults
}

/** One question of the quiz. Bad ones are refused with the reason. */
export const itemSchema = z
  .discriminatedUnion('type', [choiceSchema, orderSchema, matchSchema])
  .superRefine((item, context) => {
    for (const message of faultsOf(item)) context.addIssue({ code: 'custom', message })
  })

export type Item = z.infer<typeof choiceSchema> | z.infer<typeof orderSchema> | z.infer<typeof matchSchema>
export type ChoiceItem = z.infer<typeof choiceSchema>
export type OrderItem = z.infer<typeof orderSchema>
export type Note = z.infer<typeof noteSchema>

export const isChoice = (item: Item): item is ChoiceItem => item.type !== 'order_hops' && item.type !== 'match'

/** The line that an option of a spot-the-line item names; NaN if it names none. */
export const lineOf = (option: string): number => Number(/^Line (\d+)/.exec(option)?.[1] ?? Number.NaN)

/** Declares the items of a lesson; the schema is applied by the tests and at start-up. */
export const defineItems = (items: readonly Item[]): readonly Item[] => items
