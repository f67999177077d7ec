import { defineLineCommand } from '../src/chat/command.ts'
import { fold } from '../src/chat/fold.ts'
import { completeOptions, refuseUnknown, takeOptions } from '../src/chat/line-options.ts'
import { nearest } from '../src/chat/nearest.ts'
import type { Part } from '../src/chat/reply.ts'
import { usagePart } from '../src/chat/usage.ts'
import { UserError } from '../src/chat/user-error.ts'
import { quoteWord } from '../src/chat/words.ts'
import { type Lookup, RECORD_TYPES, type RecordType } from '../src/cluster/network/attempt.ts'
import { lookup } from '../src/cluster/network/dns.ts'
import { nslookupText } from '../src/cluster/network/nslookup-text.ts'
import { suggestTargets, suggestVantagePoints, vantagePoint } from '../src/tutor/vantage.ts'

const OPTIONS = { values: ['--from', '-type', '-query', '--type'], switches: [] }
const USAGE = '[-type=A|AAAA|CNAME|SRV|PTR|TXT] [--from X] NAME'

function typeOf(word: string | undefined): RecordType {
  const wanted = (word ?? 'A').toUpperCase()
  const found = RECORD_TYPES.find((type) => type === wanted)
  if (found) return found
  const guess = nearest(wanted, RECORD_TYPES)
  throw new UserError(
    `There is no record type ${word} here.${guess ? ` Did you mean ${guess}?` : ''} Known: ${RECORD_TYPES.join(', ')}.`,
  )
}

/** Every name that was tried, with what became of it: the search list at work. */
function triedPart({ queries }: Lookup): Part[] {
  if (queries.length === 0) return []
  const lines = queries.flatMap(({ name, rcode, answers }, index) =>
    fold(
      `${String(index + 1).padStart(2)} `,
      `${name} ${answers.length > 0 ? answers.map(({ value }) => value).join(', ') : rcode === 'NOERROR' ? 'no such record' : rcode}`,
    ),
  )
  return [
    {
      type: 'text',
      text: queries.length === 1 ? 'One name was tried:' : `${queries.length} names were tried, in this order:`,
    },
    { type: 'code', code: lines.join('\n') },
  ]
}

export const nslookup = defineLineCommand({
  name: 'nslookup',
  summary: 'Look a name up and see every name that was tried',
  usage: USAGE,
  examples: ['/nslookup web', '/nslookup web.default --from marketing/intern', '/nslookup -type=SRV _http._tcp.web'],
  run: (context, words) => {
    const { value, rest } = takeOptions(words, OPTIONS)
    refuseUnknown(rest, OPTIONS, `/nslookup ${USAGE}`)
    const [name, ...more] = rest
    if (name === undefined || more.length > 0)
      throw new UserError('nslookup needs one name.', [usagePart(`/nslookup ${USAGE}`)])
    const from = value('--from')
    const origin = vantagePoint(context, from)
    const type = typeOf(value('-type') ?? value('--type') ?? value('-query'))
    const answer = lookup(context.channel.cluster, { origin, name, type })
    context.lookups.push({ origin, lookup: answer })
    return {
      ok: true,
      parts: [
        { type: 'code', code: nslookupText(answer, 'bind').stdout.trimEnd().replaceAll('\t', '  ') },
        ...triedPart(answer),
        {
          type: 'buttons',
          buttons:
            answer.rcode === 'NOERROR'
              ? [
                  {
                    label: `Call ${name}`.slice(0, 75),
                    action: `/curl http://${name}${from === undefined ? '' : ` --from ${quoteWord(from)}`}`,
                  },
                ]
              : [{ label: 'Which Services are there?', action: '/kubectl get services -A' }],
        },
      ],
      data: {
        from: answer.from,
        name: answer.name,
        type: answer.type,
        rcode: answer.rcode,
        tried: answer.tried,
        answers: answer.answers,
      },
    }
  },
  complete: (context, words) => {
    const options = completeOptions(words, OPTIONS, (option) =>
      option === '--from' ? suggestVantagePoints(context) : RECORD_TYPES.map((value) => ({ value })),
    )
    return options.length > 0 ? options : suggestTargets(context)
  },
})
