import { describe, expect, test } from 'vitest'
import { formatFieldErrorBody } from '../../src/cluster/errors.ts'
import { canonicalIPErrors, cidrErrors, endpointIPErrors, ipErrors } from '../../src/cluster/ip-validation.ts'

const details = (errors: ReturnType<typeof ipErrors>): string[] => errors.map(({ detail = '' }) => detail)

const NO_IP = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'
const NO_CIDR = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'

describe('addresses (R-SVC-8)', () => {
  test.each([
    ['10.9.8.7', []],
    ['2001:db8::ffff', []],
    ['10.9.8', [NO_IP]],
    ['10.9.8.256', [NO_IP]],
    ['none', [NO_IP]],
    ['fe80::1%eth0', [NO_IP]],
    ['10.09.8.7', ['must not have leading 0s']],
    ['::ffff:1.2.3.4', ['must not be an IPv4-mapped IPv6 address']],
  ])('%s', (value, expected) => {
    expect(details(ipErrors('p', value))).toEqual(expected)
  })

  test('what was accepted before stays', () => {
    expect(ipErrors('p', '10.09.8.7', ['10.09.8.7'])).toEqual([])
    expect(cidrErrors('p', '10.0.0.1/8', ['10.0.0.1/8'])).toEqual([])
  })

  test('the whole text', () => {
    expect(ipErrors('p', 'x').map(formatFieldErrorBody)).toEqual([`Invalid value: "x": ${NO_IP}`])
  })

  test('the shortest form', () => {
    expect(canonicalIPErrors('p', '2001:db8::1')).toEqual([])
    expect(details(canonicalIPErrors('p', '2001:DB8:0::1'))).toEqual(['must be in canonical form ("2001:db8::1")'])
  })
})

test.each([
  ['10.0.0.0/8', []],
  ['2001:db8::/32', []],
  ['0.0.0.0/0', []],
  ['10.0.0.0', [NO_CIDR]],
  ['10.0.0.0/33', [NO_CIDR]],
  ['10.0.0.0/x', [NO_CIDR]],
  ['10.0.0.0/08', ['must not have leading 0s in IP or prefix length']],
  ['010.0.0.0/8', ['must not have leading 0s in IP or prefix length']],
  ['10.0.0.1/8', ['must not have bits set beyond the prefix length']],
  ['2001:db8::1/64', ['must not have bits set beyond the prefix length']],
])('R-ERR-02 range %s', (value, expected) => {
  expect(details(cidrErrors('p', value))).toEqual(expected)
})

test.each([
  ['10.244.1.2', []],
  ['x', ['must be a valid IP address']],
  ['0.0.0.0', ['may not be unspecified (0.0.0.0)']],
  ['::', ['may not be unspecified (::)']],
  ['127.0.0.1', ['may not be in the loopback range (127.0.0.0/8, ::1/128)']],
  ['::1', ['may not be in the loopback range (127.0.0.0/8, ::1/128)']],
  ['169.254.169.254', ['may not be in the link-local range (169.254.0.0/16, fe80::/10)']],
  ['fe80::1', ['may not be in the link-local range (169.254.0.0/16, fe80::/10)']],
  ['224.0.0.1', ['may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)']],
  ['ff02::1', ['may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)']],
  ['224.0.1.1', []],
])('R-EPS-9 endpoint %s', (value, expected) => {
  expect(details(endpointIPErrors('p', value))).toEqual(expected)
})
