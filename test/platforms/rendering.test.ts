import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reply } from '../../src/chat/reply.ts'
import { renderModal as discordModal } from '../../src/platforms/discord/modal.ts'
import { fitsForm as fitsDiscord } from '../../src/platforms/discord/pieces.ts'
import { renderDiscord } from '../../src/platforms/discord/render.ts'
import { renderModal as slackModal } from '../../src/platforms/slack/modal.ts'
import { renderHome, renderSlack } from '../../src/platforms/slack/render.ts'
import { fitsForm as fitsSlack } from '../../src/platforms/slack/widgets.ts'
import { checkDiscordMessage } from '../fakes/discord/check.ts'
import { checkDiscordModal } from '../fakes/discord/check-modal.ts'
import { checkSlackHome, checkSlackMessage, checkSlackModal } from '../fakes/slack/check.ts'
import { anyForm, anyReply, PIXEL } from './replies.ts'

const discordProblems = (...args: Parameters<typeof renderDiscord>): string[] =>
  renderDiscord(...args).flatMap(({ files, ...message }) =>
    checkDiscordMessage(
      { ...message, allowed_mentions: { parse: [] } },
      files.map(({ name, data }) => ({ name, size: data.length })),
    ),
  )

const slackProblems = (...args: Parameters<typeof renderSlack>): string[] =>
  renderSlack(...args).messages.flatMap(checkSlackMessage)

