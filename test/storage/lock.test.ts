import { spawn } from 'node:child_process'
import { hostname } from 'node:os'
import { describe, expect, test } from 'vitest'
import { type FolderInUseError, lockFolder } from '../../src/storage/lock.ts'
import { MemoryFileSystem } from './memory-file-system.ts'

async function folder(...locks: [name: string, contents: string][]): Promise<MemoryFileSystem> {
  const files = new MemoryFileSystem()
  await files.makeFolder('/data/unfinished')
  for (const [name, contents] of locks) files.put(`/data/${name}`, contents)
  return files
}

const lock = (files: MemoryFileSystem) => lockFolder('/data', '/data/unfinished', files)
const locksIn = async (files: MemoryFileSystem) => (await files.list('/data')).filter((name) => name !== 'unfinished')

/** The number of a process that has ended. */
const deadPid = (): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
    child.on('close', () => resolve(child.pid!))
  })

describe('the lock on the data folder', () => {
  test('keeps others out until it is released', async () => {
    const files = await folder()
    const held = await lock(files)
    const refusal: FolderInUseError = await lock(files).then(
      () => expect.unreachable(),
      (error) => error,
    )
    expect(refusal).toMatchObject({ name: 'FolderInUseError', folder: '/data', pid: process.pid })
    expect(refusal.message).toBe(
      `The data folder /data is in use by process ${process.pid} on ${hostname()}. Stop that process first, or choose ` +
        'another folder with DATA_DIR. If that is another program, delete /data/lock-1.',
    )
    await held.release()
    await (await lock(files)).release()
    expect(await locksIn(files)).toEqual([])
  })

  test('of a process that has ended is taken over', async () => {
    const files = await folder(['lock-7', JSON.stringify({ pid: await deadPid(), host: hostname() })])
    await lock(files)
    expect(await locksIn(files)).toEqual(['lock-8'])
  })

  test.runIf(process.platform === 'linux')(
    'of a process whose number now belongs to another one is taken over',
    async () => {
      const files = await folder(['lock-1', JSON.stringify({ pid: process.pid, host: hostname(), started: 'boot 1' })])
      await lock(files)
      expect(await locksIn(files)).toEqual(['lock-2'])
    },
  )

  test('of a living process that does not say when it started is respected', async () => {
    const files = await folder(['lock-1', JSON.stringify({ pid: process.ppid, host: hostname() })])
    await expect(lock(files)).rejects.toMatchObject({ pid: process.ppid })
    expect(await locksIn(files)).toEqual(['lock-1'])
  })

  test('of another machine is respected, and the message says what to do', async () => {
    const files = await folder(['lock-1', JSON.stringify({ pid: 1, host: 'far-away' })])
    await expect(lock(files)).rejects.toThrow(
      'in use by process 1 on far-away. Stop that process first, or choose another folder with DATA_DIR. ' +
        'If it no longer runs, which cannot be seen from here, delete /data/lock-1.',
    )
  })

  test.each(['', '{', 'null', '{"pid":"1"}', '{"pid":-1,"host":"x"}'])(
    'that a power cut has left as %j is taken over',
    async (contents) => {
      const files = await folder(['lock-1', contents])
      await lock(files)
      expect(await locksIn(files)).toEqual(['lock-2'])
    },
  )

  test.each([
    ['an empty folder', []],
    ['a lock left behind', [['lock-3', '']]],
  ] as [string, [string, string][]][])('is got by exactly one of 16 that start at once in %s', async (_, locks) => {
    const files = await folder(...locks)
    const results = await Promise.allSettled(Array.from({ length: 16 }, () => lock(files)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await locksIn(files)).toHaveLength(1)
    expect(await files.list('/data/unfinished')).toEqual([])
  })

  test('is not got by someone who decided long ago, while another one holds a lower number', async () => {
    const files = await folder(['lock-5', ''])
    let held: unknown
    files.interfere = (operation, path) => {
      if (operation !== 'link' || path !== '/data/lock-6' || held) return
      held = true
      // Between the slow one's look and its claim another one came and went, and a third has begun at 1.
      files.put('/data/lock-1', JSON.stringify({ pid: process.ppid, host: hostname() }))
    }
    await expect(lock(files)).rejects.toMatchObject({ pid: process.ppid })
    expect(await locksIn(files)).toEqual(['lock-5', 'lock-1'])
  })
})
