import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseCustomColumns, renderCustomColumns } from '../../../src/kubectl/output/custom-columns.ts'
import { type Json, renderJson } from '../../../src/kubectl/output/json.ts'
import { JsonPath, JsonPathError } from '../../../src/kubectl/output/jsonpath.ts'
import { TabWriter } from '../../../src/kubectl/output/tab-writer.ts'
import { GoTemplate, TemplateError } from '../../../src/kubectl/output/template.ts'
import { renderYaml } from '../../../src/kubectl/output/yaml.ts'
import { golden } from './golden.ts'

type Case = [template: string, result: { out?: string; error?: string }]

/** The text, or the message of the refusal. */
function outcome(run: () => string): { out?: string; error?: string } {
  try {
    return { out: run() }
  } catch (error) {
    if (error instanceof JsonPathError || error instanceof TemplateError) return { error: error.message }
    throw error
  }
}

const pod = (golden<{ data: { items: Json[] } }>('jsonpath').data.items as [Json, Json])[1]

describe('formats print what the real client prints', () => {
  test.each(golden<[Json, string][]>('yaml'))('yaml %#', (value, text) => {
    expect(renderYaml(value)).toBe(text)
  })

  const jsonpath = golden<{ data: Json; cases: Case[] }>('jsonpath')
  test.each(jsonpath.cases)('jsonpath %s', (template, expected) => {
    expect(outcome(() => new JsonPath(template).render(jsonpath.data))).toEqual(expected)
  })

  const template = golden<{ data: Json; cases: Case[] }>('go-template')
  test.each(template.cases)('go-template %s', (text, expected) => {
    expect(outcome(() => new GoTemplate(text).render(template.data))).toEqual(expected)
  })

  test.each(golden<[string, string][]>('custom-columns'))('custom-columns %s', (spec, text) => {
    expect(renderCustomColumns(parseCustomColumns(spec), [pod], true)).toBe(text)
  })

  test.each(golden<[string, number, number, string][]>('tab-writer'))(
    'tab stops of %j with %i and %i',
    (text, minWidth, padding, aligned) => {
      const lines = new TabWriter({ minWidth, padding }).format(text.replace(/\n$/, '').split('\n'))
      expect(`${lines.join('\n')}\n`).toBe(aligned)
    },
  )
})

describe('yaml', () => {
  /** The parser that reads them back takes these for numbers, unlike Go's. */
  const misread = /^[-+]?[\d_]*\.?[\d_]*(?:e[-+]?\d+)?$/i
  const text = fc
    .oneof(
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc
        .array(fc.constantFrom('a', ' ', '\n', ':', '#', '- ', "'", '"', '\t', '1', '.', 'true', '\u2028', 'word '), {
          maxLength: 60,
        })
        .map((parts) => parts.join('')),
    )
    .filter((word) => /^\d+$/.test(word) || !misread.test(word))
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(text, tie('value'), { maxKeys: 4 }),
    ),
  })).value

  test('whatever is printed reads back as the same value', () => {
    fc.assert(
      fc.property(value, (given) => {
        const read = parse(renderYaml(given), { version: '1.1', merge: false, uniqueKeys: true, maxAliasCount: 0 })
        expect(read).toEqual(JSON.parse(JSON.stringify(given)))
      }),
      { numRuns: 500 },
    )
  })
})

describe('json', () => {
  test('members stand by name, also those that look like numbers', () => {
    expect(renderJson({ b: 1, '10': 2, '9': 3, a: { z: [], y: {} } })).toBe(
      '{\n    "10": 2,\n    "9": 3,\n    "a": {\n        "y": {},\n        "z": []\n    },\n    "b": 1\n}\n',
    )
  })

  test('the characters of markup are escaped as Go does', () => {
    expect(renderJson({ a: '<b>&\u2028' })).toBe('{\n    "a": "\\u003cb\\u003e\\u0026\\u2028"\n}\n')
  })

  test('a member named __proto__ is a member like any other', () => {
    expect(renderJson(JSON.parse('{"__proto__": {"x": 1}}'))).toBe('{\n    "__proto__": {\n        "x": 1\n    }\n}\n')
    expect(renderYaml(JSON.parse('{"__proto__": {"x": 1}}'))).toBe('__proto__:\n  x: 1\n')
  })
})

describe('templates of any shape', () => {
  const pieces = fc.array(
    fc.constantFrom(
      '{',
      '}',
      '{{',
      '}}',
      '.items',
      '[*]',
      '[0]',
      '[?(@.',
      '=="x")]',
      'range ',
      'end',
      '"a"',
      "'",
      '..',
      '|',
      '(',
      ')',
      'index ',
      'printf "%s" ',
      '$',
      '-',
      ' ',
      '\n',
      '1',
      '$x := ',
      'if ',
      'else',
      ',',
      '@',
    ),
    { maxLength: 12 },
  )
  const { data } = golden<{ data: Json }>('jsonpath')

  test('are printed or refused, never anything else', () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const template = parts.join('')
        expect(() => outcome(() => new JsonPath(template).render(data))).not.toThrow()
        expect(() => outcome(() => new GoTemplate(template).render(data))).not.toThrow()
      }),
      { numRuns: 1000 },
    )
  })

  test('nested ranges come to an end', () => {
    const nested = `${'{{range $.items}}'.repeat(20)}x${'{{end}}'.repeat(20)}`
    expect(outcome(() => new GoTemplate(nested).render(data)).error).toContain('steps')
    const ranges = `${'{range $.items[*]}'.repeat(1)}${'{range ..name}'.repeat(30)}x${'{end}'.repeat(31)}`
    expect(() => outcome(() => new JsonPath(ranges).render(data))).not.toThrow()
  })
})
