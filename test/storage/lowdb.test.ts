import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fileNameOf, shardOf } from '../../src/storage/file-name.ts'
import { type LowdbStore, openLowdbStore } from '../../src/storage/lowdb.ts'
import { DamagedDocumentError } from '../../src/storage/store.ts'
import { describeStore, keysOf } from '../contracts/store.ts'
import { MemoryFileSystem, type Operation, systemError } from './memory-file-system.ts'

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'room-service-'))
const pathOf = (folder: string, key: string): string => join(folder, 'documents', shardOf(key), fileNameOf(key))
const KITCHEN = 'channel/kitchen'

describeStore('lowdb', async () => {
  const folder = await newFolder()
  return { open: () => openLowdbStore(folder), dispose: () => rm(folder, { recursive: true }) }
})

describeStore('lowdb that remembers no versions', async () => {
  const folder = await newFolder()
  return {
    open: () => openLowdbStore(folder, { rememberedVersions: 0 }),
    dispose: () => rm(folder, { recursive: true }),
  }
})

describe('files', () => {
  let folder: string
  let store: LowdbStore

  beforeEach(async () => {
    folder = await newFolder()
    store = await openLowdbStore(join(folder, 'not', 'there', 'yet'))
    folder = join(folder, 'not', 'there', 'yet')
  })

  afterEach(async () => {
    await store.close()
    await rm(join(folder, '../../..'), { recursive: true })
  })

  test('one file of compact JSON for each key, and nothing else', async () => {
    await store.save(KITCHEN, { pods: ['a', 'b'] }, 0)
    await store.save(KITCHEN, { pods: [] }, 1)
    const names = await readdir(folder, { recursive: true })
    expect(names.filter((name) => name.includes('.'))).toEqual([`documents/${shardOf(KITCHEN)}/channel+kitchen.json`])
    expect(await readFile(pathOf(folder, KITCHEN), 'utf8')).toBe(
      '{"key":"channel/kitchen","version":2,"document":{"pods":[]}}',
    )
  })

  test('a second store on the folder refuses to open', async () => {
    await expect(openLowdbStore(folder)).rejects.toThrow(`${folder} is in use by process ${process.pid}`)
    await store.close()
    store = await openLowdbStore(folder)
  })

  test('can be deleted while the store is open: a save fails, closing does not', async () => {
    await rm(folder, { recursive: true })
    await expect(store.save(KITCHEN, 1, 0)).rejects.toMatchObject({ code: 'ENOENT' })
    await store.close()
  })

  test('what a crash left unfinished is swept at the next start', async () => {
    await store.close()
    await writeFile(join(folder, 'unfinished', 'half.tmp'), '{"key":"chan')
    store = await openLowdbStore(folder)
    expect(await readdir(join(folder, 'unfinished'))).toEqual([])
  })

  test('files and folders that others have put there are left alone', async () => {
    const path = join(folder, 'documents', '0', 'README.json')
    await writeFile(path, 'hello')
    await mkdir(join(folder, 'documents', '0', 'backup'))
    expect(await keysOf(store)).toEqual([])
    expect(await readFile(path, 'utf8')).toBe('hello')
  })

  describe('that are damaged', () => {
    const stored = (change: object): string => JSON.stringify({ key: KITCHEN, version: 1, document: 'good', ...change })

    test.each<[string, string | Uint8Array, string]>([
      ['empty', '', 'the file is empty'],
      ['cut off', stored({}).slice(0, -5), 'JSON'],
      ['not JSON', 'hello', 'JSON'],
      ['not UTF-8', Buffer.from(stored({ document: 'gr\u00fcn' }), 'latin1'), 'utf-8'],
      ['of another shape', '{"pods":[]}', 'does not hold'],
      ['null', 'null', 'does not hold'],
      ['without a document', stored({ document: undefined }), 'does not hold'],
      ['of version 0', stored({ version: 0 }), 'does not hold'],
      ['of half a version', stored({ version: 1.5 }), 'does not hold'],
      ["another key's", stored({ key: 'channel/garden' }), 'another key'],
    ])('%s: reported, set aside and never overwritten', async (_, contents, reason) => {
      await writeFile(pathOf(folder, KITCHEN), contents)
      const error: DamagedDocumentError = await store.load(KITCHEN).then(
        () => expect.unreachable(),
        (caught) => caught,
      )
      expect(error).toBeInstanceOf(DamagedDocumentError)
      expect(error.key).toBe(KITCHEN)
      expect(error.message).toContain(reason)
      expect(error.message).toContain(`"${KITCHEN}"`)
      expect(error.setAside).toMatch(/channel\+kitchen\.json\.damaged-[0-9TZ-]+$/)

      expect(await store.load(KITCHEN)).toBeNull()
      expect(await store.save(KITCHEN, 'new', 0)).toBe('saved')
      expect(await readFile(error.setAside)).toEqual(Buffer.from(contents))
      expect(await keysOf(store)).toEqual([KITCHEN])
    })

    test.each([
      ['save', () => store.save(KITCHEN, 'new', 0)],
      ['remove', () => store.remove(KITCHEN)],
    ])('are not overwritten by a %s that comes first', async (_, change) => {
      await writeFile(pathOf(folder, KITCHEN), 'hello')
      const error: DamagedDocumentError = await change().then(
        () => expect.unreachable(),
        (caught) => caught,
      )
      expect(error).toBeInstanceOf(DamagedDocumentError)
      expect(await readFile(error.setAside, 'utf8')).toBe('hello')
      await change()
    })

    test('and whose name does not tell the key are reported by a list', async () => {
      const long = `channel/${'long'.repeat(100)}`
      await store.save(long, 'good', 0)
      await writeFile(pathOf(folder, long), 'hello')
      await expect(keysOf(store)).rejects.toThrow(DamagedDocumentError)
      expect(await keysOf(store)).toEqual([])
    })
  })
})

