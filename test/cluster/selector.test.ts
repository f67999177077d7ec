import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  exactLabels,
  formatSelector,
  matchesLabelSelector,
  matchesLabels,
  matchesSelector,
  parseSelector,
  SelectorError,
  selectorOf,
} from '../../src/cluster/selector.ts'

type Labels = Record<string, string>

const matches = (selector: string, labels: Labels | undefined): boolean =>
  matchesSelector(parseSelector(selector), labels)

const NAME_PART =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"

const messageOf = (selector: string): string => {
  try {
    parseSelector(selector)
  } catch (error) {
    if (error instanceof SelectorError) return error.message
    throw error
  }
  return 'accepted'
}

describe('selector strings', () => {
  test.each<[rule: string, selector: string, labels: Labels, expected: boolean]>([
    ['R-SEL-1 comma is AND', 'app=web,tier=front', { app: 'web', tier: 'front' }, true],
    ['R-SEL-1 comma is AND', 'app=web,tier=front', { app: 'web' }, false],
    ['R-SEL-1 blanks are ignored', ' app \t=\r\n web , tier ', { app: 'web', tier: '' }, true],
    ['R-SEL-2 in is a key', 'in=a', { in: 'a' }, true],
    ['R-SEL-2 notin is a value', 'a=notin', { a: 'notin' }, true],
    ['R-SEL-2 in is a key of a set', 'in in (in)', { in: 'in' }, true],
    ['R-SEL-3 empty matches everything', '', {}, true],
    ['R-SEL-3 blanks match everything', '  ', { a: 'b' }, true],
    ['R-SEL-4 = needs the key', 'app=web', {}, false],
    ['R-SEL-4 == is =', 'app==web', { app: 'web' }, true],
    ['R-SEL-4 in', 'app in (web,api)', { app: 'api' }, true],
    ['R-SEL-4 in needs the key', 'app in (web)', {}, false],
    ['R-SEL-4 != holds without the key', 'app!=web', {}, true],
    ['R-SEL-4 !=', 'app!=web', { app: 'web' }, false],
    ['R-SEL-4 notin holds without the key', 'app notin (web)', {}, true],
    ['R-SEL-4 notin', 'app notin (web,api)', { app: 'api' }, false],
    ['R-SEL-5 exists', 'app', { app: '' }, true],
    ['R-SEL-5 exists', 'app', {}, false],
    ['R-SEL-5 absent', '!app', {}, true],
    ['R-SEL-5 absent', '! app', { app: '' }, false],
    ['R-SEL-5 KEY= is the empty value', 'app=', { app: '' }, true],
    ['R-SEL-5 KEY= is the empty value', 'app=', { app: 'web' }, false],
    ['R-SEL-5 in () is the empty value', 'app in ()', { app: '' }, true],
    ['R-SEL-5 (,a) has the empty value', 'app in (,a)', { app: '' }, true],
    ['R-SEL-5 (a,) has the empty value', 'app in (a,)', { app: '' }, true],
    ['R-SEL-5 (a,,b) has the empty value', 'app in (a,,b)', { app: '' }, true],
    ['R-SEL-5 KEY!= leaves out the empty value', 'app!=', { app: '' }, false],
    ['R-SEL-5 KEY!= leaves out the empty value', 'app!=', { app: 'web' }, true],
    ['R-SEL-6 >', 'n>5', { n: '6' }, true],
    ['R-SEL-6 > is strict', 'n>5', { n: '5' }, false],
    ['R-SEL-6 <', 'n<5', { n: '-6' }, true],
    ['R-SEL-6 no number', 'n>5', { n: 'x' }, false],
    ['R-SEL-6 no label', 'n<5', {}, false],
    ['R-SEL-6 beyond 64 bits', 'n>5', { n: '9223372036854775808' }, false],
    ['R-LBL-7 equality is exact', 'app=Web', { app: 'web' }, false],
    ['R-LBL-7 equality is exact', 'n=1', { n: '01' }, false],
  ])('%s: `%s` on %j is %s', (_, selector, labels, expected) => {
    expect(matches(selector, labels)).toBe(expected)
  })

  test.each([
    ['R-SEL-8', '=web', "found '=', expected: !, identifier, or 'end of string'"],
    ['R-SEL-8', 'app=web tier', "found 'tier', expected: ',' or 'end of string'"],
    ['R-SEL-8', 'app=web,', "found '', expected: identifier after ','"],
    ['R-SEL-8', 'app=web,,b', "found ',', expected: identifier after ','"],
    ['R-SEL-8', 'app is web', "unable to parse requirement: found 'is', expected: in, notin, =, ==, !=, gt, lt"],
    ['R-SEL-8', 'app in', "unable to parse requirement: found '' expected: '('"],
    ['R-SEL-8', 'app in web', "unable to parse requirement: found 'web' expected: '('"],
    ['R-SEL-8', 'app in (web', "unable to parse requirement: found '', expected: ',' or ')'"],
    ['R-SEL-8', 'app in (web api)', "unable to parse requirement: found 'api', expected: ',' or ')'"],
    ['R-SEL-8', '!=web', "found '!=', expected: !, identifier, or 'end of string'"],
    ['R-SEL-8', '!', "unable to parse requirement: found '', expected: identifier"],
    ['R-SEL-8', 'app=(web)', "unable to parse requirement: found '(', expected: identifier"],
    ['R-SEL-2', 'a||b in', `unable to parse requirement: <nil>: Invalid value: "a||b": ${NAME_PART}`],
    ['R-SEL-9', '!app=web', "found '=', expected: ',' or 'end of string'"],
    [
      'R-SEL-6',
      'n>five',
      "unable to parse requirement: values[0]: Invalid value: \"five\": for 'Gt', 'Lt' operators, the value must be an integer",
    ],
    [
      'R-SEL-7',
      'a/b/c=d',
      "unable to parse requirement: <nil>: Invalid value: \"a/b/c\": a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
    ],
    [
      'R-SEL-7',
      'app=-web',
      "unable to parse requirement: values[0][app]: Invalid value: \"-web\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    ],
  ])('%s: `%s`', (_, selector, message) => {
    expect(messageOf(selector)).toBe(message)
  })

  test('R-SEL-1 what parses is printed so that it parses to the same', () => {
    const word = fc.constantFrom('app', 'in', 'notin', 'web', 'a.b/c', '1', '')
    const text = fc
      .array(fc.oneof(word, fc.constantFrom('=', '==', '!=', '!', '(', ')', ',', '<', '>', ' ', ' in (', 'x')), {
        maxLength: 12,
      })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), fc.dictionary(word, word), (selector, labels) => {
        if (messageOf(selector) !== 'accepted') return
        const parsed = parseSelector(selector)
        const again = parseSelector(formatSelector(parsed))
        expect(formatSelector(again)).toBe(formatSelector(parsed))
        expect(matchesSelector(again, labels)).toBe(matchesSelector(parsed, labels))
      }),
      { numRuns: 150 },
    )
  })

  test('R-SEL-4 every requirement and its opposite part the objects', () => {
    const labels = fc.option(
      fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'constructor'), fc.constantFrom('', '1', 'x')),
      {
        nil: undefined,
      },
    )
    const key = fc.constantFrom('a', 'b', 'constructor')
    fc.assert(
      fc.property(
        labels,
        key,
        fc.uniqueArray(fc.constantFrom('', '1', 'x'), { minLength: 1 }),
        (given, name, values) => {
          const list = values.join(',')
          expect(matches(`${name} in (${list})`, given)).toBe(!matches(`${name} notin (${list})`, given))
          expect(matches(name, given)).toBe(!matches(`!${name}`, given))
          expect(matches(`${name}=${values[0]}`, given)).toBe(!matches(`${name}!=${values[0]}`, given))
        },
      ),
    )
  })

  test('exact pairs are what a store query can begin with', () => {
    expect(exactLabels(parseSelector('a=1,b==2,c!=3,d in (4),e,n>5'))).toEqual({ a: '1', b: '2' })
  })
})

