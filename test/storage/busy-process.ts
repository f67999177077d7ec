import { openLowdbStore } from '../../src/storage/lowdb.ts'

/**
 * A process of its own that saves without end, in three keys at once, and writes `KEY VERSION` for each save that was
 * acknowledged. Its argument is the data folder; it lives until it is killed.
 */
const store = await openLowdbStore(process.argv[2]!)
await Promise.all(
  ['channel/kitchen', 'channel/garden', 'person/you'].map(async (key) => {
    const padding = 'x'.repeat(20_000)
    for (let version = (await store.load(key))?.version ?? 0; ; version++) {
      await store.save(key, { version: version + 1, padding }, version)
      process.stdout.write(`${key} ${version + 1}\n`)
    }
  }),
)
