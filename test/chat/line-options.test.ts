import { describe, expect, test } from 'vitest'
import { completeOptions } from '../../src/chat/line-options.ts'

const OPTIONS = { values: ['--from', '-type'], switches: ['--trace'] }
const completed = (...words: string[]) =>
  completeOptions(words, OPTIONS, (name) => [{ value: name === '-type' ? 'SRV' : 'internet' }]).map(
    ({ value }) => value,
  )

describe('completing the options of a line command', () => {
  test.each<[string[], string[]]>([
    [
      ['web', '-'],
      ['--from', '-type', '--trace'],
    ],
    [['web', '--from', ''], ['internet']],
    [['web', '-type', 'S'], ['SRV']],
    [['-type='], ['-type=SRV']],
    [['web', '--from=inter'], ['--from=internet']],
    [
      ['web', '--trace=x'],
      ['--from', '-type', '--trace'],
    ],
    [['we'], []],
  ])('%j', (words, suggestions) => {
    expect(completed(...words)).toEqual(suggestions)
  })
})
