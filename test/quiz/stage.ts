import { commands } from '../../commands/index.ts'
import { lessons } from '../../lessons/index.ts'
import { items } from '../../lessons/items.ts'
import { App, type MessageHandle, type Outbox, type Request } from '../../src/app.ts'
import { certificates } from '../../src/certificates.ts'
import type { Reply } from '../../src/chat/reply.ts'
import { pressables, renderConsole } from '../../src/platforms/console/render.ts'
import type { Tutor } from '../../src/platforms/delivery/platform.ts'
import { createBank } from '../../src/quiz/bank.ts'
import type { Store } from '../../src/storage/store.ts'
import { MemoryStore } from '../memory-store.ts'
import { MONDAY } from '../player.ts'

const CHANNEL = 'console:test'

/** What happened on a stage, in order, as far as anybody could see it. */
export interface Happening {
  /** Who did it; the tutor where nobody asked. */
  by: string
  did: string
  reply: Reply
}

/**
 * The real app behind any front, told the same place, persons and time for each, so that the same script gives the same
 * play. It can be stopped like a process and starts again from what was stored.
 */
export class Stage {
  readonly store: Store
  readonly happenings: Happening[] = []
  now = MONDAY
  app: App
  #outbox: Outbox | undefined
  #place: string | undefined
  #persons = new Map<string, string>()

  constructor(store: Store = new MemoryStore()) {
    this.store = store
    this.app = this.#start()
  }

  /** Ends the process, as far as anybody can tell, and starts it again. */
  async restart(): Promise<void> {
    await this.app.stop()
    this.app = this.#start()
    if (this.#outbox) this.app.connect('console:', this.#outbox)
    await this.app.start(this.now, 'console:')
    await this.app.quiet()
  }

  /** What a platform takes for the tutor. `nameOf` tells who somebody is. */
  tutor(nameOf: (request: Request) => string): Tutor {
    return {
      commands,
      isPrivate: (input) => this.app.isPrivate(input),
      complete: (who, ask) => this.app.complete(who, ask),
      home: (user) => this.app.home(user),
      connect: (_prefix, outbox) => this.connect(outbox),
      handle: async (request) => {
        const name = nameOf(request)
        this.#place = request.channel
        this.#persons.set(`console:${name}`, request.user)
        const { messageAt: _posted, answeredAt: _pressed, ...rest } = request
        return this.handle({ ...rest, user: `console:${name}`, userName: name })
      },
    }
  }

  async handle(request: Omit<Request, 'channel' | 'at'>) {
    const answer = await this.app.handle({ ...request, channel: CHANNEL, at: this.now })
    const { input } = request
    const did = 'press' in input ? `[${input.press}${input.choose ? ` ${input.choose}` : ''}]` : lineOf(input)
    this.happenings.push({ by: request.userName, did, reply: answer.reply })
    return answer
  }

  /** The front that shows what the tutor says by itself. Its clock is not ours, so its times are left out. */
  connect(outbox?: Outbox): void {
    const places = new Map<string, MessageHandle>()
    const shared: Outbox = {
      post: async (_channel, reply, options) => {
        this.happenings.push({ by: 'tutor', did: 'posts', reply })
        const person = options?.private === undefined ? undefined : this.#persons.get(options.private)
        const found = await outbox?.post(this.#place!, reply, person === undefined ? {} : { private: person })
        const message = String(places.size + 1)
        if (found) places.set(message, found)
        return { platform: 'console', channel: CHANNEL, message }
      },
      edit: async ({ message }, reply, options) => {
        this.happenings.push({ by: 'tutor', did: options?.countdown ? 'counts down' : 'shows instead', reply })
        const place = places.get(message)
        return place ? ((await outbox?.edit(place, reply, options)) ?? true) : true
      },
    }
    this.#outbox = shared
    this.app.connect('console:', shared)
  }

  /** The play from the lobby on, as it would read at a console. */
  transcript(): string {
    return this.happenings
      .slice(this.happenings.findIndex(({ did }) => did === 'posts'))
      .map(({ by, did, reply }) =>
        [
          `${by}> ${did}`,
          ...renderConsole(reply)
            .split('\n')
            .map((line) => `  ${line}`),
        ].join('\n'),
      )
      .join('\n\n')
  }

  /** The last thing that everybody can see. */
  get shown(): Reply {
    return this.happenings.findLast(({ by }) => by === 'tutor')!.reply
  }

  #start(): App {
    const log = (message: string, error?: unknown) => {
      throw error ?? new Error(message)
    }
    return new App({ commands, lessons, bank: createBank(items), certificates, store: this.store, log })
  }
}

const lineOf = (input: Request['input']): string => {
  if ('line' in input) return input.line
  if ('press' in input) return input.press
  const { command, verb, options } = input
  const words = Object.entries(options).map(([name, value]) =>
    name === 'command' ? String(value) : `--${name} ${value}`,
  )
  return [`/${command}`, ...(verb === undefined ? [] : [verb]), ...words].join(' ')
}

/** How a person acts on a front. */
export interface Front {
  stage: Stage
  type(by: string, line: string): Promise<void>
  /** Presses a button of the last message that everybody can see. */
  press(by: string, label: string): Promise<void>
  /** The text of the last message that everybody can see, as the front shows it. */
  text(): string
  close(): Promise<void>
}

const PLAYERS = ['ann', 'bea', 'cat', 'dan', 'eve', 'flo'] as const

/** Two teams, six players and a host play four generated questions; the process dies in the middle of the second. */
export async function playSession(front: Front, look: (front: Front) => void): Promise<void> {
  const { stage } = front
  const labels = () => pressables(stage.shown).map(({ label }) => label)
  await front.type('mentor', '/kubectl create deployment coffee-shop --image=cafe/coffee-shop:1 --replicas=3')
  await front.type('mentor', '/kubectl expose deployment coffee-shop --port=80 --target-port=8080')
  await front.type('mentor', '/quiz start cluster 4 30 2')
  for (const player of PLAYERS) await front.press(player, 'Join')
  await front.type('ann', '/quiz team Röster')
  await front.press('mentor', 'Begin')
  for (let question = 0; question < 4; question++) {
    look(front)
    const options = labels().filter((label) => /^[A-D]: /.test(label))
    for (const [index, player] of PLAYERS.entries()) {
      if (question === 1 && index === 3) await stage.restart()
      stage.now += 1_000
      const option = options[(index + question) % options.length]
      if (option) await front.press(player, option)
      else await front.type(player, `/quiz answer ${['C A D B', 'A B C D', 'D C B A'][index % 3]}`)
    }
    stage.now += 3_000
    await front.type('ann', '/quiz why')
    look(front)
    await front.press('mentor', question === 3 ? 'Final board' : 'Next question')
  }
  look(front)
  await front.press('bea', 'What I missed')
  await front.type('mentor', '/quiz export')
}
