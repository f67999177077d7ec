import { Alarms } from './alarms.ts'
import type { Channel } from './channel.ts'
import { type Channels, createChannels, type Learnt } from './channels.ts'
import { UserError } from './chat/user-error.ts'
import type { Milliseconds } from './cluster/object.ts'
import { type Delivered, Outboxes, type Utterance } from './outboxes.ts'
import type { Effect, QuizEvent } from './quiz/effect.ts'
import { dueAt, reduce } from './quiz/session.ts'
import { renderNotice } from './quiz/views/notice.ts'
import { renderView } from './quiz/views/render.ts'
import { Running } from './running.ts'
import type { Store } from './storage/store.ts'
import { Turns } from './turns.ts'

/** What a job leaves behind beside the channel that it has changed. */
export interface Done<T> {
  result: T
  /** What the caller has learnt. */
  person?: Learnt
  /** What the quiz wants to be said. */
  effects: readonly Effect[]
}

/** Jobs on one channel that are saved together, since they came close together. */
interface Batch {
  channel: Channel
  jobs: number
  persons: Learnt[]
  /** Whether what they changed is durable. */
  durable: Promise<boolean>
  resolve: (durable: boolean | Promise<boolean>) => void
}

/** Most jobs that one save carries. */
const LARGEST_BATCH = 32

const SAVE_ATTEMPTS = 5

/**
 * Where all work on channels passes: one job at a time for each, on the channel as it was saved last; what it changed
 * is saved, and only then anything is said. Between jobs it looks after quizzes: their clocks, their messages, and that
 * a start goes on where the last process stopped.
 */
export class Desk {
  readonly channels: Channels
  readonly outboxes: Outboxes
  readonly #turns = new Turns()
  readonly #alarms: Alarms
  readonly #log: (message: string, error?: unknown) => void
  readonly #batches = new Map<string, Batch>()
  readonly #running: Running

  constructor(store: Store, log: (message: string, error?: unknown) => void) {
    this.#log = log
    this.#running = new Running(store)
    this.channels = createChannels(store)
    this.outboxes = new Outboxes(log)
    this.#alarms = new Alarms((channel, at) => this.#event(channel, at, { type: 'tick', at }))
  }

  /** Goes on with the sessions that were running when the last process ended, in the channels whose keys begin so. */
  async start(at: Milliseconds, prefix: string): Promise<void> {
    for (const channel of await this.#running.channels())
      if (channel.startsWith(prefix)) await this.#event(channel, at, { type: 'restart', at })
  }

  /** Lets everything finish that has been accepted, and sets no further alarm. */
  async stop(): Promise<void> {
    this.#alarms.clear()
    await this.quiet()
    this.#alarms.clear()
  }

  /** Resolves when no job is under way and nothing is being said. */
  async quiet(): Promise<void> {
    await this.#turns.idle()
    await this.outboxes.silence()
    await this.#turns.idle()
  }

  /** Reads something in a channel's turn. */
  read<T>(key: string, at: Milliseconds, question: (channel: Channel) => Promise<T>): Promise<T> {
    return this.#turns.take(key, async () => question(await this.channels.channel(key, at)))
  }

  /**
   * Runs a job in the channel's turn; resolves when what it changed is durable. Jobs that wait for each other are saved
   * together. A save that meets a newer version (another process was faster) runs its jobs again: they are functions of
   * the state, and nothing has been said yet. A job that throws leaves no trace.
   */
  async run<T>(key: string, at: Milliseconds, job: (channel: Channel) => Promise<Done<T>>): Promise<T> {
    for (let attempt = 0; attempt < SAVE_ATTEMPTS; attempt++) {
      const { result, durable, after } = await this.#turns.take(key, () => this.#turn(key, at, job))
      if (!(await durable)) continue
      await after()
      return result
    }
    throw new UserError('This channel is being changed by somebody else at the same moment. Please try again.')
  }

  /** Resolves when the event loop has had a turn of its own; call it right before work on the CPU. */
  breathe(): Promise<void> {
    return this.#turns.breathe()
  }

  async #turn<T>(key: string, at: Milliseconds, job: (channel: Channel) => Promise<Done<T>>) {
    const channel = await this.channels.channel(key, at)
    const mark = channel.mark()
    try {
      const overdue = catchUp(channel, at)
      const { result, person, effects } = await job(channel)
      const utterances = utterancesOf(channel, [...overdue, ...effects])
      const { quiz } = channel
      const durable = this.#join(key, channel, person)
      const after = async () => {
        this.#alarms.set(key, at, quiz ? (dueAt(quiz) ?? undefined) : undefined)
        await this.#running.note(key, quiz !== null && quiz.phase.is !== 'ended')
        const began = performance.now()
        this.outboxes.say(key, utterances, (what) => this.#delivered(key, at, began, what))
      }
      return { result, durable, after }
    } catch (error) {
      if (!channel.isAt(mark)) this.#abandon(key)
      throw error
    } finally {
      const batch = this.#batches.get(key)
      if (batch && (this.#turns.waiting(key) === 0 || batch.jobs >= LARGEST_BATCH)) this.#flush(key, batch)
    }
  }

  /** Lets a job's changes be saved with those of the jobs around it. */
  #join(key: string, channel: Channel, person: Learnt | undefined): Promise<boolean> {
    let batch = this.#batches.get(key)
    if (!batch) {
      let resolve: Batch['resolve'] = () => {}
      const durable = new Promise<boolean>((settle) => {
        resolve = settle
      })
      batch = { channel, jobs: 0, persons: [], durable, resolve }
      this.#batches.set(key, batch)
    }
    batch.jobs += 1
    if (person) batch.persons.push(person)
    return batch.durable
  }

  #flush(key: string, { channel, persons, resolve }: Batch): void {
    this.#batches.delete(key)
    try {
      resolve(this.channels.save(channel, persons))
    } catch (error) {
      this.channels.drop(key)
      resolve(Promise.reject(error))
    }
  }

  /** A job has failed half-way: the channel is as it was saved, and those who changed it since then run again. */
  #abandon(key: string): void {
    this.channels.drop(key)
    const batch = this.#batches.get(key)
    this.#batches.delete(key)
    batch?.resolve(false)
  }

