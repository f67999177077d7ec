import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DamagedDocumentError, NewerDocumentError, type Store } from '../../src/storage/store.ts'

/** Where a store under test keeps its data: empty at first, the same at each `open`. */
export interface Place {
  open(): Promise<Store>
  /** Takes the data away. Every opened store has been closed before. */
  dispose(): Promise<void>
}

/** Keys as people and programs that mean no good might choose them. */
export const STRANGE_KEYS: readonly string[] = [
  'timers',
  'channel/',
  'channel/kitchen',
  'channel/Kitchen',
  'channel/KITCHEN',
  'channel//kitchen',
  'channel/kitchen/',
  'channel/kitchen.json',
  'channel/../../etc/passwd',
  '../..',
  '/etc/passwd',
  'C:\\windows\\system32',
  '.',
  '..',
  '',
  ' ',
  'channel/con',
  'channel/__proto__',
  'channel/constructor',
  'channel/"quoted" \'and\' `ticked`',
  'channel/two\nlines\r\nand a nul \0',
  'channel/100%25',
  'channel/a+b',
  'channel/a%2fb',
  'channel/a~b',
  'channel/🦊',
  'channel/é',
  'channel/e\u0301',
  'channel/\ud800',
  'channel/\ud801',
  `channel/${'long'.repeat(1_250)}`,
  `channel/${'long'.repeat(1_250)}!`,
  `channel/${'🦊'.repeat(5_000)}`,
]

const STRANGE_DOCUMENTS: readonly unknown[] = [
  null,
  false,
  0,
  '',
  [],
  {},
  JSON.parse('{"__proto__":{"polluted":true},"constructor":1}'),
  { text: '"\\ \n \0 \u2028 🦊 \ud800' },
  'long'.repeat(100_000),
]

