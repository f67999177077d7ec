import { expect, test } from 'vitest'
import { FRONTS, startLoad } from '../fakes/load.ts'

const COMMANDS = 60

test.each(FRONTS)(
  '60 commands at once of 15 ms CPU each, %s: every one is acknowledged in time and answered once',
  async (front) => {
    const load = await startLoad(front, 15)
    try {
      const sent = Array.from({ length: COMMANDS }, (_, at) => load.send(`get pod ${at}`))
      await load.until('all answers', () => sent.every(({ answers }) => answers() > 0), 20_000)
      const acknowledged = sent.map((command) => command.acknowledged() ?? Number.POSITIVE_INFINITY)
      expect(acknowledged.filter((after) => after < 3_000)).toHaveLength(COMMANDS)
      expect(sent.reduce((sum, { answers }) => sum + answers(), 0)).toBe(COMMANDS)
      expect(load.problems).toEqual([])
    } finally {
      await load.stop()
    }
  },
  40_000,
)
