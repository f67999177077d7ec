import { defineLineCommand } from '../src/chat/command.ts'
import type { CommandContext } from '../src/chat/context.ts'
import { completeOptions, takeOptions, wholeNumber } from '../src/chat/line-options.ts'
import { nearest } from '../src/chat/nearest.ts'
import type { Button, Part } from '../src/chat/reply.ts'
import { usagePart } from '../src/chat/usage.ts'
import { UserError } from '../src/chat/user-error.ts'
import { quoteWord } from '../src/chat/words.ts'
import type { Attempt } from '../src/cluster/network/attempt.ts'
import { Connection } from '../src/cluster/network/connection.ts'
import { CURL_OPTIONS, type CurlLine, CurlLineError, parseCurlLine } from '../src/cluster/network/curl-line.ts'
import { curlOutput } from '../src/cluster/network/curl-text.ts'
import type { Origin } from '../src/cluster/network/origin.ts'
import { targetFrom } from '../src/cluster/network/target.ts'
import { lookButton, renderTally, traceParts } from '../src/picture/trace-text.ts'
import { send } from '../src/tutor/send.ts'
import { suggestTargets, suggestVantagePoints, vantagePoint } from '../src/tutor/vantage.ts'

const OPTIONS = { values: ['--from', '--repeat'], switches: ['--keepalive', '--trace'] }
const USAGE = '[-X METHOD] [-H "K: V"] [-k] [--resolve host:port:ip] [--repeat N] [--keepalive] [--from X] URL'

/** Most redirects that `-L` follows. */
const REDIRECTS = 5

/** Sends one request and, with `-L`, those that its redirects ask for. */
function follow(context: CommandContext, origin: Origin, line: CurlLine, kept: Connection | undefined): Attempt[] {
  const attempts: Attempt[] = []
  let target: CurlLine['target'] | undefined = line.target
  while (target && attempts.length <= REDIRECTS) {
    const { attempt } = send(context, origin, target, kept)
    attempts.push(attempt)
    const next = line.follow && attempt.location !== null ? targetFrom(attempt.location) : undefined
    target = next && { ...line.target, ...next }
  }
  return attempts
}

function understand(words: readonly string[]): CurlLine {
  try {
    return parseCurlLine(words)
  } catch (error) {
    if (!(error instanceof CurlLineError)) throw error
    const guess =
      error.option === undefined
        ? undefined
        : nearest(error.option, [...CURL_OPTIONS, ...OPTIONS.values, ...OPTIONS.switches])
    throw new UserError(`${error.message}${guess ? `\nDid you mean ${guess}?` : ''}`, [usagePart(`/curl ${USAGE}`)])
  }
}

function parts(attempts: readonly Attempt[], line: CurlLine, words: readonly string[], complete: boolean): Part[] {
  const single = attempts.length === 1 || line.follow ? curlOutput(attempts.at(-1)!, line) : undefined
  const printed = single ? single.stderr + single.stdout : `${renderTally(attempts)}\n`
  const buttons: Button[] = [
    ...(complete ? [] : [{ label: 'Full trace', action: ['/curl', ...words.map(quoteWord), '--trace'].join(' ') }]),
    ...lookButton(attempts),
    { label: 'Again', action: ['/curl', ...words.filter((word) => word !== '--trace').map(quoteWord)].join(' ') },
  ]
  return [
    ...(printed.trim() === '' ? [] : [{ type: 'code', code: printed.trimEnd() } as const]),
    ...traceParts(attempts, complete),
    { type: 'buttons', buttons },
  ]
}

export const curl = defineLineCommand({
  name: 'curl',
  summary: 'Send a request and see every hop',
  usage: USAGE,
  examples: ['/curl http://web', '/curl 10.244.1.5:8080 --from customer', '/curl http://web --repeat 12'],
  run: (context, words) => {
    const { value, has, rest } = takeOptions(words, OPTIONS)
    const times = wholeNumber('--repeat', value('--repeat'), 1, 1000)
    if (rest.length === 0) throw new UserError('Which address?', [usagePart(`/curl ${USAGE}`)])
    const line = understand(rest)
    const origin = vantagePoint(context, value('--from'))
    const connection = has('--keepalive') ? new Connection() : undefined
    const attempts = Array.from({ length: times }, () => follow(context, origin, line, connection)).flat()
    const { host, port } = line.target
    return {
      ok: true,
      parts: parts(attempts, line, words, has('--trace')),
      data: { from: origin.label, fromIp: origin.ip, target: `${host}:${port}`, attempts },
    }
  },
  complete: (context, words) => {
    const options = completeOptions(words, OPTIONS, (name) => (name === '--from' ? suggestVantagePoints(context) : []))
    return options.length > 0 ? options : suggestTargets(context)
  },
})
