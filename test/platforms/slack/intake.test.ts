import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Intake } from '../../../src/platforms/slack/intake.ts'

test('work waits while others come in, and begins when nobody does', async () => {
  const intake = new Intake()
  let calm = false
  const waiting = intake.calm().then(() => {
    calm = true
  })
  for (let arrival = 0; arrival < 50; arrival++) {
    intake.note()
    await turn()
    expect(calm).toBe(false)
  }
  await waiting
})

test('nobody waits for ever', async () => {
  const intake = new Intake()
  const started = performance.now()
  let calm = false
  const waiting = intake.calm().then(() => {
    calm = true
  })
  while (!calm) {
    intake.note()
    await turn()
  }
  await waiting
  expect(performance.now() - started).toBeGreaterThanOrEqual(1_400)
})
