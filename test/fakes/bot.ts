import type { Log, Platform } from '../../src/platforms/delivery/platform.ts'
import { FakeTutor } from './tutor.ts'

/** What the parent process wants of the bot. */
export interface BotOrder {
  platform: 'discord' | 'slack'
  configuration: unknown
  /** CPU time that each command takes, in ms. */
  work: number
}

/** What the bot tells: that it is connected, or how much memory it holds. */
export type BotReport = { started: true } | { rss: number; handled: number }

/** Keeps the processor busy. */
function spin(milliseconds: number): void {
  const until = performance.now() + milliseconds
  while (performance.now() < until) Math.sqrt(until)
}

/** A bot in a process of its own, so that its timing and memory are not those of the fakes. */
async function run({ platform, configuration, work }: BotOrder): Promise<void> {
  const tutor = new FakeTutor()
  let handled = 0
  tutor.run = (line) => {
    spin(work)
    handled += 1
    // What a test remembers must not look like a leak of the adapter.
    tutor.requests.length = 0
    return {
      ok: true,
      parts: [
        { type: 'text', text: `ran ${line}` },
        { type: 'buttons', buttons: [{ label: 'Why?', action: '/why' }] },
      ],
    }
  }
  const bot = await create(platform, tutor, configuration)
  void bot.failure.then((failure) => {
    console.error(failure.message)
    process.exit(1)
  })
  process.on('message', () => {
    globalThis.gc?.()
    report({ rss: process.memoryUsage.rss(), handled })
  })
  process.on('disconnect', () => process.exit(0))
  await bot.start()
  report({ started: true })
}

/** Only the library of the platform in use is loaded. */
async function create(platform: BotOrder['platform'], tutor: FakeTutor, configuration: unknown): Promise<Platform> {
  if (platform === 'discord') {
    const { createDiscord } = await import('../../src/platforms/discord/index.ts')
    return createDiscord(tutor, configuration as Parameters<typeof createDiscord>[1], log)
  }
  const { createSlack } = await import('../../src/platforms/slack/index.ts')
  return createSlack(tutor, configuration as Parameters<typeof createSlack>[1], log)
}

const log: Log = {
  info() {},
  warn: (message) => console.error(message),
  error: (message, error) => console.error(message, error),
}

const report = (message: BotReport): void => void process.send?.(message)

process.on('unhandledRejection', (reason) => {
  console.error('unhandled rejection', reason)
  process.exit(1)
})

await run(JSON.parse(process.argv[2] ?? '{}') as BotOrder)
