import { pathToFileURL } from 'node:url'
import { FRONTS, type Front, type Load, startLoad } from '../test/fakes/load.ts'

/** Commands at once, and what each costs in ms of CPU. */
const BURST = { commands: 300, work: 15 }
/** How long the 99th percentile of the acknowledgements may take, in ms. */
const LIMIT = 1_000
/** Commands after which the memory is compared, and how much it may grow. */
const SOAK = { first: 1_000, last: 10_000, growth: 1.5, atOnce: 50 }

interface Result {
  front: Front
  acknowledged: number
  p50: number
  p99: number
  slowest: number
  growth: number
}

/**
 * Measures the bot as a process of its own: a burst of expensive commands must not delay acknowledgements, and its
 * memory must not grow with the number of commands. True if every platform keeps the limits.
 */
export async function benchPlatforms(print: (line: string) => void): Promise<boolean> {
  let good = true
  for (const front of FRONTS) {
    const result = { front, ...(await burst(front)), growth: await soak(front) }
    good &&= isGood(result)
    print(line(result))
  }
  return good
}

const isGood = ({ acknowledged, p99, growth }: Result): boolean =>
  acknowledged === BURST.commands && p99 < LIMIT && growth <= SOAK.growth

const line = (result: Result): string =>
  [
    result.front.padEnd(12),
    `acknowledged ${result.acknowledged}/${BURST.commands}`,
    `p50 ${result.p50} ms, p99 ${result.p99} ms (< ${LIMIT}), slowest ${result.slowest} ms`,
    `memory after ${SOAK.last} / ${SOAK.first}: ${result.growth.toFixed(2)} (<= ${SOAK.growth})`,
    isGood(result) ? 'ok' : 'FAILED',
  ].join('  ')

async function burst(front: Front): Promise<Omit<Result, 'front' | 'growth'>> {
  const load = await startLoad(front, BURST.work)
  await run(load, 20, 20)
  const sent = Array.from({ length: BURST.commands }, (_, at) => load.send(`get pod ${at}`))
  await load.until('all answers', () => sent.every(({ answers }) => answers() > 0), 60_000)
  const times = sent.flatMap(({ acknowledged }) => acknowledged() ?? []).sort((a, b) => a - b)
  await load.stop()
  const at = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0)
  return { acknowledged: times.length, p50: at(0.5), p99: at(0.99), slowest: at(1) }
}

async function soak(front: Front): Promise<number> {
  const load = await startLoad(front, 0)
  await run(load, SOAK.first, SOAK.atOnce)
  const before = await load.memory()
  await run(load, SOAK.last - SOAK.first, SOAK.atOnce)
  const after = await load.memory()
  await load.stop()
  return after / before
}

/** Sends so many commands, so many at a time. */
async function run(load: Load, commands: number, atOnce: number): Promise<void> {
  for (let sent = 0; sent < commands; sent += atOnce) {
    const batch = Array.from({ length: atOnce }, (_, at) => load.send(`get pod ${sent + at}`))
    await load.until('a batch', () => batch.every(({ answers }) => answers() > 0), 30_000)
    load.forget()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = (await benchPlatforms(console.log)) ? 0 : 1
