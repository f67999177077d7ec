import { items } from '../../lessons/items.ts'
import type { Effect, Notice, QuizEvent } from '../../src/quiz/effect.ts'
import type { Item } from '../../src/quiz/item.ts'
import { type NewSession, reduce, startSession } from '../../src/quiz/session.ts'
import { type QuizState, quizSchema } from '../../src/quiz/state.ts'

export const T0 = 1_750_000_000_000

export const item = (id: string): Item => items.find((candidate) => candidate.id === id)!

export const who = (user: string) => ({ user, name: user })

export const settings: QuizState['settings'] = {
  topic: 'foundations',
  scoring: 'accuracy',
  teams: 'balanced',
  mode: 'live',
  hours: 10,
}

type Said<T> = T extends QuizEvent ? Omit<T, 'at' | 'by'> & { by?: string } : never

/** A session that is played: keeps the clock, the session and everything that was to be done. */
export class Play {
  session: QuizState
  now = T0
  effects: Effect[] = []

  constructor(ids: readonly string[], options: Partial<NewSession> = {}) {
    const start = { at: T0, by: who('host'), seed: 7, items: ids.map(item), settings, teams: 2, seconds: 30 }
    const step = startSession({ ...start, ...options })
    this.session = step.session
    this.effects = step.effects
  }

  /** Something happens now, by `by` where somebody does it; returns what they were told. */
  do(event: Said<QuizEvent>): Notice | undefined {
    const { by, ...rest } = event
    const step = reduce(this.session, { at: this.now, ...rest, ...(by !== undefined && { by: who(by) }) } as QuizEvent)
    this.session = step.session
    this.effects = step.effects
    const told = step.effects.find((effect) => effect.do === 'tell')
    return told?.do === 'tell' ? told.notice : undefined
  }

  join(...users: string[]): this {
    for (const by of users) this.do({ type: 'join', by })
    return this
  }

  begin(): this {
    this.do({ type: 'begin', by: 'host' })
    return this
  }

  /** Answers in the item's own letters, whatever order is shown. */
  answer(by: string, pick: string, rest: { question?: number; clicked?: number } = {}): Notice | undefined {
    const at = 'question' in this.session.phase ? this.session.phase.question : (rest.question ?? 0)
    const { order } = this.session.questions[at]!
    const shown = [...pick].map((letter) => {
      const place = order.indexOf(letter)
      return place === -1 ? letter : (/[a-z]/.test(letter) ? 'abcde' : 'ABCDE')[place]
    })
    return this.do({ type: 'answer', by, text: shown.join(''), ...rest })
  }

  /** Time passes; timers come when they are due. */
  wait(ms: number, due: (session: QuizState) => number | null): this {
    const until = this.now + ms
    for (let at = due(this.session); at !== null && at <= until; at = due(this.session)) {
      this.now = Math.max(this.now, at)
      this.do({ type: 'tick' })
    }
    this.now = until
    return this
  }

  /** The process dies and starts again: the session comes back from its JSON. */
  restart(): this {
    this.session = quizSchema.parse(JSON.parse(JSON.stringify(this.session)))
    this.do({ type: 'restart' })
    return this
  }

  get views(): string[] {
    return this.effects.flatMap((effect) =>
      effect.do === 'tell' ? [] : [`${effect.do} ${effect.slot} ${effect.view.view}`],
    )
  }
}