describe('selector objects', () => {
  test.each([
    [
      'R-SLO-1 both parts are ANDed',
      { matchLabels: { a: '1' }, matchExpressions: [{ key: 'b', operator: 'Exists' as const }] },
      { a: '1' },
      false,
    ],
    [
      'R-SLO-1 both parts are ANDed',
      { matchLabels: { a: '1' }, matchExpressions: [{ key: 'b', operator: 'Exists' as const }] },
      { a: '1', b: '' },
      true,
    ],
    ['R-SLO-1 In', { matchExpressions: [{ key: 'a', operator: 'In' as const, values: ['1', '2'] }] }, { a: '2' }, true],
    ['R-SLO-1 DoesNotExist', { matchExpressions: [{ key: 'a', operator: 'DoesNotExist' as const }] }, { a: '' }, false],
    [
      'R-SLO-3 NotIn holds without the key',
      { matchExpressions: [{ key: 'a', operator: 'NotIn' as const, values: ['1'] }] },
      {},
      true,
    ],
    ['R-SLO-5 empty selects everything', {}, { a: '1' }, true],
  ])('%s', (_, selector, labels, expected) => {
    expect(matchesLabelSelector(selector, labels)).toBe(expected)
    expect(matchesSelector(selectorOf(selector), labels)).toBe(expected)
  })

  test('they are printed as kubectl prints them, sorted by key', () => {
    const expressions = [
      { key: 'z', operator: 'NotIn' as const, values: ['b', 'a'] },
      { key: 'c', operator: 'DoesNotExist' as const },
      { key: 'd', operator: 'Exists' as const },
    ]
    expect(formatSelector(selectorOf({ matchLabels: { e: '1', a: '2' }, matchExpressions: expressions }))).toBe(
      'a=2,!c,d,e=1,z notin (a,b)',
    )
  })

  test('R-SLO-4 a Service wants every pair', () => {
    expect(matchesLabels({ app: 'web', tier: 'front' }, { app: 'web', tier: 'front', x: 'y' })).toBe(true)
    expect(matchesLabels({ app: 'web', tier: 'front' }, { app: 'web' })).toBe(false)
    expect(matchesLabels({ constructor: 'x' }, {})).toBe(false)
    expect(matchesLabels({}, undefined)).toBe(true)
  })
})