describe('any reply renders within the limits', () => {
  test.each([{}, { files: false }, { messages: 1 }, { fileBytes: 1_000 }])('on Discord with %j', (options) => {
    fc.assert(
      fc.property(anyReply, (reply) => {
        expect(discordProblems(reply, options)).toEqual([])
        expect(renderDiscord(reply, options).length).toBeLessThanOrEqual(options.messages ?? 5)
      }),
      { numRuns: 60 },
    )
  })

  test.each([{}, { files: false }, { messages: 1 }])('on Slack with %j', (options) => {
    fc.assert(
      fc.property(anyReply, (reply) => {
        expect(slackProblems(reply, options)).toEqual([])
        expect(renderSlack(reply, options).messages.length).toBeLessThanOrEqual(options.messages ?? 4)
      }),
      { numRuns: 60 },
    )
  })

  test("on Slack's Home tab", () => {
    fc.assert(
      fc.property(anyReply, (reply) => {
        expect(checkSlackHome({ type: 'home', blocks: renderHome(reply) })).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  test('as a modal, where the form fits', () => {
    fc.assert(
      fc.property(anyForm, (form) => {
        if (fitsDiscord({ form })) expect(checkDiscordModal(discordModal(form, 'v1f:x'))).toEqual([])
        if (fitsSlack({ form })) expect(checkSlackModal(slackModal(form, 'v1f:x', '{}'))).toEqual([])
      }),
    )
  })
})

describe('what is too long', () => {
  const long = (characters: number) => reply([{ type: 'text', text: `${'word '.repeat(characters / 5)}end` }])
  const output = (lines: number) =>
    reply([{ type: 'code', code: Array.from({ length: lines }, (_, at) => `line ${at}`).join('\n') }])

  test.each([2_001, 4_000, 6_000])('%i characters of text are split and complete', (characters) => {
    const slack = renderSlack(long(characters)).messages.map(({ blocks }) => blocks)
    for (const shown of [JSON.stringify(renderDiscord(long(characters))), JSON.stringify(slack)]) {
      expect(shown.match(/word/g)).toHaveLength(Math.floor(characters / 5))
      expect(shown.match(/end"/g)).toHaveLength(1)
    }
  })

  test('long output becomes a file that is complete, with a preview that says so', () => {
    const [message] = renderDiscord(output(1_000))
    expect(message?.files.map(({ data }) => Buffer.from(data).toString().split('\n').length)).toEqual([1_000])
    expect(JSON.stringify(message?.components)).toContain('The first lines of 1000; all of them are in output.txt.')
    const slack = renderSlack(output(1_000))
    expect(slack.uploads.map(({ name, data }) => [name, Buffer.from(data).toString().split('\n').length])).toEqual([
      ['output.txt', 1_000],
    ])
    expect(JSON.stringify(slack.messages)).toContain('The first lines of 1000; all of them are in output.txt.')
  })

  test('a reply of too many messages keeps its beginning and its buttons, and the whole is a file', () => {
    const many = reply([...long(60_000).parts, { type: 'buttons', buttons: [{ label: 'Next', action: '/lesson' }] }])
    const messages = renderDiscord(many)
    expect(messages).toHaveLength(5)
    expect(messages.flatMap(({ files }) => files.map(({ name, data }) => [name, data.length > 60_000]))).toEqual([
      ['answer.txt', true],
    ])
    expect(JSON.stringify(messages)).toContain('The answer is longer than fits here; all of it is in answer.txt.')
    expect(JSON.stringify(messages.at(-1))).toContain('v1:/lesson')
    const slack = renderSlack(many)
    expect(slack.messages).toHaveLength(4)
    expect(slack.uploads.map(({ name }) => name)).toEqual(['answer.txt'])
    expect(JSON.stringify(slack.messages.at(-1))).toContain('v1:/lesson')
  })

  test('where files cannot be sent the cut says so', () => {
    expect(JSON.stringify(renderDiscord(output(9_000), { files: false }))).toContain('this is its beginning')
    expect(JSON.stringify(renderSlack(output(9_000), { files: false }))).toContain('this is its beginning')
  })

  test('51 paragraphs are more than one message on both', () => {
    const parts = Array.from({ length: 51 }, (_, at) => ({ type: 'text', text: `paragraph ${at}` }) as const)
    for (const messages of [
      renderDiscord(reply(parts)),
      renderSlack(reply(parts)).messages.map(({ blocks }) => blocks),
    ]) {
      expect(messages).toHaveLength(2)
      expect(JSON.stringify(messages).match(/paragraph \d+"/g)).toHaveLength(51)
    }
  })

  test('26 options are two menus on Discord and one on Slack; 101 are two on Slack', () => {
    const select = (count: number) =>
      reply([
        {
          type: 'select',
          label: 'Which',
          action: '/why',
          options: Array.from({ length: count }, (_, at) => ({ value: `${at}`, label: `${at}` })),
        },
      ])
    expect(JSON.stringify(renderDiscord(select(26))).match(/"placeholder":"Which \(\d of 2\)"/g)).toHaveLength(2)
    expect(JSON.stringify(renderSlack(select(26))).match(/static_select/g)).toHaveLength(1)
    expect(JSON.stringify(renderSlack(select(101))).match(/static_select/g)).toHaveLength(2)
  })

  test('a line too long for a button is shown to be typed', () => {
    const action = `/kubectl get pods ${'x'.repeat(300)}`
    const button = reply([{ type: 'buttons', buttons: [{ label: 'All', action }] }])
    expect(JSON.stringify(renderDiscord(button))).toContain(`All: type \`${action}\``)
    expect(JSON.stringify(renderSlack(button))).toContain(`All: type ${action}`)
  })

  test('buttons with the same line in one message keep different ids that mean the same', () => {
    const twice = reply([
      {
        type: 'buttons',
        buttons: [
          { label: 'A', action: '/why' },
          { label: 'B', action: '/why' },
        ],
      },
    ])
    expect(JSON.stringify(renderDiscord(twice)).match(/"custom_id":"v1:\/why ?"/g)).toEqual([
      '"custom_id":"v1:/why"',
      '"custom_id":"v1:/why "',
    ])
    expect(slackProblems(twice)).toEqual([])
  })
})

test('without files a picture is its text twin', () => {
  const picture = reply([{ type: 'picture', name: 'a.png', png: PIXEL, alt: 'a plan', text: 'floor-1' }])
  expect(JSON.stringify(renderDiscord(picture, { files: false }))).toContain('floor-1')
  expect(JSON.stringify(renderSlack(picture, { files: false }))).toContain('floor-1')
  expect(renderDiscord(picture)[0]?.files.map(({ description }) => description)).toEqual(['a plan'])
  expect(renderSlack(picture).uploads.map(({ alt }) => alt)).toEqual(['a plan'])
})
