import { describe, expect, test } from 'vitest'
import { endOfValue, JsonSyntaxError, readJson } from '../../../src/kubectl/manifests/json-stream.ts'

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

describe('JSON of a manifest', () => {
  test('R-ERR-4 a value that is nested too deeply is refused where it becomes so', () => {
    expect(readJson(nested(100))).toMatchObject({ a: { a: {} } })
    for (const depth of [101, 100_000])
      expect(() => readJson(nested(depth), 7)).toThrow(new JsonSyntaxError('exceeded max depth', 7 + 5 * 100 + 1))
    expect(readJson(JSON.stringify({ a: '{'.repeat(5000) }))).toEqual({ a: '{'.repeat(5000) })
  })

  test.each([
    ['{"a":1}{"b":2}', 7],
    ['{"a":"}\\"}"} x', 12],
    ['[[1],[2]]', 9],
    ['{"a":', undefined],
  ])('%s ends at %s', (text, end) => {
    expect(endOfValue(text, 0)).toBe(end)
  })

  test.each([
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{a:1}', "invalid character 'a' looking for beginning of object key string"],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['{"a":', 'unexpected EOF'],
  ])('%s is told in the words of Go', (text, message) => {
    expect(() => readJson(text)).toThrow(message)
  })
})
