import type { Check, SaidQuery } from './check.ts'
import { describeSaw } from './describe-check.ts'
import type { Evidence, Finding } from './evidence.ts'
import { enough, meets, sentBy } from './saw.ts'
import type { Asking, Sighting } from './sighting.ts'
import type { SawQuery } from './traffic-schema.ts'
import { fill, referenceOf } from './value.ts'

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

export function asked(
  query: Extract<Check, { asked: unknown }>['asked'],
  askings: readonly Asking[],
  evidence: Evidence,
): Finding {
  const met = askings.some(
    ({ from, name, rcode, answers, tries }) =>
      (query.from === undefined || sentBy(from, query.from)) &&
      (query.name === undefined || name === fill(query.name, evidence)) &&
      (query.rcode === undefined || rcode === query.rcode) &&
      (query.answer === undefined || answers.includes(fill(query.answer, evidence))) &&
      (query.tries === undefined || tries === query.tries) &&
      tries >= (query.triesAtLeast ?? 0),
  )
  if (met) return undefined
  const last = askings.at(-1)
  return {
    expected: `a lookup${query.name ? ` of ${query.name}` : ''}${query.from?.vantage ? ` from ${query.from.vantage}` : ''}`,
    found: last
      ? `the last one was ${last.name} from ${last.from.pod ?? last.from.vantage}: ${last.rcode}, ${last.tries} tried`
      : 'none yet',
  }
}

export function said(query: SaidQuery, evidence: Evidence): Finding {
  const claim = evidence.said[query.id]
  if (claim === undefined) return { expected: 'an answer', found: 'none yet' }
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[\s.]+$/, '')
      .replace(/\s+/g, '')
  const wanted = [...(query.equals === undefined ? [] : [query.equals]), ...(query.accept ?? [])].map((text) =>
    fill(text, evidence),
  )
  if (query.resolvesTo !== undefined) {
    const { namespace, name } = referenceOf(query.resolvesTo)
    wanted.push(`${name}.${namespace}.svc.cluster.local`)
  }
  if (wanted.some((text) => plain(text) === plain(claim))) return undefined
  return { expected: 'the value that the cluster shows', found: `you said ${claim}` }
}
