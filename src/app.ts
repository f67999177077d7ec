import type { Channel } from './channel.ts'
import type { Command, Suggestion } from './chat/command.ts'
import { completeLine, completeOption } from './chat/complete.ts'
import type { CommandContext } from './chat/context.ts'
import { type Invocation, parseLine, parseStructured } from './chat/options.ts'
import type { Reply } from './chat/reply.ts'
import { UserError } from './chat/user-error.ts'
import { quoteWord } from './chat/words.ts'
import { LimitError } from './cluster/cluster.ts'
import type { Certificates } from './cluster/network/certificate.ts'
import type { Milliseconds } from './cluster/object.ts'
import { hash, Random } from './cluster/random.ts'
import { Desk, type Done } from './desk.ts'
import type { Outbox } from './outboxes.ts'
import type { Bank } from './quiz/bank.ts'
import { DamagedDocumentError, NewerDocumentError, type Store } from './storage/store.ts'
import { consequences } from './tutor/consequences.ts'
import { followLesson } from './tutor/follow.ts'
import { progressReply } from './tutor/home.ts'
import type { Lesson } from './tutor/lesson.ts'

/** What somebody asked for: a typed line, options that a platform has taken apart, or a pressed button. */
export type Input =
  | { line: string }
  | { command: string; verb?: string; options: Record<string, unknown> }
  | { press: string; choose?: string }

export interface Request {
  /** The platform's own id of the delivery; the same id again has no second effect. Absent where nothing comes twice. */
  key?: string
  /** `platform:…`: one channel is one persisted cluster. */
  channel: string
  /** `platform:id` of the person. */
  user: string
  userName: string
  /** Wall clock in ms since the epoch. */
  at: Milliseconds
  input: Input
  /** What `-f -` reads. */
  stdin?: string
  /** Files that are put into the channel's folder before the command runs. */
  files?: Readonly<Record<string, string>>
  /** By the platform's own clock: when the message with the pressed button was posted, and when it was pressed. */
  messageAt?: Milliseconds
  answeredAt?: Milliseconds
}

export interface Answer {
  reply: Reply
  private: boolean
  /** The delivery had been seen before; nothing was done again. */
  duplicate?: true
}

/** Who asks, and where. */
export type Asker = Pick<Request, 'channel' | 'user' | 'at'>

export type { MessageHandle, Outbox } from './outboxes.ts'

export interface AppParts {
  commands: readonly Command[]
  lessons: readonly Lesson[]
  bank: Bank
  certificates: Certificates
  store: Store
  log: (message: string, error?: unknown) => void
}

/** The whole tutor behind any chat front: one request in, one reply out. The life of a command is told in `#perform`. */
export class App {
  readonly commands: readonly Command[]
  readonly #lessons: readonly Lesson[]
  readonly #bank: Bank
  readonly #certificates: Certificates
  readonly #desk: Desk
  readonly #answers = new Map<string, Promise<Answer>>()
  readonly #log: AppParts['log']
  #connections = 0

  constructor({ commands, lessons, bank, certificates, store, log }: AppParts) {
    this.commands = commands
    this.#lessons = lessons
    this.#bank = bank
    this.#certificates = certificates
    this.#desk = new Desk(store, log)
    this.#log = log
  }

  /**
   * Goes on with what was under way when the last process ended, in the channels of one platform (`prefix`, such as
   * `slack:`). Call it when the platform is connected.
   */
  start(at: Milliseconds, prefix: string): Promise<void> {
    return this.#desk.start(at, prefix)
  }

  /** Lets everything finish that has been accepted. */
  stop(): Promise<void> {
    return this.#desk.stop()
  }

  /** Resolves when everything that has been accepted is done and said. */
  quiet(): Promise<void> {
    return this.#desk.quiet()
  }

