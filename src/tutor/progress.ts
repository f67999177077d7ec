import { z } from 'zod'
import { factsSchema } from './facts.ts'
import { askingSchema, sightingSchema } from './sighting.ts'

const participantSchema = z.strictObject({
  name: z.string(),
  /** Prediction id -> chosen option, and the number of the traffic that came after it. */
  predictions: z.record(z.string(), z.strictObject({ option: z.string(), seq: z.number() })),
  said: z.record(z.string(), z.string()),
  /** Step id -> hints that have been read. */
  hints: z.record(z.string(), z.number()),
})

/** A lesson under way in a channel. One lesson at a time; the cluster counts for all, predictions for each. */
export const lessonStateSchema = z.strictObject({
  lesson: z.string(),
  /** Index of the open step; the number of steps when finished. */
  step: z.number(),
  start: factsSchema,
  /** The clauses about the state, without traffic and predictions, were all true when the step began. */
  heldAtStart: z.boolean(),
  /** Counts the commands that sent, asked or changed something. */
  seq: z.number(),
  sightings: z.array(sightingSchema),
  askings: z.array(askingSchema),
  /** Fields because of which the API server has refused the newest command. */
  refusals: z.array(z.strictObject({ kind: z.string(), path: z.string() })),
  /** Where the newest failed connection stopped. */
  stoppedAt: z.string().nullable(),
  participants: z.record(z.string(), participantSchema),
  /** Ids of steps that were passed after reading hint 3. */
  helped: z.array(z.string()),
  skipped: z.array(z.string()),
  /** What the newest judged command came to. */
  outcome: z.strictObject({ passed: z.boolean(), feedback: z.string().nullable() }),
})

export type LessonState = z.infer<typeof lessonStateSchema>
export type Participant = z.infer<typeof participantSchema>

export const newParticipant = (name: string): Participant => ({ name, predictions: {}, said: {}, hints: {} })
