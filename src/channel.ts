import { z } from 'zod'
import { UserError } from './chat/user-error.ts'
import type { Cluster, Snapshot } from './cluster/cluster.ts'
import { type QuizState, quizSchema } from './quiz/state.ts'
import { type LessonState, lessonStateSchema } from './tutor/progress.ts'

/** What one channel may hold. Generous for a class, small enough that no channel can hurt the others. */
export const LIMITS = {
  objects: 2_000,
  files: 50,
  /** Characters of one file. */
  fileCharacters: 256_000,
  /** Characters of the channel's document. */
  documentCharacters: 4_000_000,
} as const

/** How long the id of a delivery is remembered, in ms. */
const DELIVERY_MEMORY = 30 * 60_000

const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

/** How many ids of deliveries are remembered. */
const DELIVERIES_KEPT = 100

const snapshotSchema = z.custom<Snapshot>(
  (value) =>
    z.looseObject({ clock: z.number(), objects: z.array(z.looseObject({ kind: z.string() })) }).safeParse(value)
      .success,
  'is not a cluster',
)

/** Number of the format in which channels and persons are saved. */
export const SCHEMA = 1

const documentSchema = z.strictObject({
  schema: z.literal(SCHEMA),
  /** The channel's key in clear text, such as `discord:GUILD:CHANNEL`. */
  channel: z.string(),
  cluster: snapshotSchema,
  /** Namespace that commands use where none is given. */
  namespace: z.string(),
  files: z.record(z.string(), z.string()),
  lesson: lessonStateSchema.nullable(),
  quiz: quizSchema.nullable(),
  /** The cluster from before the last reset. */
  parked: snapshotSchema.nullable(),
  /** The cluster from before the lesson under way. */
  before: snapshotSchema.nullable().default(null),
  /** A lesson that was left before its end, with its cluster. */
  paused: z.strictObject({ lesson: lessonStateSchema, cluster: snapshotSchema }).nullable().default(null),
  deliveries: z.array(z.tuple([z.string(), z.number()])),
})

export type ChannelDocument = z.infer<typeof documentSchema>

const personSchema = z.strictObject({
  schema: z.literal(SCHEMA),
  /** Finished lessons: id -> when, and how many steps needed hint 3. */
  lessons: z.record(z.string(), z.strictObject({ finishedAt: z.number(), helped: z.number() })),
})

/** What one person has learnt, wherever it was learnt. Immutable: a change is a new object. */
export type Person = z.infer<typeof personSchema>

export const newPerson: Person = { schema: SCHEMA, lessons: {} }

/** A person as it was saved. Throws for anything else. */
export const parsePerson = (document: unknown): Person => parse(personSchema, document)

/** Throws an error that names the first place that does not fit. */
function parse<T>(schema: z.ZodType<T>, document: unknown): T {
  const { data, error } = schema.safeParse(document)
  const issue = error?.issues[0]
  if (issue) throw new Error(`${issue.path.join('.') || 'the document'}: ${issue.message}`)
  return data as T
}

/**
 * A channel in use: its cluster and what is kept beside it. All fields but the cluster are immutable values that are
 * replaced, so that `touched` can tell whether there is anything to save.
 */
export class Channel {
  readonly key: string
  namespace: string
  files: Readonly<Record<string, string>>
  lesson: LessonState | null
  /** The quiz session of the channel, also after its end, until the next one. */
  quiz: QuizState | null
  parked: Snapshot | null
  before: Snapshot | null
  paused: { lesson: LessonState; cluster: Snapshot } | null
  /** Ids of the deliveries that changed something, with the time of each, oldest first. */
  deliveries: readonly (readonly [string, number])[]
  #cluster: Cluster
  #saved: readonly unknown[]

  constructor(document: Omit<ChannelDocument, 'schema' | 'cluster'>, cluster: Cluster, saved: boolean) {
    this.key = document.channel
    this.#cluster = limited(cluster)
    this.namespace = document.namespace
    this.files = document.files
    this.lesson = document.lesson
    this.quiz = document.quiz
    this.parked = document.parked
    this.before = document.before
    this.paused = document.paused
    this.deliveries = document.deliveries
    this.#saved = saved ? this.#values() : []
  }

  /** Replaced as a whole by a reset and by a lesson. */
  get cluster(): Cluster {
    return this.#cluster
  }

  set cluster(cluster: Cluster) {
    this.#cluster = limited(cluster)
  }

  /** True if something differs from what was saved last. The passing of time alone does not count. */
  get touched(): boolean {
    return !this.isAt(this.#saved)
  }

  /** What the channel is now, for `isAt`. */
  mark(): readonly unknown[] {
    return this.#values()
  }

  /** True if nothing has changed since `mark` was taken. */
  isAt(mark: readonly unknown[]): boolean {
    return this.#values().every((value, index) => value === mark[index])
  }

  /** Puts files into the channel's folder. Throws `UserError` for a name or size that is not allowed. */
  addFiles(files: Readonly<Record<string, string>>): void {
    for (const [name, content] of Object.entries(files)) {
      if (!FILE_NAME.test(name))
        throw new UserError(
          `${JSON.stringify(name.slice(0, 100))} cannot be a file name here: use letters, digits, dots, dashes and underscores.`,
        )
      if (content.length > LIMITS.fileCharacters)
        throw new UserError(`The file ${name} has ${content.length} characters; the limit is ${LIMITS.fileCharacters}.`)
    }
    const all = { ...this.files, ...files }
    if (Object.keys(all).length > LIMITS.files)
      throw new UserError(
        `A channel keeps at most ${LIMITS.files} files. Remove some with /cluster files --remove NAME.`,
      )
    this.files = all
  }

  /** Remembers that a delivery has had its effect. */
  remember(delivery: string, at: number): void {
    const fresh = this.deliveries.filter(([, then]) => then > at - DELIVERY_MEMORY)
    this.deliveries = [...fresh, [delivery, at] as const].slice(-DELIVERIES_KEPT)
  }

  markSaved(): void {
    this.#saved = this.#values()
  }

  toDocument(): ChannelDocument {
    return {
      schema: SCHEMA,
      channel: this.key,
      cluster: this.cluster.snapshot(),
      namespace: this.namespace,
      files: { ...this.files },
      lesson: this.lesson,
      quiz: this.quiz,
      parked: this.parked,
      before: this.before,
      paused: this.paused,
      deliveries: this.deliveries.map(([id, at]) => [id, at]),
    }
  }

  #values(): readonly unknown[] {
    return [
      this.cluster,
      this.cluster.version,
      this.namespace,
      this.files,
      this.lesson,
      this.quiz,
      this.parked,
      this.before,
      this.paused,
      this.deliveries,
    ]
  }
}

function limited(cluster: Cluster): Cluster {
  cluster.limit = LIMITS.objects
  return cluster
}

/** A channel as it was saved. Throws for anything else. */
export function parseChannel(document: unknown, restore: (snapshot: Snapshot) => Cluster): Channel {
  const { cluster, ...rest } = parse(documentSchema, document)
  return new Channel(rest, restore(cluster), true)
}

/** A channel that nobody has used yet. It is saved with its first change. */
export const newChannel = (key: string, cluster: Cluster): Channel =>
  new Channel(
    {
      channel: key,
      namespace: 'default',
      files: {},
      lesson: null,
      quiz: null,
      parked: null,
      before: null,
      paused: null,
      deliveries: [],
    },
    cluster,
    true,
  )
