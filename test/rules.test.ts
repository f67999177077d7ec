import { expect, test } from 'vitest'
import { testsByRule } from '../scripts/rules.ts'

test('every rule of the reference that concerns what is modelled is named by a test', () => {
  const without = [...testsByRule('test')].filter(([, files]) => files.length === 0).map(([id]) => id)
  expect(without).toEqual([])
})
