import { defineLineCommand } from '../src/chat/command.ts'
import { completeOptions, refuseUnknown, takeOptions, wholeNumber } from '../src/chat/line-options.ts'
import { usagePart } from '../src/chat/usage.ts'
import { UserError } from '../src/chat/user-error.ts'
import { quoteWord } from '../src/chat/words.ts'
import { pingText } from '../src/cluster/network/client-text.ts'
import { lookButton, traceParts } from '../src/picture/trace-text.ts'
import { send } from '../src/tutor/send.ts'
import { suggestTargets, suggestVantagePoints, vantagePoint } from '../src/tutor/vantage.ts'

const OPTIONS = { values: ['--from', '-c'], switches: ['--trace'] }
const USAGE = '[-c COUNT] [--from X] HOST'

export const ping = defineLineCommand({
  name: 'ping',
  summary: 'Ask whether a machine is there; a ClusterIP is none',
  usage: USAGE,
  examples: ['/ping 10.244.1.5', '/ping web --from customer'],
  run: (context, words) => {
    const { value, has, rest } = takeOptions(words, OPTIONS)
    refuseUnknown(rest, OPTIONS, `/ping ${USAGE}`)
    const [host, ...more] = rest
    if (host === undefined || more.length > 0)
      throw new UserError('ping needs one host.', [usagePart(`/ping ${USAGE}`)])
    const count = wholeNumber('-c', value('-c'), 1, 100)
    const origin = vantagePoint(context, value('--from'))
    const target = { scheme: 'icmp' as const, host, port: 0 }
    const sent = Array.from({ length: count }, () => send(context, origin, target))
    const attempts = sent.map(({ attempt }) => attempt)
    const { stdout, stderr } = pingText(attempts, host, sent[0]?.address)
    return {
      ok: true,
      parts: [
        { type: 'code', code: (stdout + stderr).trimEnd() },
        ...traceParts(attempts, has('--trace')),
        {
          type: 'buttons',
          buttons: [
            ...(has('--trace')
              ? []
              : [{ label: 'Full trace', action: ['/ping', ...words.map(quoteWord), '--trace'].join(' ') }]),
            ...lookButton(attempts),
          ],
        },
      ],
      data: { from: origin.label, fromIp: origin.ip, target: host, attempts },
    }
  },
  complete: (context, words) => {
    const options = completeOptions(words, OPTIONS, (name) => (name === '--from' ? suggestVantagePoints(context) : []))
    return options.length > 0 ? options : suggestTargets(context)
  },
})
