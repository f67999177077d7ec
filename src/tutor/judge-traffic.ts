import { describeSaw, describeSender } from './describe-check.ts'
import type { Evidence, Finding } from './evidence.ts'
import { enough, isLike, meets, sentBy } from './saw.ts'
import type { Asking, Sighting } from './sighting.ts'
import type { AskedQuery, SawQuery } from './traffic-schema.ts'
import { fill } from './value.ts'

export function saw(query: SawQuery, sightings: readonly Sighting[], evidence: Evidence): Finding {
  const filled = (text: string) => fill(text, evidence)
  const met = sightings.filter((sighting) => meets(sighting, query, filled))
  if (enough(met, query)) return undefined
  const last = sightings.toSorted((a, b) => a.seq - b.seq).at(-1)
  return {
    expected: describeSaw(query),
    found: last
      ? `the last call went from ${last.from.pod ?? last.from.vantage} to ${last.host}:${last.port}: ${wordOf(last)}`
      : 'no call yet',
    ...(query.to?.service !== undefined && { object: `svc/${query.to.service.split('/')[1]}` }),
  }
}

/** A sighting's outcome as the lessons say it. */
const wordOf = ({ outcome, status, speaker }: Sighting): string =>
  outcome === 'ok' && status !== undefined
    ? `${status}${speaker === 'ingress-controller' ? ' from the controller' : ''}`
    : outcome

export function asked(query: AskedQuery, askings: readonly Asking[], evidence: Evidence): Finding {
  const met = askings.some(
    ({ from, name, rcode, answers, tries }) =>
      (query.from === undefined || sentBy(from, query.from)) &&
      (query.name === undefined || isLike(name, fill(query.name, evidence))) &&
      (query.rcode === undefined || rcode === query.rcode) &&
      (query.answer === undefined || answers.includes(fill(query.answer, evidence))) &&
      (query.tries === undefined || tries === query.tries) &&
      tries >= (query.triesAtLeast ?? 0),
  )
  if (met) return undefined
  const last = askings.at(-1)
  return {
    expected: `a lookup${query.name ? ` of ${query.name}` : ''}${query.from ? ` from ${describeSender(query.from)}` : ''}`,
    found: last
      ? `the last one was ${last.name} from ${last.from.pod ?? last.from.vantage}: ${last.rcode}, ${last.tries} tried`
      : 'none yet',
  }
}
