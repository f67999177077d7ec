import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openLowdbStore } from '../../src/storage/lowdb.ts'
import { killTrial, startBusyProcess } from './kill.ts'

describe('a process of its own', { timeout: 60_000 }, () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'room-service-'))
  })

  afterEach(() => rm(folder, { recursive: true }))

  test('R19: killed again and again while it saves, loses nothing that it acknowledged', async () => {
    for (const saves of [1, 2, 3, 10, 40, 100, 101, 250]) expect(await killTrial(folder, saves)).toEqual([])
  })

  test('R18: keeps the folder for itself, tells a second one so, and leaves it when it is killed', async () => {
    const first = startBusyProcess(folder)
    const ended = once(first, 'close')
    await once(first.stdout!, 'data')
    await expect(openLowdbStore(folder)).rejects.toThrow(`${folder} is in use by process ${first.pid}`)

    const second = startBusyProcess(folder)
    let complaint = ''
    second.stderr!.on('data', (chunk) => {
      complaint += chunk
    })
    const [status] = await once(second, 'close')
    expect(status).toBe(1)
    expect(complaint).toContain(`${folder} is in use by process ${first.pid}`)

    first.stdout!.resume()
    first.kill('SIGKILL')
    await ended
    await (await openLowdbStore(folder)).close()
  })
})
