import { describe, expect, test } from 'vitest'
import { readYaml } from '../../../src/kubectl/manifests/read-yaml.ts'

describe('nesting of a manifest', () => {
  const nestings: [string, (depth: number) => string][] = [
    ['braces', (depth) => `${'{a: '.repeat(depth)}x${'}'.repeat(depth)}`],
    ['brackets', (depth) => `${'['.repeat(depth)}"x"${']'.repeat(depth)}`],
    ['dashes', (depth) => `${'- '.repeat(depth)}x`],
    ['indentation', (depth) => Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['keys', (depth) => `${'? - '.repeat(depth / 2)}x`],
  ]

  test.each(nestings)('%s: a hundred levels are read, more are refused, however many', (_, nested) => {
    expect(() => readYaml(nested(100))).not.toThrow('exceeded max depth')
    for (const depth of [102, 900, 1500])
      expect(() => readYaml(nested(depth))).toThrow('yaml: exceeded max depth of 100')
  })

  test('many levels that are left at once', () => {
    expect(() => readYaml(`${'['.repeat(50_000)}${']'.repeat(50_000)}\n`)).toThrow('exceeded max depth')
    expect(() => readYaml(`${'- '.repeat(50_000)}x\n- y\n`)).toThrow('exceeded max depth')
  })

  test('length is not depth', () => {
    expect(readYaml('- {a: [x]}\n'.repeat(500)).value).toHaveLength(500)
    expect(readYaml(`a: |\n  ${'{['.repeat(500)}\n`).value).toEqual({ a: `${'{['.repeat(500)}\n` })
  })
})
