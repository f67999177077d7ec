import { z } from 'zod'
import type { Snapshot } from '../cluster/cluster.ts'
import type { Milliseconds } from '../cluster/object.ts'
import { itemSchema } from './item.ts'

/** An instant on the tutor's own clock. */
const instant = z.number()
const count = z.number().int().min(0)

/** The shapes that tell teams apart beside their names; never a colour. */
const SHAPES = ['▲', '●', '■', '★', '◆', '⬢'] as const
export const SHAPE_NAMES = ['Triangle', 'Circle', 'Square', 'Star', 'Diamond', 'Hexagon'] as const

const settingsSchema = z.strictObject({
  topic: z.string(),
  /** How points follow from credit and time. */
  scoring: z.enum(['accuracy', 'pace', 'kahoot']),
  /** All in one team, dealt out evenly, or chosen by the players. */
  teams: z.enum(['one', 'balanced', 'choose']),
  /** `live`: one question at a time. `day`: all questions are open for hours, each at one's own time. */
  mode: z.enum(['live', 'day']),
  /** How long a `day` lasts, in hours. */
  hours: z.number().min(0.1).max(168),
})
export type Settings = z.infer<typeof settingsSchema>

const playerSchema = z.strictObject({
  /** The platform's id of the person. */
  user: z.string(),
  name: z.string(),
  /** Position of the team. */
  team: count,
  /** Position of the first question that counts for this player. */
  from: count,
  left: z.literal(true).optional(),
  /** Wants to be seen in the list of individuals. */
  listed: z.literal(true).optional(),
  /** Has more time: 1.5 or 2 times that of the others. */
  extra: z.union([z.literal(1.5), z.literal(2)]).optional(),
  /** Questions in a row without an answer; from two on the player is away. */
  misses: count,
})
export type Player = z.infer<typeof playerSchema>

const givenSchema = z.strictObject({
  /** In the item's own letters, whatever order was shown. */
  pick: z.string().max(16),
  /** Time from the question to this answer, by the platform's clock. */
  ms: count,
  /** The first answer, where the last is another one. */
  first: z.string().max(16).optional(),
  /** How often it was changed. */
  changes: count.optional(),
})
export type Given = z.infer<typeof givenSchema>

/** What a question holds for each player: not asked (0), asked but silent (1), or an answer. */
export const ABSENT = 0
export const SILENT = 1
const entrySchema = z.union([z.literal(ABSENT), z.literal(SILENT), givenSchema])
export type Entry = z.infer<typeof entrySchema>

const questionSchema = z.strictObject({
  item: itemSchema,
  /** In which order the choices are shown, in the item's own letters. */
  order: z.string(),
  /** Time to answer in ms; null: until the host reveals. */
  limit: z.number().nullable(),
  /** By position of the player. */
  entries: z.array(entrySchema),
  closed: z.literal(true).optional(),
  /** Counts for nobody. */
  void: z.literal(true).optional(),
  /** How the answers stood before they were talked over, by answer. */
  before: z.record(z.string(), count).optional(),
})
export type Question = z.infer<typeof questionSchema>

const lobbySchema = z.strictObject({
  is: z.literal('lobby'),
  /** Nobody waits longer than this. */
  until: instant,
  /** When the message was last brought up to date, and when it is due again. */
  shown: instant,
  refresh: instant.optional(),
  /** Nobody may join any more. */
  locked: z.literal(true).optional(),
})

const openSchema = z.strictObject({
  is: z.literal('open'),
  question: count,
  opened: instant,
  /** When the question appeared, by the platform's clock. */
  posted: z.number().optional(),
  /** Time that does not count because the session was paused. */
  paused: count,
  /** When the time is up that the message shows; null where there is no limit. */
  ends: instant.nullable(),
  /** Closes early then, because everybody has answered. */
  hurry: instant.optional(),
  /** Players whose answer is awaited, and those among them who have more time. */
  waiting: count,
  slow: count,
  /** The greatest share of extra time that anybody has. */
  factor: z.number(),
  /** When the message is brought up to date for clients that do not count down by themselves. */
  marks: z.array(instant),
  /** The second vote, after talking. */
  revote: z.literal(true).optional(),
})

const discussSchema = z.strictObject({ is: z.literal('discuss'), question: count, until: instant })

const revealSchema = z.strictObject({
  is: z.literal('reveal'),
  question: count,
  /** A host who does nothing until then is taken for absent. */
  until: instant,
})