describe('physical writes', () => {
  let files: MemoryFileSystem
  let store: LowdbStore

  beforeEach(async () => {
    files = new MemoryFileSystem()
    store = await openLowdbStore('/data', { files })
  })

  test('R1: a save is one write with two syncs; a load, a conflict and a refusal are none', async () => {
    await store.save(KITCHEN, 'one', 0)
    expect(store.counters).toMatchObject({ writes: 1, syncs: 2 })
    await store.load(KITCHEN)
    await store.save(KITCHEN, 'two', 7)
    await expect(store.save(KITCHEN, undefined, 1)).rejects.toThrow()
    expect(store.counters).toMatchObject({ writes: 1, syncs: 2 })
    await store.save(KITCHEN, 'two', 1)
    expect(store.counters).toMatchObject({ writes: 2, syncs: 4 })
  })

  test('a save after a load reads nothing', async () => {
    await store.load(KITCHEN)
    files.log.length = 0
    await store.save(KITCHEN, 'one', 0)
    expect(files.log.map((line) => line.split(' ')[0])).toEqual([
      'create',
      'writeFile',
      'datasync',
      'close',
      'rename',
      'syncFolder',
    ])
  })

  test('R2: the bytes written for a channel with 10 pods are at most 1.1 times the compact JSON', async () => {
    const document = {
      pods: Array.from({ length: 10 }, (_, index) => ({ name: `web-${index}`, spec: 'x'.repeat(250) })),
    }
    await store.save(KITCHEN, document, 0)
    expect(store.counters.bytes).toBeLessThanOrEqual(1.1 * JSON.stringify(document).length)
  })

  test('R3: 64 commands at once on one key share their writes, at least 16 each', async () => {
    await Promise.all(Array.from({ length: 64 }, (_, index) => store.save(KITCHEN, index, index)))
    expect(store.counters.writes).toBeLessThanOrEqual(4)
    expect(await store.load(KITCHEN)).toEqual({ document: 63, version: 64 })
  })

  test('R4: under a steady stream of saves each is carried by the second write begun after it, or the first', async () => {
    let ended = 0
    const syncFolder = files.syncFolder.bind(files)
    files.syncFolder = async (path) => {
      await syncFolder(path)
      ended += 1
    }
    const carriedBy: number[] = []
    const saves: Promise<unknown>[] = []
    for (let version = 0; version < 200; version++) {
      const begunBefore = store.counters.writes
      saves.push(
        store.save(KITCHEN, version, version).then(() => {
          carriedBy.push(ended - begunBefore)
          expect(JSON.parse(files.peek(pathOf('/data', KITCHEN))).version).toBeGreaterThan(version)
        }),
      )
      await new Promise(setImmediate)
    }
    await Promise.all(saves)
    expect(carriedBy).toHaveLength(200)
    expect(Math.max(...carriedBy)).toBeLessThanOrEqual(2)
    expect(store.counters.writes).toBeGreaterThan(20)
  })

  test('R6: keys that nobody uses have no open file, no timer and no object but a few remembered versions', async () => {
    const timers = [vi.spyOn(globalThis, 'setTimeout'), vi.spyOn(globalThis, 'setInterval')]
    const few = await openLowdbStore('/few', { files, rememberedVersions: 3 })
    await Promise.all(Array.from({ length: 1_000 }, (_, index) => few.save(`channel/${index}`, index, 0)))
    for (const timer of timers) expect(timer).not.toHaveBeenCalled()
    vi.restoreAllMocks()
    expect(few.keysInUse).toBe(0)
    expect(files.openFiles).toBe(0)

    const reads = async (key: string): Promise<number> => {
      files.log.length = 0
      expect(await few.save(key, 'again', 1)).toBe('saved')
      return files.log.filter((line) => line.startsWith('read ')).length
    }
    expect(await reads('channel/999')).toBe(0)
    expect(await reads('channel/0')).toBe(1)
  })
})

