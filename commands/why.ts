import { defineLineCommand } from '../src/chat/command.ts'
import type { CommandContext } from '../src/chat/context.ts'
import { code, type Part, text } from '../src/chat/reply.ts'
import { usagePart } from '../src/chat/usage.ts'
import { UserError } from '../src/chat/user-error.ts'
import { type Target, targetFrom } from '../src/cluster/network/target.ts'
import { lookButton, traceParts, wordOf } from '../src/picture/trace-text.ts'
import { wholeStory } from '../src/tutor/consequences.ts'
import { send } from '../src/tutor/send.ts'
import { suggestTargets, suggestVantagePoints, vantagePoint } from '../src/tutor/vantage.ts'

const USAGE = '[[FROM] TARGET]'

/** `web:8080`, `http://web/menu`: as curl reads it; a port alone means a bare connection to http. */
function targetOf(word: string): Target {
  const target = targetFrom(word)
  if (!target)
    throw new UserError(`${word} is no address. Write NAME, NAME:PORT or a URL.`, [usagePart(`/why ${USAGE}`)])
  return target
}

/** Everything about the newest change: who did it and what followed. */
function newestChange({ channel: { cluster } }: CommandContext): Part[] {
  const step = cluster.history.at(-1)
  if (!step) return [{ type: 'text', text: 'Nothing has been changed here yet, so there is nothing to explain.' }]
  return [
    { type: 'text', text: [text('The newest change: '), code(step.line), text(` by ${step.author}.`)] },
    ...wholeStory(cluster.story),
  ]
}

export const why = defineLineCommand({
  name: 'why',
  summary: 'Why it is so: every decision behind a call, or all that followed the newest change',
  usage: USAGE,
  examples: ['/why', '/why web', '/why customer http://coffee-shop:80'],
  run: (context, words) => {
    if (words.length > 2)
      throw new UserError('/why takes a caller and an address at most.', [usagePart(`/why ${USAGE}`)])
    const address = words.at(-1)
    if (address === undefined)
      return {
        ok: true,
        parts: [
          ...newestChange(context),
          {
            type: 'buttons',
            buttons: [
              { label: 'Show the cluster', action: '/cluster show' },
              { label: 'History', action: '/cluster history' },
            ],
          },
        ],
      }
    const target = targetOf(address)
    const origin = vantagePoint(context, words.length === 2 ? words[0] : undefined)
    const { attempt } = send(context, origin, target)
    return {
      ok: true,
      parts: [
        { type: 'text', text: `From ${origin.label} to ${target.host}:${target.port}: ${wordOf(attempt)}.` },
        ...traceParts([attempt], true),
        {
          type: 'buttons',
          buttons: [...lookButton([attempt]), { label: 'Show the cluster', action: '/cluster show' }],
        },
      ],
      data: { from: origin.label, fromIp: origin.ip, target: `${target.host}:${target.port}`, attempts: [attempt] },
    }
  },
  complete: (context, words) =>
    words.length === 1 ? [...suggestTargets(context), ...suggestVantagePoints(context)] : suggestTargets(context),
})
