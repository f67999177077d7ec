import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseChannel } from '../../src/channel.ts'
import { restoreCluster } from '../../src/cluster/create.ts'
import { openLowdbStore } from '../../src/storage/lowdb.ts'
import { Stage } from './stage.ts'

const PEOPLE = Array.from({ length: 500 }, (_, index) => `p${index}`)

it('500 people answer at once: each gets one receipt, and at least 16 answers share a physical write', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quiz-'))
  const store = await openLowdbStore(folder)
  const stage = new Stage(store)
  stage.connect()
  let sent = 0
  const send = (by: string, line: string) => {
    sent += 1
    return stage.handle({ key: `delivery-${sent}`, user: `console:${by}`, userName: by, input: { line } })
  }
  await send('mentor', '/quiz start foundations 2 60')
  await Promise.all(PEOPLE.map((by) => send(by, '/quiz join')))
  await send('mentor', '/quiz begin')
  await stage.app.quiet()
  const shares: number[] = []
  for (const round of [0, 1, 2, 3, 4]) {
    const before = store.counters.writes
    const answers = await Promise.all(
      PEOPLE.map((by, index) => send(by, `/quiz answer ${'ABCD'[(index + round) % 4]}`)),
    )
    expect(answers.every(({ reply }) => reply.ok && JSON.stringify(reply.parts).includes('Locked in'))).toBe(true)
    shares.push(PEOPLE.length / (store.counters.writes - before))
  }
  expect(shares.sort((one, other) => one - other)[2]).toBeGreaterThanOrEqual(16)
  await stage.app.stop()
  const stored = await store.load('channel/console:test')
  const { quiz } = parseChannel(stored!.document, restoreCluster)
  expect(quiz?.questions[0]?.entries.filter((entry) => typeof entry === 'object')).toHaveLength(PEOPLE.length)
  await store.close()
  rmSync(folder, { recursive: true })
}, 30_000)
