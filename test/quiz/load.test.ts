import { describe, expect, it } from 'vitest'
import { dueAt, publicState, reduce } from '../../src/quiz/session.ts'
import type { QuizState } from '../../src/quiz/state.ts'
import { Play, who } from './play.ts'

const people = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`)

const open = (count: number): Play => new Play(['q001', 'q002']).join(...people(count)).begin()

/** Objects that `after` does not share with `before`: what an event had to make. */
function made(before: unknown, after: unknown): number {
  const known = new Set<unknown>()
  const visit = (value: unknown, seen: (object: object) => boolean) => {
    if (value === null || typeof value !== 'object' || !seen(value)) return
    for (const part of Object.values(value)) visit(part, seen)
  }
  visit(before, (object) => known.size !== known.add(object).size)
  let fresh = 0
  visit(after, (object) => {
    if (known.has(object)) return false
    fresh += 1
    known.add(object)
    return true
  })
  return fresh
}

const answer = (session: QuizState, user: string, at: number) =>
  reduce(session, { type: 'answer', at, by: who(user), text: 'A' })

describe('a session of 500', () => {
  it('makes no more objects for an answer than a session of 5', () => {
    const [small, large] = [open(5), open(500)]
    const cost = ({ session, now }: Play) => made(session, answer(session, 'u3', now).session)
    expect(cost(large)).toBe(cost(small))
    expect(cost(large)).toBeLessThanOrEqual(6)
  })

  it('counts everybody once, tells each of them once, and closes when all are in', () => {
    const play = open(500)
    let told = 0
    for (const [index, user] of people(500).entries()) {
      play.now += 2
      play.answer(user, index % 2 === 0 ? 'B' : 'A')
      told += play.effects.filter((effect) => effect.do === 'tell').length
      expect(play.effects).toHaveLength(1)
    }
    expect(told).toBe(500)
    play.wait(3_000, dueAt)
    expect(publicState(play.session)).toBe('reveal')
    expect(play.session.questions[0]!.entries.filter((entry) => typeof entry === 'object')).toHaveLength(500)
  })

  it('stays small: less than 70 bytes for a player and 30 for an answer', () => {
    const play = open(500)
    const size = () => JSON.stringify(play.session).length
    const before = size()
    expect(before / 500).toBeLessThan(70)
    for (const user of people(500)) play.answer(user, 'B')
    expect((size() - before) / 500).toBeLessThan(30)
  })
})
