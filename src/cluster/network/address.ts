import ipaddr from 'ipaddr.js'

/** True for an IPv4 address in its usual notation of four decimal numbers. */
export const isIPv4 = (text: string): boolean =>
  /^(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}$/.test(text) && ipaddr.IPv4.isValidFourPartDecimal(text)

/** True for an IPv6 address, with or without brackets. */
export const isIPv6 = (text: string): boolean => ipaddr.IPv6.isValid(withoutBrackets(text))

/** The octets of an address, first to last. */
export const octetsOf = (text: string): number[] => ipaddr.parse(withoutBrackets(text)).toByteArray()

export const withoutBrackets = (text: string): string => text.replace(/^\[(.*)\]$/, '$1')

/** True for an address that means the machine itself (127.0.0.0/8, ::1); 0.0.0.0 is taken for it by Linux. */
export const isLoopback = (text: string): boolean =>
  text === '0.0.0.0' || (isIPv4(text) ? text.startsWith('127.') : isIPv6(text) && rangeOf(text) === 'loopback')

/** True for addresses that nobody routes on the Internet (R-LB-08). */
export const isPrivate = (text: string): boolean => PRIVATE.has(rangeOf(text))

const PRIVATE = new Set(['private', 'loopback', 'linkLocal', 'carrierGradeNat', 'uniqueLocal', 'unspecified'])

const rangeOf = (text: string): string => ipaddr.parse(withoutBrackets(text)).range()

/** True if the IPv4 address lies in one of the ranges; a range that is not a CIDR holds nothing. */
export const inRanges = (address: string, ranges: readonly string[]): boolean =>
  ranges.some((range) => {
    const cidr = range.trim()
    return ipaddr.IPv4.isValidCIDR(cidr) && ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR(cidr))
  })

/** The first address of a network, which its bridge holds: `10.244.1.0/24` -> `10.244.1.1` (R-POD-5). */
export const gatewayOf = (cidr: string): string => addressAt(cidr, 1)

/** The address with this offset in a network. */
export function addressAt(cidr: string, offset: number): string {
  const [network] = cidr.split('/')
  const [a = 0, b = 0, c = 0, d = 0] = (network ?? '').split('.').map(Number)
  const value = ((a << 24) >>> 0) + (b << 16) + (c << 8) + d + offset
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255].join('.')
}
