import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { commands } from '../commands/index.ts'
import { lessons } from '../lessons/index.ts'
import { items } from '../lessons/items.ts'
import { App } from './app.ts'
import { certificates } from './certificates.ts'
import { useCertificateReader } from './cluster/network/certificate.ts'
import { type Environment, EnvironmentError, loadEnvironmentFile, readEnvironment } from './env.ts'
import type { Platform } from './platforms/delivery/platform.ts'
import { createBank } from './quiz/bank.ts'
import { FolderInUseError } from './storage/lock.ts'
import { FolderUnusableError, openLowdbStore } from './storage/lowdb.ts'

const USAGE = `Usage: npm start -- [--jsonl] [--data DIR]
  --jsonl     requests and answers as one JSON object a line on stdin and stdout
  --data DIR  where channels are kept (also DATA_DIR; default: data)`

/** Failures whose message says all that the operator needs. */
const TOLD = [EnvironmentError, FolderInUseError, FolderUnusableError] as const

/** Everything that is said about the process itself goes to stderr; stdout belongs to the console. */
const log = {
  info: (message: string) => console.error(message),
  warn: (message: string) => console.error(message),
  error: (message: string, error?: unknown) => console.error(message, error ?? ''),
}

/** Environment -> store -> app -> the platforms that are configured, else the console. */
async function main(): Promise<void> {
  const { jsonl, folder, environment } = settings()
  useCertificateReader(certificates.read)
  const store = await openLowdbStore(folder)
  const app = new App({ commands, lessons, bank: createBank(items), certificates, store, log: log.error })
  const stop = async () => {
    await app.stop()
    await store.close()
  }
  await (jsonl || (!environment.discord && !environment.slack)
    ? serveConsole(app, folder, jsonl, stop)
    : servePlatforms(app, environment, stop))
}

function settings(): { jsonl: boolean; folder: string; environment: Environment } {
  loadEnvironmentFile()
  const { values } = parseArgs({ options: { jsonl: { type: 'boolean', default: false }, data: { type: 'string' } } })
  const environment = readEnvironment(process.env)
  return { jsonl: values.jsonl, folder: values.data ?? environment.dataFolder, environment }
}

async function serveConsole(app: App, folder: string, jsonl: boolean, stop: () => Promise<void>): Promise<void> {
  process.stdout.on('error', endWhereNobodyReads)
  if (jsonl) {
    const { serveProtocol } = await import('./platforms/console/protocol.ts')
    await serveProtocol(app, process.stdin, process.stdout)
  } else {
    const { serveTerminal } = await import('./platforms/console/terminal.ts')
    await serveTerminal(app, process.stdin, process.stdout, lineHistory(folder))
  }
  await stop()
}

/** Whoever read the answers has left (`| head`): what has been answered is saved, so there is nothing left to do. */
function endWhereNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
}

/** Lines typed at the terminal, kept beside the channels. */
function lineHistory(folder: string): { history: string[]; remember: (line: string) => void } {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'console-history')
  let lines: string[] = []
  try {
    lines = readFileSync(file, 'utf8').split('\n').filter(Boolean).slice(-500).reverse()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return { history: lines, remember: (line) => appendFileSync(file, `${line}\n`, { mode: 0o600 }) }
}

/** Only the library of a configured platform is loaded. Resolves when the process has been told to end. */
async function servePlatforms(app: App, { discord, slack }: Environment, stop: () => Promise<void>): Promise<void> {
  const platforms: Platform[] = []
  if (discord) platforms.push((await import('./platforms/discord/index.ts')).createDiscord(app, discord, log))
  if (slack) platforms.push((await import('./platforms/slack/index.ts')).createSlack(app, slack, log))
  let ending = false
  const ended = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        ending = true
        resolve()
      })
  })
  const failed = Promise.race(platforms.map(({ failure }) => failure)).then(fail)
  // A platform that cannot be reached keeps neither the others waiting nor the end.
  const started = Promise.all(
    platforms.map(async (platform) => {
      await platform.start()
      if (!ending) await app.start(Date.now(), platform.prefix)
    }),
  )
  await Promise.race([ended, failed, started.then(() => ended)])
  await Promise.all(platforms.map((platform) => platform.stop()))
  await stop()
}

function fail(failure: Error): never {
  throw failure
}

process.on('unhandledRejection', (reason) => {
  log.error('A promise was rejected and nobody looked:', reason)
  process.exit(1)
})

main().then(
  () => process.exit(process.exitCode ?? 0),
  (error: unknown) => {
    const known = TOLD.some((kind) => error instanceof kind) || isMistyped(error) || isGivenUp(error)
    console.error(known ? (error as Error).message : error)
    if (isMistyped(error)) console.error(USAGE)
    process.exit(1)
  },
)

/** A platform that gave up says itself why. */
const isGivenUp = (error: unknown): boolean => error instanceof Error && error.name === 'PlatformFailure'

/** An argument that is none of ours. */
const isMistyped = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
