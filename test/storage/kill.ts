import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { openLowdbStore } from '../../src/storage/lowdb.ts'

const BUSY = fileURLToPath(new URL('busy-process.ts', import.meta.url))

export const startBusyProcess = (folder: string): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', BUSY, folder], { stdio: ['ignore', 'pipe', 'pipe'] })

/**
 * One trial of R19: kills a busy process with SIGKILL when it has acknowledged so many saves, then opens the folder as a
 * restart would. Tells every promise that was broken.
 */
export async function killTrial(folder: string, saves: number): Promise<string[]> {
  const child = startBusyProcess(folder)
  const ended = once(child, 'close')
  const acknowledged = new Map<string, number>()
  for await (const line of createInterface(child.stdout!)) {
    const [key, version] = line.split(' ') as [string, string]
    acknowledged.set(key, Number(version))
    if (--saves === 0) child.kill('SIGKILL')
  }
  await ended

  const broken: string[] = []
  const store = await openLowdbStore(folder)
  for (const [key, version] of acknowledged) {
    const found = await store.load(key)
    const document = found?.document as { version: number; padding: string } | undefined
    if (!found || found.version < version) broken.push(`${key}: ${version} acknowledged, ${found?.version} stored`)
    else if (document?.version !== found.version || document.padding.length !== 20_000) broken.push(`${key} is torn`)
  }
  await store.close()
  for (const name of await readdir(folder, { recursive: true })) {
    if (name.endsWith('.json')) JSON.parse(await readFile(join(folder, name), 'utf8'))
    else if (name.includes('.')) broken.push(`${name} was left`)
  }
  if (acknowledged.size === 0) broken.push('nothing was acknowledged')
  return broken
}
