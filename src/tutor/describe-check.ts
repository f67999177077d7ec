import type { Check, Condition, FieldQuery, SetQuery } from './check.ts'
import type { RouteQuery } from './route-query-schema.ts'
import type { SawQuery } from './traffic-schema.ts'

export const COMPARISON_WORDS = {
  eq: 'exactly',
  ne: 'not',
  ge: 'at least',
  gt: 'more than',
  le: 'at most',
  lt: 'fewer than',
}

/** A check in words, for what a learner is told. */
export function describeCheck(check: Check): string {
  if ('saw' in check) return describeSaw(check.saw)
  if ('last' in check) return describeSaw(check.last)
  if ('exists' in check) return `${check.exists} exists`
  if ('count' in check) return `${COMPARISON_WORDS[check.count.op]} ${check.count.n} × ${describeSet(check.count.of)}`
  return Object.keys(check)[0]!
}

export function describeSet(set: SetQuery): string {
  if ('eps' in set) return `ready endpoints of ${set.eps}`
  if ('objects' in set) return set.objects
  if ('routes' in set) return describeRoutes(set.routes)
  const query = 'ready' in set ? set.ready : 'pods' in set ? set.pods : set.nodes
  const which =
    query.owner ??
    (query.labels
      ? Object.entries(query.labels)
          .map(([key, value]) => `${key}=${value}`)
          .join(',')
      : 'pods')
  return 'nodes' in set ? `nodes of ${which}` : `${'ready' in set ? 'ready ' : ''}pods of ${which}`
}

const describeRoutes = ({ host = 'any host', path = '', service, address }: RouteQuery): string =>
  `Ingress rule ${host}${path}${service === undefined ? '' : ` → ${service}`}${address === undefined ? '' : ' whose ADDRESS is filled'}`

/** What a field must be. */
export function describeField({ obj, ...condition }: FieldQuery): string {
  if (condition.present === undefined) return `${condition.path} of ${obj} is ${describeCondition(condition)}`
  return `${obj} ${condition.present ? 'with' : 'without'} ${condition.path}`
}

function describeCondition({ eq, ne, in: oneOf, gt }: Condition): string {
  if (ne !== undefined) return `not ${String(ne)}`
  if (eq !== undefined) return String(eq)
  return oneOf?.join(' or ') ?? `more than ${gt ?? 0}`
}

export function describeSaw({ from, to, outcome, min }: SawQuery): string {
  const name = to?.service?.replace(/^default\//, '') ?? to?.host ?? to?.retiredFrom ?? to?.pod?.owner ?? to?.pod?.name
  const target = `${name ?? ''}${to?.path?.replace(/\*$/, '') ?? ''}`
  return [
    min && min > 1 ? `${min} calls` : 'a call',
    `from ${describeSender(from)}`,
    ...(target === '' ? [] : [`to ${target}`]),
    ...(to?.nodeHasEndpoint === undefined
      ? []
      : [`through a node ${to.nodeHasEndpoint ? 'with' : 'without'} such a Pod`]),
    ...(outcome === undefined ? [] : [describeOutcome(outcome)]),
  ].join(' ')
}

/** Who must have sent, in words. */
export function describeSender(from: SawQuery['from']): string {
  if (!from) return 'anywhere'
  const [place] = [from.vantage].flat()
  if (from.pod ?? from.owner) return (from.pod ?? from.owner)!
  if (from.namespace !== undefined) return `a Pod of ${from.namespace}`
  return place === 'pod' ? 'a Pod' : (place ?? 'anywhere')
}

const OUTCOMES: Readonly<Record<string, string>> = {
  ok: 'with an answer',
  failed: 'that fails',
  refused: 'that is refused',
  timeout: 'that runs into a time-out',
  nxdomain: 'to an unknown name',
  'tls-mismatch': 'whose certificate is not accepted',
  reset: 'that is cut off',
}

/** How a call must end, in words. */
export function describeOutcome(outcome: string): string {
  const [status, speaker] = outcome.split('@')
  return OUTCOMES[outcome] ?? `answered with ${status}${speaker === undefined ? '' : ` by the ${speaker}`}`
}
