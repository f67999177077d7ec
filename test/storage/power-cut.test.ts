import { describe, expect, test } from 'vitest'
import { openLowdbStore } from '../../src/storage/lowdb.ts'
import type { Store } from '../../src/storage/store.ts'
import { type Leftover, MemoryFileSystem, type Operation, systemError } from './memory-file-system.ts'

/** The documents that a key has one after the other; null where it is removed. */
const HISTORY: Readonly<Record<string, readonly (string | null)[]>> = {
  'channel/kitchen': ['one', 'two', 'three', 'four', 'five'],
  'channel/garden': ['one', null, 'three', null],
}

const LEFTOVERS: readonly Leftover[] = [
  { names: false, contents: false },
  { names: false, contents: true },
  { names: true, contents: false },
  { names: true, contents: true },
]

/** Goes through the history of each key, the first two steps at once; `acknowledged` counts what has been promised. */
async function live(store: Store, acknowledged: Record<string, number>): Promise<void> {
  const follow = async (key: string, documents: readonly (string | null)[]): Promise<void> => {
    let version = 0
    const steps = documents.map((document) => async (): Promise<void> => {
      if (document === null) {
        version = 0
        await store.remove(key)
      } else expect(await store.save(key, document, version++)).toBe('saved')
      acknowledged[key] = (acknowledged[key] ?? 0) + 1
    })
    await Promise.all(steps.slice(0, 2).map((step) => step()))
    for (const step of steps.slice(2)) await step()
  }
  await Promise.all(Object.entries(HISTORY).map(([key, documents]) => follow(key, documents)))
}

/** Cuts the power before the `cut`th operation; tells what a start afterwards finds that it should not. */
async function violationsAfterCut(cut: number, ignored: readonly Operation[]): Promise<string[]> {
  const files = new MemoryFileSystem({ ignored })
  files.interfere = () => {
    if (files.log.length > cut) throw systemError('EIO')
  }
  const acknowledged: Record<string, number> = {}
  await openLowdbStore('/data', { files })
    .then((store) => live(store, acknowledged))
    .catch((error) => expect(error).toMatchObject({ code: 'EIO' }))

  const violations: string[] = []
  for (const leftover of LEFTOVERS) {
    const found = files.afterPowerCut(leftover)
    const store = await openLowdbStore('/data', { files: found })
    for (const [key, documents] of Object.entries(HISTORY)) {
      const at = `cut before ${files.log[cut]}, left ${JSON.stringify(leftover)}: ${key}`
      try {
        const document = ((await store.load(key))?.document ?? null) as string | null
        const states = [null, ...documents].slice(acknowledged[key] ?? 0)
        if (!states.includes(document)) violations.push(`${at} is ${document}, not one of ${states}`)
      } catch (error) {
        violations.push(`${at}: ${error}`)
      }
    }
    expect(await found.list('/data/unfinished')).toEqual([])
    await store.close()
  }
  return violations
}

async function violations(ignored: readonly Operation[] = []): Promise<string[]> {
  const files = new MemoryFileSystem()
  await live(await openLowdbStore('/data', { files }), {})
  const found: string[] = []
  for (let cut = 0; cut < files.log.length; cut++) found.push(...(await violationsAfterCut(cut, ignored)))
  return found
}

describe('a power cut before any operation on the disk', () => {
  test('loses nothing that was acknowledged and leaves every document whole', async () => {
    expect(await violations()).toEqual([])
  })

  test.each<Operation>(['datasync', 'syncFolder'])(
    'would be noticed by this test if %s did nothing',
    async (operation) => {
      expect((await violations([operation])).length).toBeGreaterThan(0)
    },
  )
})
