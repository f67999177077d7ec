import { type ChildProcess, fork } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { BotOrder, BotReport } from './bot.ts'
import { FakeDiscord } from './discord/index.ts'
import { messagesOf } from './discord/records.ts'
import { FakeSlack } from './slack/index.ts'

export type Front = 'discord' | 'slack socket' | 'slack http'
export const FRONTS: readonly Front[] = ['discord', 'slack socket', 'slack http']

/** One command as the load sees it. */
interface Sent {
  acknowledged: () => number | undefined
  answers: () => number
}

/** A fake platform with a bot in a process of its own. */
export interface Load {
  send(line: string): Sent
  until(what: string, look: () => boolean, limit: number): Promise<unknown>
  problems: readonly string[]
  /** Memory in bytes after a garbage collection. */
  memory(): Promise<number>
  /** Forgets what was sent, so that the fake does not grow. */
  forget(): void
  stop(): Promise<void>
}

/** Starts a fake and a bot whose commands take `work` ms of CPU each. */
export async function startLoad(front: Front, work: number): Promise<Load> {
  return front === 'discord' ? startDiscord(work) : startSlack(front, work)
}

async function startDiscord(work: number): Promise<Load> {
  const fake = await FakeDiscord.start()
  const bot = await startBot({ platform: 'discord', configuration: { token: fake.token, apiUrl: fake.url }, work })
  return {
    ...bot,
    send(line) {
      const delivery = fake.slash({ command: 'kubectl', options: { command: line } })
      return { acknowledged: () => delivery.acknowledged?.after, answers: () => messagesOf(delivery).length }
    },
    until: (what, look, limit) => fake.until(what, look, limit),
    problems: fake.rest.problems,
    forget() {
      fake.rest.deliveries.clear()
      fake.rest.messages.clear()
      fake.rest.requests.length = 0
      fake.gateway.forget()
    },
    async stop() {
      await bot.stop()
      await fake.close()
    },
  }
}

async function startSlack(front: Front, work: number): Promise<Load> {
  const port = await freePort()
  const http = front === 'slack http'
  const fake = await FakeSlack.start(http ? { requestUrl: `http://127.0.0.1:${port}/slack/events` } : {})
  const shared = { botToken: fake.botToken, apiUrl: fake.url, commandPrefix: '' }
  const mode = http
    ? { mode: 'http', signingSecret: fake.signingSecret, port }
    : { mode: 'socket', appToken: fake.appToken }
  const bot = await startBot({ platform: 'slack', configuration: { ...shared, ...mode }, work })
  return {
    ...bot,
    send(line) {
      const delivery = fake.slash(`/kubectl ${line}`)
      return { acknowledged: () => delivery.acknowledged?.after, answers: () => delivery.messages.length }
    },
    until: (what, look, limit) => fake.until(what, look, limit),
    problems: fake.api.problems,
    forget() {
      fake.api.messages.length = 0
      fake.api.requests.length = 0
      fake.api.responses.clear()
      fake.api.triggers.clear()
    },
    async stop() {
      await bot.stop()
      await fake.close()
    },
  }
}

async function startBot(order: BotOrder): Promise<Pick<Load, 'memory' | 'stop'>> {
  const file = fileURLToPath(new URL('./bot.ts', import.meta.url))
  const child = fork(file, [JSON.stringify(order)], {
    execArgv: ['--expose-gc', '--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await next(child)
  return {
    async memory() {
      const report = next(child)
      child.send('memory')
      const told = await report
      return 'rss' in told ? told.rss : 0
    },
    async stop() {
      if (child.exitCode !== null) throw new Error(`the bot ended by itself with status ${child.exitCode}`)
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.disconnect()
      await ended
    },
  }
}

const next = (child: ChildProcess): Promise<BotReport> =>
  new Promise((resolve, reject) => {
    const ended = (status: number | null) => reject(new Error(`the bot ended with status ${status}`))
    child.once('exit', ended)
    child.once('message', (report) => {
      child.off('exit', ended)
      resolve(report as BotReport)
    })
  })

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
