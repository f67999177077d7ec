import { describe, expect, test } from 'vitest'
import { fold, PHONE_COLUMNS } from '../../src/chat/fold.ts'

describe('text behind a head', () => {
  test('stays on one line where it fits', () => {
    expect(fold(' 1 ', 'coffee-shop → 10.96.0.5')).toEqual([' 1 coffee-shop → 10.96.0.5'])
  })

  test('is broken at blanks and indented below the head', () => {
    const lines = fold('hop ', 'word '.repeat(30).trim())
    expect(lines.every((line) => line.length <= PHONE_COLUMNS)).toBe(true)
    expect(lines[1]).toMatch(/^ {4}word/)
    expect(lines.join(' ').replace(/\s+/g, ' ')).toBe(`hop ${'word '.repeat(30).trim()}`)
  })

  test('is cut where one word is wider than the line, and nothing is lost', () => {
    const name = `${'coffee-shop.default.svc.cluster.local.'.repeat(4)}`
    const lines = fold(' 1 ', `${name} NXDOMAIN`)
    expect(lines.every((line) => line.length <= PHONE_COLUMNS)).toBe(true)
    expect(
      lines
        .map((line) => line.slice(3))
        .join('')
        .replace(' NXDOMAIN', 'NXDOMAIN'),
    ).toBe(`${name}NXDOMAIN`)
  })
})
