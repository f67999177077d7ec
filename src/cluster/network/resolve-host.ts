import { hostnameOf } from '../apps/environment.ts'
import { isIPv4, isIPv6, withoutBrackets } from './address.ts'
import type { Blame, Lookup } from './attempt.ts'
import { blameForName } from './blame-name.ts'
import { brief } from './brief.ts'
import { addressesIn, lookupWith, plainName } from './dns.ts'
import type { Journey } from './journey.ts'
import type { Origin } from './origin.ts'
import type { Target } from './target.ts'

/** The address of a host, or why there is none. */
export type Resolution =
  | { address: string; lookup: Lookup | undefined }
  | { address: undefined; lookup: Lookup; blame: Blame | null }

/**
 * Finds the address that a client connects to: an address is taken as it is, then come the client's own list and its
 * hosts file, then DNS (R-PIPE-03, R-DNS-8).
 */
export function resolveHost(journey: Journey, origin: Origin, target: Target): Resolution {
  const { host, port } = target
  if (isIPv4(host) || isIPv6(host)) return { address: withoutBrackets(host), lookup: undefined }
  const given = toldAddress(target)
  if (given) {
    journey.hop(
      origin.label,
      `takes ${given.address} for ${brief(host, 24)}, as told`,
      'namesInScope',
      `The client was told the address of ${host}:${port} and asks no DNS.`,
    )
    return { address: given.address, lookup: undefined }
  }
  const known = fromHostsFile(origin, plainName(host))
  if (known !== undefined) {
    if (known === origin.ip) noteOwnName(journey, origin, host)
    return { address: known, lookup: undefined }
  }
  return askDns(journey, origin, host)
}

/** What `--resolve` says about the host and port: an entry for the name itself comes before one for `*`. */
function toldAddress({ host, port, resolve = [] }: Target): NonNullable<Target['resolve']>[number] | undefined {
  const forName = (name: string) => resolve.find((entry) => plainName(entry.host) === name && entry.port === port)
  return forName(plainName(host)) ?? forName('*')
}

/** The kubelet writes the pod's own name into its /etc/hosts; everybody knows localhost. */
function fromHostsFile({ pod, ip }: Origin, host: string): string | undefined {
  if (host === 'localhost' || host.endsWith('.localhost')) return '127.0.0.1'
  return pod && host === hostnameOf(pod) ? ip : undefined
}

function noteOwnName(journey: Journey, { label, ip }: Origin, host: string): void {
  journey.hop(
    label,
    `is ${brief(host, 24)} itself: ${ip} in its /etc/hosts`,
    'namesInScope',
    `The kubelet writes a pod's own name into its /etc/hosts, which comes before DNS. A Service of the same name is reached by a longer name, such as ${host}.NAMESPACE.`,
  )
}

function askDns(journey: Journey, origin: Origin, host: string): Resolution {
  const { apps, cluster, laws } = journey
  const lookup = lookupWith(apps, cluster, { origin, name: host, type: 'A', laws })
  const addresses = addressesIn(lookup)
  journey.ms += lookup.ms
  const [first] = addresses
  const shown = brief(host, 24)
  const detail = describeLookup(lookup)
  if (first === undefined) {
    const what = lookup.rcode === 'TIMEOUT' ? `gives no answer for ${shown}` : `knows no address for ${shown}`
    journey.hop('DNS', what, 'namesInScope', detail)
    return { address: undefined, lookup, blame: blameForName(journey, origin, lookup) }
  }
  // Clients take the first of several addresses; name servers turn the list round, so it is a matter of chance.
  const address = addresses.length === 1 ? first : (journey.dice.pick(addresses) ?? first)
  const more = addresses.length > 1 ? `, one of ${addresses.length}` : ''
  journey.hop('DNS', `${shown} → ${address}${more}`, 'namesInScope', detail)
  return { address, lookup }
}

const RESULTS = { NOERROR: 'no such record', NXDOMAIN: 'does not exist', SERVFAIL: 'failed', TIMEOUT: 'no answer' }

/** Every name that was tried and what came of it, in sentences. */
function describeLookup({ queries, server, problem, rcode }: Lookup): string {
  if (problem !== null) return `Nothing was asked: ${problem}.`
  if (server === '') return 'The resolver has no name server to ask.'
  const tried = queries.map(({ name, rcode: result, answers }) => {
    const values = answers.map(({ type, value }) => (type === 'CNAME' ? `alias of ${value}` : value))
    return `${name} ${values.length > 0 ? `is ${values.join(', ')}` : `(${RESULTS[result]})`}`
  })
  return rcode === 'TIMEOUT'
    ? `The name server ${server} did not answer.`
    : `Asked ${server}, in this order: ${tried.join('; ')}.`
}
