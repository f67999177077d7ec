import { defineLineCommand } from '../src/chat/command.ts'
import { completeOptions, refuseUnknown, takeOptions } from '../src/chat/line-options.ts'
import { usagePart } from '../src/chat/usage.ts'
import { UserError } from '../src/chat/user-error.ts'
import { quoteWord } from '../src/chat/words.ts'
import { ncText } from '../src/cluster/network/client-text.ts'
import { lookButton, traceParts } from '../src/picture/trace-text.ts'
import { send } from '../src/tutor/send.ts'
import { suggestTargets, suggestVantagePoints, vantagePoint } from '../src/tutor/vantage.ts'

const OPTIONS = { values: ['--from', '-w'], switches: ['-u', '--sctp', '-z', '-v', '-vz', '-zv', '--trace'] }
const USAGE = '[-u | --sctp] [--from X] HOST PORT'

export const nc = defineLineCommand({
  name: 'nc',
  summary: 'Open a bare connection to a port: TCP, UDP or SCTP',
  usage: USAGE,
  examples: ['/nc web 80', '/nc -u kube-dns.kube-system 53 --from customer'],
  run: (context, words) => {
    const { value, has, rest } = takeOptions(words, OPTIONS)
    refuseUnknown(rest, OPTIONS, `/nc ${USAGE}`)
    const [host, port, ...more] = rest
    if (host === undefined || port === undefined || more.length > 0)
      throw new UserError('nc needs a host and a port.', [usagePart(`/nc ${USAGE}`)])
    if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535)
      throw new UserError(`nc: bad port '${port}'. Ports are numbers from 1 to 65535.`)
    if (has('-u') && has('--sctp')) throw new UserError('Either -u or --sctp.')
    const origin = vantagePoint(context, value('--from'))
    const scheme = has('-u') ? ('udp' as const) : has('--sctp') ? ('sctp' as const) : ('tcp' as const)
    const target = { scheme, host, port: Number(port) }
    const { attempt, address } = send(context, origin, target)
    return {
      ok: true,
      parts: [
        { type: 'code', code: ncText(attempt, target, address).text.trimEnd() },
        ...traceParts([attempt], has('--trace')),
        {
          type: 'buttons',
          buttons: [
            ...(has('--trace')
              ? []
              : [{ label: 'Full trace', action: ['/nc', ...words.map(quoteWord), '--trace'].join(' ') }]),
            ...lookButton([attempt]),
          ],
        },
      ],
      data: { from: origin.label, fromIp: origin.ip, target: `${host}:${port}`, attempts: [attempt] },
    }
  },
  complete: (context, words) => {
    const options = completeOptions(words, OPTIONS, (name) => (name === '--from' ? suggestVantagePoints(context) : []))
    return options.length > 0 ? options : suggestTargets(context)
  },
})
