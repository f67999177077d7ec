import { expect, test } from 'vitest'
import { createStaleness } from '../../../src/platforms/discord/staleness.ts'

test('an interaction older than 2.5 s is stale, a younger one is not', () => {
  const stale = createStaleness()
  expect(stale(1_000, 1_100)).toBe(false)
  expect(stale(1_000, 3_500)).toBe(false)
  expect(stale(1_000, 3_700)).toBe(true)
})

test.each([-60_000, 60_000])('a clock that is wrong by %i ms does not silence the bot', (wrong) => {
  const stale = createStaleness()
  stale(0, wrong + 50)
  expect(stale(10_000, 10_080 + wrong)).toBe(false)
  expect(stale(20_000, 22_600 + wrong)).toBe(true)
})

test('a clock that is set anew is learnt', () => {
  const stale = createStaleness()
  stale(0, 50)
  for (let at = 1; at <= 20; at++) stale(at * 1_000, at * 1_000 + 90_000)
  expect(stale(30_000, 120_100)).toBe(false)
})