const pausedSchema = z.strictObject({
  is: z.literal('paused'),
  was: z.union([openSchema, discussSchema, revealSchema]),
  since: instant,
  until: instant,
  /** Not paused by a host: nobody was there to go on. */
  why: z.enum(['silent', 'empty']).optional(),
})

/** A cluster as it is stored; whoever restores it judges what is in it. */
const snapshotSchema = z.custom<Snapshot>(
  (value) =>
    z.looseObject({ clock: z.number(), objects: z.array(z.looseObject({ kind: z.string() })) }).safeParse(value)
      .success,
  'is not a cluster',
)

const repairSchema = z.strictObject({
  is: z.literal('repair'),
  /** Id of what is broken. */
  repair: z.string(),
  since: instant,
  until: instant,
  /** What each team works on, by position. */
  benches: z.array(z.strictObject({ cluster: snapshotSchema, namespace: z.string(), changes: count })),
  /** Goes on from there afterwards. */
  was: z.union([lobbySchema, revealSchema]),
})

const phaseSchema = z.discriminatedUnion('is', [
  lobbySchema,
  openSchema,
  discussSchema,
  revealSchema,
  pausedSchema,
  repairSchema,
  z.strictObject({ is: z.literal('day'), closes: instant, warned: z.literal(true).optional() }),
  z.strictObject({ is: z.literal('ended'), at: instant, why: z.enum(['done', 'stopped', 'idle']) }),
])
export type Phase = z.infer<typeof phaseSchema>
export type OpenPhase = z.infer<typeof openSchema>

/** A quiz session, as it is saved with its channel. Immutable: each event gives a new one. */
export const quizSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]{5}$/),
  seed: z.number().int(),
  started: instant,
  settings: settingsSchema,
  /** Who may steer, the host first. */
  hosts: z.array(z.string()),
  teams: z
    .array(z.strictObject({ name: z.string() }))
    .min(1)
    .max(SHAPES.length),
  players: z.array(playerSchema),
  questions: z.array(questionSchema),
  phase: phaseSchema,
  /** The messages that may still change: slot -> the platform's handle of the message. */
  messages: z.record(z.string(), z.string()),
  /** Break-fix rounds that are over: the team that was first, or null; how long it took, and with how many changes. */
  repaired: z
    .array(z.strictObject({ repair: z.string(), team: count.nullable(), ms: count, changes: count }))
    .optional(),
  /** A slot whose message was still on its way when it had to be changed. */
  stale: z.string().optional(),
  /** A slot whose message was lost and has been posted again. */
  lost: z.string().optional(),
})
export type QuizState = z.infer<typeof quizSchema>

/** How long after its end a question still takes answers that were on their way. */
export const GRACE: Milliseconds = 2_000

/** A question closes so long after everybody has answered, so that a slip can be put right. */
export const HURRY: Milliseconds = 3_000

const positions = new WeakMap<readonly Player[], ReadonlyMap<string, number>>()

/**
 * Position of a user among the players, or undefined. The index is kept for as long as the list of players is the same,
 * so that an answer costs the same in a session of five and of five hundred.
 */
export function positionOf(session: QuizState, user: string): number | undefined {
  let index = positions.get(session.players)
  if (!index) {
    index = new Map(session.players.map((player, position) => [player.user, position]))
    positions.set(session.players, index)
  }
  return index.get(user)
}

export const isHost = (session: QuizState, user: string): boolean => session.hosts.includes(user)

export const playing = (session: QuizState): Player[] => session.players.filter(({ left }) => !left)

/** Position of the question that is asked or shown; undefined in the lobby, in a day and at the end. */
export function currentQuestion({ phase }: QuizState): number | undefined {
  if (phase.is === 'paused') return phase.was.question
  return 'question' in phase ? phase.question : undefined
}

/**
 * True while a question about the channel's own cluster is open: the tutor keeps silent about traffic then, or it would
 * be the oracle.
 */
export function isSealed(session: QuizState | null): boolean {
  if (session?.phase.is !== 'open') return false
  const { source } = session.questions[session.phase.question]!.item
  return source !== undefined && source.cluster !== 'world'
}

/** `▲ Triangle`, the name of a team with its shape. */
export const teamLabel = (session: QuizState, team: number): string =>
  `${SHAPES[team]} ${session.teams[team]?.name ?? SHAPE_NAMES[team]}`
