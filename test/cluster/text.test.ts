import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOfBase64, decodeBase64, encodeBase64 } from '../../src/cluster/base64.ts'
import { describedLines } from '../../src/cluster/described.ts'
import { age, humanDuration, rfc1123 } from '../../src/cluster/duration.ts'
import { lineDiff } from '../../src/cluster/line-diff.ts'
import { goJson, quote, sortedMap } from '../../src/cluster/quote.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('lengths of time as kubectl shows them', () => {
  test.each([
    [-5 * SECOND, '<invalid>'],
    [-1 * SECOND, '0s'],
    [0, '0s'],
    [999, '0s'],
    [119 * SECOND, '119s'],
    [2 * MINUTE, '2m'],
    [2 * MINUTE + 3 * SECOND, '2m3s'],
    [10 * MINUTE - 1, '9m59s'],
    [10 * MINUTE + 5 * SECOND, '10m'],
    [3 * HOUR - 1, '179m'],
    [3 * HOUR, '3h'],
    [7 * HOUR + 59 * MINUTE, '7h59m'],
    [8 * HOUR + 59 * MINUTE, '8h'],
    [2 * DAY - 1, '47h'],
    [2 * DAY + HOUR, '2d1h'],
    [8 * DAY + 5 * HOUR, '8d'],
    [729 * DAY, '729d'],
    [730 * DAY, '2y'],
    [800 * DAY, '2y70d'],
    [8 * 365 * DAY + 9 * DAY, '8y'],
  ])('%d ms: %s', (length, text) => {
    expect(humanDuration(length)).toBe(text)
  })

  test('ages and instants', () => {
    expect(age('2026-11-23T08:00:00Z', Date.parse('2026-11-23T08:01:30.900Z'))).toBe('90s')
    expect(age(undefined, 0)).toBe('<unknown>')
    expect(rfc1123('2026-11-23T08:00:00Z')).toBe('Mon, 23 Nov 2026 08:00:00 +0000')
  })
})

describe('texts as Go writes them', () => {
  test.each([
    ['web', '"web"'],
    ['a"b\\c', '"a\\"b\\\\c"'],
    ['\t\n\r\u0000\u007f', '"\\t\\n\\r\\x00\\x7f"'],
    ['é日本😀', '"é日本😀"'],
    ['\u200b\u00a0\ufeff', '"\\u200b\\u00a0\\ufeff"'],
    ['\ud800', '"\\ufffd"'],
  ])('%j', (text, quoted) => {
    expect(quote(text)).toBe(quoted)
  })

  test('JSON escapes markup, maps are sorted', () => {
    expect(goJson({ a: '<&>' })).toBe('{"a":"\\u003c\\u0026\\u003e"}')
    expect(goJson(undefined)).toBe('null')
    expect(Object.keys(sortedMap({ b: 1, a: 2, B: 3 }))).toEqual(['B', 'a', 'b'])
  })
})

test('base64 is that of UTF-8', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const base64 = encodeBase64(text)
      expect(base64).toBe(Buffer.from(text, 'utf8').toString('base64'))
      expect(decodeBase64(base64)).toBe(text)
      expect(bytesOfBase64(base64)).toBe(Buffer.byteLength(text))
    }),
  )
})

test('a diff shows what changed with three lines around it', () => {
  const lines = (...changed: string[]) => ['a', 'b', 'c', 'd', ...changed, 'w', 'x', 'y', 'z'].join('\n')
  expect(lineDiff(lines('1', '2'), lines('1', '3'))).toBe('@@ -3,7 +3,7 @@\n c\n d\n 1\n-2\n+3\n w\n x\n y\n')
  expect(lineDiff('a', 'a')).toBe('')
  expect(lineDiff('a\n'.repeat(3000), 'b')).toBe('')
})

test('a diff leads from one text to the other', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(text, text, (before, after) => {
      const hunks = lineDiff(before.join('\n'), after.join('\n'))
        .split(/^@@.*\n/m)
        .slice(1)
        .map((hunk) => hunk.split('\n'))
      for (const hunk of hunks) {
        const side = (sign: string) =>
          hunk.filter((line) => line[0] === ' ' || line[0] === sign).map((line) => line.slice(1))
        expect(before.join()).toContain(side('-').join())
        expect(after.join()).toContain(side('+').join())
      }
      expect(hunks.length > 0).toBe(before.join() !== after.join())
    }),
  )
})

test('a description is lines whose cells are parted by tabs', () => {
  expect(
    describedLines([
      ['Name', 'web'],
      ['Labels', 'a=b\nc=d'],
      { key: 'Conditions', table: { header: ['Type', 'Status'], rows: [['Ready', 'True']] } },
      { key: 'Taints', table: { bare: true, header: ['A'], rows: [['1']] } },
      { key: 'Containers', lines: [{ key: 'web', lines: [['Image', 'nginx']] }, { raw: ['', 'x\ty'] }] },
    ]),
  ).toEqual([
    'Name:\tweb',
    'Labels:\ta=b',
    '\tc=d',
    'Conditions:',
    '  Type\tStatus',
    '  ----\t------',
    '  Ready\tTrue',
    'Taints:',
    '  A',
    '  1',
    'Containers:',
    '  web:',
    '    Image:\tnginx',
    '',
    '  x\ty',
  ])
})
