import { isIPv4, octetsOf } from './address.ts'

/** The domain of the cluster's own names. */
export const CLUSTER_DOMAIN = 'cluster.local'

const LONGEST_LABEL = 63
/** Octets of a name on the wire, with the length octets and the root. */
const LONGEST_NAME = 255
const LONGEST_TEXT = LONGEST_NAME - 2

/** A name in lower case with exactly one dot at its end. DNS does not tell cases apart (R-DNS-11). */
export const fullName = (name: string): string => `${name.toLowerCase().replace(/\.$/, '')}.`

/** The labels of a full name, without the root. */
export const labelsOf = (name: string): string[] => name.replace(/\.$/, '').split('.')

/** Why a name cannot be asked for, in the words of BIND's tools; undefined for a legal name. */
export function nameProblem(name: string): string | undefined {
  const illegal = (reason: string) => `'${name}' is not in legal name syntax (${reason})`
  if (name === '') return illegal('unexpected end of input')
  if (name === '.') return undefined
  const labels = labelsOf(name)
  if (labels.includes('')) return illegal('empty label')
  if (labels.some((label) => octets(label) > LONGEST_LABEL)) return illegal('label too long')
  if (octets(labels.join('.')) > LONGEST_TEXT) return illegal('ran out of space')
  return undefined
}

/** Length on the wire: UTF-8 octets. */
function octets(text: string): number {
  let count = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    count += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return count
}

/**
 * The full names that a name may stand for, in the order in which a resolver tries them (R-DNS-8): with fewer dots than
 * `ndots` the search list comes first and the name as it is last; otherwise the other way round. A final dot leaves
 * only the name as it is. Names that would be too long are left out.
 */
export function searchNames(name: string, searches: readonly string[], ndots: number): string[] {
  const asIs = fullName(name)
  if (name.endsWith('.')) return [asIs]
  const dots = name.split('.').length - 1
  const listed = searches.map((search) => fullName(`${name}.${search}`))
  const names = dots < ndots ? [...listed, asIs] : [asIs, ...listed]
  return [...new Set(names)].filter((candidate) => nameProblem(candidate) === undefined)
}

const REVERSE_ZONE = '.in-addr.arpa'

/** `10.96.0.1` -> `1.0.96.10.in-addr.arpa.`; of an IPv6 address its hexadecimal digits in ip6.arpa. */
export function reverseName(address: string): string {
  if (isIPv4(address)) return `${address.split('.').reverse().join('.')}${REVERSE_ZONE}.`
  const digits = octetsOf(address).flatMap((octet) => [octet >> 4, octet & 15])
  return `${digits
    .reverse()
    .map((digit) => digit.toString(16))
    .join('.')}.ip6.arpa.`
}

/** The address that a reverse name asks about; undefined for any other name. */
export function addressOfReverse(name: string): string | undefined {
  const plain = name.replace(/\.$/, '')
  if (!plain.endsWith(REVERSE_ZONE)) return undefined
  const address = plain.slice(0, -REVERSE_ZONE.length).split('.').reverse().join('.')
  return isIPv4(address) ? address : undefined
}

/** True for a name inside a domain, or the domain itself. */
export const isInDomain = (name: string, domain: string): boolean => {
  const plain = name.replace(/\.$/, '')
  return plain === domain || plain.endsWith(`.${domain}`)
}
