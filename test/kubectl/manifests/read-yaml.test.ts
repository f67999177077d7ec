import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { readYaml } from '../../../src/kubectl/manifests/read-yaml.ts'
import { YamlSyntaxError } from '../../../src/kubectl/manifests/yaml-error.ts'

/** What go-yaml makes of texts, in the version that kubectl uses. */
const golden = JSON.parse(readFileSync(new URL('../../golden/yaml.json', import.meta.url), 'utf8')) as {
  text: string
  value?: unknown
  error?: string
}[]

const read = (text: string): { value: unknown } | { error: string } => {
  try {
    return { value: readYaml(text).value }
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error
    return { error: error.message }
  }
}

describe('a text of YAML is read or refused as kubectl does', () => {
  for (const { text, ...expected } of golden)
    test(JSON.stringify(text), () => {
      expect(read(text)).toEqual('error' in expected ? { error: expected.error } : { value: expected.value })
    })
})

const json = fc.jsonValue({ maxDepth: 4 }).map((value): unknown => JSON.parse(JSON.stringify(value)))

describe('properties', () => {
  test('JSON is YAML: it gives the same value', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(readYaml(JSON.stringify(value)).value).toEqual(value)
      }),
    )
  })

  test('what is written in blocks and quoted is read as it was', () => {
    const text = (value: unknown) =>
      stringify(value, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_DOUBLE' })
    fc.assert(
      fc.property(json, (value) => {
        expect(readYaml(text(value)).value).toEqual(value)
      }),
    )
  })

  test('lines inside of brackets and quotes may stand anywhere', () => {
    const blanks = fc.stringMatching(/^[ \t]{0,3}$/)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1 }), blanks, (items, blank) => {
        const text = `spec:\n  one:\n    list: [\n${items.map((item) => `${blank}${item},\n`).join('')}${blank}]\n    word: "a\n${blank}b"\n`
        expect(readYaml(text).value).toEqual({ spec: { one: { list: items, word: 'a b' } } })
      }),
    )
  })

  test('any text is read or refused, never anything else', () => {
    const letter = fc.constantFrom(...'ab:-?[]{},#&*!|>\'"%@` \t\n\n  ')
    fc.assert(
      fc.property(fc.array(letter, { maxLength: 40 }), (letters) => {
        read(letters.join(''))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('limits', () => {
  test.each([
    ['brackets', `${'['.repeat(50_000)}\n`],
    ['closed brackets', `${'['.repeat(50_000)}${']'.repeat(50_000)}\n`],
    ['blocks', Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
  ])('deep nesting of %s is refused', (_, text) => {
    expect(read(text)).toEqual({ error: expect.stringMatching(/^yaml: (exceeded max depth|line 1: did not find)/) })
  })

  test('a bomb of aliases is refused', () => {
    const level = (name: string, below: string) => `${name}: &${name} [${Array(10).fill(`*${below}`).join(', ')}]\n`
    const text = `a: &a [x, x]\n${['b', 'c', 'd', 'e', 'f', 'g'].map((name, index) => level(name, 'abcdef'[index]!)).join('')}`
    expect(read(text)).toEqual({ error: 'yaml: document contains excessive aliasing' })
  })

  test('long texts with tabs, brackets and quotes are read in time that grows with their length', () => {
    const texts = [
      `a: [\n${'\t\n'.repeat(20_000)}]\n`,
      `a: 1\n${'  \t\n'.repeat(20_000)}b: 2\n`,
      Array.from({ length: 5_000 }, (_, index) => `a${index}: "x\ny"\n`).join(''),
      Array.from({ length: 3_000 }, (_, index) => `a${index}:\n  b: [\n1]\n`).join(''),
    ]
    for (const text of texts) expect(read(text)).toHaveProperty('value')
  })

  test('members that are named twice are told with their line; the last one counts', () => {
    expect(readYaml('a: 1\nb:\n  c: 1\n  c: 2\na: 3\n')).toEqual({
      value: { a: 3, b: { c: 2 } },
      repeated: [
        { name: 'c', line: 4 },
        { name: 'a', line: 5 },
      ],
    })
  })

  test('__proto__ is a name like others', () => {
    const { value } = readYaml('__proto__: {polluted: 1}\nconstructor: 2\n')
    expect(Object.entries(value as object)).toEqual([
      ['__proto__', { polluted: 1 }],
      ['constructor', 2],
    ])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})
