import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { features } from '../../scripts/platform-features.ts'
import { platformTable, withTable } from '../../scripts/platform-table.ts'

const passed = features
  .flatMap(({ discord, slack, console }) => [discord, slack, console])
  .flatMap((proof) => (typeof proof === 'string' ? [] : proof.map((fullName) => ({ fullName, status: 'passed' }))))

test("the README's table is what the tests show", () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  expect(withTable(readme, platformTable(passed))).toBe(readme)
})

test('a feature whose test has failed or is missing gets no mark', () => {
  expect(() => platformTable(passed.map((result) => ({ ...result, status: 'failed' })))).toThrow('has failed')
  expect(() => platformTable(passed.filter(({ fullName }) => fullName !== passed[0]?.fullName))).toThrow(
    'no test is called',
  )
})
