import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UserError } from '../../src/chat/user-error.ts'
import { quoteWord, splitWords } from '../../src/chat/words.ts'

describe('splitting a line into words', () => {
  test.each([
    ['get pods -o wide', ['get', 'pods', '-o', 'wide']],
    ['  a\t b\n c ', ['a', 'b', 'c']],
    [`patch svc x -p '{"spec": {"type": "NodePort"}}'`, ['patch', 'svc', 'x', '-p', '{"spec": {"type": "NodePort"}}']],
    ['label "a b"=c', ['label', 'a b=c']],
    ['say "a \\"b\\" \\n"', ['say', 'a "b" \\n']],
    ['a\\ b', ['a b']],
    [`'' ""`, ['', '']],
    ['“smart quotes” ‘of phones’', ['smart quotes', 'of phones']],
    ["'it’s fine'", ['it’s fine']],
    ['get pods —namespace dev –n dev', ['get', 'pods', '--namespace', 'dev', '-n', 'dev']],
    ['get\u00a0pods', ['get', 'pods']],
  ])('%s', (line, words) => expect(splitWords(line)).toEqual(words))

  test('a quote that is not closed is told', () => {
    expect(() => splitWords(`patch -p '{"a`)).toThrow(UserError)
  })

  test('a line of more than 8,000 characters is refused with the limit', () => {
    expect(() => splitWords('x'.repeat(8_001))).toThrow(/limit is 8000/)
  })

  test('quoting and splitting are inverse for any word', () => {
    const word = fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => !/[“”„‘’‚–—\u00a0\u202f]/.test(text))
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(splitWords(words.map(quoteWord).join(' '))).toEqual(words)
      }),
    )
  })

  test('nothing but UserError is ever thrown', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (line) => {
        try {
          splitWords(line)
        } catch (error) {
          expect(error).toBeInstanceOf(UserError)
        }
      }),
    )
  })
})
