import { describe, expect, it } from 'vitest'
import { Random } from '../../src/cluster/random.ts'
import { pointsFor } from '../../src/quiz/score.ts'
import { GRACE } from '../../src/quiz/state.ts'

const PLAYERS = 20
const QUESTIONS = 12
const LIMIT = 30_000
const SLOW = PLAYERS / 4

/** Average rank of the players (1 is best), by points. */
function ranks(points: readonly number[]): number[] {
  return points.map(
    (own) =>
      1 + points.filter((other) => other > own).length + (points.filter((other) => other === own).length - 1) / 2,
  )
}

/**
 * How many ranks the quarter with a slow network loses, on average over many sessions: reading speed does not depend on
 * ability, and the delay is left over after the platform's own clock has been used.
 */
function shiftOfTheSlow(scoring: 'accuracy' | 'pace' | 'kahoot', sessions = 400): number {
  const random = new Random(11)
  let shift = 0
  for (let session = 0; session < sessions; session++) {
    const sums = { fast: Array<number>(PLAYERS).fill(0), slow: Array<number>(PLAYERS).fill(0) }
    const abilities = Array.from({ length: PLAYERS }, () => 0.3 + 0.6 * random.next())
    const speeds = Array.from({ length: PLAYERS }, () => 4_000 + 14_000 * random.next())
    for (let question = 0; question < QUESTIONS; question++)
      for (let player = 0; player < PLAYERS; player++) {
        const right = random.next() < abilities[player]! ? 1 : 0
        const ms = speeds[player]! * (0.6 + 0.8 * random.next())
        const delay = player < SLOW ? 1_500 + 1_500 * random.next() : 0
        const inTime = (time: number) => (time <= LIMIT + GRACE ? right : 0)
        sums.fast[player]! += pointsFor(scoring, inTime(ms), ms, LIMIT)
        sums.slow[player]! += pointsFor(scoring, inTime(ms + delay), ms + delay, LIMIT)
      }
    const [fast, slow] = [ranks(sums.fast), ranks(sums.slow)]
    for (let player = 0; player < SLOW; player++) shift += (slow[player]! - fast[player]!) / SLOW / sessions
  }
  return shift
}

describe('a slow network (Q37)', () => {
  it('costs at most a quarter of a rank with the default scoring', () => {
    expect(Math.abs(shiftOfTheSlow('accuracy'))).toBeLessThanOrEqual(0.25)
  })

  it('costs little more with the pace bonus, and most with the formula of Kahoot', () => {
    expect(shiftOfTheSlow('pace')).toBeLessThan(shiftOfTheSlow('kahoot'))
    expect(shiftOfTheSlow('kahoot')).toBeGreaterThan(0.25)
  })
})
