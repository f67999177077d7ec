import { closeSync, fdatasyncSync, fsyncSync, mkdtempSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LowdbStore, openLowdbStore } from '../src/storage/lowdb.ts'
import { killTrial } from '../test/storage/kill.ts'

const ROUNDS = 7
const SAVES = 150
const WARM_UP = 300
const KILLS = 40

/** Prints what the embedded store costs: compared with the least that durability costs, shared by many callers, killed. */
export async function benchStorage(print: (line: string) => void = console.log): Promise<void> {
  await inFolder(async (folder) => {
    const store = await openLowdbStore(folder)
    for (const kilobytes of [3, 5, 50]) print(await compareWithFloor(store, folder, kilobytes))
    for (const callers of [1, 4, 16, 64]) print(await shareWrites(store, callers))
    await store.close()
  })
  print(await kill())
}

/** R5: store and floor in turn, in one process; the ratio of their medians in each round. */
async function compareWithFloor(store: LowdbStore, folder: string, kilobytes: number): Promise<string> {
  const key = `channel/${kilobytes}`
  const document = { pods: Array.from({ length: kilobytes * 4 }, () => ({ name: 'web-5d4f', spec: 'x'.repeat(220) })) }
  const bytes = Buffer.from(JSON.stringify(document))
  let version = 0
  const save = async (): Promise<void> => {
    if ((await store.save(key, document, version++)) === 'conflict') throw new Error('conflict')
  }
  for (let run = 0; run < WARM_UP; run++) await save()
  const rounds: { ratio: number; milliseconds: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const floor: number[] = []
    const saves: number[] = []
    for (let run = 0; run < SAVES; run++) {
      floor.push(await time(() => replaceSync(folder, bytes)))
      saves.push(await time(save))
    }
    rounds.push({ ratio: median(saves) / median(floor), milliseconds: median(saves) })
  }
  const ratios = rounds.map(({ ratio }) => ratio)
  return (
    `R5 durable save of ${kilobytes} KB: ${median(ratios).toFixed(2)} x the sync replace floor (budget 4; rounds ` +
    `${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}), p50 ${median(rounds.map((r) => r.milliseconds)).toFixed(2)} ms`
  )
}

/** The least that a durable replacement of a file costs: no queue, no versions, no other work between its steps. */
function replaceSync(folder: string, bytes: Uint8Array): void {
  const temporary = join(folder, 'floor.tmp')
  const file = openSync(temporary, 'w')
  writeSync(file, bytes)
  fdatasyncSync(file)
  closeSync(file)
  renameSync(temporary, join(folder, 'floor.json'))
  const names = openSync(folder, 'r')
  fsyncSync(names)
  closeSync(names)
}

/** R3: callers that save one key without end, each on top of whatever was accepted last. */
async function shareWrites(store: LowdbStore, callers: number): Promise<string> {
  const key = `channel/shared-${callers}`
  const saves = 100 * callers
  const writesBefore = store.counters.writes
  const document = { padding: 'x'.repeat(5_000) }
  let version = 0
  const milliseconds = await time(async () => {
    await Promise.all(
      Array.from({ length: callers }, async () => {
        while (version < saves) await store.save(key, document, version++)
      }),
    )
  })
  const perWrite = saves / (store.counters.writes - writesBefore)
  return `R3 ${callers} callers on one key: ${perWrite.toFixed(1)} saves a write, ${Math.round((1_000 * saves) / milliseconds)} saves/s`
}

async function kill(): Promise<string> {
  const broken: string[] = []
  for (let trial = 1; trial <= KILLS; trial++)
    await inFolder(async (folder) => {
      broken.push(...(await killTrial(folder, trial * 7)))
    })
  return `R19 kill -9: ${KILLS} trials, ${broken.length} promises broken${broken.map((line) => `\n  ${line}`).join('')}`
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'room-service-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function time(work: () => void | Promise<void>): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!

if (process.argv[1] === import.meta.filename) await benchStorage()
