import { listenersOf, respond } from '../apps.ts'
import type { Cluster } from '../cluster.ts'
import { hash, Random } from '../random.ts'
import { isIPv4, isIPv6 } from './address.ts'
import type { Apps } from './app.ts'
import type { Lookup, Query, Rcode, RecordType } from './attempt.ts'
import { fullName, nameProblem, reverseName } from './dns-name.ts'
import { CONNECT_TIMEOUT, Journey } from './journey.ts'
import { kubernetes, type Laws } from './laws.ts'
import { type NameServer, nameServerAt } from './name-server.ts'
import type { Origin } from './origin.ts'
import { resolverOf } from './resolver.ts'

/** A question for the resolver of a vantage point. */
export interface LookupRequest {
  origin: Origin
  name: string
  type: RecordType
  laws?: Laws
}

/** What a name stands for as one vantage point sees it, with every name that was tried. See `lookupWith`. */
export const lookup = (cluster: Cluster, request: LookupRequest): Lookup =>
  lookupWith({ listenersOf, respond }, cluster, request)

/**
 * What a name stands for as one vantage point sees it (R-DNS-1…13): its resolver's search list, the name server that
 * it reaches, and every name that was tried. An address as the name asks for its PTR record. The work follows the
 * number of names tried.
 */
export function lookupWith(apps: Apps, cluster: Cluster, request: LookupRequest): Lookup {
  const { origin, name, laws = kubernetes } = request
  const reverse = isIPv4(name) || isIPv6(name)
  const type = reverse ? 'PTR' : request.type
  const base = { from: origin.label, name, type }
  const asked = reverse ? reverseName(name) : inAscii(name)
  const problem = asked === undefined ? `'${name}' is not a legal IDNA2008 name` : nameProblem(asked)
  if (asked === undefined || problem !== undefined)
    return {
      ...base,
      rcode: 'NXDOMAIN',
      tried: [],
      answers: [],
      queries: [],
      server: '',
      problem: problem ?? '',
      ms: 0,
    }
  const namespaces = () => cluster.store.list('Namespace').map(({ metadata }) => metadata.name)
  const resolver = resolverOf(origin, laws, namespaces)
  // The same question gives the same answer, so its chance is drawn from the question itself.
  const dice = new Random(hash(`${origin.label} ${asked} ${type} ${cluster.now}`))
  const journey = new Journey({ cluster, laws, apps, dice })
  const names = reverse ? [asked] : laws.namesInScope(asked, resolver.searches, resolver.ndots)
  const { server, ask } = firstServer(journey, origin, resolver.servers)
  const queries = ask ? askFor(names, type, ask) : silentFor(names)
  return {
    ...base,
    rcode: ask ? verdict(queries) : 'TIMEOUT',
    tried: queries.map((query) => query.name),
    answers: [...(queries.at(-1)?.answers ?? [])],
    queries,
    server,
    problem: null,
    ms: ask ? queries.length : CONNECT_TIMEOUT,
  }
}

/** The first name server of the list that answers. */
function firstServer(
  journey: Journey,
  origin: Origin,
  servers: readonly string[],
): { server: string; ask: NameServer | undefined } {
  for (const server of servers) {
    const ask = nameServerAt(journey, origin, server)
    if (ask) return { server, ask }
  }
  return { server: servers[0] ?? '', ask: undefined }
}

/** Asks for one name after the other until one exists. */
function askFor(names: readonly string[], type: RecordType, ask: NameServer): Query[] {
  const queries: Query[] = []
  for (const name of names) {
    const query = { name, ...ask(name, type) }
    queries.push(query)
    if (query.rcode !== 'NXDOMAIN') break
  }
  return queries
}

const silentFor = (names: readonly string[]): Query[] =>
  names.slice(0, 1).map((name) => ({ name, rcode: 'TIMEOUT', answers: [] }))

const verdict = (queries: readonly Query[]): Rcode => queries.at(-1)?.rcode ?? 'NXDOMAIN'

/** The name with other letters than ASCII in their encoding for DNS; undefined where there is none. */
export function inAscii(name: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII is what is asked for
  if (/^[\x00-\x7f]*$/.test(name)) return name
  if (/[/\\?#@:%\s]/.test(name)) return undefined
  const dot = name.endsWith('.') ? '.' : ''
  try {
    const { hostname } = new URL(`http://${name.replace(/\.$/, '')}/`)
    return `${hostname}${dot}`
  } catch {
    return undefined
  }
}

/** The first address among the answers of a lookup. */
export const addressesIn = ({ answers }: Lookup): string[] =>
  answers.filter(({ type }) => type === 'A').map(({ value }) => value)

/** A host name as DNS compares it: lower case, no final dot. */
export const plainName = (name: string): string => fullName(name).slice(0, -1)
