import type { Answer, Asker, Input, MessageHandle, Outbox, Request } from '../../src/app.ts'
import type { Command, Suggestion } from '../../src/chat/command.ts'
import { type Reply, reply } from '../../src/chat/reply.ts'
import type { Tutor } from '../../src/platforms/delivery/platform.ts'

/** The line that a request stands for, whichever way it came. */
const lineOf = (input: Input): string => {
  if ('line' in input) return input.line
  if ('press' in input) return input.choose === undefined ? input.press : `${input.press} ${input.choose}`
  const { command, verb, options } = input
  const words = Object.entries(options).map(([name, value]) =>
    name === 'command' ? String(value) : `--${name} ${value}`,
  )
  return [`/${command}`, ...(verb === undefined ? [] : [verb]), ...words].join(' ')
}

/** A tutor whose answers a test decides: it remembers what it was asked and does nothing twice. */
export class FakeTutor implements Tutor {
  commands: readonly Command[] = []
  /** Requests that had an effect, in order. */
  readonly requests: Request[] = []
  /** Deliveries that came again. */
  duplicates = 0
  readonly asked: { who: Asker; ask: unknown }[] = []
  /** Lines that begin with one of these are answered privately. */
  hidden: readonly string[] = ['/why']
  suggestions: Suggestion[] = []
  /** What a line is answered with; private where `private` is set. */
  run: (line: string, request: Request) => Reply | Promise<Reply> = (line) =>
    reply([{ type: 'text', text: `ran ${line}` }])
  homeReply: Reply = reply([
    { type: 'title', text: 'Your lessons' },
    { type: 'buttons', buttons: [{ label: 'Go on', action: '/lesson resume' }] },
  ])
  readonly #answers = new Map<string, Promise<Answer>>()
  readonly #outboxes = new Map<string, Outbox>()
  #last: Promise<unknown> = Promise.resolve()

  async handle(request: Request): Promise<Answer> {
    const { key } = request
    if (key === undefined) throw new Error('deliveries of chat platforms have a key')
    const known = this.#answers.get(key)
    if (known) {
      this.duplicates += 1
      return { ...(await known), duplicate: true }
    }
    const answer = this.#last.then(() => this.#answer(request))
    this.#last = answer
    this.#answers.set(key, answer)
    if (this.#answers.size > 1_000) this.#answers.delete(this.#answers.keys().next().value as string)
    return answer
  }

  isPrivate(input: Input): boolean {
    return this.hidden.some((line) => lineOf(input).startsWith(line))
  }

  async complete(
    who: Asker,
    ask: { command: string; verb?: string; option: string; partial: string },
  ): Promise<Suggestion[]> {
    this.asked.push({ who, ask })
    return this.suggestions
  }

  async home(): Promise<Reply> {
    return this.homeReply
  }

  connect(prefix: string, outbox: Outbox): void {
    this.#outboxes.set(prefix, outbox)
  }

  post(channel: string, said: Reply, options?: { private?: string }): Promise<MessageHandle | undefined> {
    return this.#outbox(channel).post(channel, said, options)
  }

  edit(handle: MessageHandle, said: Reply): Promise<boolean> {
    return this.#outbox(handle.channel).edit(handle, said)
  }

  get lines(): string[] {
    return this.requests.map(({ input }) => lineOf(input))
  }

  #outbox(channel: string): Outbox {
    const outbox = [...this.#outboxes].find(([prefix]) => channel.startsWith(prefix))?.[1]
    if (!outbox) throw new Error(`no platform is connected for ${channel}`)
    return outbox
  }

  async #answer(request: Request): Promise<Answer> {
    // The core lets the event loop turn between two jobs.
    await new Promise(setImmediate)
    this.requests.push(request)
    const said = await this.run(lineOf(request.input), request)
    return { reply: said, private: said.private ?? this.isPrivate(request.input) }
  }
}

export const says = (text: string): Reply => reply([{ type: 'text', text }])
