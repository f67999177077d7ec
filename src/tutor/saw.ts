import { kubernetes } from '../cluster/network/laws.ts'
import { matchesLabels } from '../cluster/selector.ts'
import type { PodQuery } from './pod-query-schema.ts'
import type { Party, Sender, Sighting } from './sighting.ts'
import type { SawQuery } from './traffic-schema.ts'
import { referenceOf } from './value.ts'

/** Whether one sighting meets a query, apart from its numbers. `fill` fills templates in the query. */
export function meets(sighting: Sighting, query: SawQuery, fill: (text: string) => string): boolean {
  const { from, to, outcome, answeredBy } = query
  return (
    (from === undefined || sentBy(sighting.from, from)) &&
    (to === undefined || wentTo(sighting, to, fill)) &&
    (outcome === undefined || isOutcome(sighting, outcome)) &&
    (answeredBy === undefined || (sighting.answeredBy !== undefined && isParty(sighting.answeredBy, answeredBy))) &&
    (query.certificate === undefined || isCoveredBy(sighting.certificate, query.certificate)) &&
    (query.keepAlive === undefined || (sighting.keepAlive ?? false) === query.keepAlive) &&
    (query.afterChange === undefined || (sighting.afterChange ?? false) === query.afterChange)
  )
}

/** Whether the sightings that meet a query are as many, and answered by as many pods, as it asks for. */
export function enough(met: readonly Sighting[], query: SawQuery): boolean {
  const count = met.reduce((sum, sighting) => sum + sighting.count, 0)
  const pods = new Set(met.flatMap(({ answeredBy }) => answeredBy?.uid ?? [])).size
  return (
    count >= (query.min ?? 1) &&
    pods >= (query.distinct ?? 0) &&
    (query.distinctExactly === undefined || pods === query.distinctExactly)
  )
}

/** Whether the sender is one that a query asks for. */
export function sentBy(sender: Sender, query: NonNullable<SawQuery['from']>): boolean {
  return (
    (query.pod === undefined || sender.pod === query.pod) &&
    (query.namespace === undefined || sender.namespace === query.namespace) &&
    (query.labels === undefined || matchesLabels(query.labels, sender.labels)) &&
    (query.owner === undefined || sender.owner === referenceOf(query.owner).name) &&
    (query.vantage === undefined || [query.vantage].flat().includes(sender.vantage)) &&
    (query.notVantage === undefined || sender.vantage !== query.notVantage)
  )
}

function wentTo(sighting: Sighting, query: NonNullable<SawQuery['to']>, fill: (text: string) => string): boolean {
  return (
    (query.service === undefined || sighting.service === query.service) &&
    (query.pod === undefined || (sighting.pod !== undefined && isQueriedPod(sighting.pod, query.pod))) &&
    (query.host === undefined || isLike(sighting.host, fill(query.host).toLowerCase())) &&
    (query.typed === undefined || sighting.typed === query.typed) &&
    (query.port === undefined || sighting.port === query.port) &&
    (query.path === undefined || isLike(sighting.path ?? '', query.path)) &&
    (query.scheme === undefined || sighting.scheme === query.scheme) &&
    (query.retiredFrom === undefined || sighting.retiredFrom === query.retiredFrom) &&
    (query.sameNode === undefined || sighting.sameNode === query.sameNode) &&
    (query.nodeHasEndpoint === undefined || sighting.nodeHasEndpoint === query.nodeHasEndpoint)
  )
}

/** Whether a text is the wanted one, or begins like it where that ends in `*`. */
export const isLike = (text: string, wanted: string): boolean =>
  wanted.endsWith('*') ? text.startsWith(wanted.slice(0, -1)) : text === wanted

/** Whether one of a certificate's names is good for a host. */
export const isCoveredBy = (names: readonly string[] | undefined, host: string): boolean =>
  kubernetes.certificateCovers(names ?? [], host)

const isQueriedPod = (party: Party, { namespace, name, labels, owner, image }: PodQuery): boolean =>
  isParty(party, { namespace, labels, owner, image }) && (name === undefined || party.name === name)

const isParty = (
  party: Party,
  query: {
    namespace?: string | undefined
    labels?: Record<string, string> | undefined
    owner?: string | undefined
    image?: string | undefined
  },
): boolean =>
  (query.namespace === undefined || party.namespace === query.namespace) &&
  (query.labels === undefined || matchesLabels(query.labels, party.labels)) &&
  (query.owner === undefined || party.owner === referenceOf(query.owner).name) &&
  (query.image === undefined || party.images.includes(query.image))

/**
 * The outcome words of the lessons: `ok` is an answer below 400 (or any answer where no HTTP is spoken), `failed` is
 * everything else, a number is a status, `404@controller` a status with its speaker.
 */
export function isOutcome(
  {
    outcome,
    status,
    speaker,
  }: { outcome: string; status?: number | null | undefined; speaker?: string | null | undefined },
  wanted: string,
): boolean {
  const good = outcome === 'ok' && (status === undefined || status === null || status < 400)
  if (wanted === 'ok') return good
  if (wanted === 'failed') return !good
  const [code, who] = wanted.split('@')
  if (!/^\d+$/.test(code!)) return outcome === wanted
  const speakers: Record<string, string> = { controller: 'ingress-controller', app: 'app' }
  return outcome === 'ok' && status === Number(code) && (who === undefined || speaker === speakers[who])
}