describe('a disk that fails', () => {
  let files: MemoryFileSystem
  let store: LowdbStore

  beforeEach(async () => {
    files = new MemoryFileSystem()
    store = await openLowdbStore('/data', { files })
    await store.save(KITCHEN, 'good', 0)
  })

  /** From now on the operation fails, until the function returned is called. */
  function failing(failed: Operation, code: string): () => void {
    files.interfere = (operation) => {
      if (operation === failed) throw systemError(code)
    }
    return () => {
      files.interfere = () => undefined
    }
  }

  test.each<[Operation, string]>([
    ['create', 'EACCES'],
    ['create', 'EMFILE'],
    ['writeFile', 'ENOSPC'],
    ['datasync', 'EIO'],
    ['close', 'EIO'],
    ['rename', 'EROFS'],
  ])('%s %s: the caller is told, the old document stays, and the next save works', async (operation, code) => {
    const repair = failing(operation, code)
    await expect(store.save(KITCHEN, 'lost', 1)).rejects.toMatchObject({ code })
    repair()
    expect(await store.load(KITCHEN)).toEqual({ document: 'good', version: 1 })
    expect(await store.save(KITCHEN, 'better', 1)).toBe('saved')
    expect(await store.load(KITCHEN)).toEqual({ document: 'better', version: 2 })
    expect(files.openFiles).toBe(0)
    expect(await files.list('/data/unfinished')).toEqual([])
  })

  test('syncFolder EIO: the caller is told; whether it was stored is found out by loading', async () => {
    const repair = failing('syncFolder', 'EIO')
    await expect(store.save(KITCHEN, 'perhaps', 1)).rejects.toMatchObject({ code: 'EIO' })
    repair()
    expect(await store.save(KITCHEN, 'blind', 1)).toBe('conflict')
    expect(await store.load(KITCHEN)).toEqual({ document: 'perhaps', version: 2 })
  })

  test('saves built on top of one that failed fail with it, and nothing of them is stored', async () => {
    const repair = failing('writeFile', 'ENOSPC')
    const results = await Promise.allSettled(
      [1, 2, 3].map(async (version) => {
        const saved = store.save(KITCHEN, `lost ${version}`, version)
        if (version === 1) await new Promise(setImmediate)
        return saved
      }),
    )
    repair()
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(await store.save(KITCHEN, 'late', 4)).toBe('conflict')
    expect(await store.load(KITCHEN)).toEqual({ document: 'good', version: 1 })
  })

  test('read EACCES: the caller is told, nothing is set aside and no save goes ahead', async () => {
    await store.close()
    store = await openLowdbStore('/data', { files })
    const repair = failing('read', 'EACCES')
    await expect(store.load(KITCHEN)).rejects.toMatchObject({ code: 'EACCES' })
    await expect(store.save(KITCHEN, 'blind', 0)).rejects.toMatchObject({ code: 'EACCES' })
    repair()
    expect(await store.load(KITCHEN)).toEqual({ document: 'good', version: 1 })
  })

  test('remove EACCES: the caller is told and the document stays', async () => {
    const repair = failing('remove', 'EACCES')
    await expect(store.remove(KITCHEN)).rejects.toMatchObject({ code: 'EACCES' })
    repair()
    expect(await store.load(KITCHEN)).toEqual({ document: 'good', version: 1 })
    await store.remove(KITCHEN)
    expect(await store.load(KITCHEN)).toBeNull()
  })

  test('a start that fails after locking leaves no lock', async () => {
    await store.close()
    files.put('/data/unfinished/half.tmp', '')
    files.interfere = (operation, path) => {
      if (operation === 'remove' && path.endsWith('half.tmp')) throw systemError('EACCES')
    }
    await expect(openLowdbStore('/data', { files })).rejects.toMatchObject({ code: 'EACCES' })
    expect(await files.list('/data')).toEqual(['unfinished', 'documents'])
  })
})
