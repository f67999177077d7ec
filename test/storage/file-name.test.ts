import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fileNameOf, keyOf, shardOf, shards } from '../../src/storage/file-name.ts'
import { STRANGE_KEYS } from '../contracts/store.ts'

const anyKey = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
)

describe('the file name of a key', () => {
  test.each([
    ['timers', 'timers.json'],
    ['channel/console:kitchen', 'channel+console%3akitchen.json'],
    ['person/Ann', 'person+%41nn.json'],
    ['../..', '%2e%2e+%2e%2e.json'],
    ['🦊', '%ud83e%udd8a.json'],
    ['', '.json'],
  ])('%j is %s', (key, name) => {
    expect(fileNameOf(key)).toBe(name)
    expect(keyOf(name)).toEqual({ key })
  })

  test('is a plain lower-case name of at most 105 characters, and tells the key unless that is long', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        const name = fileNameOf(key)
        expect(name).toMatch(/^[a-z0-9_%+~-]{0,100}\.json$/)
        expect(keyOf(name)).toEqual(name.includes('~') ? 'long' : { key })
        expect(shards).toContain(shardOf(key))
      }),
    )
  })

  test('differs for keys that differ, even where a file system ignores case', () => {
    const names = STRANGE_KEYS.map((key) => fileNameOf(key).toLowerCase())
    expect(new Set(names).size).toBe(STRANGE_KEYS.length)
    fc.assert(fc.property(anyKey, anyKey, (one, other) => (fileNameOf(one) === fileNameOf(other)) === (one === other)))
  })

  test('of a long key is cut and ends with a digest of all of it', () => {
    const long = 'channel/'.padEnd(5_000, 'x')
    expect(fileNameOf(long)).toMatch(/^channel\+x{22}~[0-9a-f]{64}\.json$/)
    expect(fileNameOf(`${long}y`)).not.toBe(fileNameOf(long))
  })

  test.each([
    'README.json',
    'channel+kitchen.json.damaged-2026-11-25T22-58-01-123Z',
    '.DS_Store',
    '%zz.json',
    '%41.txt',
  ])('%s is no name of ours', (name) => expect(keyOf(name)).toBeUndefined())
})
