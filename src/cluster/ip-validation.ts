import ipaddr from 'ipaddr.js'
import type { FieldError } from './errors.ts'
import { quote } from './quote.ts'
import { invalidValue } from './validation.ts'

/** An address as the API server reads it: leading zeros are understood here and refused by `ipErrors`. */
function parse(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (/^[0-9]+(\.[0-9]+){3}$/.test(text)) {
    const octets = text.split('.').map(Number)
    return octets.every((octet) => octet <= 255) ? new ipaddr.IPv4(octets) : undefined
  }
  return !text.includes('%') && text.includes(':') && ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : undefined
}

const LEADING_ZERO = /(^|[.:])0[0-9]+(?=\.|$)/

const isMapped = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
  address.kind() === 'ipv6' && (address as ipaddr.IPv6).isIPv4MappedAddress()

/** What is wrong with an address (R-SVC-8); `known` are values that were accepted before. */
export function ipErrors(path: string, value: string, known: readonly string[] = []): FieldError[] {
  if (known.includes(value)) return []
  const address = parse(value)
  if (!address) return [invalidValue(path, value, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')]
  if (LEADING_ZERO.test(value)) return [invalidValue(path, value, 'must not have leading 0s')]
  return isMapped(address) ? [invalidValue(path, value, 'must not be an IPv4-mapped IPv6 address')] : []
}

/** What is wrong with a range of addresses; `known` are values that were accepted before. */
export function cidrErrors(path: string, value: string, known: readonly string[] = []): FieldError[] {
  if (known.includes(value)) return []
  const [, text = '', prefix = ''] = /^([^/]+)\/([0-9]{1,7})$/.exec(value) ?? []
  const address = parse(text)
  const bits = Number(prefix)
  if (!address || prefix === '' || bits > (address.kind() === 'ipv4' ? 32 : 128))
    return [invalidValue(path, value, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')]
  if (LEADING_ZERO.test(text) || /^0[0-9]/.test(prefix))
    return [invalidValue(path, value, 'must not have leading 0s in IP or prefix length')]
  if (isMapped(address)) return [invalidValue(path, value, 'must not have an IPv4-mapped IPv6 address')]
  return hasBitsBeyond(address, bits)
    ? [invalidValue(path, value, 'must not have bits set beyond the prefix length')]
    : []
}

const hasBitsBeyond = (address: ipaddr.IPv4 | ipaddr.IPv6, prefix: number): boolean =>
  address.toByteArray().some((byte, index) => (byte & (0xff >> Math.min(8, Math.max(0, prefix - 8 * index)))) !== 0)

/** Addresses that no endpoint may have (R-EPS-9). */
export function endpointIPErrors(path: string, value: string): FieldError[] {
  const address = parse(value)
  if (!address) return [invalidValue(path, value, 'must be a valid IP address')]
  const range = isMapped(address) ? (address as ipaddr.IPv6).toIPv4Address().range() : address.range()
  if (/^(0+\.){3}0+$/.test(value) || address.toByteArray().every((byte) => byte === 0))
    return [invalidValue(path, value, `may not be unspecified (${value})`)]
  if (range === 'loopback')
    return [invalidValue(path, value, 'may not be in the loopback range (127.0.0.0/8, ::1/128)')]
  if (range === 'linkLocal')
    return [invalidValue(path, value, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)')]
  return isLinkLocalMulticast(address)
    ? [invalidValue(path, value, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)')]
    : []
}

function isLinkLocalMulticast(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const [a, b, c] = address.toByteArray()
  return address.kind() === 'ipv4' ? a === 224 && b === 0 && c === 0 : a === 0xff && (b! & 0x0f) === 0x02
}

export const isIPv6Text = (value: string): boolean => parse(value)?.kind() === 'ipv6'

/** True if the text is an address of either family, whatever its spelling. */
export const isIPText = (value: string): boolean => parse(value) !== undefined

/** True if the text is an IPv4 address without leading zeros, or an IPv6 address in its shortest form. */
export const canonicalIPErrors = (path: string, value: string): FieldError[] => {
  const errors = ipErrors(path, value)
  const address = parse(value)
  if (errors.length > 0 || !address) return errors
  const canonical = address.kind() === 'ipv6' ? (address as ipaddr.IPv6).toRFC5952String() : address.toString()
  return canonical === value ? [] : [invalidValue(path, value, `must be in canonical form (${quote(canonical)})`)]
}