  /**
   * A message that was handed out at `at`, or `began` by the process's own clock, has been posted or is gone: the session
   * remembers it. A platform may have taken its time; where time does not run by itself, none has passed.
   */
  async #delivered(key: string, at: Milliseconds, began: number, what: Delivered): Promise<void> {
    if ('lost' in what) return this.#event(key, at, { type: 'lost', at, slot: what.slot })
    const { slot, message } = what
    const handle = JSON.stringify(message)
    if (message.at === undefined) return this.#event(key, at, { type: 'posted', at, slot, handle })
    const out = at + Math.round(performance.now() - began)
    return this.#event(key, out, { type: 'posted', at: out, slot, handle, clock: message.at })
  }

  /** Lets something happen to the session of a channel that nobody has asked for. */
  async #event(key: string, at: Milliseconds, event: QuizEvent): Promise<void> {
    try {
      await this.run(key, at, async (channel) => {
        if (!channel.quiz) return { result: undefined, effects: [] }
        const { session, effects } = reduce(channel.quiz, event)
        channel.quiz = session
        return { result: undefined, effects }
      })
    } catch (error) {
      this.#log(`the quiz in ${key} could not go on`, error)
    }
  }
}

/** What has fallen due in the session by now, each at its own time. */
function catchUp(channel: Channel, at: Milliseconds): Effect[] {
  const effects: Effect[] = []
  for (;;) {
    const due = channel.quiz ? dueAt(channel.quiz) : undefined
    if (!channel.quiz || due === null || due === undefined || due > at) return effects
    const step = reduce(channel.quiz, { type: 'tick', at: due })
    if (step.session === channel.quiz) return effects
    channel.quiz = step.session
    effects.push(...step.effects)
  }
}

/** The effects of a session as what is to be said; drawn at once, since the session goes on. */
function utterancesOf({ quiz }: Channel, effects: readonly Effect[]): Utterance[] {
  if (!quiz) return []
  return effects.flatMap((effect): Utterance[] => {
    if (effect.do === 'tell')
      return [{ do: 'post', reply: renderNotice(quiz, effect.user, effect.notice), private: effect.user }]
    const reply = renderView(quiz, effect.view)
    if (effect.do === 'post') return [{ do: 'post', slot: effect.slot, reply }]
    const handle = quiz.messages[effect.slot]
    if (handle === undefined) return []
    return [
      {
        do: 'edit',
        slot: effect.slot,
        reply,
        message: JSON.parse(handle),
        ...(effect.countdown && { countdown: true }),
      },
    ]
  })
}