/** What every store promises. Each store's own test calls this and adds what only that store promises. */
export function describeStore(name: string, prepare: () => Promise<Place>): void {
  describe(`${name} keeps the contract of a store`, () => {
    let place: Place
    let store: Store

    beforeEach(async () => {
      place = await prepare()
      store = await place.open()
    })

    afterEach(async () => {
      await store.close()
      await place.dispose()
    })

    async function reopen(): Promise<void> {
      await store.close()
      store = await place.open()
    }

    describe('load and save', () => {
      test('what has never been saved is null', async () => {
        expect(await store.load('channel/kitchen')).toBeNull()
      })

      test('each save makes the next version', async () => {
        for (const version of [1, 2, 3]) {
          expect(await store.save('channel/kitchen', { version }, version - 1)).toBe('saved')
          expect(await store.load('channel/kitchen')).toEqual({ document: { version }, version })
        }
      })

      test('what was saved is there when the store is opened again, and goes on from its version', async () => {
        await store.save('channel/kitchen', { pods: 3 }, 0)
        await reopen()
        expect(await store.save('channel/kitchen', { pods: 4 }, 1)).toBe('saved')
        await reopen()
        expect(await store.load('channel/kitchen')).toEqual({ document: { pods: 4 }, version: 2 })
      })

      test('a document is stored as it is at the moment of the call', async () => {
        const document = { pods: 3 }
        const saved = store.save('channel/kitchen', document, 0)
        document.pods = 99
        await saved
        expect(await store.load('channel/kitchen')).toEqual({ document: { pods: 3 }, version: 1 })
      })

      test('a document that its reader does not understand is set aside, and the key is free', async () => {
        await store.save('channel/kitchen', { pods: 3 }, 0)
        const reader = (): string => {
          throw new Error('pods must be a list')
        }
        const damaged = await store.load('channel/kitchen', reader).catch((error: unknown) => error)
        expect(damaged).toBeInstanceOf(DamagedDocumentError)
        expect((damaged as DamagedDocumentError).message).toContain('pods must be a list')
        expect(await store.load('channel/kitchen', reader)).toBeNull()
        expect(await store.save('channel/kitchen', { pods: [] }, 0)).toBe('saved')
      })

      test('a document of a newer version stays where it is', async () => {
        await store.save('channel/kitchen', { schema: 2 }, 0)
        const reader = (): string => {
          throw new NewerDocumentError('newer')
        }
        await expect(store.load('channel/kitchen', reader)).rejects.toThrow(NewerDocumentError)
        expect(await store.load('channel/kitchen')).toEqual({ document: { schema: 2 }, version: 1 })
      })

      test('a reader makes of the document what it likes', async () => {
        await store.save('channel/kitchen', { pods: 3 }, 0)
        const count = await store.load('channel/kitchen', (document) => (document as { pods: number }).pods)
        expect(count).toEqual({ document: 3, version: 1 })
      })

      test('two loads do not share their document', async () => {
        await store.save('channel/kitchen', { pods: [1] }, 0)
        const first = await store.load('channel/kitchen')
        ;(first!.document as { pods: number[] }).pods.push(2)
        expect(await store.load('channel/kitchen')).toEqual({ document: { pods: [1] }, version: 1 })
      })

      test.each(STRANGE_DOCUMENTS.map((document) => [JSON.stringify(document).slice(0, 40), document]))(
        'a document may be %s',
        async (_, document) => {
          await store.save('channel/kitchen', document, 0)
          await reopen()
          expect(JSON.stringify((await store.load('channel/kitchen'))!.document)).toBe(JSON.stringify(document))
        },
      )

      test('what is not JSON is refused and changes nothing', async () => {
        const circular: unknown[] = []
        circular.push(circular)
        for (const document of [undefined, circular, 1n, () => 1])
          await expect(store.save('channel/kitchen', document, 0)).rejects.toThrow(TypeError)
        expect(await store.load('channel/kitchen')).toBeNull()
      })
    })

    describe('versions', () => {
      test.each([
        ['a version that is not there yet', 2],
        ['an older version', 0],
        ['a version below all', -1],
        ['half a version', 0.5],
        ['no number', Number.NaN],
      ])('a save on top of %s is a conflict and changes nothing', async (_, expected) => {
        await store.save('channel/kitchen', 'first', 0)
        expect(await store.save('channel/kitchen', 'second', expected)).toBe('conflict')
        expect(await store.load('channel/kitchen')).toEqual({ document: 'first', version: 1 })
      })

      test('a save on top of a version of something that is not there is a conflict', async () => {
        expect(await store.save('channel/kitchen', 'lost', 1)).toBe('conflict')
        expect(await store.load('channel/kitchen')).toBeNull()
      })

      test('a conflict is also seen by a store that has just been opened', async () => {
        await store.save('channel/kitchen', 'first', 0)
        await reopen()
        expect(await store.save('channel/kitchen', 'second', 0)).toBe('conflict')
        expect(await store.load('channel/kitchen')).toEqual({ document: 'first', version: 1 })
      })
    })

    describe('remove', () => {
      test('what was removed is gone, for good', async () => {
        await store.save('channel/kitchen', 'here', 0)
        await store.remove('channel/kitchen')
        expect(await store.load('channel/kitchen')).toBeNull()
        await reopen()
        expect(await store.load('channel/kitchen')).toBeNull()
      })

      test('what is not there can be removed', async () => {
        await store.remove('channel/kitchen')
        await store.remove('channel/kitchen')
      })

      test('a removed key begins again at version 1, and its old versions are conflicts', async () => {
        await store.save('channel/kitchen', 'old', 0)
        await store.remove('channel/kitchen')
        expect(await store.save('channel/kitchen', 'late', 1)).toBe('conflict')
        expect(await store.save('channel/kitchen', 'new', 0)).toBe('saved')
        expect(await store.load('channel/kitchen')).toEqual({ document: 'new', version: 1 })
      })

      test('of a save, a removal and a save in one breath the last one stays', async () => {
        const results = await Promise.all([
          store.save('channel/kitchen', 'first', 0),
          store.remove('channel/kitchen'),
          store.save('channel/kitchen', 'second', 0),
        ])
        expect(results).toEqual(['saved', undefined, 'saved'])
        await reopen()
        expect(await store.load('channel/kitchen')).toEqual({ document: 'second', version: 1 })
      })
    })

    describe('keys', () => {
      test('strange keys are kept apart, listed, found again and removed', async () => {
        for (const key of STRANGE_KEYS) expect(await store.save(key, { key }, 0)).toBe('saved')
        await reopen()
        expect((await keysOf(store)).sort()).toEqual([...STRANGE_KEYS].sort())
        for (const key of STRANGE_KEYS) expect(await store.load(key)).toEqual({ document: { key }, version: 1 })
        for (const key of STRANGE_KEYS) await store.remove(key)
        expect(await keysOf(store)).toEqual([])
      })

      test('any text is a key', async () => {
        const stored = new Set<string>()
        await fc.assert(
          fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (key) => {
            if (!stored.has(key)) expect(await store.save(key, key, 0)).toBe('saved')
            stored.add(key)
            expect(await store.load(key)).toEqual({ document: key, version: 1 })
          }),
          { numRuns: 30 },
        )
        expect((await keysOf(store)).sort()).toEqual([...stored].sort())
      })

      test('a list can be limited to a prefix', async () => {
        for (const key of ['channel/a', 'channel/b', 'person/a', 'timers']) await store.save(key, 0, 0)
        expect((await keysOf(store, 'channel/')).sort()).toEqual(['channel/a', 'channel/b'])
        expect(await keysOf(store, 'timers')).toEqual(['timers'])
        expect(await keysOf(store, 'nothing')).toEqual([])
      })
    })

    describe('many at once', () => {
      test('64 saves, each on top of the one before and none awaited, all arrive', async () => {
        const results = await Promise.all(
          Array.from({ length: 64 }, (_, index) => store.save('channel/kitchen', { saves: index + 1 }, index)),
        )
        expect(new Set(results)).toEqual(new Set(['saved']))
        await reopen()
        expect(await store.load('channel/kitchen')).toEqual({ document: { saves: 64 }, version: 64 })
      })

      test('of 64 saves on top of the same version one arrives', async () => {
        const results = await Promise.all(
          Array.from({ length: 64 }, (_, index) => store.save('channel/kitchen', index, 0)),
        )
        expect(results.filter((result) => result === 'saved')).toHaveLength(1)
        expect(await store.load('channel/kitchen')).toEqual({ document: results.indexOf('saved'), version: 1 })
      })

      test('4 callers that load, add one and save, again after a conflict, lose nothing', async () => {
        const addOne = async (): Promise<void> => {
          const found = (await store.load('channel/kitchen')) ?? { document: 0, version: 0 }
          const saved = await store.save('channel/kitchen', (found.document as number) + 1, found.version)
          if (saved === 'conflict') await addOne()
        }
        await Promise.all(
          Array.from({ length: 4 }, async () => {
            for (let round = 0; round < 25; round++) await addOne()
          }),
        )
        expect(await store.load('channel/kitchen')).toEqual({ document: 100, version: 100 })
      })

      test('a load sees the saves that were asked for before it', async () => {
        const saved = store.save('channel/kitchen', 'first', 0)
        const loaded = store.load('channel/kitchen')
        const savedLater = store.save('channel/kitchen', 'second', 1)
        expect(await loaded).toEqual({ document: 'first', version: 1 })
        expect(await Promise.all([saved, savedLater])).toEqual(['saved', 'saved'])
      })

      test('100 keys do not disturb each other', async () => {
        const keys = Array.from({ length: 100 }, (_, index) => `channel/${index}`)
        await Promise.all(keys.map((key) => Promise.all([store.save(key, 'first', 0), store.save(key, key, 1)])))
        expect(await Promise.all(keys.map((key) => store.load(key)))).toEqual(
          keys.map((document) => ({ document, version: 2 })),
        )
      })
    })

    describe('close', () => {
      test('waits for what has been accepted', async () => {
        let outcome: string | undefined
        store.save('channel/kitchen', 'here', 0).then((result) => {
          outcome = result
        })
        await store.close()
        expect(outcome).toBe('saved')
        store = await place.open()
        expect(await store.load('channel/kitchen')).toEqual({ document: 'here', version: 1 })
      })

      test('afterwards the store refuses to work, and can be closed again', async () => {
        await store.close()
        await expect(store.load('channel/kitchen')).rejects.toThrow('closed')
        await expect(store.save('channel/kitchen', 1, 0)).rejects.toThrow('closed')
        await expect(store.remove('channel/kitchen')).rejects.toThrow('closed')
        await expect(keysOf(store)).rejects.toThrow('closed')
        await store.close()
      })
    })
  })
}

export async function keysOf(store: Store, prefix?: string): Promise<string[]> {
  const keys: string[] = []
  for await (const key of store.list(prefix)) keys.push(key)
  return keys
}
