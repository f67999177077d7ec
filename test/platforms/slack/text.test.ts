import { describe, expect, test } from 'vitest'
import { commandLine, spokenLine, typedText } from '../../../src/platforms/slack/text.ts'

test.each([
  ['a &lt;b&gt; &amp; c', 'a <b> & c'],
  ['&amp;lt;!here&amp;gt;', '&lt;!here&gt;'],
  ['<@U123|ada> and <@W9>', 'slack:U123 and slack:W9'],
  ['<#C1|kitchen>', '#kitchen'],
  ['<http://coffee.com|coffee.com> <https://a.b>', 'coffee.com https://a.b'],
  ['<!channel> <!subteam^S1|@team>', '@channel @team'],
  ['<nothing known> <>', '<nothing known> <>'],
])('%s was typed as %s', (sent, typed) => {
  expect(typedText(sent)).toBe(typed)
})

describe('what is said to the bot', () => {
  test.each([
    ['<@U0BOT> kubectl get pods', { line: '/kubectl get pods' }],
    ['<@U0BOT|room-service>  /kubectl get  pods', { line: '/kubectl get pods' }],
    ['hello <@U0BOT>', { line: '/hello' }],
    ['<@U0BOT>', { line: '/tutor' }],
    ['<@U0BOT> rs-why', { line: '/why' }],
    ['<@U0BOT> kubectl apply -f - ```a: 1\nb: &lt;```', { line: '/kubectl apply -f -', stdin: 'a: 1\nb: <' }],
    ['<@U0BOT> kubectl apply -f - ``````', { line: '/kubectl apply -f -', stdin: '' }],
  ])('%j', (text, spoken) => {
    expect(spokenLine(text, 'U0BOT', 'rs-')).toEqual(spoken)
  })
})

test('only the prefix of this app is taken away', () => {
  expect(commandLine('/rs-why', 'rs-')).toBe('/why')
  expect(commandLine('/why', 'rs-')).toBe('/why')
  expect(commandLine('/why', '')).toBe('/why')
})