  /** Answers a request. Never throws: mistakes are told to the caller, bugs are logged and answered neutrally. */
  async handle(request: Request): Promise<Answer> {
    if (request.key === undefined) return this.#answer(request)
    const id = `${request.channel} ${request.key}`
    const known = this.#answers.get(id)
    if (known) return { ...(await known), duplicate: true }
    const answer = this.#answer(request)
    this.#answers.set(id, answer)
    // Who sends a delivery twice wants the message again, not the data for programs, which may be large.
    answer.then(({ reply: { data: _, ...reply }, ...rest }) =>
      this.#answers.set(id, Promise.resolve({ reply, ...rest })),
    )
    if (this.#answers.size > ANSWERS_KEPT) this.#answers.delete(this.#answers.keys().next().value as string)
    return answer
  }

  /** Whether only the caller will see the reply. Known before the command runs, as platforms require. */
  isPrivate(input: Input): boolean {
    try {
      return declaredPrivate(this.#understand(input))
    } catch {
      return true
    }
  }

  /** Values for an option that is being typed, by name of command, verb and option. Changes nothing. */
  complete(
    who: Asker,
    ask: { command: string; verb?: string; option: string; partial: string },
  ): Promise<Suggestion[]> {
    return this.#ask(who, (context) => completeOption(this.commands, context, ask))
  }

  /** What may stand in place of the last word of a line that is being typed. Changes nothing. */
  completeLine(who: Asker, line: string): Promise<Suggestion[]> {
    return this.#ask(who, (context) => completeLine(this.commands, context, line))
  }

  /** One person's lessons, progress and next step, for a place that belongs to no channel. */
  async home(user: string): Promise<Reply> {
    return progressReply(await this.#desk.channels.person(user), this.#lessons)
  }

  /** Sends what the tutor says by itself in the channels of one platform (`prefix`, such as `slack:`) there. */
  connect(prefix: string, outbox: Outbox): void {
    this.#desk.outboxes.connect(prefix, outbox)
  }

  async #answer(request: Request): Promise<Answer> {
    let command: string | undefined
    try {
      const invocation = this.#understand(request.input)
      command = invocation.command.name
      const { reply, duplicate } = await this.#desk.run(request.channel, request.at, (channel) =>
        this.#perform(channel, request, invocation),
      )
      return {
        reply,
        private: reply.private ?? declaredPrivate(invocation),
        ...(duplicate && { duplicate }),
      }
    } catch (error) {
      const isLimit = error instanceof LimitError || error instanceof NewerDocumentError
      const told = isLimit ? new UserError(error.message) : error
      if (told instanceof UserError) return { reply: told.toReply(command), private: true }
      const id = request.key ?? String(request.at)
      this.#log(`delivery ${id} in ${request.channel} failed`, error)
      if (error instanceof DamagedDocumentError) return { reply: damaged(error), private: true }
      return { reply: apology(id), private: true }
    }
  }

  /**
   * The life of one command, in its channel's turn:
   * 1. the channel has been loaded; its clock catches up with the wall clock;
   * 2. the command runs, and the cluster settles;
   * 3. the tutor adds what followed and judges the open lesson step;
   * 4. the desk saves, and only then the reply goes out.
   */
  async #perform(channel: Channel, request: Request, invocation: Invocation): Promise<Done<Told>> {
    const { key } = request
    if (key !== undefined && channel.deliveries.some(([id]) => id === key))
      return { result: { reply: ALREADY_DONE, duplicate: true }, effects: [] }
    const context = await this.#context(channel, request)
    const person = context.person
    await this.#desk.breathe()
    const before = channel.cluster
    before.follow(request.at)
    if (request.files) channel.addFiles(request.files)
    before.begin({ author: request.userName, line: lineOf(request.input, invocation) })
    const version = before.version
    const said = await runInvocation(context, invocation)
    before.commit()
    // A reset or a lesson puts another cluster into the channel.
    const { cluster } = channel
    cluster.settle()
    const changed = cluster === before && cluster.version !== version
    const told = changed ? consequences(said, cluster) : said
    const reply = followLesson(context, told, changed)
    if (channel.touched && key !== undefined) channel.remember(key, request.at)
    return {
      result: { reply },
      person: { user: request.user, change: { before: person, after: context.person } },
      effects: context.effects,
    }
  }

  async #context(channel: CommandContext['channel'], request: Omit<Request, 'key' | 'input'>): Promise<CommandContext> {
    this.#connections += 1
    return {
      channel,
      person: await this.#desk.channels.person(request.user),
      user: request.user,
      userName: request.userName,
      at: request.at,
      answeredAt: request.answeredAt ?? request.at,
      messageAt: request.messageAt,
      stdin: request.stdin,
      connections: [],
      lookups: [],
      refusals: [],
      effects: [],
      bank: this.#bank,
      certificates: this.#certificates,
      dice: new Random(hash(`${channel.cluster.random.state} ${channel.cluster.now} ${this.#connections}`)),
      commands: this.commands,
      lessons: this.#lessons,
    }
  }

  #ask<T>({ channel, user, at }: Asker, question: (context: CommandContext) => T): Promise<T> {
    return this.#desk.read(channel, at, async (live) =>
      question(await this.#context(live, { channel, user, userName: user, at })),
    )
  }

  #understand(input: Input): Invocation {
    if ('line' in input) return parseLine(this.commands, input.line)
    if ('command' in input) return parseStructured(this.commands, input)
    const line = input.choose === undefined ? input.press : `${input.press} ${quoteWord(input.choose)}`
    try {
      return parseLine(this.commands, line)
    } catch (error) {
      if (error instanceof UserError) throw new UserError('This button has expired. Please ask for the message again.')
      throw error
    }
  }
}

interface Told {
  reply: Reply
  duplicate?: true
}

const runInvocation = (context: CommandContext, invocation: Invocation): Reply | Promise<Reply> =>
  'verb' in invocation
    ? invocation.command.verbs[invocation.verb]!.run(context, invocation.options as never)
    : invocation.command.run(context, invocation.words)

const ANSWERS_KEPT = 300

const ALREADY_DONE: Reply = { ok: true, private: true, parts: [{ type: 'text', text: 'This has already been done.' }] }

/** The file has been set aside, so the channel begins afresh. */
const damaged = (error: DamagedDocumentError): Reply => ({
  ok: false,
  private: true,
  parts: [
    { type: 'text', text: `${error.message}. The next command here begins with a fresh cluster.` },
    { type: 'buttons', buttons: [{ label: 'Menu', action: '/tutor' }] },
  ],
})

const apology = (id: string): Reply => ({
  ok: false,
  private: true,
  parts: [
    { type: 'text', text: `Something went wrong on our side; nothing was changed. Please try again. (${id})` },
    { type: 'buttons', buttons: [{ label: 'Menu', action: '/tutor' }] },
  ],
})

const declaredPrivate = (invocation: Invocation): boolean =>
  ('verb' in invocation && invocation.command.verbs[invocation.verb]?.private) || invocation.command.private || false

/** The line as it was typed, or would have been, for the history. */
function lineOf(input: Input, invocation: Invocation): string {
  if ('line' in input) return input.line.trim()
  if ('press' in input) return input.press
  const words =
    'verb' in invocation
      ? [invocation.verb, ...Object.values(invocation.options).map((value) => quoteWord(String(value)))]
      : invocation.words.map(quoteWord)
  return [`/${invocation.command.name}`, ...words].join(' ')
}
